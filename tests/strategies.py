"""Strategies for small random timelines, as values of the model. They last at most four minutes.

Every timeline is one that the reader would hand on without an error: what is required is known and
never goes round in a circle, and nothing ends before it starts.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from outage_cli import pipeline
from outage_cli.accounting.named_methods import STANDARD
from outage_cli.model.event import Event, Maintenance, SourceRef
from outage_cli.model.lookups import SourceLines
from outage_cli.model.method import Method, Treatment
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.service import InService, Requirement, Service
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import SECOND, Instant
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import ReadResult, Timeline
from outage_cli.pipeline import ReportRequest

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
"""Run with `HYPOTHESIS_PROFILE=thorough` to try twenty times as many examples."""

EPOCH = datetime(2022, 10, 15, 6, 19, tzinfo=UTC)
ZERO: Instant = int(EPOCH.timestamp()) * SECOND
STATES = (*LADDER, State.MAINTENANCE, State.UNKNOWN)
OVER = 1
"""How long after everything else a story that leaves nothing ongoing says that all is up."""


def tried(examples: int) -> settings:
    """Return the settings of a law that is tried on so many examples."""
    return settings(
        max_examples=examples * (20 if THOROUGH else 1),
        deadline=None,
        derandomize=not THOROUGH,
        suppress_health_check=list(HealthCheck),  # a busy machine is no mistake of ours
    )


class Case(NamedTuple):
    """Timelines and what is asked of them. All times are seconds after `EPOCH`.

    Every timeline declares the same services, with marks of its own.
    """

    timelines: tuple[Timeline, ...]
    start: int
    end: int
    now: int
    as_of: int | None = None
    method: Method = STANDARD

    @property
    def services(self) -> Mapping[str, Service]:
        """The services that all its timelines declare."""
        return self.timelines[0].services

    @property
    def request(self) -> ReportRequest:
        """What is asked, in the words of a user."""
        return ReportRequest(
            now=ZERO + self.now * SECOND,
            window=f"{written(self.start)}..{written(self.end)}",
            as_of=None if self.as_of is None else written(self.as_of),
        )

    def report(self) -> Report:
        """Return its report, which can be compared: without the way back to its lines."""
        result = pipeline.report(
            [ReadResult(each) for each in self.timelines], self.request, self.method
        )
        assert isinstance(result, Report), result
        return result._replace(lines=SourceLines())

    def __repr__(self) -> str:
        """Return the case as somebody would jot it down: hypothesis prints it."""
        return "\n".join(_jotted(self))


def written(second: int) -> str:
    """Return a time as a user writes it."""
    return (EPOCH + timedelta(seconds=second)).isoformat(" ").removesuffix("+00:00")


def moment(second: int) -> Moment:
    """Return the moment that is exactly so many seconds after `EPOCH`."""
    return Moment.exactly(ZERO + second * SECOND)


def second(at: Moment) -> int:
    """Return how many seconds after `EPOCH` a moment is."""
    return (at.best - ZERO) // SECOND


def timeline(
    services: Mapping[str, Service],
    *lines: tuple[int | None, Mapping[str, State]],
    file: str = "0.yaml",
) -> Timeline:
    """Return a timeline of lines, each of which says when and which service is what."""
    declared = {
        name: service._replace(mark=SourceRef(file, ("services", name)))
        for name, service in services.items()
    }
    events: list[Event] = []
    for number, (at, values) in enumerate(lines):
        states = tuple(
            (state, tuple(name for name in values if values[name] == state))
            for state in dict.fromkeys(values.values())
        )
        when = None if at is None else moment(at)
        events.append(Event(when, f"line {number}", SourceRef(file, ("events", number)), states))
    return Timeline(file, "", services=declared, events=tuple(events))


# A strategy is checked when it is first drawn from, which takes longer than drawing: each is kept.


@cache
def _seconds(latest: int) -> st.SearchStrategy[int]:
    return st.integers(0, latest)


@cache
def _bounds(latest: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(_seconds(latest), _seconds(latest)).map(_in_order)


def _in_order(bounds: tuple[int, int]) -> tuple[int, int]:
    return min(bounds), max(bounds)


@cache
def _some(names: tuple[str, ...], at_most: int) -> st.SearchStrategy[tuple[str, ...]]:
    one = st.sampled_from(names)
    return st.lists(one, min_size=1, max_size=at_most, unique=True).map(tuple)


@cache
def _requirements(names: tuple[str, ...]) -> st.SearchStrategy[tuple[Requirement, ...]]:
    worst = st.sampled_from((State.DOWN, State.DOWN, State.PARTIAL, State.DEGRADED, State.UP))

    def one(required: tuple[str, ...], needed: int, worst: State) -> Requirement:
        return Requirement(required, min(needed, len(required)), worst)

    each = st.builds(one, _some(names, 3), st.integers(1, 3), worst)
    return st.lists(each, max_size=2).map(tuple)


@cache
def _in_service(latest: int) -> st.SearchStrategy[InService]:
    def one(bounds: tuple[int, int], has: tuple[bool, bool]) -> InService:
        return InService(*(moment(at) if is_known else None
                           for at, is_known in zip(bounds, has, strict=True)))  # fmt: skip

    always = ((False, False),) * 13
    return st.builds(
        one, _bounds(latest), st.sampled_from((*always, (True, False), (False, True), (True, True)))
    )


@cache
def _lines(
    names: tuple[str, ...], latest: int, states: tuple[State, ...], *, ties: bool
) -> st.SearchStrategy[list[tuple[int | None, dict[str, State]]]]:
    at: st.SearchStrategy[int | None] = _seconds(latest)
    word = st.sampled_from((*states, State.UP, State.DOWN))
    stated = st.dictionaries(st.sampled_from(names), word, min_size=1, max_size=3)
    if ties:
        return st.lists(st.tuples(st.one_of(*[at] * 7, st.none()), stated), max_size=9)
    return st.lists(st.tuples(at, stated), max_size=9, unique_by=lambda each: each[0])


@cache
def _works(
    names: tuple[str, ...], latest: int, *, endless: bool
) -> st.SearchStrategy[list[tuple[tuple[str, ...], tuple[int, int], bool]]]:
    is_endless = st.sampled_from((False, False, False, endless))
    return st.lists(st.tuples(_some(names, 2), _bounds(latest), is_endless), max_size=1)


class Kind(NamedTuple):
    """What kind of story to draw.

    With `ties`, several lines may be about one instant. With `closed`, nothing is left ongoing.
    Without `planning` nothing comes from a calendar: no maintenance, and always in service. Without
    `requiring` no service needs another. With `asking`, one as-of is asked for; otherwise either
    every file has one of its own, or none has. A story goes on for one of so many `seconds`.
    """

    ties: bool = True
    closed: bool = False
    planning: bool = True
    requiring: bool = True
    asking: bool = False
    files: int = 3
    states: tuple[State, ...] = STATES
    seconds: tuple[int, ...] = (8, 30, 240)


@st.composite
def services(draw: st.DrawFn, latest: int, kind: Kind) -> dict[str, Service]:
    """Draw services that stand in any order and require each other, but not in circles."""
    names = tuple("abcde"[: draw(st.integers(1, 5))])
    values: dict[str, Service] = {}
    for name in names:
        requires = draw(_requirements(tuple(values))) if kind.requiring and values else ()
        bounds = draw(_in_service(latest)) if kind.planning else InService()
        values[name] = Service(name, name, requires=requires, in_service=bounds)
    order = draw(st.permutations(names))
    return {name: values[name] for name in order}


@st.composite
def timelines(
    draw: st.DrawFn, known: Mapping[str, Service], latest: int, file: str, kind: Kind
) -> Timeline:
    """Draw what one file says."""
    names = tuple(sorted(known))
    lines = draw(_lines(names, latest, kind.states, ties=kind.ties))
    if kind.closed:
        lines.append((latest + OVER, dict.fromkeys(names, State.UP)))
    works = draw(_works(names, latest, endless=not kind.closed)) if kind.planning else []
    example = timeline(known, *lines, file=file)
    return example._replace(
        maintenance=tuple(
            Maintenance(
                required,
                moment(start),
                None if is_endless else moment(end),
                SourceRef(file, ("maintenance", number)),
            )
            for number, (required, (start, end), is_endless) in enumerate(works)
        )
    )


@cache
def methods() -> st.SearchStrategy[Method]:
    """Draw an accounting method in which a worse state never weighs less."""
    shares: tuple[Share, ...] = (0, 3 * WHOLE // 10, WHOLE // 2, WHOLE)

    def one(weights: tuple[Share, ...], planned: Treatment) -> Method:
        return Method("drawn", 1, dict(zip(LADDER[1:], sorted(weights), strict=True)), planned, 3)

    planned = st.sampled_from((Treatment.EXCLUDE, Treatment.AS_UP))
    drawn = st.builds(one, st.tuples(*[st.sampled_from(shares)] * 3), planned)
    return st.one_of(st.just(STANDARD), drawn)


def instants(timelines: Iterable[Timeline]) -> list[int]:
    """Return when anything is said in some timelines, or 0 if nothing is."""
    moments = (event.at for each in timelines for event in each.events)
    return sorted({second(at) for at in moments if at}) or [0]


ANY = Kind()


@st.composite
def cases(draw: st.DrawFn, kind: Kind = ANY) -> Case:
    """Draw timelines, a window, a method and what closes them."""
    latest = draw(st.sampled_from(kind.seconds))
    known = draw(services(latest, kind))
    examples = [
        draw(timelines(known, latest, f"{number}.yaml", kind))
        for number in range(draw(st.integers(1, kind.files)))
    ]
    now = latest + draw(st.integers(2, 25))
    anywhere = st.one_of(st.just(latest + 1), st.integers(-5, latest + 20))
    as_of = draw(anywhere) if kind.asking else None
    if not kind.asking and not kind.closed and draw(st.booleans()):
        examples = [each._replace(as_of=moment(draw(anywhere))) for each in examples]
        as_of = draw(st.none() | anywhere)
    ends = [now if each.as_of is None else second(each.as_of) for each in examples]
    edge = st.one_of(st.integers(-10, latest + 30), st.sampled_from(instants(examples)))
    start, end = draw(st.one_of(st.just((-1, latest + 20)), st.tuples(edge, edge)))
    # Of a window after as-of nothing is known, and there is no report.
    start, end = min(start, end, max(ends) - 1 if as_of is None else as_of - 1), max(start, end)
    return Case(tuple(examples), start, end, now, as_of, draw(methods()))


@cache
def _margins(latest: int) -> st.SearchStrategy[int | None]:
    return st.one_of(st.just(0), st.just(0), st.integers(0, latest // 6), st.none())


@cache
def _loosened(latest: int) -> st.SearchStrategy[tuple[int | None, int | None]]:
    return st.tuples(_margins(latest), _margins(latest))


def _loose(at: Moment | None, margins: tuple[int | None, int | None]) -> Moment | None:
    """Return a moment that may have been so many seconds earlier or later; None: nobody knows."""
    if at is None:
        return None
    before, after = margins
    return Moment(
        at.best,
        None if before is None else at.best - before * SECOND,
        None if after is None else at.best + after * SECOND,
    )


LONG = Kind(ties=False, files=1, seconds=(240, 100_000, 3_000_000))
"""Stories of minutes, of a day, and of a month, so that every worst window has a length to fit."""


@st.composite
def full_cases(draw: st.DrawFn) -> Case:
    """Draw a case that can have every figure: vague times, dependencies, targets and users."""
    case = draw(cases(LONG))
    (only,) = case.timelines
    latest = case.now
    events = tuple(
        event._replace(
            at=_loose(event.at, draw(_loosened(latest))),
            users=draw(st.one_of(st.just({}), st.just({}), _users(tuple(sorted(case.services))))),
        )
        for event in only.events
    )
    declared = {
        name: service._replace(
            slo=draw(st.sampled_from((None, WHOLE, WHOLE // 2, 999 * WHOLE // 1000))),
            users=draw(st.sampled_from((None, 0, 1234, 47_500_000))),
        )
        for name, service in case.services.items()
    }
    return case._replace(timelines=(only._replace(events=events, services=declared),))


@cache
def _users(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(names), st.integers(0, 9000), max_size=2)


def _jotted(case: Case) -> list[str]:
    weights = {state.word: share / WHOLE for state, share in case.method.weights.items()}
    request = f"window {case.start}..{case.end}, as-of {case.as_of}, now {case.now}"
    lines = ["", f"{request}, {weights}, maintenance {case.method.maintenance}"]
    for name, service in case.services.items():
        needs = [
            f"{need.needed} of {'+'.join(need.services)} (at worst {need.at_worst.word})"
            for need in service.requires
        ]
        start, end = (each and second(each) for each in service.in_service)
        within = [f"in service {start}..{end}"] if any(service.in_service) else []
        lines.append(f"  {name}: {', '.join(needs + within)}")
    for timeline in case.timelines:
        lines.append(
            f"  {timeline.file}" + (f" as of {second(timeline.as_of)}" if timeline.as_of else "")
        )
        for event in timeline.events:
            text = "; ".join(f"{state.word} {' '.join(names)}" for state, names in event.states)
            lines.append(f"    {second(event.at) if event.at else '?'} {text}")
        for work in timeline.maintenance:
            until = second(work.end) if work.end else "?"
            lines.append(f"    work {second(work.start)}..{until} {' '.join(work.services)}")
    return lines
