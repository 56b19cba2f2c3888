"""The chart: one lane a service, on which its states stand in the order of time.

Whatever draws it, a terminal, SVG or Mermaid, draws these same values.

```text
segments     up        | down                | partial      | up
bounds               [---)               [-------)        exact
strokes      ________░░░░████████████████▒▒▒▒▒▒▒▒▄▄▄▄▄▄▄▄▄▄▄▄________
```
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from outage_cli.model.event import Event, SourceRef
from outage_cli.model.service import Service
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State

SEVEREST_FIRST = (
    State.DOWN,
    State.PARTIAL,
    State.DEGRADED,
    State.UNKNOWN,
    State.MAINTENANCE,
    State.OUT_OF_HOURS,
    State.NOT_IN_SERVICE,
    State.UP,
)
"""Which of several states a place has room for: trouble is never hidden by what was planned."""

SEVERITY = {state: -at for at, state in enumerate(SEVEREST_FIRST)}


class Segment(NamedTuple):
    """A stretch in which a service is in one state, on the best reading of the times.

    `starts` and `ends` are the least and the greatest of when it can have begun and ended (M7).
    `inherited_from` is the service that hands the state down (S5). It is `ongoing` where as-of and
    no line of the story ended it.
    """

    start: Instant
    end: Instant
    state: State
    starts: Span
    ends: Span
    opened_by: SourceRef | None = None
    closed_by: SourceRef | None = None
    inherited_from: str | None = None
    ongoing: bool = False
    cut_before: bool = False
    cut_after: bool = False


class Stroke(NamedTuple):
    """A stretch to draw: of one state, or of an edge of which nobody knows where in it it is.

    There `state` is the severer and `milder` the other of the two states it lies between; the
    severer one `comes` or goes, most likely at `best`. A sure stroke has one state only. `segment`
    is the index of the one that it belongs to.
    """

    start: Instant
    end: Instant
    state: State
    segment: int
    milder: State
    comes: bool = False
    best: Instant | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the service certainly was in this state."""
        return self.state is self.milder


class Cell(NamedTuple):
    """What there was in a stretch of time that has no room for more than one sign.

    `state` is the severest that there can have been, and `likely` the severest by best estimate.
    `stretches` is how many of `state` lie in it, and `spent` the time in each state that is
    not up, by best estimate.
    """

    start: Instant
    end: Instant
    state: State
    likely: State
    is_sure: bool
    stretches: int
    spent: Mapping[State, Duration]


class Lane(NamedTuple):
    """The states of one service, which fill the window.

    `depth` is 0 where it requires nothing that is shown, else one more than that of the service it
    stands under.
    """

    service: Service
    depth: int
    segments: tuple[Segment, ...]

    def strokes(self, span: Span) -> Iterator[Stroke]:
        """Yield what to draw inside a span, in the order of time; states that are up included.

        Edges whose bounds overlap share the overlap: neither passes the best estimate of the other.
        """
        segments = self.segments
        if not segments:
            return
        zones = _zones(segments)
        before = State.UP
        for at, segment in enumerate(segments):
            low, high = zones[at]
            if low < high and segment.state is not before:
                yield from _edge(Span(low, high), before, segment, at, span)
            elif low < high:
                yield from _sure(Span(low, high), segment.state, at, span)
            after = zones[at + 1][0]
            if high < after or segment.start == segment.end:
                yield from _sure(Span(high, max(high, after)), segment.state, at, span)
            before = segment.state
        low, high = zones[-1]
        if low < high and before is not State.UP:
            last = len(segments) - 1
            gone = Stroke(low, high, before, last, State.UP, comes=False, best=segments[-1].end)
            yield from _cut(gone, span)

    def cells(self, span: Span, count: int) -> list[Cell]:
        """Return what there is in each of `count` stretches of equal length of a span.

        Linear in segments and cells.
        """
        edges = [span.start + span.length * at // count for at in range(count + 1)]
        worst = [(SEVERITY[State.UP], True)] * count
        states, likely = [State.UP] * count, [State.UP] * count
        counts = [0] * count
        spent: list[dict[State, Duration]] = [{} for _ in range(count)]
        for stroke in self.strokes(span):
            for at in _touched(stroke.start, stroke.end, edges):
                rank = (SEVERITY[stroke.state], stroke.is_sure)
                if rank > worst[at]:
                    worst[at], states[at] = rank, stroke.state
        for segment in self.segments:
            inside = Span(segment.start, segment.end).within(span)
            if inside is None or segment.state is State.UP:
                continue
            for at in _touched(*inside, edges):
                if SEVERITY[segment.state] > SEVERITY[likely[at]]:
                    likely[at] = segment.state
                time = min(inside.end, edges[at + 1]) - max(inside.start, edges[at])
                spent[at][segment.state] = spent[at].get(segment.state, 0) + time
                counts[at] += segment.state is states[at]
        return [
            Cell(start, end, states[at], likely[at], worst[at][1], counts[at], spent[at])
            for at, (start, end) in enumerate(pairwise(edges))
        ]


class Chart(NamedTuple):
    """The lanes of a report, with the events that stand above them.

    `span` is what is drawn: of the window that was asked for all, of another one the part in which
    something happens. `window` is what the lanes tell of.
    """

    span: Span
    window: Span
    timezone: str
    lanes: tuple[Lane, ...]
    events: tuple[Event, ...] = ()

    def seen(self) -> list[Event]:
        """Return the events in the span, by best estimate."""
        start, end = self.span
        return [each for each in self.events if each.at and start <= each.at.best <= end]


def _zones(segments: Sequence[Segment]) -> list[tuple[Instant, Instant]]:
    """Return between what each edge is drawn: the bounds, cut where two of them overlap."""
    bests = [*(each.start for each in segments), segments[-1].end]
    bounds = [*(each.starts for each in segments), segments[-1].ends]
    lows = [min(best, each.start) for best, each in zip(bests, bounds, strict=True)]
    highs = [max(best, each.end) for best, each in zip(bests, bounds, strict=True)]
    for at in range(1, len(bests)):
        if highs[at - 1] > lows[at]:
            middle = (highs[at - 1] + lows[at]) // 2
            middle = min(max(middle, bests[at - 1]), bests[at])
            highs[at - 1], lows[at] = min(highs[at - 1], middle), max(lows[at], middle)
    return list(zip(lows, highs, strict=True))


def _edge(zone: Span, before: State, segment: Segment, at: int, span: Span) -> Iterator[Stroke]:
    comes = SEVERITY[segment.state] > SEVERITY[before]
    severer, milder = (segment.state, before) if comes else (before, segment.state)
    owner = at if comes else at - 1
    stroke = Stroke(*zone, severer, owner, milder, comes=comes, best=segment.start)
    yield from _cut(stroke, span)


def _sure(stretch: Span, state: State, at: int, span: Span) -> Iterator[Stroke]:
    yield from _cut(Stroke(*stretch, state, at, state), span)


def _cut(stroke: Stroke, span: Span) -> Iterator[Stroke]:
    if inside := Span(stroke.start, stroke.end).within(span):
        yield stroke._replace(start=inside.start, end=inside.end)


def _touched(start: Instant, end: Instant, edges: Sequence[Instant]) -> range:
    """Return the indices of the cells that a stretch lies in; one of no length lies in one."""
    last = len(edges) - 2
    first = max(0, bisect_left(edges, start + 1) - 1)
    until = max(first, bisect_left(edges, end) - 1)
    return range(min(first, last), min(until, last) + 1)
