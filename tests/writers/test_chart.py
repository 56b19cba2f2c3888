"""The chart agrees with the ledger, and every writer draws the same chart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outage_cli import pipeline, registry
from outage_cli.lint import bounds
from outage_cli.measures.chart import indented
from outage_cli.model.chart import Chart, Lane, Segment, Stroke
from outage_cli.model.report import Report
from outage_cli.model.service import Requirement, Service
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Instant, Span
from outage_cli.model.state import State
from outage_cli.model.story import Story
from outage_cli.pipeline import ReportRequest, show
from outage_cli.readers.native.yaml import read
from outage_cli.readers.source import Source
from outage_cli.when.calendar.axis import ticks
from tests.measures.test_bounds import timelines as vague_timelines
from tests.strategies import ANY, ZERO, Case, cases, tried

NOW: Instant = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp()) * SECOND


def charted(text: str, **request: str) -> Report:
    """Return the report with a chart of one timeline in YAML."""
    reading = read(Source("story.yaml", text.encode()))
    assert not [each for each in reading.problems if each.is_error], reading.problems
    report = pipeline.report(
        [reading], ReportRequest(NOW, window=request.get("window"), needs=registry.NEEDS)
    )
    assert isinstance(report, Report), report
    return report


def chart_of(report: Report) -> Chart:
    assert report.chart
    return report.chart


def of(case: Case) -> Report:
    from outage_cli.model.timeline import ReadResult

    report = pipeline.report(
        [ReadResult(each) for each in case.timelines],
        case.request._replace(needs=registry.NEEDS),
        case.method,
    )
    assert isinstance(report, Report), report
    return report


@tried(120)
@given(cases(ANY))
def test_lanes_fill_the_window_with_what_the_ledger_says(case: Case) -> None:
    report = of(case)
    lanes = {lane.service.id: lane for lane in chart_of(report).lanes}
    assert lanes.keys() == {each.service.id for each in report.services}
    for each in report.services:
        segments = lanes[each.service.id].segments
        spent = dict.fromkeys(State, 0)
        at = report.window.start
        for segment in segments:
            assert segment.start == at
            spent[segment.state] += segment.end - segment.start
            at = segment.end
        assert at == report.window.end or not segments
        assert spent == each.best.buckets


@tried(120)
@given(cases(ANY), st.integers(1, 40))
def test_strokes_of_exact_times_are_the_segments(case: Case, columns: int) -> None:
    report = of(case)
    for lane in chart_of(report).lanes:
        strokes = list(lane.strokes(report.window))
        assert all(stroke.is_sure for stroke in strokes)
        drawn = [(stroke.start, stroke.end, stroke.state) for stroke in strokes]
        assert drawn == [
            (each.start, each.end, each.state)
            for each in lane.segments
            if each.start < report.window.end or each.start < each.end
        ]
        if report.window.length:
            cells = lane.cells(report.window, columns)
            assert cells[0].start == report.window.start
            assert cells[-1].end == report.window.end
            spent = dict.fromkeys(State, 0)
            for cell in cells:
                for state, time in cell.spent.items():
                    spent[state] += time
            for state in set(State) - {State.UP}:
                total = sum(e.end - e.start for e in lane.segments if e.state is state)
                assert spent[state] == total


@tried(120)
@given(vague_timelines())
def test_edges_are_drawn_as_wide_as_outages_can_begin_and_end(timeline: object) -> None:
    from outage_cli.model.timeline import ReadResult, Timeline

    assert isinstance(timeline, Timeline)
    assume(not list(bounds.check(timeline)))  # "by", of which nothing says how early, is refused
    window = "2022-10-15 00:00..2022-10-16 00:00"
    report = pipeline.report(
        [ReadResult(timeline)], ReportRequest(ZERO + 10 * DAY, window=window, needs=registry.NEEDS)
    )
    if not isinstance(report, Report):
        return
    lanes = {lane.service.id: lane for lane in chart_of(report).lanes}
    for each in report.services:
        lane = lanes[each.service.id]
        for segment in lane.segments:
            assert segment.starts.start <= segment.start <= segment.starts.end
            assert segment.ends.start <= segment.end <= segment.ends.end
        for outage, edges in zip(each.best.outages, each.edges(), strict=False):
            if outage.start < outage.end:
                first = next(
                    one for one in lane.segments
                    if one.start == outage.start and one.start < one.end
                )  # fmt: skip
                assert first.starts.start <= edges.starts.start
                assert first.starts.end >= edges.starts.end
                last = next(
                    one for one in reversed(lane.segments)
                    if one.end == outage.end and one.start < one.end
                )  # fmt: skip
                assert last.ends.start <= edges.ends.start
                assert last.ends.end >= edges.ends.end
        wide = Span(report.window.start - DAY, report.window.end + DAY)
        strokes = list(lane.strokes(wide))
        for one, following in pairwise(strokes):
            assert one.end <= following.start
        assert all(stroke.start <= stroke.end for stroke in strokes)


def segment(start: int, end: int, state: State, *, about: int = 0, until: int = 0) -> Segment:
    return Segment(
        start, end, state, Span(start - about, start + about), Span(end - until, end + until)
    )


def drawn(*segments: Segment) -> list[tuple[int, int, str, str]]:
    lane = Lane(Service("a", "a"), 0, segments)
    strokes: list[Stroke] = list(lane.strokes(Span(-1000, 1000)))
    return [(one.start, one.end, one.state.word, one.milder.word) for one in strokes]


def test_an_edge_that_is_not_known_lies_between_its_two_states() -> None:
    found = drawn(
        segment(0, 100, State.UP, until=10),
        segment(100, 200, State.DOWN, about=10, until=20),
        segment(200, 300, State.DEGRADED, about=20),
    )
    assert found == [
        (0, 90, "up", "up"),
        (90, 110, "down", "up"),
        (110, 180, "down", "down"),
        (180, 220, "down", "degraded"),
        (220, 300, "degraded", "degraded"),

    ]  # fmt: skip


def test_edges_that_overlap_share_the_overlap() -> None:
    found = drawn(
        segment(0, 100, State.UP, until=80),
        segment(100, 120, State.DOWN, about=80, until=60),
        segment(120, 300, State.UP, about=60),
    )
    assert found == [
        (0, 20, "up", "up"),
        (20, 120, "down", "up"),
        (120, 180, "down", "up"),
        (180, 300, "up", "up"),
    ]


def test_a_column_shows_the_worst_of_its_time_and_counts_it() -> None:
    lane = Lane(
        Service("a", "a"),
        0,
        (
            segment(0, 10, State.UP),
            segment(10, 11, State.DOWN),
            segment(11, 12, State.MAINTENANCE),
            segment(12, 13, State.DOWN),
            segment(13, 100, State.UP),
        ),
    )
    first, *others = lane.cells(Span(0, 100), 4)
    assert (first.state, first.likely, first.stretches) == (State.DOWN, State.DOWN, 2)
    assert first.spent == {State.DOWN: 2, State.MAINTENANCE: 1}
    assert [cell.state for cell in others] == [State.UP] * 3


def test_an_outage_of_no_length_is_drawn() -> None:
    lane = Lane(Service("a", "a"), 0, (segment(0, 50, State.UP), segment(50, 50, State.DOWN),
                                       segment(50, 100, State.UP)))  # fmt: skip
    cells = lane.cells(Span(0, 100), 10)
    assert [cell.state.word for cell in cells].count("down") == 1


def test_services_stand_under_what_they_require() -> None:
    def one(name: str, *needs: str) -> Service:
        return Service(name, name, requires=(Requirement(needs, len(needs)),) if needs else ())

    services = [one("mail", "rack", "dns"), one("web", "mail"), one("dns"), one("rack")]
    found = list(indented({each.id: each for each in services}))
    assert found == [("dns", 0), ("rack", 0), ("mail", 1), ("web", 2)]
    alone = [one("mail", "rack")]
    assert list(indented({each.id: each for each in alone})) == [("mail", 0)]


@tried(200)
@given(
    st.integers(0, 60 * 365 * DAY // SECOND),
    st.one_of(*(st.integers(1, most) for most in (100, 10_000, 1_000_000, 100_000_000, 10**9))),
    st.sampled_from(
        ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"]
    ),
    st.integers(1, 20),
)
def test_ticks_are_few_round_and_in_the_span(start: int, length: int, name: str, most: int) -> None:
    span, info = Span(start * SECOND, (start + length) * SECOND), ZoneInfo(name)
    found = ticks(span, info, most)
    assert len(found) <= most
    assert all(span.start <= each.at <= span.end for each in found)
    assert [each.at for each in found] == sorted({each.at for each in found})
    for each in found:
        wall = datetime.fromtimestamp(each.at / SECOND, tz=info)
        if ":" not in each.label:
            assert (wall.minute, wall.second) == (0, 0)
            assert wall.hour in {0, 1}, "midnight, or what comes after it where it is skipped"
        else:
            assert f"{wall:%H:%M:%S}".startswith(each.label)
    if most >= 5 and length >= 60:
        assert found, "so long a span has a round time in it"


@pytest.mark.parametrize(
    ("hours", "labels"),
    [
        (3, ["00:00"]),
        (24, ["2024-03-31", "06:00", "12:00", "18:00"]),
    ],
)
def test_ticks_follow_the_clocks_of_the_zone(hours: int, labels: list[str]) -> None:
    info = ZoneInfo("Europe/Berlin")
    start = datetime(2024, 3, 31, tzinfo=info)
    at = int(start.timestamp()) * SECOND
    found = ticks(Span(at, at + hours * HOUR), info, 5)
    if hours == 24:
        assert [each.label for each in found][: len(labels)] == labels
        gap = found[1].at - found[0].at
        assert gap == 5 * HOUR, "the clocks skip an hour in this night"
    else:
        assert "02:00" not in [each.label for each in found]


VAGUE = """
title: A vague day
timezone: Asia/Seoul
services:
  power: {name: Power}
  web: {name: Web, requires: [power]}
events:
  - {at: ~2024-01-01 10:00, what: fails, down: power, phase: detected}
  - {at: 2024-01-01 11:00, id: said, what: nobody knows}
  - {at: 2024-01-01 12:00, what: said again, down: power}
  - {at: "?", what: never seen}
  - {at: by 2024-01-01 14:00, what: back, up: power}
"""


def test_bounds_of_a_file_reach_the_chart() -> None:
    report = charted(VAGUE)
    power, web = chart_of(report).lanes
    assert (power.service.id, power.depth) == ("power", 0)
    assert (web.service.id, web.depth) == ("web", 1)
    down = next(each for each in web.segments if each.state is State.DOWN)
    assert down.starts.length == 30 * MINUTE
    assert down.ends.length == 2 * HOUR
    assert down.inherited_from == "power"
    zoned = timedelta(microseconds=chart_of(report).span.start) + datetime(1970, 1, 1, tzinfo=UTC)
    assert zoned <= datetime(2024, 1, 1, 0, 45, tzinfo=UTC)


def test_a_story_tells_what_each_line_changed() -> None:
    reading = read(Source("story.yaml", VAGUE.encode()))
    story = show([reading], ReportRequest(NOW))
    assert isinstance(story, Story), story
    values = {
        each.event.what: [
            (one.service, one.before.word if one.before is not None else None, one.after.word)
            for one in each.changes
        ]
        for each in story.events
    }
    assert values["nobody knows"] == values["never seen"] == []
    assert values["said again"] == [("power", "down", "down")]
    assert values["back"][0][0] == "power"
    assert values["back"][0][2] == "up"
    assert [each.event.what for each in story.events][-1] == "never seen"
