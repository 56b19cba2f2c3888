"""From what timelines say to one track a service: streams, what they inherit, and calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge as in_order
from operator import itemgetter
from typing import NamedTuple

from outage_cli.accounting.tracks import Step, Track, changed, merge, track
from outage_cli.model.event import AS_OF, Mark
from outage_cli.model.service import Requirement, Service
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline

NEVER: Instant = 1 << 62
"""Later than everything."""


class Statement(NamedTuple):
    """One line about one service: from `at` on it is `state`."""

    at: Instant
    state: State
    mark: Mark


LAST = "last "
"""How a window begins that ends at as-of and so needs one."""


class Course(NamedTuple):
    """All that is known of one service: what is said, what it inherits, and its calendar.

    `stated` merges its streams; `implied` is inherited from what it requires; `planned` has its
    maintenance, and when it is out of hours or not in service.
    """

    stated: Track
    implied: Track
    planned: Track


class Said(NamedTuple):
    """What one timeline says of each service, in the order of time (SEMANTICS S3).

    `as_of` is where what is open was closed, if that was needed or asked for (SEMANTICS T6).
    """

    timeline: Timeline
    streams: Mapping[str, Sequence[Statement]]
    as_of: Instant | None


def said(timeline: Timeline, as_of: Instant | None, now: Instant) -> Said:
    """Return the streams of a timeline, ended at as-of, at its own, or now if something is open.

    At equal instants the order of the source is kept, so the later line wins. What is open at as-of
    is unknown from there on, should others go on to tell of the service.
    """
    if as_of is None and timeline.as_of:
        as_of = timeline.as_of.last
    is_open = any(work.end is None for work in timeline.maintenance)
    is_open = is_open or (timeline.window or "").lower().startswith(LAST)
    streams = _streams(timeline, as_of)
    if as_of is None and (is_open or any(each[-1].state > State.UP for each in streams.values())):
        as_of = now
        streams = _streams(timeline, now)
    if as_of is not None:
        for each in streams.values():
            if each[-1].state > State.UP:
                each.append(Statement(as_of, State.UNKNOWN, Mark(timeline.file, AS_OF)))
    return Said(timeline, streams, as_of)


def _streams(timeline: Timeline, until: Instant | None) -> dict[str, list[Statement]]:
    streams: dict[str, list[Statement]] = defaultdict(list)
    for at, event in timeline.told():
        if until is not None and at >= until:
            break
        for state, services in event.states:
            for service in services:
                streams[service].append(Statement(at, state, event.mark))
    return streams


def courses(services: Mapping[str, Service], told: Sequence[Said]) -> dict[str, Course]:
    """Return the course of each service over all timelines. Linear in what they say."""
    own: dict[str, list[Sequence[Statement]]] = defaultdict(list)
    planned: dict[str, list[Track]] = defaultdict(list)
    for each in told:
        for service, statements in each.streams.items():
            own[service].append(statements)
        for service, spans in _planned(each).items():
            planned[service] += spans
    required = {
        name for each in services.values() for need in each.requires for name in need.services
    }
    found: dict[str, Course] = {}
    ladders: dict[str, Track] = {}
    for name in _dependencies_first(services):
        stated = [_track(statements) for statements in own[name]]
        implied = _implied(services[name].requires, ladders, in_order(*own[name], key=_at))
        plan = [*planned[name], *_not_in_service(services[name])]
        found[name] = Course(merge(stated), implied, merge(plan))
        if name in required:
            ladders[name] = merge([*(changed(each, _on_ladder) for each in stated), implied])
    return found


def _at(statement: Statement) -> Instant:
    return statement.at


def _track(statements: Iterable[Statement]) -> Track:
    return track(Step(at, state, mark, mark) for at, state, mark in statements)


def _on_ladder(state: State) -> State:
    return state if state <= State.DOWN else State.UP


def _planned(said: Said) -> dict[str, list[Track]]:
    """Return the maintenance windows of each service, one track each (SEMANTICS M6)."""
    found: dict[str, list[Track]] = defaultdict(list)
    for work in said.timeline.maintenance:
        end = work.end.best if work.end else NEVER if said.as_of is None else said.as_of
        for service in work.services:
            found[service].append(_between(work.start.best, end, State.MAINTENANCE, work.mark))
    return found


def _between(start: Instant, end: Instant, state: State, mark: Mark) -> Track:
    return (Step(start, state, mark, mark), Step(end, State.UP, mark, mark)) if start < end else ()


def _not_in_service(service: Service) -> Iterable[Track]:
    start, end = service.in_service
    mark = Mark("", ("services", service.id, "in_service"))
    if start:
        yield _between(-NEVER, start.best, State.NOT_IN_SERVICE, mark)
    if end:
        yield _between(end.best, NEVER, State.NOT_IN_SERVICE, mark)


def _implied(
    requires: Sequence[Requirement], ladders: Mapping[str, Track], own: Iterable[Statement]
) -> Track:
    """Return what a service inherits (SEMANTICS S5).

    It inherits from a change for the worse in what it requires, until it says something itself or
    they recover. What it says at the very instant of the change is said after it.
    """
    needs = [_need(each, ladders) for each in requires]
    if not any(needs):
        return ()
    return track(_inherited(merge(needs), own))


def _inherited(required: Track, own: Iterable[Statement]) -> Iterator[Step]:
    before, inherits = State.UP, False
    changes = ((step.at, 0, step.state, step.cause, step) for step in required)
    statements = ((each.at, 1, State.UP, each.mark, None) for each in own)
    for at, _, state, cause, step in in_order(changes, statements, key=itemgetter(0, 1)):
        if step is None:
            if inherits:
                yield Step(at, State.UP, cause, cause)
            inherits = False
            continue
        inherits = state > State.UP and (inherits or state > before)
        before = state
        yield step if inherits else step._replace(state=State.UP)


def _need(requirement: Requirement, ladders: Mapping[str, Track]) -> Track:
    """Return the state that one requirement imposes: the k-th best of its services, capped."""
    tracks = [
        [step._replace(via=name) for step in ladders.get(name, ())] for name in requirement.services
    ]
    worst = requirement.at_worst
    needed = merge(tracks, requirement.needed) if len(tracks) > 1 else tracks[0]
    return needed if worst == State.DOWN else changed(needed, lambda state: min(state, worst))


def _dependencies_first(services: Mapping[str, Service]) -> list[str]:
    """Return the services, each after what it requires; where they go round, anyhow."""
    order: dict[str, None] = {}
    opened: set[str] = set()
    for name in services:
        waiting = [name]
        while waiting:
            at = waiting[-1]
            if at in opened:
                order.setdefault(waiting.pop())
                continue
            opened.add(at)
            names = (each for need in services[at].requires for each in need.services)
            waiting += [each for each in names if each in services and each not in opened]
    return list(order)
