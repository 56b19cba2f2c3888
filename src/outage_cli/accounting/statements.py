"""The statements of each timeline about each service, in the order of time (SEMANTICS S3).

Vague times are placed for one scenario: the best, the kindest or the harshest (M7).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.accounting.state_sequence import NEVER, StateChange, Track
from outage_cli.model.event import AS_OF, Maintenance, SourceRef
from outage_cli.model.fast_tuples import quick
from outage_cli.model.moment import Moment
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline
from outage_cli.when.clock.civil_time import is_day
from outage_cli.when.clock.zones import known

Statement: TypeAlias = StateChange
"""One statement: from `at` on the service is in the state that the line names."""

_made = quick(Statement, *Statement._fields)

_LAST = "last "
"""How a window begins that ends at as-of and so needs one."""


class Scenario(Enum):
    """Which of the possible instants of a vague time is taken (SEMANTICS M7)."""

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
    """A scenario, and the states that services inherit on the best estimates.

    A statement that ends a worse inherited state is a change for the better, whatever the service
    stated before.
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
        from outage_cli.accounting.placement import placed, states_before

        last = NEVER if until is None else until
        is_kindest = scenario.estimate is Scenario.KINDEST
        for service, stream in streams.items():
            before = states_before(stream, scenario.implied.get(service, ()))
            streams[service] = placed(stream, moments[service], before, last, kindest=is_kindest)
    return streams
