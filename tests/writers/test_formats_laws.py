"""Properties of the formats for other programs, on random timelines."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import given

from outage_cli.model.event import Maintenance, SourceRef
from outage_cli.model.screen import Screen
from outage_cli.model.service import Service
from outage_cli.model.span import SECOND
from outage_cli.model.state import State
from outage_cli.writers.json import report as json_writer
from tests.example_reports import verdicts_on, write, write_verdicts
from tests.strategies import Case, Kind, cases, moment, timeline, tried
from tests.writers.test_formats import events, instant, junit, samples, sarif

TROUBLE = {
    State.DOWN: "major_outage",
    State.PARTIAL: "partial_outage",
    State.DEGRADED: "degraded_performance",
}


@given(cases())
@tried(100)
def test_the_states_of_openmetrics_fill_the_window(case: Case) -> None:
    report = case.report()
    spent: dict[str, float] = {}
    for name, labels, value in samples(write("openmetrics", report)):
        if name == "outage_state_seconds":
            spent[labels["service"]] = spent.get(labels["service"], 0) + value
    assert spent == {each.service.id: report.window.length / SECOND for each in report.services}


@given(cases())
@tried(100)
def test_the_calendar_has_all_downtime_and_all_maintenance(case: Case) -> None:
    report = case.report()
    listed = events(write("ical", report))
    assert len({str(each["UID"]) for each in listed}) == len(listed)
    spent = {"Outage": timedelta(), "Maintenance": timedelta()}
    for each in listed:
        start = each["DTSTART"].dt
        end = each["DTEND"].dt if "DTEND" in each else start
        assert instant(report.window.start) <= start <= end <= instant(report.window.end)
        spent[str(each["CATEGORIES"].cats[0])] += end - start
    work = sum(each.best.buckets[State.MAINTENANCE] for each in report.services)
    down = sum(one.end - one.start for each in report.services for one in each.best.outages)
    assert spent == {
        "Outage": timedelta(microseconds=down),
        "Maintenance": timedelta(microseconds=work),
    }


def test_work_that_is_over_when_the_window_starts_is_no_event_of_the_calendar() -> None:
    services = {"b": Service("b", "b")}
    example = timeline(services, (1, {"b": State.MAINTENANCE}), (3, {"b": State.UP}))
    work = Maintenance(("b",), moment(0), moment(1), SourceRef("0.yaml", ("maintenance", 0)))
    listed = events(
        write("ical", Case((example._replace(maintenance=(work,)),), 1, 2, 10).report())
    )
    assert len({str(each["UID"]) for each in listed}) == len(listed) == 1


def added(page: dict[str, Any]) -> dict[tuple[str, str], timedelta]:
    """Return how long each component was in each status, added up as readers of such pages do."""
    end = datetime.fromisoformat(page["page"]["updated_at"])
    spent: dict[tuple[str, str], timedelta] = {}
    for incident in page["incidents"]:
        since: dict[str, tuple[datetime, str]] = {}
        assert incident["incident_updates"]
        for update in reversed(incident["incident_updates"]):
            at = datetime.fromisoformat(update["display_at"])
            for each in update["affected_components"]:
                begun, status = since.get(each["code"], (at, each["old_status"]))
                if each["code"] in since:
                    assert status in {each["old_status"], "under_maintenance"}
                key = (each["code"], status)
                spent[key] = spent.get(key, timedelta()) + (at - begun)
                since[each["code"]] = (at, each["new_status"])
        for code, (begun, status) in since.items():
            key = (code, status)
            spent[key] = spent.get(key, timedelta()) + (end - begun)
            if incident["resolved_at"]:
                assert status in {"operational", "under_maintenance"}
    return spent


@given(cases(Kind(asking=True)))
@tried(200)
def test_a_status_page_adds_up_to_the_buckets(case: Case) -> None:
    """With one as-of for all files: what is unknown from then on has no word on a status page."""
    report = case.report()
    page = json.loads(write("statuspage", report))
    times = [each["created_at"] for each in page["incidents"]]
    assert times == sorted(times, reverse=True)
    ids = [each["id"] for each in page["incidents"]]
    assert len(ids) == len(set(ids))
    codes = {
        component["name"]: component["id"]
        for incident in page["incidents"]
        for component in incident["components"]
    }
    spent = added(page)
    for service in report.services:
        for state, word in TROUBLE.items():
            expected = timedelta(microseconds=service.best.buckets[state])
            found = spent.get((codes.get(service.service.name, ""), word), timedelta())
            assert found == expected, (service.service.id, state)


@given(cases())
@tried(100)
def test_verdicts_are_counted_the_same_by_everybody(case: Case) -> None:
    report = case.report()
    verdicts = verdicts_on(report, ["downtime > 10s", "any.availability < 90%"])
    root = junit(write_verdicts("junit", verdicts, report))
    rulings = [each.ruling.value for each in verdicts]
    assert int(root.attrib["tests"]) == len(verdicts) + len(report.services)
    assert int(root.attrib["failures"]) == rulings.count("failed")
    assert int(root.attrib["errors"]) == rulings.count("undecidable")
    results = sarif(write_verdicts("sarif", verdicts, report))["results"]
    assert len(results) == len(rulings) - rulings.count("passed")
    lines = write_verdicts("github", verdicts, report).splitlines()
    lines = [line for line in lines if not re.match(r"::\w+ title=\d+ more ", line)]
    assert sum(line.startswith("::error ") for line in lines) == rulings.count("failed")
    assert sum(line.startswith("::warning ") for line in lines) == rulings.count("undecidable")


def test_an_instant_is_told_in_utc() -> None:
    assert instant(0) == datetime(1970, 1, 1, tzinfo=UTC)


@given(cases())
@tried(150)
def test_outages_in_a_form_are_what_they_are_one_by_one(case: Case) -> None:
    report = case.report()
    best = report._replace(services=tuple(each._replace(others=()) for each in report.services))
    with patch.object(json_writer, "_MANY", 0):
        formed = [json_writer.report(each, Screen()) for each in (report, best)]
    assert formed == [json_writer.report(each, Screen()) for each in (report, best)]
