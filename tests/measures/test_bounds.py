"""Bounds: from the vague times of a file to every figure (SEMANTICS M7)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outage_cli import pipeline
from outage_cli.accounting.statements import Scenario, ScenarioInput, statements_of
from outage_cli.model.event import Event, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service import Service
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import SECOND, Duration
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import ReadResult, Timeline
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.writers.json import report as json_writer
from outage_cli.writers.sheet.rows import sheet
from outage_cli.writers.sheet.sheet import ValueType
from tests.strategies import ZERO, tried

OUTAGE = (sys.executable, "-m", "outage_cli.cli.main")
KAKAO = Path(__file__).parents[2] / "timelines" / "2022-10-15-kakao.yaml"

HEAD = """\
timezone: UTC
window: 2024-05-13
as_of: 2024-05-14
services: {web: {name: Web, slo: 96%}}
events:
"""


def outage(*arguments: str, story: str = "") -> subprocess.CompletedProcess[str]:
    """Run the tool as a shell would; a story goes to standard input."""
    return subprocess.run(
        [*OUTAGE, *arguments], capture_output=True, check=False, input=story, text=True, timeout=60
    )


def story(*lines: str) -> str:
    """Return a file about the service `web`: each line says when, and what it is from then on."""
    rows = (line.rpartition(" ") for line in lines)
    return HEAD + "".join(
        f'  - {{at: "{at}", what: The web is {state}, {state}: web}}\n' for at, _, state in rows
    )


def service(*lines: str) -> ServiceReport:
    """Return what the report says of the service `web`."""
    result = read(Source("web.yaml", story(*lines).encode()))
    assert not [each for each in result.problems if each.is_error], result.problems
    report = pipeline.report([result], ReportRequest(now=ZERO))
    assert isinstance(report, Report), report
    return report.services[0]


def minutes(*lines: str) -> tuple[Duration, Duration, Duration]:
    """Return the downtime in minutes: the least, the best estimate, and the greatest."""
    found = service(*lines)
    least, most = found.between(lambda each: each.downtime)
    return least // 60 // SECOND, found.best.downtime // 60 // SECOND, most // 60 // SECOND


def test_an_exact_time_stays_where_it_is() -> None:
    between = ("2024-05-13 12:00 degraded", "~12:30 up", "12:40 down", "13:40 up")
    assert minutes(*between) == (60, 60, 60)
    assert minutes("~2024-05-13 12:30 down", "12:40 partial", "13:40 up") == (60, 70, 85)


def test_a_vague_recovery_from_an_inherited_outage_has_bounds() -> None:
    services = "{dc: DC, bank: {name: Bank, requires: dc}}"
    text = HEAD.replace("{web: {name: Web, slo: 96%}}", services) + (
        "  - {at: 2024-05-13 12:00, what: Power cut, down: dc}\n"
        "  - {at: ~14:00, what: Own data centre, up: bank}\n"
        "  - {at: 20:00, what: Power is back, up: dc}\n"
    )
    assert "2 h (1:45–2:15)" in outage("report", "-", "-s", "bank", story=text).stdout


# The outage this tool began with


def test_the_table_shows_thirty_hours_and_41_minutes_give_or_take_a_quarter_of_an_hour() -> None:
    run = outage("report", str(KAKAO), "-s", "kakao-main")
    assert run.returncode == 0
    assert "30 h 41 min (30:26–30:56)" in run.stdout


def test_json_has_the_bounds_in_seconds() -> None:
    run = outage("report", str(KAKAO), "-s", "kakao-main", "-f", "json")
    (kakao,) = json.loads(run.stdout)["services"]
    assert kakao["downtime_seconds"] == 110_460
    assert kakao["downtime_seconds_range"] == [109_560, 111_360]
    (only,) = kakao["outages"]
    assert only["start_range"] == ["2022-10-15T15:19:00+09:00"] * 2
    assert only["end_range"] == ["2022-10-16T21:45:00+09:00", "2022-10-16T22:15:00+09:00"]
    least, most = kakao["availability_range"]
    assert least < kakao["availability"] < most


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "table"])
def test_every_format_has_both_bounds(form: str) -> None:
    run = outage("report", str(KAKAO), "-s", "kakao-main", "-f", form)
    assert all(
        any(written in run.stdout for written in each)
        for each in (("30:26", "109560"), ("30:56", "111360"))
    ), run.stdout


# Each way to be vague


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["2024-05-13 12:00 down", "13:00 up"], (60, 60, 60)),
        (["2024-05-13 12:00 down", "~13:00 up"], (45, 60, 75)),
        (["~2024-05-13 12:00 down", "13:00 up"], (45, 60, 75)),
        (["~2024-05-13 12:00 down", "~13:00 up"], (30, 60, 90)),
        (["2024-05-13 12:00 down", "13:00 ± 5m up"], (55, 60, 65)),
        (["2024-05-13 12:00 down", "12:30..13:30 up"], (30, 60, 90)),
        (["2024-05-13 12:00 down", "by 13:00 up"], (0, 60, 60)),
        (["2024-05-13 12:00 down", "12:20 partial", "by 13:00 up"], (20, 60, 60)),
        (["2024-05-13 12:00 down", "after 13:00 up"], (60, 60, 720)),
        (["2024-05-13 12:00 down", "after 13:00 up", "14:00 degraded"], (60, 60, 120)),
        (["after 2024-05-13 12:00 down", "13:00 up"], (0, 60, 60)),
        (["2024-05-13 12:00 degraded", "by 12:30 down", "13:00 up"], (30, 30, 60)),
        (["2024-05-13 down", "2024-05-14 up"], (0, 720, 1440)),
        (["2024-05-13 12:00 down", "~+1h up"], (45, 60, 75)),
    ],
)
def test_downtime_is_between_the_bounds_of_its_edges(
    lines: Sequence[str], expected: tuple[int, int, int]
) -> None:
    assert minutes(*lines) == expected


def test_what_makes_nothing_better_or_worse_moves_nothing() -> None:
    assert minutes("2024-05-13 12:00 down", "~12:30 down", "13:00 up") == (60, 60, 60)


def test_the_bounds_of_a_part_of_an_outage_are_its_own() -> None:
    found = service("2024-05-13 12:00 down", "~12:30 partial", "13:00 up")
    assert found.between(lambda each: each.downtime) == (3600 * SECOND, 3600 * SECOND)
    assert found.between(lambda each: each.buckets[State.DOWN]) == (900 * SECOND, 2700 * SECOND)


def test_times_that_cross_leave_a_stretch_without_length() -> None:
    assert minutes("~2024-05-13 12:00 down", "~12:10 up") == (0, 10, 40)
    assert minutes("2024-05-13 11:00 down", "~12:00 up", "~12:10 down", "13:00 up") == (
        80,
        110,
        120,
    )


def test_a_vague_time_outside_the_window_moves_nothing_inside() -> None:
    assert minutes("~2024-05-12 12:00 down", "~2024-05-15 12:00 up")[0] == 1440


# Laws

NAMES = "ab"


def vague(best: int, before: int | None, after: int | None) -> Moment:
    earliest = None if before is None else ZERO + (best - before) * SECOND
    return Moment(
        ZERO + best * SECOND, earliest, None if after is None else ZERO + (best + after) * SECOND
    )


MARGINS = st.integers(0, 30) | st.none()
MOMENTS = st.builds(vague, st.integers(0, 100), MARGINS, MARGINS)
EXACT = st.builds(vague, st.integers(0, 100), st.just(0), st.just(0))


@st.composite
def timelines(draw: st.DrawFn, moments: st.SearchStrategy[Moment] = MOMENTS) -> Timeline:
    """Draw a timeline of two services that require nothing."""
    states = (*LADDER, State.MAINTENANCE, State.UNKNOWN)
    line = st.tuples(
        moments,
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(states), min_size=1),
    )
    events = tuple(
        Event(
            at, "", SourceRef("0", ("events", number)), tuple((s, (n,)) for n, s in values.items())
        )
        for number, (at, values) in enumerate(draw(st.lists(line, min_size=1, max_size=6)))
    )
    as_of = Moment.exactly(ZERO + draw(st.integers(1, 140)) * SECOND)
    services = {name: Service(name, name) for name in NAMES}
    return Timeline("0", "", services=services, events=events, as_of=as_of)


WINDOW = "2022-10-15 00:00..2022-10-16 00:00"


def spread(timeline: Timeline) -> list[ServiceReport]:
    """Return the reports on the services of a timeline, in a window that holds all of it."""
    report = pipeline.report(
        [ReadResult(timeline)], ReportRequest(now=ZERO + 200 * SECOND, window=WINDOW)
    )
    return list(report.services) if isinstance(report, Report) else []


@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(timelines(EXACT))
def test_exact_times_have_equal_bounds(timeline: Timeline) -> None:
    for each in spread(timeline):
        assert each.others == ()
        assert each.between(lambda one: one.downtime) == (each.best.downtime,) * 2


@tried(300)
@given(timelines())
def test_the_best_estimate_lies_between_the_kindest_and_the_harshest(timeline: Timeline) -> None:
    for each in spread(timeline):
        if each.others:
            kindest, harshest = each.others
            assert kindest.downtime <= each.best.downtime <= harshest.downtime


@tried(300)
@given(timelines())
def test_no_reading_changes_the_order_or_goes_back_in_time(timeline: Timeline) -> None:
    now = ZERO + 200 * SECOND
    best = statements_of(timeline, None, now, ScenarioInput(Scenario.BEST))
    for estimate in (Scenario.KINDEST, Scenario.HARSHEST):
        other = statements_of(timeline, None, now, ScenarioInput(estimate))
        assert other.streams.keys() == best.streams.keys()
        for name, statements in other.streams.items():
            marks = [each.cause for each in statements]
            assert marks == [each.cause for each in best.streams[name]]
            instants = [each.at for each in statements]
            assert instants == sorted(instants)


# Checks

DOWN = story("2024-05-13 12:00 down", "~13:00 up")  # 45 to 75 minutes, at best 60


@pytest.mark.parametrize(
    ("condition", "exit_code"),
    [
        ("downtime > 44m", 1),
        ("downtime > 45m", 4),
        ("downtime > 74m", 4),
        ("downtime > 75m", 0),
        ("downtime >= 45m", 1),
        ("downtime >= 46m", 4),
        ("downtime >= 75m", 4),
        ("downtime >= 76m", 0),
        ("downtime < 45m", 0),
        ("downtime < 46m", 4),
        ("downtime < 75m", 4),
        ("downtime < 76m", 1),
        ("downtime <= 44m", 0),
        ("downtime <= 45m", 4),
        ("downtime <= 74m", 4),
        ("downtime <= 75m", 1),
        ("downtime == 1h", 4),
        ("downtime == 50m", 4),
        ("downtime == 80m", 0),
        ("downtime != 1h", 4),
        ("downtime != 80m", 1),
        ("outages > 1", 0),
        ("outages >= 1", 1),
        ("longest_outage > 1h", 4),
        ("availability < 96%", 4),
        ("availability < 97%", 1),
        ("availability < 94%", 0),
        ("all.downtime > 1h", 4),
        ("web.downtime > 1h", 4),
    ],
)
def test_a_condition_that_the_bounds_straddle_is_undecidable(
    condition: str, exit_code: int
) -> None:
    free = DOWN.replace(", slo: 96%", "")
    run = outage("check", "-", "--fail-if", condition, story=free)
    assert run.returncode == exit_code, run.stdout + run.stderr
    word = {0: "ok", 1: "FAILED", 4: "UNDECIDABLE"}[exit_code]
    assert run.stdout.startswith(f"{word}  web: fails if ")


def test_an_undecidable_condition_shows_its_bounds_and_its_lines() -> None:
    run = outage("check", "-", "-s", "web", "--fail-if", "downtime > 1h", story=DOWN)
    assert "(downtime is 1 h, between 0:45–1:15)" in run.stdout
    assert "    <stdin>:6:" in run.stdout


@pytest.mark.parametrize(
    ("slo", "exit_code"), [("94%", 0), ("95%", 4), ("96%", 4), ("96.9%", 1), ("97%", 1)]
)
def test_a_target_that_the_bounds_straddle_is_undecidable(slo: str, exit_code: int) -> None:
    run = outage("check", "-", story=DOWN.replace("96%", slo))
    assert run.returncode == exit_code, run.stdout


def test_json_says_undecidable_too() -> None:
    run = outage("check", "-", "-f", "json", "--fail-if", "downtime > 1h", story=DOWN)
    values: dict[str, Any] = json.loads(run.stdout)
    assert run.returncode == 4
    assert values["verdict"] == "undecidable"
    assert {each["verdict"] for each in values["verdicts"]} == {"undecidable"}


def test_a_failure_beside_a_doubt_fails() -> None:
    run = outage("check", "-", "--fail-if", "downtime > 1h", "--fail-if", "outages > 0", story=DOWN)
    assert run.returncode == 1


def test_by_needs_something_said_before_it() -> None:
    run = outage("lint", "-", story=story("by 2024-05-13 12:00 down", "13:00 up"))
    assert run.returncode == 1
    assert "error[nothing-before]" in run.stdout
    assert "<stdin>:6:10" in run.stdout
    assert "= hint: write a range such as 07:00..08:00, or ~08:00" in run.stdout


@pytest.mark.parametrize(
    ("key", "written", "least", "best", "most"),
    [
        ("from", "2024-05-13 12:00", 60, 60, 60),
        ("from", "~2024-05-13 12:00", 45, 60, 75),
        ("from", "2024-05-13 12:00 ± 30m", 30, 60, 90),
        ("from", "2024-05-13 11:30..12:30", 30, 60, 90),
        ("from", "by 2024-05-13 12:00", 60, 60, 60),
        ("from", "after 2024-05-13 12:00", 60, 60, 60),
        ("from", "2024-05-13", 120, 120, 120),
        ("to", "~2024-05-13 12:00", 45, 60, 75),
        ("to", "2024-05-13 11:30..12:30", 30, 60, 90),
        ("to", "2024-05-13", 120, 120, 120),
        ("from", "fire + 1h", 60, 60, 60),
        ("from", "~fire + 1h", 45, 60, 75),
    ],
)
def test_a_vague_time_of_service_is_taken_at_its_best_and_has_bounds(
    key: str, written: str, least: int, best: int, most: int
) -> None:
    """The web fails from 11:00 to 13:00; what it is not offered for does not count."""
    text = (
        HEAD.replace("slo: 96%", f'in_service: {{{key}: "{written}"}}')
        + "  - {at: 2024-05-13 11:00, id: fire, what: It fails, down: web}\n"
        + "  - {at: 2024-05-13 13:00, what: It works, up: web}\n"
    )
    result = read(Source("web.yaml", text.encode()))
    assert not [each for each in result.problems if each.is_error], result.problems
    report = pipeline.report([result], ReportRequest(now=ZERO))
    assert isinstance(report, Report), report
    one = report.services[0]
    bounds = one.between(lambda each: each.downtime)
    assert one.best.downtime == best * 60 * SECOND
    assert bounds == (least * 60 * SECOND, most * 60 * SECOND)


FIXED = {
    "seconds",
    "left_out",
    "inherited_more",
    "users",
    "target",
    "shift_seconds",
    "line",
    "windows",
}
"""Figures that no reading of the times changes, or that stand for a window or a place."""


def _without_bounds(value: object, at: str = "") -> Iterator[str]:
    """Yield the figures in JSON that have no range, or that lie outside of it."""
    if isinstance(value, list):
        for each in value:
            yield from _without_bounds(each, at)
    if not isinstance(value, dict):
        return
    for key, each in value.items():
        if not isinstance(each, bool) and isinstance(each, int | float):
            bounds = value.get(f"{key}_range")
            if bounds is None and key not in FIXED:
                yield f"{at}.{key}"
            elif bounds and not bounds[0] <= each <= (each if bounds[1] is None else bounds[1]):
                yield f"{at}.{key} is {each} and not in {bounds}"
        elif key == "seconds" and isinstance(each, dict):
            yield from (
                f"{at}.seconds.{state}"
                for state, spent in each.items()
                if not value["seconds_range"][state][0] <= spent <= value["seconds_range"][state][1]
            )
        elif not key.endswith("_range") and key not in {"started_by", "ended_by"}:
            yield from _without_bounds(each, f"{at}.{key}")


@given(timelines())
@tried(150)
def test_every_figure_of_json_has_its_bounds(timeline: Timeline) -> None:
    report = pipeline.report(
        [ReadResult(timeline)], ReportRequest(now=ZERO + 200 * SECOND, window=WINDOW)
    )
    if not isinstance(report, Report):
        return
    result = json.loads(json_writer.report(report, Screen()))
    for key in ("services", "totals", "groups", "maintenance_audit", "claims", "objectives"):
        assert not list(_without_bounds(result[key], key))


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "timelines").iterdir()))
def test_every_figure_of_a_real_outage_has_its_bounds(path: Path) -> None:
    read_ = read(Source(path.name, path.read_bytes()))
    report = pipeline.report([read_], ReportRequest(ZERO, by="month", group_by="operator"))
    assert isinstance(report, Report)
    found = json.loads(json_writer.report(report, Screen()))
    for key in (
        "services",
        "totals",
        "groups",
        "maintenance_audit",
        "claims",
        "objectives",
        "periods",
    ):
        assert not list(_without_bounds(found[key], key))
    columns = sheet(report).columns
    names = {column.name for column in columns}
    for name, kind in columns:
        if kind in {ValueType.NUMBER, ValueType.COUNT} and name not in {"users", "slo", "services"}:
            assert f"{name}_min" in names or name.endswith(("_min", "_max"))
