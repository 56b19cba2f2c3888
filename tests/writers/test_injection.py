"""A hostile timeline through every writer: nothing executes, breaks out or is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from outage_cli import registry
from tests.example_reports import report_on, verdicts_on, write, write_problems, write_verdicts
from tests.writers.test_formats import JUNIT, events, sarif

HOSTILE = (
    r"=HYPERLINK(\"http://evil.example\") <script>alert(1)</script> <img src=x onerror=alert(2)> "
    r"[click](javascript:alert(3)) [red]rich[/red] ]]> &amp; {0} 50% "
    r"\e[31mansi \e]0;owned\a \x9b31m \u202eexe.gpj\u202c \u2028break \uFFFEnonchar "
    r"\n::error file=a::pwned\r\n::set-output name=x::y\n##[add-mask]mask %0A::debug::z "
    r"\nEND:VEVENT\nBEGIN:VEVENT\n\t, ; : \\ ' }\n# EOF\n!!python/object:os.system"
)
KEPT = [
    "HYPERLINK",
    "alert(1)",
    "onerror=alert(2)",
    "javascript",
    "red",
    "rich",
    "ansi",
    "owned",
    "exe.gpj",
    "break",
    "nonchar",
    "pwned",
    "set-output",
    "add-mask",
    "debug",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "python/object:os.system",
]
"""What has to be found again in every output that shows the text."""

STORY = f"""\
title: "{HOSTILE}"
timezone: UTC
window: 2024-03
services:
  web: {{name: "{HOSTILE}", operator: "{HOSTILE}", group: "{HOSTILE}", slo: 99.9%}}
maintenance:
  - {{services: [web], from: 2024-03-10 02:00, to: 2024-03-10 04:00, what: "{HOSTILE}"}}
events:
  - {{at: 2024-03-05 09:00, what: "{HOSTILE}", down: web}}
  - {{at: 2024-03-05 11:00, what: "{HOSTILE}", up: web}}
"""

WRONG = STORY.replace("down: web}", f'down: "{HOSTILE}"}}').replace("up: web}", "upp: web}")

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What would steer a terminal or turn a line around."""

REPORTS = [name for name in registry.writers("report") if name not in {"table", "parquet"}]
VERDICTS = list(registry.writers("verdicts"))
PROBLEMS = list(registry.writers("problems"))


def texts() -> dict[str, str]:
    """Return what each writer makes of the hostile timeline, by what it writes and its name."""
    report = report_on(STORY)
    values = {f"report {name}": write(name, report) for name in REPORTS}
    verdicts = verdicts_on(report)
    values |= {f"verdicts {name}": write_verdicts(name, verdicts, report) for name in VERDICTS}
    return values | {
        f"problems {name}": write_problems(name, WRONG, "a\n::error::b.yaml") for name in PROBLEMS
    }


TEXTS = texts()


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_steers_a_terminal(name: str) -> None:
    text = TEXTS[name].replace("\r\n", "\n") if name == "report ical" else TEXTS[name]
    text = text.replace("\t", " ") if name == "report tsv" else text
    if "json" in name:
        assert not STEERING.search(text)
        for line in text.splitlines() if "ndjson" in name else [text]:
            json.loads(line)
    else:
        assert not STEERING.search(text), STEERING.search(text)


PICTURES = {"report svg", "report mermaid"}
"""The chart alone: it has the names of services, and no room for what happened."""


@pytest.mark.parametrize(
    "name", [name for name in TEXTS if name.startswith("report") and name not in PICTURES]
)
def test_nothing_is_lost_silently(name: str) -> None:
    text = TEXTS[name]
    if name == "report ical":
        text = text.replace("\r\n ", "")
    plain = re.sub(r"\\(?=[\[\]*_#+!|~>$`{}()\\])", "", text)  # how Markdown shows it
    plain = plain.replace("&#58;", ":").replace("&lt;", "<")
    assert [word for word in KEPT if word not in plain] == []


@pytest.mark.parametrize("name", ["verdicts github", "problems github"])
def test_no_line_is_another_workflow_command(name: str) -> None:
    lines = TEXTS[name].split("\n")
    assert lines.pop() == ""
    for line in lines:
        command = re.fullmatch(r"::(error|warning|notice) ([^\r\n]*?)::([^\r\n]*)", line)
        assert command, line
        properties = dict(each.split("=", 1) for each in command[2].split(","))
        assert set(properties) <= {"file", "line", "col", "endColumn", "title"}
        assert not any(sign in value for value in properties.values() for sign in ":,\r\n")
        assert re.sub(r"%(25|0A|0D)", "", command[3]).count("%") == 0


@pytest.mark.parametrize("name", ["verdicts junit", "problems junit"])
def test_junit_stays_xml_with_nothing_but_its_own_elements(name: str) -> None:
    JUNIT.validate(TEXTS[name])
    root = ET.fromstring(TEXTS[name])  # noqa: S314 - we wrote it ourselves a moment ago
    text = " ".join(
        [*root.itertext(), *(value for each in root.iter() for value in each.attrib.values())]
    )
    assert "<script>alert(1)</script>" in text
    assert "‹U+FFFE›nonchar" in text
    assert "‹U+202E›exe.gpj" in text
    assert "␛[31mansi" in text


@pytest.mark.parametrize("name", ["verdicts sarif", "problems sarif"])
def test_sarif_has_no_link_of_a_timeline(name: str) -> None:
    for result in sarif(TEXTS[name])["results"]:
        text = result["message"]["text"]
        assert "](" not in text.replace("\\]", "")


def test_openmetrics_has_one_sample_a_series() -> None:
    text = TEXTS["report openmetrics"]
    families = list(text_string_to_metric_families(text))  # type: ignore[no-untyped-call]
    services = [each for each in families if each.name == "outage_downtime_seconds"]
    assert len(services) == 1
    assert len(services[0].samples) == 1
    assert "<script>alert(1)</script>" in services[0].samples[0].labels["name"]
    assert TEXTS["report openmetrics"].count("\n# EOF\n") == 1


def test_the_calendar_has_its_own_events_only() -> None:
    found = events(TEXTS["report ical"])
    assert sorted(str(each["CATEGORIES"].cats[0]) for each in found) == ["Maintenance", "Outage"]
    assert all("::set-output name=x::y" in str(each["SUMMARY"]) for each in found)


def test_the_body_of_a_status_page_is_no_markup() -> None:
    incident = json.loads(TEXTS["report statuspage"])["incidents"][0]
    for update in incident["incident_updates"]:
        assert "<" not in update["body"]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in update["body"]


@pytest.mark.parametrize("name", ["report csv", "report tsv"])
def test_no_cell_is_a_formula_and_no_row_is_broken(name: str) -> None:
    by = "\t" if name.endswith("tsv") else ","
    head, row = csv.reader(io.StringIO(TEXTS[name]), delimiter=by)
    assert len(head) == len(row)
    texts = [cell for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in texts)


def test_a_title_of_a_megabyte_is_written_in_every_format() -> None:
    long = "x" * 1_000_000
    report = report_on(
        STORY.replace(f'title: "{HOSTILE}"', f"title: {long}").replace(
            "name: ", f"note: {long}, name: "
        )
    )
    for name in REPORTS:
        assert write(name, report)
    assert long in write_verdicts("junit", verdicts_on(report), report)


def test_half_a_character_breaks_no_output(tmp_path: Path) -> None:
    story = {
        "title": "half \ud800",
        "timezone": "UTC",
        "window": "2024-03",
        "services": {"web": {"name": "half \ud800", "operator": "half \udfff", "slo": "99.9%"}},
        "events": [
            {"at": "2024-03-05 09:00", "what": "half \ud800", "down": "web"},
            {"at": "2024-03-05 11:00", "what": "whole", "up": "web"},
        ],
    }
    (tmp_path / "half.json").write_text(json.dumps(story), encoding="utf-8")
    arguments: list[str] = []
    names = [*registry.writers("report"), *(each for each in VERDICTS if each != "text")]
    names = list(dict.fromkeys(names))
    for name in names:
        arguments += ["-f", name, "-o", f"out.{name}"]
    run = subprocess.run(
        [sys.executable, "-m", "outage_cli.cli.main", "report", "half.json", *arguments],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert b"Traceback" not in run.stderr
    assert all((tmp_path / f"out.{name}").stat().st_size for name in names)
