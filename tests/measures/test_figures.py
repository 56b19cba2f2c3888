"""The figures of SEMANTICS K add up, and agree with an independent computation."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from outage_cli import pipeline
from outage_cli.accounting.ledger import ledger
from outage_cli.accounting.named_methods import STANDARD
from outage_cli.accounting.requested_services import united
from outage_cli.accounting.scope import scope_of
from outage_cli.languages.en import CATALOGUE
from outage_cli.measures.worst_windows import (
    LENGTHS,
    Sums,
    WeightedSpan,
    WorstSpan,
    summed_entries,
    worst,
    worst_in,
    worst_windows,
)
from outage_cli.model.event import Event, Phase
from outage_cli.model.milestones import Elapsed, Incident, MilestonePoint, Milestones, TimeBetween
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service import Service
from outage_cli.model.share import WHOLE
from outage_cli.model.span import SECOND, Span
from outage_cli.model.state import State
from outage_cli.model.statistics import Ratio, Statistics
from outage_cli.model.timeline import ReadResult, Timeline
from outage_cli.pipeline import ReportRequest
from tests import strategies
from tests.oracle import naive, naive_figures
from tests.strategies import ZERO, Case, Kind, timeline

START = ZERO // SECOND


def fraction(ratio: Ratio | None) -> Fraction | None:
    return None if ratio is None else Fraction(*ratio)


def naively(case: Case) -> Mapping[str, naive.Figures]:
    as_of = None if case.as_of is None else ZERO + case.as_of * SECOND
    window = (ZERO + case.start * SECOND, ZERO + case.end * SECOND)
    return naive.figures(case.timelines, window, as_of, ZERO + case.now * SECOND, case.method)


def scope(case: Case) -> Mapping[str, Sums]:
    """Return what the method of a case makes of each service."""
    found = scope_of(case.timelines, case.request)
    assert not isinstance(found, ProblemText)
    accounts = ledger(united(case.timelines), found.statements, found.window)
    return {name: summed_entries(each.entries, case.method) for name, each in accounts.items()}


# Worst windows


@strategies.tried(60)
@given(strategies.cases(), st.integers(1, 60))
def test_the_worst_window_is_the_one_that_is_found_by_trying_every_second(
    case: Case, length: int
) -> None:
    expected = naively(case)
    for name, found in scope(case).items():
        mine = worst_in(found, length * SECOND)
        theirs = naive_figures.worst(expected[name].buckets, length, case.method)
        assert (mine is None) == (theirs is None)
        if mine and theirs:
            assert 1 - Fraction(mine.lost, mine.considered * WHOLE) == theirs.availability
            assert mine.considered == theirs.considered * SECOND
            first = found[0][0] + theirs.start * SECOND
            assert mine.window == Span(first, first + length * SECOND)


DRAWN = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from((0, 0, 3 * WHOLE // 10, WHOLE)), st.booleans()),
    min_size=1,
    max_size=9,
)


@strategies.tried(400)
@given(DRAWN, st.booleans(), st.integers(1, 40))
def test_no_window_at_any_instant_is_worse_and_none_as_bad_says_more_or_is_earlier(
    drawn: list[tuple[int, int, bool]],
    everything: bool,  # noqa: FBT001 - drawn
    length: int,
) -> None:
    found, at = [], 100
    for lasting, weight, counts in drawn:
        found.append(WeightedSpan(at, at + lasting, weight, everything or counts))
        at += lasting
    units = [each for each in found for _ in range(each.start, each.end)]
    tried = []
    for first in range(100, at - length + 1):
        inside = [each for each in units[first - 100 : first - 100 + length] if each.is_considered]
        if inside:
            lost = sum(each.weight for each in inside)
            tried.append((-Fraction(lost, len(inside)), -len(inside), first, lost))
    expected = None
    if tried:
        _, counted, first, lost = min(tried)
        expected = WorstSpan(Span(first, first + length), lost, -counted)
    assert worst(found, length) == expected


@strategies.tried(60)
@given(strategies.cases(Kind(closed=True)))
def test_a_report_has_the_worst_windows_that_its_window_has_room_for(case: Case) -> None:
    for each in case.report().services:
        assert each.best.worst_windows.keys() == LENGTHS.keys()
        assert set(each.best.worst_windows.values()) == {None}  # all of it lasts for minutes
    wide = case._replace(start=-3 * 86_400, end=5 * 86_400)
    for each in wide.report().services:
        values = each.best.worst_windows
        assert values["30d"] is None
        assert (
            Fraction(*values["1d"].availability) <= Fraction(*each.best.availability)
            if (values["1d"])
            else each.best.considered < 86_400 * SECOND
        )
        shares = [Fraction(*one.availability) for one in values.values() if one]
        if each.best.considered == 8 * 86_400 * SECOND:
            assert shares == sorted(shares)  # the whole outage lies in an hour


def test_worst_windows_are_named_by_their_elapsed_length() -> None:
    assert {name: length // SECOND for name, length in LENGTHS.items()} == {
        "1h": 3600,
        "1d": 86_400,
        "7d": 7 * 86_400,
        "30d": 30 * 86_400,
    }
    assert worst_windows([], STANDARD) == dict.fromkeys(LENGTHS)


# Failures and budgets


@strategies.tried(60)
@given(strategies.cases())
def test_mtbf_and_the_downtime_of_a_failure_give_back_the_availability(case: Case) -> None:
    for each in case.report().services:
        best = each.best
        mtbf, down = fraction(best.mtbf), fraction(best.downtime_per_failure)
        assert (mtbf is None) == (down is None) == (not best.outages)
        if mtbf is None or down is None or not best.considered:
            continue
        up = 1 - Fraction(best.downtime, best.considered)
        assert mtbf / (mtbf + down) == up
        if set(case.method.weights.values()) <= {0, WHOLE}:
            assert up == Fraction(*best.availability)


def with_target(case: Case, target: int) -> Case:
    services = {name: each._replace(slo=target) for name, each in case.services.items()}
    return case._replace(
        timelines=tuple(each._replace(services=services) for each in case.timelines)
    )


@strategies.tried(60)
@given(strategies.cases(), st.sampled_from((0, WHOLE // 2, 999 * WHOLE // 1000, WHOLE)))
def test_burn_rate_is_the_error_rate_by_the_one_that_is_allowed(case: Case, target: int) -> None:
    for each in with_target(case, target).report().services:
        best = each.best
        assert best.target
        if target == WHOLE or not best.considered:
            assert best.burn is None
            assert best.target.budget == 0
            assert best.target.remaining <= 0
            continue
        burn = fraction(best.burn)
        assert burn == (1 - Fraction(*best.availability)) / (1 - Fraction(target, WHOLE))
        budget = (1 - Fraction(target, WHOLE)) * best.considered
        left = budget - burn * budget
        assert best.target.remaining == math.floor(left)
        assert best.target.met == (burn <= 1)


@strategies.tried(60)
@given(strategies.cases())
def test_outage_lengths_are_those_of_outages_that_are_whole(case: Case) -> None:
    window = Span(ZERO + case.start * SECOND, ZERO + case.end * SECOND)
    for each in case.report().services:
        best = each.best
        whole = [
            one for one in best.outages if not (one.ongoing or one.cut_before or one.cut_after)
        ]
        assert best.lengths.values == tuple(sorted(one.length for one in whole))
        assert all(window.start <= one.start and one.end <= window.end for one in whole)
        if len(whole) == len(best.outages) > 1:
            assert fraction(best.lengths.mean) == fraction(best.downtime_per_failure)


@given(st.lists(st.integers(0, 10**12)))
def test_statistics_are_those_of_the_standard_library(values: list[int]) -> None:
    found = Statistics.of(values)
    assert found.n == len(values)
    assert fraction(found.mean) == (Fraction(sum(values), len(values)) if len(values) > 1 else None)
    if not values:
        assert (found.median, found.p90, found.max) == (None, None, None)
        return
    assert fraction(found.median) == Fraction(
        statistics.median([Fraction(each) for each in values])
    )
    assert found.p90 == sorted(values)[math.ceil(Fraction(9, 10) * len(values)) - 1]
    assert sum(each <= found.p90 for each in values) >= 9 * len(values) / 10
    assert found.max == max(values)


# User-time

USERS = st.dictionaries(st.integers(0, 8), st.integers(0, 9000), max_size=4)


@strategies.tried(60)
@given(strategies.cases(Kind(files=1)), USERS, st.none() | st.integers(0, 500))
def test_user_time_is_the_sum_over_every_second(
    case: Case, values: dict[int, int], declared: int | None
) -> None:
    (only,) = case.timelines
    events = tuple(
        event._replace(users={"a": values[number]}) if number in values and event.at else event
        for number, event in enumerate(only.events)
    )
    services = {**case.services, "a": case.services["a"]._replace(users=declared)}
    case = case._replace(timelines=(only._replace(events=events, services=services),))
    service = next(each for each in case.report().services if each.service.id == "a")
    instants = [
        (event.at.best // SECOND, event.users["a"]) for event in events if event.at and event.users
    ]
    if declared is None and not instants:
        assert service.best.user_time_lost is None
        return
    first = [] if declared is None else [(-(1 << 40), declared)]
    ordered = first + sorted(instants, key=lambda one: one[0])
    start = START + min(case.start, case.end)
    buckets = naively(case)["a"].buckets
    expected = naive_figures.user_seconds(buckets, start, ordered, case.method)
    assert service.best.user_time_lost == expected * SECOND


def test_user_time_has_three_digits_and_a_unit() -> None:
    hours = {0.5: "30 user-min", 0: "0 user-min", 0.001: "under 1 user-min", 1: "1 user-h",
             999.4: "999 user-h", 999.7: "1 k user-h", 12_000: "12 k user-h",
             999_999.7: "1 M user-h", 1.459e9: "1.46 G user-h"}  # fmt: skip
    assert {each: CATALOGUE.user_time(int(each * 3600 * SECOND)) for each in hours} == hours


# Milestones

PHASES = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(tuple(Phase)), st.booleans()),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[0],
)


def with_phases(timeline: Timeline, drawn: list[tuple[int, Phase, bool]]) -> Timeline:
    """Return a timeline in which some lines have a phase, and others only tell of one."""
    events = list(timeline.events)
    for at, phase, is_own in drawn:
        if is_own or at >= len(events):
            mark = timeline.events[0].mark._replace(way=("events", len(events))) if events else None
            if mark is None:
                continue
            events.append(Event(strategies.moment(at), "", mark, phase=phase))
        else:
            events[at] = events[at]._replace(phase=phase)
    return timeline._replace(events=tuple(events))


def milestones(case: Case) -> Milestones | None:
    report = pipeline.report(
        [ReadResult(each) for each in case.timelines], case.request, case.method
    )
    assert isinstance(report, Report)
    return report.milestones


def seconds(elapsed: Mapping[TimeBetween, Elapsed]) -> dict[str, int]:
    return {stretch.value: each.best // SECOND for stretch, each in elapsed.items()}


def impact(case: Case, timeline: Timeline) -> tuple[int | None, int | None]:
    """Return when the first outage of a file starts and the last one ends, second by second."""
    until = case.as_of if case.as_of is not None else None
    end = START + 600
    alone = naive.figures(
        [timeline],
        ((START - 100) * SECOND, end * SECOND),
        None if until is None else (START + until) * SECOND,
        (START + case.now) * SECOND,
        case.method,
    )
    runs = [one for each in alone.values() for one in each.outages]
    if not runs:
        return None, None
    first, last = min(one.start for one in runs), max(one.end for one in runs)
    return first, last


TOLD = Kind(closed=True, ties=False, planning=False)


@strategies.tried(60)
@given(strategies.cases(TOLD), st.lists(PHASES, min_size=3, max_size=3))
def test_milestones_are_the_differences_of_the_contract(
    case: Case, drawn: list[list[tuple[int, Phase, bool]]]
) -> None:
    files = tuple(
        with_phases(each, phases) for each, phases in zip(case.timelines, drawn, strict=False)
    )
    case = case._replace(timelines=files, start=-1, end=600)
    found = milestones(case)
    assert found
    by_file = {each.file: each for each in found.incidents}
    for file in files:
        start, end = impact(case, file)
        phases = naive_figures.phases(file, None)
        incident = by_file.get(file.file)
        if incident is None:
            assert start is None
            continue
        assert seconds(incident.elapsed) == naive_figures.times((start, end), phases)
        assert not incident.ongoing
        exact = [each.best == each.least == each.most for each in incident.elapsed.values()]
        assert all(exact)
        adds_up(incident)
    means_count_everything(found)


def adds_up(incident: Incident) -> None:
    """To detect and to repair are to recover."""
    values = incident.elapsed
    if TimeBetween.DETECT in values and TimeBetween.RECOVER in values:
        assert (
            values[TimeBetween.DETECT].best + values[TimeBetween.REPAIR].best
            == values[TimeBetween.RECOVER].best
        )


def means_count_everything(milestones: Milestones) -> None:
    for stretch, mean in milestones.means.items():
        numbers = [
            each.elapsed[stretch].best for each in milestones.incidents if stretch in each.elapsed
        ]
        assert mean.best.values == tuple(sorted(each for each in numbers if each >= 0))
        assert mean.negative == sum(each < 0 for each in numbers)
        left_out = mean.ongoing + mean.negative + mean.not_stated
        assert mean.best.n + left_out == len(milestones.incidents)
        for low, best, high in zip(
            mean.least.values, mean.best.values, mean.most.values, strict=True
        ):
            assert low <= best <= high


OPEN = Kind(planning=False, asking=True)


@strategies.tried(60)
@given(strategies.cases(OPEN), st.lists(PHASES, min_size=3, max_size=3))
def test_what_goes_on_at_as_of_has_no_time_to_recover_and_is_counted(
    case: Case, drawn: list[list[tuple[int, Phase, bool]]]
) -> None:
    files = tuple(
        with_phases(each, phases) for each, phases in zip(case.timelines, drawn, strict=False)
    )
    found = milestones(case._replace(timelines=files))
    if found is None:
        return
    for incident in found.incidents:
        assert incident.ongoing <= (MilestonePoint.IMPACT_END not in incident.points)
        assert (TimeBetween.RECOVER in incident.elapsed) == (
            {MilestonePoint.IMPACT_START, MilestonePoint.IMPACT_END} <= incident.points.keys()
        )
        assert case.as_of is not None
        last = ZERO + case.as_of * SECOND
        assert all(each.at <= last for each in incident.points.values())
    means_count_everything(found)


# Bounds of milestones: every timeline that the vague one allows is between them.

KNOWN = {"web": Service("web", "web")}


@st.composite
def vague_and_exact(draw: st.DrawFn) -> tuple[Timeline, Timeline]:
    """Draw a timeline with vague times, and one of the many that it may be, in the same order."""
    lines: list[tuple[int, dict[str, State]]] = []
    size = draw(st.integers(2, 6))
    at = 0
    phases: dict[int, Phase] = {}
    for number in range(size):
        at += draw(st.integers(1, 20))
        state = draw(st.sampled_from((State.DOWN, State.UP, State.DEGRADED, None)))
        lines.append((at, {} if state is None else {"web": state}))
        if draw(st.booleans()) or state is None:
            phases[number] = draw(st.sampled_from(tuple(Phase)))
    lines.append((at + 10, {"web": State.UP}))
    example = timeline(KNOWN, *lines)
    vague: list[Event] = []
    exact: list[Event] = []
    before = ZERO
    for number, line in enumerate(example.events):
        assert line.at
        best = line.at.best
        least, most = (draw(st.integers(0, 15)) * SECOND for _ in range(2))
        chosen = max(before, best + draw(st.integers(-least // SECOND, most // SECOND)) * SECOND)
        chosen = min(chosen, best + most)
        event = line._replace(phase=phases.get(number))
        vague.append(event._replace(at=Moment(best, best - least, best + most)))
        exact.append(event._replace(at=Moment.exactly(chosen)))
        before = chosen
    return example._replace(events=tuple(vague)), example._replace(events=tuple(exact))


def only(timeline: Timeline) -> Incident | None:
    request = ReportRequest(now=ZERO + 1000 * SECOND, window="2022-10-15..2022-10-15")
    report = pipeline.report([ReadResult(timeline)], request)
    assert isinstance(report, Report)
    return report.milestones.incidents[0] if report.milestones else None


@strategies.tried(200)
@given(vague_and_exact())
def test_whatever_the_times_were_the_milestones_are_between_their_bounds(
    drawn: tuple[Timeline, Timeline],
) -> None:
    vague, exact = drawn
    instants = [event.at.best for event in exact.events if event.at]
    if any(one >= two for one, two in pairwise(instants)):
        return  # a reading never reorders: this is no story that the file tells
    incident, real = only(vague), only(exact)
    if incident is None or real is None:
        return
    for stretch, elapsed in incident.elapsed.items():
        assert elapsed.least <= elapsed.best <= elapsed.most
        if stretch in real.elapsed:
            assert elapsed.least <= real.elapsed[stretch].best <= elapsed.most, stretch
