"""From what timelines say to one track a service: streams, what they inherit, and calendars."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import chain, groupby, zip_longest
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.accounting.state_sequence import StateChange, Track, changed, merge, track
from outage_cli.model.event import AS_OF, Maintenance, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.quick import quick
from outage_cli.model.service import Requirement, Service
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline
from outage_cli.when.clock.civil_time import is_day
from outage_cli.when.clock.zones import known

NEVER: Instant = 1 << 62
"""Later than everything."""


Statement: TypeAlias = StateChange
"""One line about a service: from `at` on it is what the line, which is its cause, says."""

_made = quick(Statement)

LAST = "last "
"""How a window begins that ends at as-of and so needs one."""


class StateHistory(NamedTuple):
    """All that is known of one service: what is said, what it inherits, and its calendar.

    `stated` merges its streams; `implied` is inherited from what it requires; `planned` has its
    maintenance, and when it is out of hours or not in service.
    """

    stated: Track
    implied: Track
    planned: Track


class Scenario(Enum):
    """Which of the times that a moment allows is taken (SEMANTICS M7)."""

    BEST = "best"
    KINDEST = "kindest"
    HARSHEST = "harshest"


class Statements(NamedTuple):
    """What one timeline says of each service, in the order of time (SEMANTICS S3).

    `as_of` is where what is open was closed, if that was needed or asked for (SEMANTICS T6), and
    `estimate` how the times were read (M7).
    """

    timeline: Timeline
    streams: Mapping[str, Sequence[Statement]]
    as_of: Instant | None
    estimate: Scenario = Scenario.BEST


class ScenarioInput(NamedTuple):
    """How vague times are taken. `implied` is what services inherit on the best estimates.

    It decides what makes a service worse: a statement that ends a worse inherited state makes it
    better, whatever the service stated before.
    """

    estimate: Scenario = Scenario.BEST
    implied: Mapping[str, Track] = MappingProxyType({})


BEST = ScenarioInput()
"""Every time as it is best estimated."""


def said(
    timeline: Timeline, as_of: Instant | None, now: Instant, lean: ScenarioInput
) -> Statements:
    """Return the streams of a timeline, ended at as-of, at its own, or now if something is open.

    At equal instants the order of the source is kept, so the later line wins. What is open at as-of
    is unknown from there on, should others go on to tell of the service.
    """
    if as_of is None and timeline.as_of:
        as_of = timeline.as_of.best
    if timeline.maintenance:
        info = known(timeline.timezone)
        works = tuple(_laid(work, lean.estimate, info) for work in timeline.maintenance)
        timeline = timeline._replace(maintenance=works)
    is_open = any(work.end is None for work in timeline.maintenance)
    is_open = is_open or (timeline.window or "").lower().startswith(LAST)
    streams = _streams(timeline, as_of, lean)
    if as_of is None and (is_open or any(each[-1].state > State.UP for each in streams.values())):
        as_of = now
        streams = _streams(timeline, now, lean)
    if as_of is not None:
        for each in streams.values():
            if each[-1].state > State.UP:
                mark = SourceRef(timeline.file, AS_OF)
                each.append(Statement(as_of, State.UNKNOWN, mark, mark, as_of))
    return Statements(timeline, streams, as_of, lean.estimate)


def _laid(work: Maintenance, estimate: Scenario, info: ZoneInfo) -> Maintenance:
    """Return planned work with vague edges where a reading of the times has them (SEMANTICS M7).

    It is kindest where it hides most. A day means all of it, on every reading.
    """
    start, end = work.start, work.end
    if not is_day(start, info):
        start = Moment.exactly(_leant(start, estimate, kindest=start.first))
    if end and not is_day(end, info):
        end = Moment.exactly(_leant(end, estimate, kindest=end.last))
    return work._replace(start=start, end=end)


def _leant(edge: Moment, estimate: Scenario, kindest: Instant) -> Instant:
    """Return where an edge is on a reading; on the harshest at the end that is not the kindest."""
    if estimate is Scenario.BEST:
        return edge.best
    harshest = edge.last if kindest == edge.first else edge.first
    return kindest if estimate is Scenario.KINDEST else harshest


def still_open(said: Statements, at: Instant) -> Statements:
    """Return what is said without the close that an as-of at `at` puts to it."""
    if said.as_of != at:
        return said
    streams = {
        name: [each for each in statements if each.cause.way != AS_OF]
        for name, statements in said.streams.items()
    }
    return said._replace(streams=streams, as_of=None)


def _streams(
    timeline: Timeline, until: Instant | None, lean: ScenarioInput
) -> dict[str, list[Statement]]:
    streams: dict[str, list[Statement]] = defaultdict(list)
    moments: dict[str, list[Moment]] = defaultdict(list)
    is_vague = lean.estimate is not Scenario.BEST
    for at, event in timeline.told:
        if until is not None and at > until:
            break
        mark = event.mark
        for state, services in event.states:
            statement = _made((at, state, mark, mark, at, None))
            for service in services:
                streams[service].append(statement)
                if is_vague and event.at:
                    moments[service].append(event.at)
    if is_vague:
        last = NEVER if until is None else until
        for service, statements in streams.items():
            before = _before(statements, lean.implied.get(service, ()))
            streams[service] = _leaning(statements, moments[service], before, last, lean.estimate)
    return streams


class _Block(NamedTuple):
    """Statements that are placed together: from the index `first` on, after the state `before`."""

    first: int
    before: State
    at: Instant


def _before(statements: Sequence[Statement], implied: Track) -> list[State]:
    """Return the state, stated or implied, that each statement follows on the best estimates."""
    found: list[State] = []
    stated = State.UP
    for statement in statements:
        at = bisect_left(implied, statement.rank, key=attrgetter("at"))
        found.append(max(stated, implied[at - 1].state if at else State.UP))
        stated = _on_ladder(statement.state)
    return found


def _leaning(
    statements: Sequence[Statement],
    moments: Sequence[Moment],
    befores: Sequence[State],
    last: Instant,
    estimate: Scenario,
) -> list[Statement]:
    """Return statements at the kindest or the harshest of their times (SEMANTICS M7).

    Kindest: what makes things worse comes as late as it can, what makes them better as early. None
    leaves its bounds or its place. Statements that would cross meet; whether early or late, what
    they change together decides.
    """
    states = [_on_ladder(each.state) for each in statements]
    latest = _none_later(moments, last)
    blocks: list[_Block] = []
    earliest = -NEVER
    turns = zip(moments, states, befores, strict=True)
    for index, (moment, state, before) in enumerate(turns):
        earliest = earliest if moment.earliest is None else max(earliest, moment.earliest)
        block = _Block(index, before, moment.best)
        while True:
            first, was, _ = block
            at = moments[first].best
            if state != was:
                is_late = (state > was) == (estimate is Scenario.KINDEST)
                at = latest[first] if is_late else earliest
            block = _Block(first, was, min(max(at, earliest), latest[first]))
            if not blocks or blocks[-1].at <= block.at:
                break
            block = blocks.pop()
        blocks.append(block)
    ends = [*(block.first for block in blocks), len(statements)][1:]
    return [
        each._replace(at=block.at)
        for block, end in zip(blocks, ends, strict=True)
        for each in statements[block.first : end]
    ]


def _none_later(moments: Sequence[Moment], last: Instant) -> list[Instant]:
    """Return how late each can be without passing the one that follows."""
    found: list[Instant] = []
    for moment in reversed(moments):
        last = last if moment.latest is None else min(last, moment.latest)
        found.append(last)
    return found[::-1]


class StateHistories(NamedTuple):
    """The course of each service, and what those pass on that others require (SEMANTICS S5).

    That is so whatever was planned. The `via` of a step in a ladder is the service that its state
    was inherited from; None if it is its own.
    """

    of: Mapping[str, StateHistory]
    ladders: Mapping[str, Track]


def laid(
    services: Mapping[str, Service], told: Sequence[Statements], window: Span
) -> StateHistories:
    """Return the course of each service over all timelines. Linear in what they say.

    What was said holds everywhere; what was planned is laid out in the window only.
    """
    works = _works(told, window)
    found: dict[str, StateHistory] = {}
    handed: dict[str, Track] = {}
    for name, stated, implied, ladder in _inheriting(services, told, works):
        plan = [*works[name], *_not_in_service(services[name], told)]
        plan.append(_out_of_hours(services[name], window))
        found[name] = StateHistory(merge(stated), implied, merge(plan))
        if ladder:
            handed[name] = ladder
    return StateHistories(found, handed)


def _works(told: Sequence[Statements], window: Span) -> dict[str, list[Track]]:
    """Return the planned work on each service over all timelines."""
    found: dict[str, list[Track]] = defaultdict(list)
    for each in told:
        for service, spans in _planned(each, window).items():
            found[service] += spans
    return found


def _inheriting(
    services: Mapping[str, Service],
    told: Sequence[Statements],
    works: Mapping[str, Sequence[Track]],
) -> Iterator[tuple[str, list[Track], Track, Track]]:
    """Yield each service after what it requires: its streams, what it inherits and hands down."""
    own: dict[str, list[Sequence[Statement]]] = defaultdict(list)
    for each in told:
        for service, statements in each.streams.items():
            own[service].append(statements)
    required = {
        name for each in services.values() for need in each.requires for name in need.services
    }
    handed: dict[str, Track] = {}
    for name in _dependencies_first(services):
        stated = [track(statements) for statements in own[name]]
        if planned := works.get(name):
            stated = [_overrun(each, planned) for each in stated]
        implied = _implied(services[name].requires, handed, [*chain(*own[name])])
        if name in required:
            handed[name] = merge([*(changed(each, _on_ladder) for each in stated), implied])
        yield name, stated, implied, handed.get(name, ())


def _on_ladder(state: State) -> State:
    return state if state <= State.DOWN else State.UP


def as_worked_on(service: Service, told: Iterable[Statements], window: Span) -> Iterator[Track]:
    """Yield what each stream comes to for a service, with the work in it that overruns (M6)."""
    told = [*told]
    works = [work for each in told for work in _planned(each, window).get(service.id, ())]
    for each in told:
        yield _overrun(track(each.streams.get(service.id, ())), works)


def calendars(service: Service, told: Sequence[Statements], window: Span) -> Iterator[Track]:
    """Yield what is planned for one service: when it is not offered, closed, or worked on."""
    yield from _not_in_service(service, told)
    yield _out_of_hours(service, window)
    for each in told:
        yield from _planned(each, window).get(service.id, ())


def _planned(said: Statements, window: Span) -> dict[str, list[Track]]:
    """Return the maintenance of each service, one track a piece of work (SEMANTICS M6)."""
    found: dict[str, list[Track]] = defaultdict(list)
    for work in said.timeline.maintenance:
        if work.end is None and said.as_of is not None:
            over = _open(work, said.as_of)
        else:
            spans = planned(work, said, window)
            over = (
                () if isinstance(spans, ProblemText) else _over(spans, State.MAINTENANCE, work.mark)
            )
        for service in work.services:
            found[service].append(over)
    return found


def _overrun(stated: Track, works: Sequence[Track]) -> Track:
    """Return a stream in which work that goes on when its window is over is down (SEMANTICS M6).

    That holds for work that is stated to go on at the end of a window; what no window announced is
    maintenance as it is stated. A window that as-of has closed is not over.
    """
    if all(step.state is not State.MAINTENANCE for step in stated):
        return stated
    ends = [step for step in merge(works) if step.state is State.UP and step.cause.way != AS_OF]
    times = [step.at for step in ends]
    found: list[StateChange] = []
    for step, after in zip_longest(stated, stated[1:]):
        found.append(step)
        at = bisect_right(times, step.at)
        if step.state is State.MAINTENANCE and at < len(ends):
            over = ends[at]
            if after is None or over.at < after.at:
                rank = max(over.at, step.rank)
                rank = rank if after is None else min(rank, after.rank)
                found.append(StateChange(over.at, State.DOWN, over.cause, step.holder, rank))
    return track(found)


def beyond_words(course: StateHistory) -> Track:
    """Return how a service is worse than its own lines say: by what it requires, or by overruns."""
    steps: list[StateChange] = []
    for step, after in zip_longest(course.stated, course.stated[1:]):
        if step.state is State.DOWN and step.cause.way[:1] == ("maintenance",):
            steps.append(step)
            if after:
                steps.append(after._replace(state=State.UP))
    return merge([course.implied, track(steps)])


def _open(work: Maintenance, as_of: Instant) -> Track:
    """Return planned work that nobody has ended: it goes on to as-of, and as-of has it still."""
    start, mark, ends = work.start.first, work.mark, SourceRef(work.mark.file, AS_OF)
    if start > as_of:
        return ()
    begins = StateChange(start, State.MAINTENANCE, mark, mark, start)
    return begins, StateChange(as_of, State.UP, ends, ends, as_of)


def planned(work: Maintenance, said: Statements, window: Span) -> Sequence[Span] | ProblemText:
    """Return when work is planned: once, or as often as it repeats inside a window.

    A rule that cannot be followed, because it repeats without measure, is a trouble.
    """
    start = work.start.first
    end = work.end.last if work.end else NEVER if said.as_of is None else said.as_of
    if work.repeats is None:
        return [Span(start, end)] if start < end else []
    from outage_cli.when.calendar.recurrence import occurrences, recurrence

    rule = recurrence(work.repeats, work.exceptions)
    if isinstance(rule, ProblemText):
        return rule
    return occurrences(rule, start, end, window, known(said.timeline.timezone))


def _over(spans: Iterable[Span], state: State, mark: SourceRef) -> Track:
    """Return the track that is in a state over some spans, which are in order and apart."""
    steps: list[StateChange] = []
    for start, end in spans:
        steps.append(StateChange(start, state, mark, mark, start))
        steps.append(StateChange(end, State.UP, mark, mark, end))
    return track(steps)


def _not_in_service(service: Service, told: Sequence[Statements]) -> Iterable[Track]:
    """Return when a service is not offered. It is kindest where that hides most (SEMANTICS M7)."""
    start, end = service.in_service
    estimate = told[0].estimate if told else Scenario.BEST
    mark = service.mark._replace(way=(*service.mark.way, "in_service"))
    if start:
        begins = _leant(start, estimate, kindest=start.last)
        yield _over([Span(-NEVER, begins)], State.NOT_IN_SERVICE, mark)
    if end:
        ends = _leant(end, estimate, kindest=end.first)
        yield _over([Span(ends, NEVER)], State.NOT_IN_SERVICE, mark)


def _out_of_hours(service: Service, window: Span) -> Track:
    """Return when a service is closed, as its clocks have it (SEMANTICS M6)."""
    if not service.hours:
        return ()
    from outage_cli.when.calendar.service_hours import hours, open_spans

    open_at = hours(service.hours)
    if isinstance(open_at, ProblemText):
        return ()
    mark = service.mark._replace(way=(*service.mark.way, "hours"))
    edges = [window.start]
    for start, end in open_spans(open_at, window, known(service.timezone)):
        edges += [start, end]
    edges.append(window.end)
    closed = (
        Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True) if pair[0] < pair[1]
    )
    return _over(closed, State.OUT_OF_HOURS, mark)


def _implied(
    requires: Sequence[Requirement], ladders: Mapping[str, Track], own: Sequence[Statement]
) -> Track:
    """Return what a service inherits (SEMANTICS S5).

    It inherits from a change for the worse in what it requires, until it says something itself or
    that recovers: of all in a list from each by itself, of some from the k-th best of them.
    """
    return merge([inherited for _, _, inherited in passed_on(requires, ladders, own)])


def passed_on(
    requires: Iterable[Requirement], ladders: Mapping[str, Track], own: Sequence[Statement]
) -> Iterator[tuple[Requirement, Track, Track]]:
    """Yield each requirement, the state of what it names, and what is inherited of that."""
    for need in _single(requires):
        imposed = _imposed(need, ladders)
        inherited = track(_inherited(imposed, own)) if imposed else ()
        yield need, imposed, changed(inherited, partial(min, need.at_worst))


def _single(requires: Iterable[Requirement]) -> Iterator[Requirement]:
    """Yield requirements with those of all in a list taken apart."""
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

    Which line comes first is decided on best estimates. At one instant what counts is how it leaves
    what is required, and what the service states itself is said after it.
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
