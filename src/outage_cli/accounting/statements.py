"""What each timeline states of each service, in the order of time (SEMANTICS S3).

Vague times are placed on one scenario of them: the best, the kindest or the harshest (M7).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.accounting.state_sequence import NEVER, StateChange, Track, on_ladder
from outage_cli.model.event import AS_OF, Maintenance, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.quick import quick
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline
from outage_cli.when.clock.civil_time import is_day
from outage_cli.when.clock.zones import known

Statement: TypeAlias = StateChange
"""One line about a service: from `at` on the service is in the state that the line says."""

_made = quick(Statement, *Statement._fields)

_LAST = "last "
"""How a window begins that ends at as-of and so needs one."""


class Scenario(Enum):
    """Which of the times that a moment allows is taken (SEMANTICS M7)."""

    BEST = "best"
    KINDEST = "kindest"
    HARSHEST = "harshest"


class Statements(NamedTuple):
    """The statements of one timeline, by service and in the order of time (SEMANTICS S3).

    `as_of` closes what is open; it is None where nothing was open and none was asked for (T6).
    `estimate` is the scenario of the times (M7).
    """

    timeline: Timeline
    streams: Mapping[str, Sequence[Statement]]
    as_of: Instant | None
    estimate: Scenario = Scenario.BEST


class ScenarioInput(NamedTuple):
    """A scenario of vague times.

    `implied` is what services inherit on the best estimates. A statement that ends a worse
    inherited state makes the service better, whatever the service stated before.
    """

    estimate: Scenario = Scenario.BEST
    implied: Mapping[str, Track] = MappingProxyType({})


BEST = ScenarioInput()
"""Every time at its best estimate."""


def statements_of(
    timeline: Timeline, as_of: Instant | None, now: Instant, scenario: ScenarioInput = BEST
) -> Statements:
    """Return the statements of a timeline, closed at as-of.

    As-of is the one asked for, else the timeline's own, else `now` if something is open (T6). At
    equal instants the order of the source is kept, so the later line wins. What is open at as-of
    is unknown from there on: another timeline may go on to speak of the service.
    """
    if as_of is None and timeline.as_of:
        as_of = timeline.as_of.best
    if timeline.maintenance:
        info = known(timeline.timezone)
        works = tuple(_placed_work(work, scenario.estimate, info) for work in timeline.maintenance)
        timeline = timeline._replace(maintenance=works)
    is_open = any(work.end is None for work in timeline.maintenance)
    is_open = is_open or (timeline.window or "").lower().startswith(_LAST)
    streams = _streams(timeline, as_of, scenario)
    if as_of is None and (
        is_open or any(stream[-1].state > State.UP for stream in streams.values())
    ):
        as_of = now
        streams = _streams(timeline, now, scenario)
    if as_of is not None:
        for stream in streams.values():
            if stream[-1].state > State.UP:
                mark = SourceRef(timeline.file, AS_OF)
                stream.append(Statement(as_of, State.UNKNOWN, mark, mark, as_of))
    return Statements(timeline, streams, as_of, scenario.estimate)


def without_as_of(statements: Statements, at: Instant) -> Statements:
    """Return statements without the close that an as-of at the instant `at` puts to them."""
    if statements.as_of != at:
        return statements
    streams = {
        name: [statement for statement in stream if statement.cause.way != AS_OF]
        for name, stream in statements.streams.items()
    }
    return statements._replace(streams=streams, as_of=None)


def edge_on(edge: Moment, estimate: Scenario, kindest: Instant) -> Instant:
    """Return where an edge of a calendar is on a scenario (SEMANTICS M7).

    `kindest` is one of its two bounds; on the harshest scenario the edge is at the other one.
    """
    if estimate is Scenario.BEST:
        return edge.best
    harshest = edge.last if kindest == edge.first else edge.first
    return kindest if estimate is Scenario.KINDEST else harshest


def _placed_work(work: Maintenance, estimate: Scenario, info: ZoneInfo) -> Maintenance:
    """Return planned work with its vague edges placed on a scenario (SEMANTICS M7).

    It is kindest where it hides most. A day means all of it, on every scenario.
    """
    start, end = work.start, work.end
    if not is_day(start, info):
        start = Moment.exactly(edge_on(start, estimate, kindest=start.first))
    if end and not is_day(end, info):
        end = Moment.exactly(edge_on(end, estimate, kindest=end.last))
    return work._replace(start=start, end=end)


def _streams(
    timeline: Timeline, until: Instant | None, scenario: ScenarioInput
) -> dict[str, list[Statement]]:
    """Return the statements about each service up to an instant, placed on a scenario."""
    streams: dict[str, list[Statement]] = defaultdict(list)
    moments: dict[str, list[Moment]] = defaultdict(list)
    is_vague = scenario.estimate is not Scenario.BEST
    for at, event in timeline.timed_events:
        if until is not None and at > until:
            break
        mark = event.mark
        for state, services in event.states:
            statement = _made(at, state, mark, mark, at, None)
            for service in services:
                streams[service].append(statement)
                if is_vague and event.at:
                    moments[service].append(event.at)
    if is_vague:
        last = NEVER if until is None else until
        for service, stream in streams.items():
            before = _states_before(stream, scenario.implied.get(service, ()))
            streams[service] = _placed(stream, moments[service], before, last, scenario.estimate)
    return streams


class _Block(NamedTuple):
    """Statements that are placed together: from the index `first` on, after the state `before`."""

    first: int
    before: State
    at: Instant


def _states_before(stream: Sequence[Statement], implied: Track) -> list[State]:
    """Return the state, stated or implied, that each statement follows on the best estimates."""
    states: list[State] = []
    stated = State.UP
    for statement in stream:
        at = bisect_left(implied, statement.rank, key=attrgetter("at"))
        states.append(max(stated, implied[at - 1].state if at else State.UP))
        stated = on_ladder(statement.state)
    return states


def _placed(
    stream: Sequence[Statement],
    moments: Sequence[Moment],
    states_before: Sequence[State],
    last: Instant,
    estimate: Scenario,
) -> list[Statement]:
    """Return statements at the kindest or the harshest of their times (SEMANTICS M7).

    Kindest: what makes things worse comes as late as it can, what makes them better as early. None
    leaves its bounds or its place in the order. Statements that would cross meet; whether early or
    late is decided by what they change together.
    """
    states = [on_ladder(statement.state) for statement in stream]
    latest = _latest_instants(moments, last)
    blocks: list[_Block] = []
    earliest = -NEVER
    turns = zip(moments, states, states_before, strict=True)
    for index, (moment, state, state_before) in enumerate(turns):
        earliest = earliest if moment.earliest is None else max(earliest, moment.earliest)
        block = _Block(index, state_before, moment.best)
        while True:
            first, before, _ = block
            at = moments[first].best
            if state != before:
                is_late = (state > before) == (estimate is Scenario.KINDEST)
                at = latest[first] if is_late else earliest
            block = _Block(first, before, min(max(at, earliest), latest[first]))
            if not blocks or blocks[-1].at <= block.at:
                break
            block = blocks.pop()
        blocks.append(block)
    ends = [*(block.first for block in blocks), len(stream)][1:]
    return [
        statement._replace(at=block.at)
        for block, end in zip(blocks, ends, strict=True)
        for statement in stream[block.first : end]
    ]


def _latest_instants(moments: Sequence[Moment], last: Instant) -> list[Instant]:
    """Return how late each moment can be without passing one that follows."""
    latest: list[Instant] = []
    for moment in reversed(moments):
        last = last if moment.latest is None else min(last, moment.latest)
        latest.append(last)
    return latest[::-1]
