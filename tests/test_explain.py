"""What is explained is what is reported: the intervals of a service add up to its figures."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outage_cli import registry
from outage_cli.model.explanation import Explanation, InstantExplanation
from outage_cli.model.method import Method
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.share import WHOLE
from outage_cli.model.span import MINUTE, SECOND, Instant
from outage_cli.model.state import State
from outage_cli.model.timeline import ReadResult, Timeline
from outage_cli.pipeline import ReportRequest, explain, read, report
from outage_cli.readers.source import Source
from outage_cli.writers.page import terminal
from tests import strategies
from tests.strategies import ZERO, Case, Kind

OUTAGE = (sys.executable, "-m", "outage_cli.cli.main")
KAKAO = Path(__file__).parent.parent / "timelines" / "2022-10-15-kakao.yaml"
READINGS = ("best", "kindest", "harshest")
NAMED = [registry.method(entry.name) for entry in registry.METHODS]
HOURS = ("Mon-Sun 06:19:10-06:20:05",)


@st.composite
def methods(draw: st.DrawFn) -> Method:
    """Draw a method: one with a name or not, with and without rules for how long an outage is."""
    method = draw(st.sampled_from(NAMED) | strategies.methods())
    return method._replace(
        min_outage=draw(st.sampled_from((0, 0, 20 * SECOND, MINUTE))),
        whole_minutes=draw(st.sampled_from((False, False, True))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case in which times may be vague, some services close, and any method counts."""
    case = draw(strategies.cases(Kind(seconds=(8, 30, 240))))
    told = [draw(vague(each)) for each in case.timelines] if draw(st.booleans()) else case.timelines
    closing = draw(st.sets(st.sampled_from(sorted(case.services)))) if draw(st.booleans()) else ()
    told = [
        each._replace(
            services={
                name: one._replace(hours=HOURS) if name in closing else one
                for name, one in each.services.items()
            }
        )
        for each in told
    ]
    return case._replace(timelines=tuple(told), method=draw(methods()))


@st.composite
def vague(draw: st.DrawFn, told: Timeline) -> Timeline:
    """Draw margins for the times of a timeline; None leaves an end open."""
    margin = st.sampled_from((0, 0, 5, 20, None))

    def moved(at: Moment | None) -> Moment | None:
        before, after = draw(margin), draw(margin)
        return at and Moment(
            at.best,
            None if before is None else at.best - before * SECOND,
            None if after is None else at.best + after * SECOND,
        )

    return told._replace(events=tuple(each._replace(at=moved(each.at)) for each in told.events))


def readings(case: Case) -> list[ReadResult]:
    return [ReadResult(each) for each in case.timelines]


def reported(case: Case) -> Report:
    found = report(readings(case), case.asked, case.method)
    assert isinstance(found, Report), found
    return found


def explained(case: Case, name: str, reading: str = "best", at: str | None = None) -> Explanation:
    asked = case.asked._replace(services=(name,))
    found = explain(readings(case), asked, case.method, reading, at)
    assert isinstance(found, Explanation), found
    return found


# Laws


@strategies.tried(25)
@given(cases())
def test_intervals_touch_and_fill_the_window(case: Case) -> None:
    for each in reported(case).services:
        for reading in READINGS:
            told = explained(case, each.service.id, reading)
            edges = [told.scenario.window.start, *(one.end for one in told.intervals)]
            assert [one.start for one in told.intervals] == edges[:-1]
            assert edges[-1] == told.scenario.window.end
            if told.intervals:
                first, last = told.intervals[0], told.intervals[-1]
                assert first.length or not first.cut_before
                assert last.ends.start <= last.end <= last.ends.end


@strategies.tried(40)
@given(cases())
def test_intervals_add_up_to_the_figures_of_the_report(case: Case) -> None:
    for each in reported(case).services:
        told = explained(case, each.service.id)
        best = each.best
        weighted = sum(one.weight * one.length for one in told.intervals)
        assert sum(one.length for one in told.intervals if one.weight) == best.downtime
        assert sum(one.length for one in told.intervals if one.counts_as_own) == best.own
        assert sum(one.length for one in told.intervals if one.is_considered) == best.considered
        assert weighted // WHOLE == best.weighted_downtime
        assert best.considered * WHOLE - weighted == best.availability.up
        for state in State:
            lengths = (one.length for one in told.intervals if one.bucket is state)
            assert sum(lengths) == best.buckets[state]
        assert told.service._replace(others=()) == each._replace(others=())
        if told.intervals:
            last = told.intervals[-1].so_far
            assert (last.downtime, last.own, last.weighted, last.considered) == (
                *(best.downtime, best.own, weighted, best.considered),
            )


@strategies.tried(25)
@given(cases())
def test_the_sums_of_the_readings_are_the_ranges_of_the_report(case: Case) -> None:
    for each in reported(case).services:
        sums = {
            reading: explained(case, each.service.id, reading).intervals for reading in READINGS
        }
        totals = [found[-1].so_far if found else None for found in sums.values()]
        assume(all(totals))
        downtimes = [one.downtime for one in totals if one]
        considered = [one.considered for one in totals if one]
        assert each.between(lambda one: one.downtime) == (min(downtimes), max(downtimes))
        assert each.between(lambda one: one.considered) == (min(considered), max(considered))


@strategies.tried(25)
@given(cases())
def test_what_does_not_weigh_says_why(case: Case) -> None:
    for name in case.services:
        for one in explained(case, name).intervals:
            assert one.weight == 0 or one.rule is None
            assert one.is_considered or one.rule is not None
            if one.bucket <= State.DOWN and one.weight != case.method.weight(one.bucket):
                assert one.rule is not None
            assert (one.clause is None) == (one.rule is None)


@strategies.tried(25)
@given(cases())
def test_edges_lie_between_their_bounds(case: Case) -> None:
    for name in case.services:
        told = explained(case, name)
        for one in told.intervals:
            assert one.starts.start <= one.start <= one.starts.end
            assert one.ends.start <= one.end <= one.ends.end
        for before, after in pairwise(told.intervals):
            assert before.ends == after.starts
        if len(told.readings) == 1:
            assert not any(one.ends.length for one in told.intervals)


@strategies.tried(25)
@given(cases())
def test_inheritance_leads_to_the_one_that_says_it(case: Case) -> None:
    for name, service in case.services.items():
        told = explained(case, name)
        for one in told.intervals:
            required = [each for need in service.requires for each in need.services]
            assert not one.via or one.via[0] in required
            for above, below in pairwise(one.via):
                needs = case.services[above].requires
                assert below in {each for need in needs for each in need.services}
            if one.via and len(told.readings) == 1:
                assert one.opened_by
                events = {each.mark: each for line in case.timelines for each in line.events}
                says = {who for _, names in events[one.opened_by].states for who in names}
                assert one.via[-1] in says


@strategies.tried(25)
@given(cases(), st.integers(-10, 270), st.sampled_from(READINGS))
def test_each_instant_has_the_bucket_of_its_interval(case: Case, at: int, reading: str) -> None:
    window = reported(case).window
    instant: Instant = ZERO + at * SECOND
    for name in case.services:
        told = explained(case, name, reading)
        if not max(window.start, told.scenario.window.start) <= instant < told.scenario.window.end:
            continue
        one = explained(case, name, reading, strategies.written(at)).instant
        assert isinstance(one, InstantExplanation)
        assert one.at == instant
        assert one.interval.start <= instant < one.interval.end
        assert next(step.bucket for step in one.steps if step.fits) == one.interval.bucket
        assert dict(one.readings)[told.scenario.name] == one.interval.bucket


# Screens


def kakao(service: str, at: str | None = None) -> Explanation:
    told = read(Source("timelines/2022-10-15-kakao.yaml", KAKAO.read_bytes()))
    found = explain([told], ReportRequest(now=ZERO, services=(service,)), at=at)
    assert isinstance(found, Explanation), found
    return found


@pytest.mark.parametrize("width", [72, 80, 100, 132, 200])
@pytest.mark.parametrize("at", [None, "~2022-10-16 03:00"])
def test_a_screen_is_filled_and_never_exceeded(width: int, at: str | None) -> None:
    for service in ("kakaotalk", "local-governments"):
        lines = terminal.explanation(kakao(service, at), Screen(width)).splitlines()
        assert max(map(len, lines)) <= width
        assert at or max(map(len, lines)) > width - 20


def test_no_figure_is_cut_on_a_narrow_screen() -> None:
    text = terminal.explanation(kakao("kakaotalk"), Screen(80))
    for figure in ("1,265,580", "35,880", "107,820", "2,678,400", "95.974 %"):
        assert figure in text
    words = " ".join(text.split())
    assert "Some texts pass between phones again" in words


def test_color_is_only_there_if_it_is_wanted() -> None:
    told = kakao("kakaotalk")
    assert "\x1b" not in terminal.explanation(told, Screen(80))
    assert "\x1b[31mdown" in terminal.explanation(told, Screen(80, color=True))


# The command line


def outage(*arguments: str, story: str = "", cwd: Path | None = None) -> tuple[int, str, str]:
    run = subprocess.run(
        [*OUTAGE, *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        input=story,
        text=True,
        timeout=60,
    )
    return run.returncode, run.stdout, run.stderr


TWO = """\
timezone: UTC
window: 2024-05-13
services: {web: Web, shop: Shop}
events:
  - {at: 2024-05-13 12:00, what: Down, down: [web, shop]}
  - {at: 2024-05-13 13:00, what: Up, up: [web, shop]}
"""
ONE = TWO.replace(", shop: Shop", "").replace("[web, shop]", "web")


def test_the_only_service_need_not_be_named(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(ONE)
    code, out, _ = outage("explain", "one.yaml", cwd=tmp_path)
    assert code == 0
    assert "3,600" in out


@pytest.mark.parametrize("last", ["two.yaml", "other.yaml", "."])
def test_a_file_in_the_place_of_the_service_is_a_file(tmp_path: Path, last: str) -> None:
    (tmp_path / "two.yaml").write_text(TWO)
    (tmp_path / "other.yaml").write_text(TWO)
    code, out, err = outage("explain", "two.yaml", last, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert "more than one service" in err
    assert "say which one: web, shop" in err


def test_a_service_that_is_called_like_a_folder_is_a_service(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(TWO)
    (tmp_path / "web").mkdir()
    code, out, _ = outage("explain", "two.yaml", "web", cwd=tmp_path)
    assert code == 0
    assert out.startswith("Web (web)\n")


def test_a_file_that_is_not_there_is_no_service(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(TWO)
    code, _, err = outage("explain", "two.yaml", "tow.yaml", cwd=tmp_path)
    assert code == 3
    assert "did you mean two.yaml?" in err


def test_standard_input_comes_first() -> None:
    code, out, _ = outage("explain", "-", "shop", "-f", "json", story=TWO)
    told: dict[str, Any] = json.loads(out)
    assert code == 0
    assert told["schema"] == "outage.explanation/1"
    assert told["service"]["id"] == "shop"
    assert told["intervals"][-1]["downtime_seconds_so_far"] == 3600


@pytest.mark.parametrize(
    ("at", "exit_code", "says"),
    [
        ("2024-05-13 12:30", 0, "2024-05-13 12:30: down."),
        ("2024-05-13 13:00", 0, "2024-05-13 13:00: up."),
        ("2024-05-13T12:30:00+02:00", 0, "2024-05-13 10:30: up."),
        ("2024-05-14 00:00", 2, "`2024-05-14 00:00` is outside of the window"),
        ("2023-05-14", 2, "`2023-05-14` is outside of the window"),
        ("half past two", 2, "`half past two` does not say when"),
        ("?", 2, "`?` does not say when"),
        ("fire + 4h", 2, "no event has the id `fire`"),
    ],
)
def test_an_instant_is_any_moment_in_the_window(at: str, exit_code: int, says: str) -> None:
    code, out, err = outage("explain", "-", "web", "--at", at, story=TWO)
    assert code == exit_code
    assert says in (out if exit_code == 0 else err)


def test_after_as_of_nothing_is_decided() -> None:
    arguments = ("explain", "-", "web", "--as-of", "2024-05-13 12:30", "--at", "2024-05-13 12:30")
    code, out, err = outage(*arguments, story=TWO)
    assert (code, out) == (4, "")
    assert "ask for a later --as-of" in err


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_a_file_gets_what_a_screen_gets(tmp_path: Path, form: str) -> None:
    _, out, _ = outage("explain", "-", "web", "-f", form, story=TWO)
    code, nothing, _ = outage(
        "explain", "-", "web", "-f", form, "-o", "out", story=TWO, cwd=tmp_path
    )
    assert (code, nothing) == (0, "")
    assert (tmp_path / "out").read_text() == out
