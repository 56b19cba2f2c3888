"""The calendars of a service: maintenance, service hours and service life (SEMANTICS M6)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from outage_cli.accounting.state_sequence import NEVER, StateChange, Track, merge, track
from outage_cli.accounting.statements import Scenario, Statements, edge_on
from outage_cli.model.event import AS_OF, Maintenance, SourceRef
from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Service
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State
from outage_cli.when.clock.zones import known


def calendars(service: Service, statements: Sequence[Statements], window: Span) -> Iterator[Track]:
    """Yield each calendar of a service: not in service, out of hours, each piece of work."""
    yield from _not_in_service(service, statements)
    yield _out_of_hours(service, window)
    yield from works_by_service(statements, window).get(service.id, ())


def plan_of(
    service: Service, statements: Sequence[Statements], works: Sequence[Track], window: Span
) -> Track:
    """Return the greatest state of the calendars of a service; `works` are its planned work."""
    return merge([*works, *_not_in_service(service, statements), _out_of_hours(service, window)])


def works_by_service(statements: Iterable[Statements], window: Span) -> dict[str, list[Track]]:
    """Return the planned work on each service over all timelines: one track a piece of work."""
    works: dict[str, list[Track]] = defaultdict(list)
    for file in statements:
        for work in file.timeline.maintenance:
            if work.end is None and file.as_of is not None:
                steps = _open(work, file.as_of)
            else:
                spans = planned(work, file, window)
                spans = () if isinstance(spans, ProblemText) else spans
                steps = _over(spans, State.MAINTENANCE, work.mark)
            for service in work.services:
                works[service].append(steps)
    return works


def planned(
    work: Maintenance, statements: Statements, window: Span
) -> Sequence[Span] | ProblemText:
    """Return when work is planned: once, or as often as it repeats inside a window.

    A rule with too many occurrences is a problem.
    """
    start = work.start.first
    end = work.end.last if work.end else NEVER if statements.as_of is None else statements.as_of
    if work.repeats is None:
        return [Span(start, end)] if start < end else []
    from outage_cli.when.calendar.occurrences import occurrences
    from outage_cli.when.calendar.recurrence import recurrence

    rule = recurrence(work.repeats, work.exceptions)
    if isinstance(rule, ProblemText):
        return rule
    return occurrences(rule, start, end, window, known(statements.timeline.timezone))


def streams_with_overruns(
    service: Service, statements: Sequence[Statements], window: Span
) -> Iterator[Track]:
    """Yield the states of a service in each stream, with work that overruns as down (M6)."""
    works = works_by_service(statements, window).get(service.id, ())
    for file in statements:
        yield with_overruns(track(file.streams.get(service.id, ())), works)


def with_overruns(stated: Track, works: Sequence[Track]) -> Track:
    """Return a stream in which work that goes on when its window is over is down (SEMANTICS M6).

    That holds for work that is stated to go on at the end of a window; what no window announced is
    maintenance as it is stated. A window that as-of has closed is not over.
    """
    if not works or all(step.state is not State.MAINTENANCE for step in stated):
        return stated
    ends = [step for step in merge(works) if step.state is State.UP and step.cause.way != AS_OF]
    times = [step.at for step in ends]
    steps: list[StateChange] = []
    for step, after in zip_longest(stated, stated[1:]):
        steps.append(step)
        at = bisect_right(times, step.at)
        if step.state is State.MAINTENANCE and at < len(ends):
            over = ends[at]
            if after is None or over.at < after.at:
                rank = max(over.at, step.rank)
                rank = rank if after is None else min(rank, after.rank)
                steps.append(StateChange(over.at, State.DOWN, over.cause, step.holder, rank))
    return track(steps)


def _open(work: Maintenance, as_of: Instant) -> Track:
    """Return the track of planned work without an end: it ends at as-of (SEMANTICS T6)."""
    start, mark, ends = work.start.first, work.mark, SourceRef(work.mark.file, AS_OF)
    if start > as_of:
        return ()
    begins = StateChange(start, State.MAINTENANCE, mark, mark, start)
    return begins, StateChange(as_of, State.UP, ends, ends, as_of)


def _over(spans: Iterable[Span], state: State, mark: SourceRef) -> Track:
    """Return the track that is in a state during spans, which are in order and disjoint."""
    steps: list[StateChange] = []
    for start, end in spans:
        steps.append(StateChange(start, state, mark, mark, start))
        steps.append(StateChange(end, State.UP, mark, mark, end))
    return track(steps)


def _not_in_service(service: Service, statements: Sequence[Statements]) -> Iterable[Track]:
    """Yield when a service is not offered. Kindest is the longest such time (SEMANTICS M7)."""
    start, end = service.in_service
    estimate = statements[0].estimate if statements else Scenario.BEST
    mark = service.mark._replace(way=(*service.mark.way, "in_service"))
    if start:
        begins = edge_on(start, estimate, kindest=start.last)
        yield _over([Span(-NEVER, begins)], State.NOT_IN_SERVICE, mark)
    if end:
        ends = edge_on(end, estimate, kindest=end.first)
        yield _over([Span(ends, NEVER)], State.NOT_IN_SERVICE, mark)


def _out_of_hours(service: Service, window: Span) -> Track:
    """Return when a service is closed, by the clocks of its zone (SEMANTICS M6)."""
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
