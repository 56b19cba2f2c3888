"""Random small timelines, as values of the model. Times are whole seconds of one quarter of an hour.

Every timeline is one that the reader would hand on without an error: what is required is known and
never goes round in a circle, nothing ends before it starts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from outage_cli.accounting.methods import STANDARD
from outage_cli.model.event import Event, Maintenance, Mark
from outage_cli.model.method import Method, Planned
from outage_cli.model.moment import Moment
from outage_cli.model.service import InService, Requirement, Service
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import SECOND, Instant
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import Timeline
from outage_cli.pipeline import Asked

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
"""Set `HYPOTHESIS_PROFILE=thorough` to look twenty times as long."""

EPOCH = datetime(2022, 10, 15, 6, 19, tzinfo=UTC)
ZERO: Instant = int(EPOCH.timestamp()) * SECOND
LATEST = 240
"""The last second at which anything is said. The present clock is later."""

STATES = (*LADDER, State.MAINTENANCE, State.UNKNOWN)


def tried(examples: int) -> settings:
    """Return the settings of a property that is tried on so many examples."""
    return settings(
        max_examples=examples * (20 if THOROUGH else 1),
        deadline=None,
        derandomize=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


class Case(NamedTuple):
    """Timelines and what is asked of them. All times are seconds after `EPOCH`."""

    timelines: tuple[Timeline, ...]
    start: int
    end: int
    now: int
    as_of: int | None = None
    method: Method = STANDARD

    @property
    def asked(self) -> Asked:
        """The same for the pipeline."""
        as_of = None if self.as_of is None else written(self.as_of)
        return Asked(ZERO + self.now * SECOND, f"{written(self.start)}..{written(self.end)}",
                     as_of=as_of)  # fmt: skip

    @property
    def services(self) -> Mapping[str, Service]:
        """The services of all its timelines, which are the same in each of them."""
        return self.timelines[0].services

    def __repr__(self) -> str:
        """Return the case as one would write it down: hypothesis prints it."""
        return "\n".join(_told(self))


def written(second: int) -> str:
    """Return a time as a user writes it."""
    return (EPOCH + timedelta(seconds=second)).isoformat(" ").removesuffix("+00:00")


def moment(second: int) -> Moment:
    """Return the exact moment so many seconds after `EPOCH`."""
    return Moment.exactly(ZERO + second * SECOND)


def second(at: Moment) -> int:
    """Return how many seconds after `EPOCH` a moment is."""
    return (at.best - ZERO) // SECOND


def _seconds(latest: int) -> st.SearchStrategy[int]:
    return st.integers(0, latest)


@st.composite
def requirements(draw: st.DrawFn, known: tuple[str, ...]) -> Requirement:
    """Draw a requirement of some services that are known: all, any or so many of them."""
    names = tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)))
    needed = draw(st.integers(1, len(names)))
    worst = draw(st.sampled_from((State.DOWN, State.DOWN, State.PARTIAL, State.DEGRADED, State.UP)))
    return Requirement(names, needed, worst)


@st.composite
def services(
    draw: st.DrawFn, latest: int = LATEST, *, at_most: int = 5, requiring: bool = True
) -> dict[str, Service]:
    """Draw services that require no circles, in any order."""
    names = tuple("abcde"[: draw(st.integers(1, at_most))])
    found: dict[str, Service] = {}
    for name in names:
        known = tuple(found)
        needs = draw(st.lists(requirements(known), max_size=2)) if requiring and known else []
        bounds = InService()
        if draw(st.integers(0, 7)) == 7:  # noqa: PLR2004 - seldom
            first, last = sorted(draw(st.tuples(_seconds(latest), _seconds(latest))))
            sides = draw(st.sampled_from(((True, False), (False, True), (True, True))))
            bounds = InService(*(moment(at) if side else None
                                 for at, side in zip((first, last), sides, strict=True)))  # fmt: skip
        found[name] = Service(name, name, requires=tuple(needs), in_service=bounds)
    order = draw(st.permutations(names))
    return {name: found[name] for name in order}


@st.composite
def events(
    draw: st.DrawFn,
    speaking: tuple[str, ...],
    latest: int,
    file: str,
    *,
    ties: bool = True,
    states: tuple[State, ...] = STATES,
) -> tuple[Event, ...]:
    """Draw events about some services; with `ties`, several may happen at one instant."""
    whens = draw(
        st.lists(_seconds(latest), max_size=9)
        if ties
        else st.lists(_seconds(latest), max_size=9, unique=True)
    )
    word = st.sampled_from((*states, State.UP, State.DOWN))
    told: list[Event] = []
    for number, when in enumerate(whens):
        saying = draw(st.dictionaries(st.sampled_from(speaking), word, min_size=1, max_size=3))
        grouped = {
            state: tuple(name for name in saying if saying[name] == state)
            for state in dict.fromkeys(saying.values())
        }
        mark = Mark(file, ("events", number))
        happened = ties is False or draw(st.integers(0, 15)) < 15  # noqa: PLR2004 - mostly
        told.append(
            Event(moment(when) if happened else None, f"{number}", mark, tuple(grouped.items()))
        )
    return tuple(told)


@st.composite
def works(
    draw: st.DrawFn, known: tuple[str, ...], latest: int, file: str, number: int, *, endless: bool
) -> Maintenance:
    """Draw planned work that happens once; with `endless`, it may have no end."""
    names = tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)))
    first, last = sorted(draw(st.tuples(_seconds(latest), _seconds(latest))))
    end = None if endless and draw(st.integers(0, 4)) == 0 else moment(last)
    return Maintenance(names, moment(first), end, Mark(file, ("maintenance", number)))


@st.composite
def timelines(
    draw: st.DrawFn,
    known: dict[str, Service],
    latest: int,
    file: str,
    *,
    ties: bool = True,
    closed: bool = False,
    planning: bool = True,
    speaking: tuple[str, ...] | None = None,
    states: tuple[State, ...] = STATES,
) -> Timeline:
    """Draw what one file says; with `closed`, it leaves nothing ongoing."""
    names = tuple(known)
    told = draw(events(speaking or names, latest, file, ties=ties, states=states))
    if closed and told:
        states_at_end = ((State.UP, names),)
        told += (Event(moment(latest + 1), "over", Mark(file, ("events", 99)), states_at_end),)
    count = draw(st.integers(0, 2)) if planning else 0
    work = (draw(works(names, latest, file, each, endless=not closed)) for each in range(count))
    return Timeline(file, "", services=known, events=told, maintenance=tuple(work))


@st.composite
def methods(draw: st.DrawFn) -> Method:
    """Draw an accounting method in which a worse state never weighs less."""
    shares: tuple[Share, ...] = (0, 3 * WHOLE // 10, WHOLE // 2, WHOLE)
    weights = sorted(draw(st.tuples(*[st.sampled_from(shares)] * 3)))
    planned = draw(st.sampled_from(Planned))
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
    states: tuple[State, ...] = STATES,
) -> Case:
    """Draw timelines, a window, a method and what closes them; with `asking`, one as-of for all.

    Either every file has an as-of of its own or none has: what a file that has none knows after the
    as-of of another, the contract leaves open.
    """
    latest = draw(st.sampled_from((8, 30, LATEST)))
    known = draw(services(latest, requiring=requiring))
    count = draw(st.integers(1, 3))
    told = tuple(
        draw(timelines(known, latest, f"{number}.yaml", ties=ties, closed=closed,
                       planning=planning, states=states))
        for number in range(count)
    )  # fmt: skip
    anywhere = st.integers(-5, latest + 20)
    as_of = None
    if asking:
        as_of = draw(anywhere)
    elif not closed and draw(st.booleans()):
        told = tuple(each._replace(as_of=moment(draw(anywhere))) for each in told)
        as_of = draw(st.none() | anywhere)
    start, end = sorted(
        draw(st.tuples(st.integers(-10, latest + 30), st.integers(-10, latest + 30)))
    )
    now = latest + draw(st.integers(2, 25))
    method = draw(st.just(STANDARD) | methods())
    return Case(told, start, end, now, as_of, method)


def _told(case: Case) -> list[str]:
    weights = {state.word: share / WHOLE for state, share in case.method.weights.items()}
    asked = f"window {case.start}..{case.end}, as-of {case.as_of}, now {case.now}"
    lines = ["", f"{asked}, {weights}, maintenance {case.method.maintenance}"]
    for name, service in case.services.items():
        needs = [f"{n.needed} of {'+'.join(n.services)} (at worst {n.at_worst.word})"
                 for n in service.requires]  # fmt: skip
        bounds = [each and second(each) for each in service.in_service]
        within = f"in service {bounds}" if any(service.in_service) else ""
        lines.append(f"  {name}: {', '.join(needs)} {within}".rstrip(": "))
    for timeline in case.timelines:
        as_of = f" as of {second(timeline.as_of)}" if timeline.as_of else ""
        lines.append(f"  {timeline.file}{as_of}")
        for event in timeline.events:
            says = "; ".join(f"{s.word} {' '.join(names)}" for s, names in event.states)
            lines.append(f"    {second(event.at) if event.at else '?'} {says}")
        for work in timeline.maintenance:
            until = second(work.end) if work.end else "?"
            lines.append(f"    work {second(work.start)}..{until} {' '.join(work.services)}")
    return lines
