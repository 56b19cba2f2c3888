"""Formats for other programs, read by their own parsers, have the figures of the report."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import jsonschema
import pytest
import xmlschema
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from pyarrow import parquet

from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.span import SECOND
from outage_cli.model.state import State
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.verdicts import claims as agreement
from outage_cli.writers.sheet import parquet as parquet_writer
from tests.example_reports import (
    KAKAO,
    SCREEN,
    SHOP,
    report_on,
    verdicts_on,
    write,
    write_problems,
    write_verdicts,
)

DATA = Path(__file__).parent.parent / "data"
JUNIT = xmlschema.XMLSchema(str(DATA / "junit.xsd"))

# The parts of the SARIF 2.1.0 schema that a log of ours touches, every object of them closed.
_TEXT = {
    "type": "object",
    "properties": {"text": {"type": "string", "minLength": 1}},
    "required": ["text"],
    "additionalProperties": False,
}
_COUNT = {"type": "integer", "minimum": 1}
_LOCATION = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": _TEXT,
        "physicalLocation": {
            "type": "object",
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "properties": {"uri": {"type": "string", "pattern": r"^[\w./~:%+-]+$"}},
                    "required": ["uri"],
                    "additionalProperties": False,
                },
                "region": {
                    "type": "object",
                    "properties": dict.fromkeys(("startLine", "startColumn", "endColumn"), _COUNT),
                    "required": ["startLine"],
                    "additionalProperties": False,
                },
            },
            "required": ["artifactLocation"],
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "tool": {
                        "type": "object",
                        "properties": {
                            "driver": {
                                "type": "object",
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "properties": {
                                                "id": {"type": "string", "minLength": 1},
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                            },
                                            # GitHub's code scanning asks for all of them
                                            "required": [
                                                "id",
                                                "shortDescription",
                                                "fullDescription",
                                                "help",
                                            ],
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                                "required": ["name", "rules"],
                                "additionalProperties": False,
                            }
                        },
                        "required": ["driver"],
                        "additionalProperties": False,
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "kind": {"enum": ["fail", "pass", "open", "review"]},
                                "message": _TEXT,
                                "locations": {"type": "array", "items": _LOCATION},
                                "relatedLocations": {
                                    "type": "array",
                                    "items": _LOCATION,
                                    "uniqueItems": True,
                                },
                            },
                            "required": ["ruleId", "ruleIndex", "level", "message"],
                            "additionalProperties": False,
                            # SARIF 3.27.10: what is no failure has no level
                            "if": {
                                "required": ["kind"],
                                "not": {"properties": {"kind": {"const": "fail"}}},
                            },
                            "then": {"properties": {"level": {"const": "none"}}},
                        },
                    },
                },
                "required": ["tool", "results"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}


def junit(text: str) -> ET.Element:
    JUNIT.validate(text)
    root = ET.fromstring(text)  # noqa: S314 - we wrote it ourselves a moment ago
    for holder in (root, *root.iter("testsuite")):
        cases = list(holder.iter("testcase"))
        counted = [len(cases)]
        counted += [
            sum(case.find(kind) is not None for case in cases) for kind in ("failure", "error")
        ]
        assert [int(holder.attrib[key]) for key in ("tests", "failures", "errors")] == counted
    return root


def sarif(text: str) -> dict[str, Any]:
    log = json.loads(text)
    jsonschema.validate(log, SARIF, jsonschema.Draft202012Validator)
    run: dict[str, Any] = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    return run


def events(text: str) -> list[Any]:
    """Return the events of a calendar, as another program reads it."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def samples(text: str) -> Iterator[tuple[str, dict[str, str], float]]:
    for family in text_string_to_metric_families(text):  # type: ignore[no-untyped-call]
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            yield sample.name, sample.labels, sample.value


def test_junit_has_a_suite_a_service_and_a_case_for_each_verdict() -> None:
    report = report_on()
    root = junit(
        write_verdicts("junit", verdicts_on(report, ["downtime > 30m", "outages > 5"]), report)
    )
    assert root.attrib["name"] == "The web shop in March"
    suites = {suite.attrib["name"]: suite for suite in root}
    assert {name: len(suite) for name, suite in suites.items()} == {"shop": 4, "payments": 3}
    failures = [case for case in root.iter("testcase") if case.find("failure") is not None]
    assert [(case.attrib["classname"], case.attrib["name"]) for case in failures] == [
        ("shop", "slo: availability is at least 99.95%"),
        ("shop", "fail-if: fails if downtime > 30 min"),
        ("payments", "fail-if: fails if downtime > 30 min"),
    ]


def test_a_junit_failure_names_the_outages_with_their_lines() -> None:
    report = report_on()
    root = junit(write_verdicts("junit", verdicts_on(report), report))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.attrib["type"] == "slo"
    assert failure.text.splitlines()[1:] == [
        "shop.yaml:10:6: 2024-03-05 09:12 to 2024-03-05 09:40, 28 min, down: The disk is full",
        "shop.yaml:13:6: 2024-03-19 22:50 to 2024-03-19 23:15, 25 min, down: A bad deploy",
    ]


def test_junit_gives_no_two_cases_one_name() -> None:
    report = report_on()
    root = junit(write_verdicts("junit", [*verdicts_on(report), *verdicts_on(report)], report))
    names = [(case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase")]
    assert len(names) == len(set(names)) == 4


def test_junit_has_a_case_for_each_claim_of_a_real_timeline() -> None:
    report = report_on(KAKAO.read_text(encoding="utf-8"))
    verdicts = list(agreement.verdicts(report))
    root = junit(write_verdicts("junit", verdicts, report))
    claims = [case for case in root.iter("testcase") if case.attrib["name"].startswith("claim: ")]
    assert len(claims) == len(report.claims) > 15
    rulings = [each.ruling for each in verdicts]
    assert int(root.attrib["failures"]) == rulings.count(Outcome.FAILED) > 0
    assert int(root.attrib["errors"]) == rulings.count(Outcome.UNDECIDABLE) > 0
    for case in root.iterfind(".//testcase[failure]"):
        lines = (case.findtext("failure") or "").splitlines()
        assert re.match(r"shop\.yaml:\d+:\d+", lines[1])


def test_junit_tells_what_nothing_decides_from_what_failed() -> None:
    unknown = "events:\n  - {at: 2024-03-01 00:00, what: '?', unknown: shop}\n"
    text = re.sub(r"(?s)events:.*", unknown, SHOP)
    report = report_on(text)
    root = junit(write_verdicts("junit", verdicts_on(report), report))
    case = root.find(".//testcase[error]")
    assert case is not None
    assert case.attrib["name"].startswith("slo")
    assert "\nshop.yaml:5:" in (case.find("error").text or "")  # type: ignore[union-attr]


def test_junit_passes_where_there_is_nothing_to_report() -> None:
    root = junit(write_verdicts("junit", []))
    assert [case.attrib["name"] for case in root.iter("testcase")] == ["nothing to report"]
    assert len(junit(write_problems("junit", SHOP)).findall(".//failure")) == 0
    quiet = re.sub(r"(?s)events:.*", "events:\n  - {at: 2024-03-02, what: Nothing}\n", SHOP)
    report = report_on(quiet)
    root = junit(write_verdicts("junit", verdicts_on(report), report))
    assert {case.attrib["classname"] for case in root.iter("testcase")} == {"shop", "payments"}
    assert root.attrib["failures"] == "0"


def test_junit_has_a_failure_for_each_error_and_skips_warnings() -> None:
    root = junit(write_problems("junit", SHOP.replace("partial: shop", "partial: shpo")))
    failures = root.findall(".//failure")
    assert [failure.attrib["type"] for failure in failures] == ["unknown-service"]
    assert "hint: did you mean shop?" in (failures[0].text or "")
    assert (failures[0].text or "").startswith("shop.yaml:10:")


def test_github_annotates_the_line_that_began_the_first_outage() -> None:
    report = report_on()
    line, rest = write_verdicts("github", verdicts_on(report), report).split("\n")
    assert rest == ""
    assert line.startswith(
        "::error file=shop.yaml,line=10,col=6,endColumn=8,title=slo failed::shop: "
    )
    assert "availability is at least 99.95%25 (" in line
    assert line.count("%0Ashop.yaml:") == 2


def test_github_annotates_problems_with_their_severity() -> None:
    text = SHOP.replace("partial: shop", "partial: shpo")
    lines = write_problems("github", text).splitlines()
    assert lines[0] == (
        "::error file=shop.yaml,line=10,col=61,endColumn=65,title=unknown-service::"
        "names `shpo`, which is no service%0Ahint: did you mean shop?"
    )
    assert all(re.match(r"::(error|warning|notice) file=", line) for line in lines)


def test_github_says_what_it_will_not_show_beside_the_lines() -> None:
    """GitHub shows the first ten errors, warnings and notices of a step, and no others."""
    verdict = Verdict("slo", "shop", Outcome.FAILED, "holds", "it does not")
    open_one = verdict._replace(ruling=Outcome.UNDECIDABLE)
    ten = write_verdicts("github", [verdict] * 10 + [open_one] * 10).splitlines()
    assert len(ten) == 20
    assert not [line for line in ten if "more" in line]
    lines = write_verdicts("github", [verdict] * 25 + [open_one]).splitlines()
    assert len(lines) == 27, "nothing is left out of the log"
    [result] = [at for at, line in enumerate(lines) if "title=16 more errors" in line]
    assert result == 9
    assert lines[result].startswith("::error title=16 more errors::")
    assert lines[-1].startswith("::warning ")


def test_github_says_nothing_of_what_passed() -> None:
    verdict = Verdict("slo", "shop", Outcome.PASSED, "holds", "it does")
    assert write_verdicts("github", [verdict]) == ""
    assert write_verdicts("github", [verdict._replace(ruling=Outcome.UNDECIDABLE)]).startswith(
        "::warning "
    )


def test_sarif_of_problems_has_rules_places_and_levels() -> None:
    run = sarif(
        write_problems(
            "sarif", SHOP.replace("partial: shop", "partial: shpo"), "my folder/a:b.yaml"
        )
    )
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("unknown-service", "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20folder/a%3Ab.yaml"
    assert place["region"] == {"startLine": 10, "startColumn": 61, "endColumn": 65}


def test_sarif_of_verdicts_has_what_failed_and_what_is_open() -> None:
    report = report_on()
    verdicts = verdicts_on(report, ["downtime > 30m", "outages > 5"])
    open_one = verdicts[0]._replace(ruling=Outcome.UNDECIDABLE)
    run = sarif(write_verdicts("sarif", [*verdicts, open_one], report))
    assert [(each["ruleId"], each["level"], each.get("kind")) for each in run["results"]] == [
        ("slo", "error", None),
        ("fail-if", "error", None),
        ("fail-if", "error", None),
        ("slo", "none", "open"),
    ]
    assert run["results"][0]["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 13
    assert sarif(write_verdicts("sarif", []))["results"] == []


def test_openmetrics_has_the_figures_of_the_report() -> None:
    report = report_on()
    text = write("openmetrics", report)
    assert text.endswith("# EOF\n")
    values = {
        (name, labels.get("service"), labels.get("state")): value
        for name, labels, value in samples(text)
    }
    for each in report.services:
        service, best = each.service.id, each.best
        assert values["outage_downtime_seconds", service, None] == best.downtime / SECOND
        least, most = each.between(lambda one: one.downtime)
        assert values["outage_downtime_least_seconds", service, None] == least / SECOND
        assert values["outage_downtime_greatest_seconds", service, None] == most / SECOND
        assert values["outage_availability_ratio", service, None] == best.availability.fraction
        assert values["outage_outages", service, None] == len(best.outages)
        spent = [values["outage_state_seconds", service, state.word] for state in State]
        assert sum(spent) == report.window.length / SECOND
    target = report.services[0].best.target
    assert target
    assert values["outage_slo_budget_remaining_seconds", "shop", None] == target.remaining / SECOND
    assert ("outage_slo_budget_seconds", "payments", None) not in values
    assert values["outage_ongoing", "payments", None] == 0


def test_openmetrics_labels_survive_quotes_and_backslashes() -> None:
    name = r'A "quoted" \ name'
    report = report_on(SHOP.replace("name: Web shop", f"name: '{name}'"))
    labels = [
        labels
        for key, labels, _ in samples(write("openmetrics", report))
        if key == "outage_outages"
    ]
    assert labels[0] == {"service": "shop", "name": name, "operator": "Müller & Co."}


def test_ical_has_an_event_for_each_outage_and_maintenance() -> None:
    report = report_on()
    text = write("ical", report)
    listed = events(text)
    found = sorted((str(each["SUMMARY"]), each["DTSTART"].dt, each["DTEND"].dt) for each in listed)
    outages = [
        (f"{each.service.name}: {one.worst.word} – {report.lines.text(one.started_by)}", one)  # type: ignore[arg-type]
        for each in report.services
        for one in each.best.outages
    ]
    work = datetime(2024, 3, 10, 1, tzinfo=UTC)
    expected = [(name, instant(one.start), instant(one.end)) for name, one in outages]
    expected.append(
        ("Web shop: maintenance – Upgrade; at last, all", work, work + timedelta(hours=2))
    )
    assert found == sorted(expected)
    assert [str(each["CATEGORIES"].cats[0]) for each in listed].count("Maintenance") == 1
    for each in listed:
        assert each["UID"]
        assert each["DTSTAMP"]
    vague = next(each for each in listed if "disk" in str(each["SUMMARY"]))
    assert "Ended between 2024-03-05 09:25 and 2024-03-05 09:55" in str(vague["DESCRIPTION"])


def instant(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)


def test_ical_lines_are_folded_between_characters() -> None:
    name = "인터넷 서비스 " * 40
    text = write("ical", report_on(SHOP.replace("name: Web shop", f"name: '{name}'")))
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    summaries = [str(each["SUMMARY"]) for each in events(text)]
    assert any(each.startswith(name) for each in summaries)


def test_an_event_keeps_its_uid_when_its_end_becomes_known() -> None:
    def uids(text: str) -> list[str]:
        return [str(each["UID"]) for each in events(write("ical", report_on(text)))]

    shop = uids(SHOP)
    assert len(shop) == len(set(shop)) == 5
    assert set(uids(SHOP.replace("+25m", "+50m"))) == set(shop)


def test_an_outage_that_goes_on_is_tentative_and_says_so() -> None:
    text = SHOP.replace("  - {at: +25m, what: Rolled back, up: shop}\n", "").replace(
        "window: 2024-03\n", ""
    )
    text = text.replace("deploy + 1h", "deploy + 3h")
    report = report_on(text, as_of="2024-03-20")
    open_one = next(
        each for each in events(write("ical", report)) if "deploy" in str(each["SUMMARY"])
    )
    assert str(open_one["STATUS"]) == "TENTATIVE"
    assert "had not ended" in str(open_one["DESCRIPTION"])


# Fields of incidents.json as the pages of Atlassian Statuspage serve them, in their order.
INCIDENT = [
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "monitoring_at",
    "resolved_at",
    "impact",
    "shortlink",
    "started_at",
    "page_id",
    "incident_updates",
    "components",
    "reminder_intervals",
]
UPDATE = [
    "id",
    "status",
    "body",
    "incident_id",
    "created_at",
    "updated_at",
    "display_at",
    "affected_components",
    "deliver_notifications",
    "custom_tweet",
    "tweet_id",
]
COMPONENT = [
    "id",
    "name",
    "status",
    "created_at",
    "updated_at",
    "position",
    "description",
    "showcase",
    "start_date",
    "group_id",
    "page_id",
    "group",
    "only_show_if_degraded",
]


def test_statuspage_has_the_fields_states_and_order_of_the_real_one() -> None:
    page = json.loads(write("statuspage", report_on()))
    assert list(page) == ["page", "incidents"]
    assert list(page["page"]) == ["id", "name", "url", "time_zone", "updated_at"]
    assert [each["name"] for each in page["incidents"]] == [
        "A queue of payments is worked off",
        "A bad deploy",
        "The disk is full",
    ]
    for each in page["incidents"]:
        assert list(each) == INCIDENT
        assert all(list(update) == UPDATE for update in each["incident_updates"])
        assert all(list(component) == COMPONENT for component in each["components"])
        times = [update["display_at"] for update in each["incident_updates"]]
        assert times == sorted(times, reverse=True)
        assert each["incident_updates"][-1]["status"] == "investigating"
    disk = page["incidents"][-1]
    assert (disk["status"], disk["impact"]) == ("resolved", "critical")
    assert disk["started_at"] == "2024-03-05T09:12:00.000+01:00"
    assert disk["resolved_at"] == "2024-03-05T09:40:00.000+01:00"
    assert [
        [
            (each["name"], each["old_status"], each["new_status"])
            for each in update["affected_components"]
        ]
        for update in disk["incident_updates"]
    ] == [
        [("Web shop", "major_outage", "operational"), ("Payments", "major_outage", "operational")],
        [
            ("Web shop", "partial_outage", "major_outage"),
            ("Payments", "partial_outage", "major_outage"),
        ],
        [
            ("Web shop", "operational", "partial_outage"),
            ("Payments", "operational", "partial_outage"),
        ],
    ]
    queue = page["incidents"][0]
    assert (queue["status"], queue["resolved_at"], queue["impact"]) == (
        "investigating",
        None,
        "minor",
    )


@pytest.mark.parametrize("text", [SHOP, KAKAO.read_text(encoding="utf-8")], ids=["shop", "kakao"])
def test_who_adds_up_the_statuspage_gets_the_seconds_of_the_report(text: str) -> None:
    report = report_on(text)
    page = json.loads(write("statuspage", report))
    spent: dict[tuple[str, str], float] = {}
    end = datetime.fromisoformat(page["page"]["updated_at"])
    for incident in page["incidents"]:
        open_since: dict[str, tuple[datetime, str]] = {}
        for update in reversed(incident["incident_updates"]):
            at = datetime.fromisoformat(update["display_at"])
            for each in update["affected_components"]:
                since, status = open_since.pop(each["name"], (at, each["old_status"]))
                assert status == each["old_status"]
                key = (each["name"], status)
                spent[key] = spent.get(key, 0) + (at - since).total_seconds()
                open_since[each["name"]] = (at, each["new_status"])
        for name, (since, status) in open_since.items():
            if status != "operational" and incident["resolved_at"] is None:
                key = (name, status)
                spent[key] = spent.get(key, 0) + (end - since).total_seconds()
    words = {
        State.DOWN: "major_outage",
        State.PARTIAL: "partial_outage",
        State.DEGRADED: "degraded_performance",
    }
    for service in report.services:
        for state, word in words.items():
            expected = service.best.buckets[state] / SECOND
            assert spent.get((service.service.name, word), 0) == expected, (
                service.service.id,
                state,
            )


def test_the_same_thing_has_the_same_id_in_every_statuspage() -> None:
    def ids(text: str) -> dict[str, str]:
        found = json.loads(write("statuspage", report_on(text)))["incidents"]
        assert all(re.fullmatch(r"[0-9a-z]{12}", each["id"]) for each in found)
        return {each["name"]: each["id"] for each in found}

    shop = ids(SHOP)
    assert len(set(shop.values())) == 3
    assert ids(SHOP.replace("+25m", "+50m")) == shop


def as_table(report: Report) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """Return a report as Parquet has it."""
    data = parquet_writer.report(report, SCREEN)
    assert isinstance(data, bytes)
    return parquet.read_table(io.BytesIO(data))


def test_parquet_has_the_totals_of_the_csv_with_types() -> None:
    report = report_on(KAKAO.read_text(encoding="utf-8"), by="week")
    table = as_table(report)
    rows = list(csv.DictReader(io.StringIO(write("csv", report))))
    assert table.num_rows == len(rows)
    assert table.column_names == list(rows[0])
    for ours, cells in zip(table.to_pylist(), rows, strict=True):
        for name, cell in cells.items():
            value = ours[name]
            if isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, int | float):
                assert float(cell) == value, name
            elif isinstance(value, datetime):
                assert datetime.fromisoformat(cell) == value, name
                assert cell == value.isoformat(), "it is shown in the zone of the report"
            else:
                assert cell == (value or ""), name
    kinds = {field.name: str(field.type) for field in table.schema}
    assert (kinds["downtime_seconds"], kinds["outages"], kinds["slo_met"]) == (
        "double",
        "int64",
        "bool",
    )
    assert (kinds["service"], kinds["users"]) == ("string", "int64")
    assert kinds["window_start"] == "timestamp[us, tz=Asia/Seoul]"


def test_the_type_of_a_column_does_not_depend_on_what_is_in_it() -> None:
    """Tables of two incidents are one dataset, also where one has figures that the other lacks."""
    full = """
timezone: UTC
window: 2024-03
services: {"true": {name: "false", operator: "true", group: "12", users: 5, slo: 99.9%}}
events:
  - {at: 2024-03-05 09:00, what: It fails, down: "true", phase: started}
  - {at: 2024-03-05 09:05, what: A page, phase: detected}
  - {at: 2024-03-05 09:06, what: An answer, phase: acknowledged}
  - {at: 2024-03-05 09:07, what: A cause, phase: identified}
  - {at: 2024-03-05 09:10, what: Half of it, degraded: "true", phase: mitigated}
  - {at: 2024-03-05 10:00, what: It is back, up: "true", phase: resolved}
"""
    bare = """
timezone: UTC
window: 2024-03-05
services: {web: Web}
events: [{at: 2024-03-05 09:00, what: A page, phase: detected}]
"""
    first, second = (as_table(report_on(text)) for text in (full, bare))
    assert first.schema == second.schema
    [row, *_] = first.to_pylist()
    assert (row["service"], row["name"], row["operator"], row["group"], row["slo_met"]) == (
        *("true", "false", "true", "12"),
        True,
    )
    assert first.column("acknowledged").to_pylist()[-1] == datetime(2024, 3, 5, 9, 6, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Etc/GMT-9", "Asia/Kolkata", "EST5EDT", "Zulu"])
def test_every_zone_that_is_read_can_be_read_back_from_parquet(zone: str) -> None:
    report = report_on(SHOP.replace("Europe/Berlin", f'"{zone}"'))
    assert report.timezone == zone
    for row in as_table(report).to_pylist():
        assert row["window_start"] is None or row["window_start"].day == 1


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    output = parquet_writer.report(report_on(), SCREEN)
    assert isinstance(output, ProblemText)
    assert "outage-cli[parquet]" in output.hint


def test_tsv_is_the_csv_with_tabs() -> None:
    report = report_on(by="week")
    ours = list(csv.reader(io.StringIO(write("tsv", report)), delimiter="\t"))
    assert ours == list(csv.reader(io.StringIO(write("csv", report))))
    assert {len(row) for row in ours} == {len(ours[0])}


def test_ndjson_has_a_line_a_service_as_json_has_it() -> None:
    report = report_on(by="week")
    lines = [json.loads(line) for line in write("ndjson", report).splitlines()]
    whole = json.loads(write("json", report))
    context = ("period", "window_start", "window_end", "method")
    bare = [{key: each for key, each in line.items() if key not in context} for line in lines]
    parts = [service for part in whole["periods"] for service in part["services"]]
    assert bare == [*parts, *whole["services"]]
    assert [line["period"] for line in lines[-2:]] == [None, None]
    assert lines[0]["period"] == whole["periods"][0]["label"]


def test_ndjson_of_groups_has_a_line_a_group_and_one_for_all() -> None:
    report = report_on(by="week", group_by="operator")
    lines = [json.loads(line) for line in write("ndjson", report).splitlines()]
    whole = json.loads(write("json", report))
    context = ("group_by", "period", "window_start", "window_end", "method")
    bare = [{key: each for key, each in line.items() if key not in context} for line in lines]
    parts = [*whole["periods"], whole]
    expected = [
        each for part in parts for each in (*part["groups"], {"group": None, **part["totals"]})
    ]
    assert bare == expected
    kinds = ["operator", "operator", "all"]
    assert [line["group_by"] for line in lines] == kinds * len(parts)
    rows = list(csv.DictReader(io.StringIO(write("csv", report))))
    assert [(row["group_by"], row["group"]) for row in rows] == [
        (line["group_by"], line["group"] or "") for line in lines
    ]
    assert [float(row["any_down_seconds"]) for row in rows] == [
        line["any_down_seconds"] for line in lines
    ]


def test_ndjson_has_a_line_a_verdict_and_a_problem() -> None:
    report = report_on()
    verdicts = verdicts_on(report, ["downtime > 30m"])
    lines = [json.loads(line) for line in write_verdicts("ndjson", verdicts).splitlines()]
    assert lines == json.loads(write_verdicts("json", verdicts))["verdicts"]
    wrong = SHOP.replace("partial: shop", "partial: shpo")
    lines = [json.loads(line) for line in write_problems("ndjson", wrong).splitlines()]
    assert lines == json.loads(write_problems("json", wrong))["problems"]
