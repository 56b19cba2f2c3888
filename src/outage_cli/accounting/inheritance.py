"""The state history of each service, and what it inherits from those it requires (SEMANTICS S5).

A service is processed after all services that it requires.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, zip_longest
from operator import itemgetter
from typing import NamedTuple

from outage_cli.accounting.calendars import plan_of, with_overruns, works_by_service
from outage_cli.accounting.state_sequence import (
    NEVER,
    StateChange,
    Track,
    changed,
    merge,
    on_ladder,
    track,
)
from outage_cli.accounting.statements import Statement, Statements
from outage_cli.model.event import AS_OF
from outage_cli.model.service import Requirement, Service
from outage_cli.model.span import Span
from outage_cli.model.state import State


class StateHistory(NamedTuple):
    """The states of one service over time, by where they come from.

    `stated` merges its statements from all timelines, `implied` is inherited from the services that
    it requires, `planned` merges its calendars: maintenance, out of hours and not in service.
    """

    stated: Track
    implied: Track
    planned: Track


class StateHistories(NamedTuple):
    """The history of each service, and the states that required services pass on (SEMANTICS S5).

    `ladders` are stated or inherited states, without calendars. The `via` of a step in a ladder is
    the service that its state was inherited from; None if it is the service's own.
    """

    of: Mapping[str, StateHistory]
    ladders: Mapping[str, Track]


def histories_of(
    services: Mapping[str, Service], statements: Sequence[Statements], window: Span
) -> StateHistories:
    """Return the history of each service over all timelines. Linear in their statements.

    Statements are taken from all of time, calendars in the window only.
    """
    streams: dict[str, list[Sequence[Statement]]] = defaultdict(list)
    for file in statements:
        for name, stream in file.streams.items():
            streams[name].append(stream)
    works = works_by_service(statements, window)
    required = {
        name for service in services.values() for need in service.requires for name in need.services
    }
    histories: dict[str, StateHistory] = {}
    ladders: dict[str, Track] = {}
    for name in required_first(services):
        service = services[name]
        stated = [with_overruns(track(stream), works[name]) for stream in streams[name]]
        implied = _implied(service.requires, ladders, [*chain(*streams[name])])
        planned = plan_of(service, statements, works[name], window)
        histories[name] = StateHistory(merge(stated), implied, planned)
        if name in required:
            ladder = merge([*(changed(each, on_ladder) for each in stated), implied])
            if ladder:
                ladders[name] = ladder
    return StateHistories(histories, ladders)


def required_first(services: Mapping[str, Service]) -> list[str]:
    """Return the services, each after all that it requires; in a circle in any order."""
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


def passed_on(
    requires: Iterable[Requirement], ladders: Mapping[str, Track], own: Sequence[Statement]
) -> Iterator[tuple[Requirement, Track, Track]]:
    """Yield each requirement, the state of what it names, and what is inherited of that.

    A requirement of all in a list is several, one for each service (SEMANTICS S5). `own` are the
    statements about the service itself.
    """
    for need in _single(requires):
        imposed = _imposed(need, ladders)
        inherited = track(_inherited(imposed, own)) if imposed else ()
        yield need, imposed, changed(inherited, partial(min, need.at_worst))


def worse_than_stated(history: StateHistory) -> Track:
    """Return where a service is worse than its own statements: by inheritance or overruns."""
    overruns: list[StateChange] = []
    for step, after in zip_longest(history.stated, history.stated[1:]):
        if step.state is State.DOWN and step.cause.way[:1] == ("maintenance",):
            overruns.append(step)
            if after:
                overruns.append(after._replace(state=State.UP))
    return merge([history.implied, track(overruns)])


def _implied(
    requires: Sequence[Requirement], ladders: Mapping[str, Track], own: Sequence[Statement]
) -> Track:
    """Return what a service inherits: the worst over its requirements."""
    return merge([inherited for _, _, inherited in passed_on(requires, ladders, own)])


def _single(requires: Iterable[Requirement]) -> Iterator[Requirement]:
    """Yield requirements; one of all services in a list becomes one for each service."""
    for need in requires:
        if need.needed == len(need.services):
            yield from (Requirement((name,), 1, need.at_worst) for name in need.services)
        else:
            yield need


def _imposed(need: Requirement, ladders: Mapping[str, Track]) -> Track:
    """Return the k-th best state of the services that are required, each step naming its own."""
    tracks = [[step._replace(via=name) for step in ladders.get(name, ())] for name in need.services]
    return merge(tracks, need.needed) if len(tracks) > 1 else tracks[0]


def _inherited(imposed: Track, own: Iterable[Statement]) -> Iterator[StateChange]:
    """Yield the steps of what is inherited from one requirement.

    A service inherits from a change for the worse until its own next statement or until what it
    requires recovers. Which line comes first is decided on best estimates. At one instant what
    counts is how it leaves what is required, and the service's own statement comes after it.
    """
    changes = ((step.rank, 0, step) for step in imposed)
    statements = (
        (each.rank, 1, each._replace(state=State.UP)) for each in own if each.cause.way != AS_OF
    )
    before, inherits, now = State.UP, False, -NEVER
    turns = sorted(chain(changes, statements), key=itemgetter(0, 1))
    for _, together in groupby(turns, key=itemgetter(0)):
        state, step = before, None
        for _, is_own, step in together:
            now = max(now, step.at)
            state = state if is_own else step.state
            if is_own:
                break
        if step is None:
            continue
        inherits = not is_own and state > State.UP and (inherits or state > before)
        before = state
        yield step._replace(at=now, state=state if inherits else State.UP)
