"""Random small timelines, as values of the model. All that happens, happens within four minutes.

Every timeline is one that the reader would hand on without an error: what is required is known and
never goes round in a circle, and nothing ends before it starts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from outage_cli.accounting.methods import STANDARD
from outage_cli.model.event import Event, Maintenance, Mark
from outage_cli.model.method import Method, Planned
from outage_cli.model.moment import Moment
from outage_cli.model.problem import Place
from outage_cli.model.report import Report
from outage_cli.model.service import InService, Requirement, Service
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import SECOND, Instant
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import Reading, Timeline
from outage_cli.pipeline import Asked, report

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
        derandomize=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


class Case(NamedTuple):
    """Timelines and what is asked of them. All times are seconds after `EPOCH`.

    Every timeline declares the same services.
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
    def asked(self) -> Asked:
        """What is asked, in the words of a user."""
        return Asked(
            now=ZERO + self.now * SECOND,
            window=f"{written(self.start)}..{written(self.end)}",
            as_of=None if self.as_of is None else written(self.as_of),
        )

    def report(self) -> Report:
        """Return its report. The line of a mark is the number of its event."""
        found = report(
            [Reading(each, find=_line) for each in self.timelines], self.asked, self.method
        )
        assert isinstance(found, Report), found
        return found

    def __repr__(self) -> str:
        """Return the case as somebody would jot it down: hypothesis prints it."""
        return "\n".join(_jotted(self))


def _line(mark: Mark) -> Place:
    number = mark.way[-1]
    return Place(mark.file, number + 1 if isinstance(number, int) else 0)


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
    events: list[Event] = []
    for number, (at, said) in enumerate(lines):
        states = tuple(
            (state, tuple(name for name in said if said[name] == state))
            for state in dict.fromkeys(said.values())
        )
        when = None if at is None else moment(at)
        events.append(Event(when, f"line {number}", Mark(file, ("events", number)), states))
    return Timeline(file, "", services=services, events=tuple(events))


@st.composite
def services(draw: st.DrawFn, latest: int, *, requiring: bool = True) -> dict[str, Service]:
    """Draw services that stand in any order and require each other, but not in circles."""
    names = "abcde"[: draw(st.integers(1, 5))]
    found: dict[str, Service] = {}
    for name in names:
        needs = (
            draw(st.lists(_requirements(tuple(found)), max_size=2)) if requiring and found else ()
        )
        bounds = draw(_in_service(latest)) if draw(st.integers(0, 7)) == 0 else InService()
        found[name] = Service(name, name, requires=tuple(needs), in_service=bounds)
    return {name: found[name] for name in draw(st.permutations(names))}


@st.composite
def _requirements(draw: st.DrawFn, known: tuple[str, ...]) -> Requirement:
    names = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
    worst = (State.DOWN, State.DOWN, State.PARTIAL, State.DEGRADED, State.UP)
    return Requirement(tuple(names), draw(st.integers(1, len(names))), draw(st.sampled_from(worst)))


@st.composite
def _in_service(draw: st.DrawFn, latest: int) -> InService:
    start, end = sorted(draw(st.tuples(st.integers(0, latest), st.integers(0, latest))))
    has_start, has_end = draw(st.sampled_from(((True, False), (False, True), (True, True))))
    return InService(moment(start) if has_start else None, moment(end) if has_end else None)


@st.composite
def timelines(
    draw: st.DrawFn,
    known: Mapping[str, Service],
    latest: int,
    file: str,
    *,
    ties: bool = True,
    closed: bool = False,
    planning: bool = True,
    states: Sequence[State] = STATES,
) -> Timeline:
    """Draw what one file says. With `ties`, several lines may be about one instant.

    With `closed` it leaves nothing ongoing; without `planning` it has no maintenance.
    """
    names = st.sampled_from(tuple(known))
    word = st.sampled_from((*states, State.UP, State.DOWN))
    at = st.integers(0, latest)
    line = st.tuples(
        st.one_of(at, at, at, st.none()) if ties else at,
        st.dictionaries(names, word, min_size=1, max_size=3),
    )
    lines = draw(
        st.lists(line, max_size=9)
        if ties
        else st.lists(line, max_size=9, unique_by=lambda each: each[0])
    )
    if closed:
        lines.append((latest + OVER, dict.fromkeys(known, State.UP)))
    told = timeline(known, *lines, file=file)
    if not planning:
        return told
    some = st.lists(names, min_size=1, max_size=2, unique=True)
    ends = st.sampled_from((True, True, True, closed))
    works = draw(st.lists(st.tuples(some, st.tuples(at, at), ends), max_size=2))
    return told._replace(
        maintenance=tuple(
            Maintenance(
                tuple(services),
                moment(min(bounds)),
                moment(max(bounds)) if has_end else None,
                Mark(file, ("maintenance", number)),
            )
            for number, (services, bounds, has_end) in enumerate(works)
        )
    )


@st.composite
def methods(draw: st.DrawFn) -> Method:
    """Draw an accounting method in which a worse state never weighs less."""
    shares: tuple[Share, ...] = (0, 3 * WHOLE // 10, WHOLE // 2, WHOLE)
    weights = sorted(draw(st.tuples(*[st.sampled_from(shares)] * 3)))
    planned = draw(st.sampled_from((Planned.EXCLUDE, Planned.AS_UP)))
    return Method("drawn", 1, dict(zip(LADDER[1:], weights, strict=True)), planned, 3)


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    ties: bool = True,
    closed: bool = False,
    planning: bool = True,
    requiring: bool = True,
    asking: bool = False,
    files: int = 3,
    states: Sequence[State] = STATES,
) -> Case:
    """Draw timelines, a window, a method and what closes them; with `asking`, one as-of for all.

    Either every file has an as-of of its own or none has: what a file without one knows after the
    as-of of another is left open by the contract.
    """
    latest = draw(st.sampled_from((8, 30, 240)))
    known = draw(services(latest, requiring=requiring))
    told = tuple(
        draw(
            timelines(
                known,
                latest,
                f"{number}.yaml",
                ties=ties,
                closed=closed,
                planning=planning,
                states=states,
            )
        )
        for number in range(draw(st.integers(1, files)))
    )
    anywhere = st.integers(-5, latest + 20)
    as_of = draw(anywhere) if asking else None
    if not asking and not closed and draw(st.booleans()):
        told = tuple(each._replace(as_of=moment(draw(anywhere))) for each in told)
        as_of = draw(st.none() | anywhere)
    bounds = draw(st.tuples(st.integers(-10, latest + 30), st.integers(-10, latest + 30)))
    return Case(
        told,
        start=min(bounds),
        end=max(bounds),
        now=latest + draw(st.integers(2, 25)),
        as_of=as_of,
        method=draw(st.just(STANDARD) | methods()),
    )


def _jotted(case: Case) -> list[str]:
    weights = {state.word: share / WHOLE for state, share in case.method.weights.items()}
    asked = f"window {case.start}..{case.end}, as-of {case.as_of}, now {case.now}"
    lines = ["", f"{asked}, {weights}, maintenance {case.method.maintenance}"]
    for name, service in case.services.items():
        needs = [
            f"{need.needed} of {'+'.join(need.services)} (at worst {need.at_worst.word})"
            for need in service.requires
        ]
        start, end = (each and second(each) for each in service.in_service)
        within = [f"in service {start}..{end}"] if any(service.in_service) else []
        lines.append(f"  {name}: {', '.join(needs + within)}")
    for told in case.timelines:
        lines.append(f"  {told.file}" + (f" as of {second(told.as_of)}" if told.as_of else ""))
        for event in told.events:
            said = "; ".join(f"{state.word} {' '.join(names)}" for state, names in event.states)
            lines.append(f"    {second(event.at) if event.at else '?'} {said}")
        for work in told.maintenance:
            until = second(work.end) if work.end else "?"
            lines.append(f"    work {second(work.start)}..{until} {' '.join(work.services)}")
    return lines
