"""Planned work in the form of Statuspage: its states and fields, with nothing left out."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from hypothesis import given

from outage_cli.model.state import State
from tests.example_reports import report_on, write
from tests.strategies import Case, Kind, cases, tried
from tests.writers.test_formats import COMPONENT, INCIDENT, UPDATE, instant

NAME = "statuspage-maintenance"
PLANNED = """\
title: The web shop
timezone: Europe/Berlin
window: 2024-03
services:
  shop: {name: Web shop}
  pay: {name: Payments, requires: [shop]}
maintenance:
  - {services: [shop, pay], from: 2024-03-10 02:00, to: 2024-03-10 04:00, what: "A <new> database"}
  - {services: [pay], from: 2024-03-20 02:00, to: 2024-03-20 04:00, what: Weekly,
     repeats: FREQ=WEEKLY}
  - {services: [shop], from: 2024-08-01, to: 2024-08-02, what: A move}
events:
  - {at: 2024-03-15 10:00, what: A cable, maintenance: shop}
  - {at: 2024-03-15 11:00, what: Done, up: shop}
"""


def works(text: str = PLANNED, **request: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as report
    page = json.loads(write(NAME, report_on(text, **request)))
    assert list(page) == ["page", "scheduled_maintenances"]
    found: list[dict[str, Any]] = page["scheduled_maintenances"]
    return found


def test_work_has_the_fields_of_the_real_one() -> None:
    found = works()
    for each in found:
        assert list(each) == [*INCIDENT, "scheduled_for", "scheduled_until"]
        assert all(list(update) == UPDATE for update in each["incident_updates"])
        assert all(list(component) == COMPONENT for component in each["components"])
        assert each["impact"] == "maintenance"
        times = [update["display_at"] for update in each["incident_updates"]]
        assert times == sorted(times, reverse=True)
        assert each["created_at"] <= each["scheduled_for"] < each["scheduled_until"]
    starts = [datetime.fromisoformat(each["scheduled_for"]) for each in found]
    assert starts == sorted(starts, reverse=True), "the latest first"
    assert len({each["id"] for each in found}) == len(found)


def test_work_is_scheduled_in_progress_or_completed_when_the_report_ends() -> None:
    def states(as_of: str) -> dict[str, str]:
        return {
            f"{each['name']} {each['scheduled_for'][5:10]}": each["status"]
            for each in works(as_of=as_of)
            if each["scheduled_for"] < "2024-03-28"
        }

    weekly = {"Weekly 03-20": "scheduled", "Weekly 03-27": "scheduled"}
    database = "A <new> database 03-10"
    assert states("2024-03-09 12:00") == {database: "scheduled", **weekly}
    assert states("2024-03-10 02:00")[database] == "in_progress"
    assert states("2024-03-10 03:59")[database] == "in_progress"
    assert states("2024-03-10 04:00")[database] == "completed"
    late = states("2024-03-21 12:00")
    assert late["Weekly 03-20"] == late["A cable 03-15"] == "completed"
    assert late["Weekly 03-27"] == "scheduled"


def test_updates_change_the_components_that_are_worked_on() -> None:
    [work] = [each for each in works() if each["name"] == "A <new> database"]
    assert [
        (each["status"], each["affected_components"][1]["old_status"], each["body"])
        for each in work["incident_updates"]
    ] == [
        ("completed", "under_maintenance", "A &lt;new&gt; database"),
        ("in_progress", "operational", "A &lt;new&gt; database"),
        ("scheduled", "operational", "A &lt;new&gt; database"),
    ]
    assert work["scheduled_for"] == "2024-03-10T02:00:00.000+01:00"
    assert work["scheduled_until"] == work["resolved_at"] == "2024-03-10T04:00:00.000+01:00"
    assert [each["name"] for each in work["components"]] == ["Web shop", "Payments"]


def test_work_that_nobody_planned_is_told_when_a_line_says_so() -> None:
    [cable] = [each for each in works() if each["name"] == "A cable"]
    assert cable["scheduled_for"] == "2024-03-15T10:00:00.000+01:00"
    assert cable["scheduled_until"] == "2024-03-15T11:00:00.000+01:00"


def test_work_that_goes_on_has_no_end_yet_and_keeps_its_id() -> None:
    text = PLANNED.replace("  - {at: 2024-03-15 11:00, what: Done, up: shop}\n", "")
    [cable] = [each for each in works(text, as_of="2024-03-16") if each["name"] == "A cable"]
    assert (cable["status"], cable["resolved_at"]) == ("in_progress", None)
    assert cable["scheduled_until"] == "2024-03-17T00:00:00.000+01:00", "the end of the report"
    assert cable["id"] in {each["id"] for each in works()}


def test_only_the_work_on_the_services_of_the_report_is_told() -> None:
    found = works(services=("pay",))
    assert {component["name"] for each in found for component in each["components"]} == {"Payments"}


def test_what_comes_again_is_told_for_thirty_days_ahead_and_other_work_always() -> None:
    ahead = [each["scheduled_for"][:10] for each in works(as_of="2024-03-21 12:00")]
    assert ahead[0] == "2024-08-01"
    assert ahead[1:5] == ["2024-04-17", "2024-04-10", "2024-04-03", "2024-03-27"]


def test_without_work_the_list_is_empty() -> None:
    assert works(re.sub(r"(?s)maintenance:\n.*?events", "events", PLANNED).split("  - {at")[0] + (
        "  - {at: 2024-03-15 10:00, what: Down, down: shop}\n"
    )) == []  # fmt: skip


@given(cases(Kind(asking=True)))
@tried(100)
def test_all_maintenance_of_the_report_is_told(case: Case) -> None:
    report = case.report()
    page = json.loads(write(NAME, report))
    ids = [each["id"] for each in page["scheduled_maintenances"]]
    assert len(ids) == len(set(ids))
    known_until = datetime.fromisoformat(page["page"]["updated_at"])
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for work in page["scheduled_maintenances"]:
        if work["status"] == "scheduled":
            continue
        start = datetime.fromisoformat(work["scheduled_for"])
        end = datetime.fromisoformat(work["scheduled_until"])
        assert end <= known_until or work["status"] == "in_progress"
        assert (work["status"] == "completed") == (work["resolved_at"] is not None)
        for each in work["components"]:
            spans.setdefault(each["name"], []).append((start, end))
    for service in report.services:
        known = spans.get(service.service.name, [])
        for stretch in report.states.of(service.service.id):
            if stretch.state is State.MAINTENANCE and stretch.start < stretch.end:
                at = instant(stretch.start)
                while at < instant(stretch.end):
                    over = [end for start, end in known if start <= at < end]
                    assert over, (service.service.id, at)
                    at = max(over)


def test_two_works_at_once_have_two_ids() -> None:
    first = next(line for line in PLANNED.splitlines() if "database" in line)
    twice = PLANNED.replace(first, f"{first}\n{first.replace('04:00', '05:00')}")
    found = works(twice)
    assert [each["name"] for each in found].count("A <new> database") == 2
    assert len({each["id"] for each in found}) == len(found)
