"""The chart of a report: the ledger as lanes of segments, each edge with its bounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from outage_cli.accounting.books import Books
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.chart import Chart, Lane, Segment
from outage_cli.model.event import AS_OF, Event, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.service import Service
from outage_cli.model.span import HOUR, MINUTE, SECOND, Instant, Span
from outage_cli.model.state import LADDER, State

MARGIN = 40
"""The margin on either side of what happened is its length divided by this."""

_TROUBLE = {*LADDER[1:], State.UNKNOWN}


def chart(books: Books, *, whole: bool) -> Chart:
    """Return the chart of the services that are asked for, each under one that it requires.

    It shows the `whole` window, or only the part of it in which something happens.
    """
    services = {name: books.services[name] for name in books.names}
    scope = books.best.scope
    events = sorted(
        (event for timeline in books.timelines for event in timeline.events if event.at),
        key=lambda event: event.at.best if event.at else 0,
    )
    moments = {event.mark: event.at for event in events if event.at}
    lanes = tuple(
        Lane(
            services[name],
            depth,
            tuple(_segments([each.accounts[name].entries for each in books.scenarios], moments)),
        )
        for name, depth in indented(services)
    )
    span = scope.window if whole else _eventful(lanes, events, scope.window)
    if not span.length:
        span = Span(span.start - SECOND, span.end + SECOND)
    return Chart(span, scope.window, scope.timezone, lanes, tuple(events))


def indented(services: Mapping[str, Service]) -> Iterator[tuple[str, int]]:
    """Yield each service under the first one shown that it requires, and how deep it stands."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for name, service in services.items():
        needs = (each for need in service.requires for each in need.services)
        below[next((each for each in needs if each in services), None)].append(name)
    waiting = [(name, 0) for name in reversed(below[None])]
    while waiting:
        name, depth = waiting.pop()
        yield name, depth
        waiting += [(each, depth + 1) for each in reversed(below[name])]


def _segments(
    scenarios: Sequence[Sequence[LedgerEntry]], moments: Mapping[SourceRef, Moment]
) -> Iterator[Segment]:
    """Yield the segments of one service: entries that are drawn alike are joined."""
    best, *others = (_joined(entries) for entries in scenarios)
    if not best:
        return
    bounds = list(_bounds(best, others, moments))
    for at, entry in enumerate(best):
        is_open = entry.closed_by is None or entry.closed_by.way == AS_OF
        yield Segment(
            entry.start,
            entry.end,
            entry.bucket,
            bounds[at],
            bounds[at + 1],
            entry.opened_by,
            entry.closed_by,
            entry.inherited_from,
            is_open and not entry.cut_after and entry.bucket is not State.UP,
            entry.cut_before,
            entry.cut_after,
        )


def _joined(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return entries with neighbours in one bucket, handed down by the same service, as one."""
    joined: list[LedgerEntry] = []
    for entry in entries:
        before = joined[-1] if joined else None
        key = (entry.bucket, entry.inherited_from)
        if before and key == (before.bucket, before.inherited_from):
            joined[-1] = before._replace(
                end=entry.end, closed_by=entry.closed_by, cut_after=entry.cut_after
            )
        else:
            joined.append(entry)
    return joined


def _edges(
    entries: Sequence[LedgerEntry],
) -> Iterator[tuple[Instant, tuple[SourceRef | None, ...]]]:
    """Yield when each entry begins and the last one ends, and by which lines; none at a cut.

    The line that ended one may not be that which holds the next: several can be about one instant.
    """
    first = entries[0]
    yield first.start, () if first.cut_before else (first.opened_by,)
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        begun = after.opened_by if after else None
        yield entry.end, () if entry.cut_after else (entry.closed_by, begun)


def _bounds(
    best: Sequence[LedgerEntry],
    others: Sequence[Sequence[LedgerEntry]],
    moments: Mapping[SourceRef, Moment],
) -> Iterator[Span]:
    """Yield the least and the greatest of each edge over the scenarios (SEMANTICS M7).

    The same line makes an edge on every scenario. Where it makes none on one, because its state has
    zero length there, the bounds of its own time count, cut at the edges on both sides.
    """
    edges = list(_edges(best))
    if not others:
        yield from (Span(at, at) for at, _ in edges)
        return
    times = [_times(each, moments) for each in others if each]
    own = _times(best, moments)
    numbers: dict[SourceRef, int] = defaultdict(int)
    for index, (at, causes) in enumerate(edges):
        instants = [at]
        low, high = edges[max(index - 1, 0)][0], edges[min(index + 1, len(edges) - 1)][0]
        for cause in _vague(at, causes, moments):
            number, moment = numbers[cause], moments[cause]
            numbers[cause] += 1
            for scenario in times:
                if len(scenario.get(cause, ())) == len(own[cause]):
                    instants.append(scenario[cause][number])
                else:
                    first = low if moment.earliest is None else max(moment.earliest, low)
                    last = high if moment.latest is None else min(moment.latest, high)
                    instants += [min(first, at), max(last, at)]
        yield Span(min(instants), max(instants))


def _vague(
    at: Instant, causes: Sequence[SourceRef | None], moments: Mapping[SourceRef, Moment]
) -> Iterator[SourceRef]:
    """Yield the lines with a vague time that made an edge at an instant.

    A line whose state shows only because a worse one ended did not make the edge.
    """
    for number, cause in enumerate(dict.fromkeys(causes)):
        moment = moments.get(cause) if cause else None
        if cause and moment and not moment.is_exact and (number == 0 or moment.best == at):
            yield cause


def _times(
    entries: Sequence[LedgerEntry], moments: Mapping[SourceRef, Moment]
) -> dict[SourceRef, list[Instant]]:
    """Return when each line made an edge; one that the window cuts counts at its start."""
    times: dict[SourceRef, list[Instant]] = defaultdict(list)
    first = entries[0]
    cut = [(first.start, (first.opened_by,))] if first.cut_before else []
    for at, causes in (*cut, *_edges(entries)):
        for cause in dict.fromkeys(causes):
            if cause and cause in moments:
                times[cause].append(at)
    return times


def _eventful(lanes: Sequence[Lane], events: Sequence[Event], window: Span) -> Span:
    """Return the part of a window with outages, unknown time and milestones, plus a margin."""
    trouble = [each for lane in lanes for each in lane.segments if each.state in _TROUBLE]
    instants = [at for each in trouble for at in (*each.starts, *each.ends)]
    if instants:
        phases = (event.at.best for event in events if event.at and event.phase)
        instants += [at for at in phases if window.start <= at <= window.end]
    low, high = min(instants, default=window.start), max(instants, default=window.end)
    margin = (high - low) // MARGIN or SECOND
    grain = MINUTE if high - low > HOUR else SECOND
    start = (low - margin) // grain * grain
    end = -(-(high + margin) // grain) * grain
    return Span(min(max(start, window.start), low), max(min(end, window.end), high))
