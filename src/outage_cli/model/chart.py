"""The chart: one lane for each service, with its states in the order of time.

Terminal, SVG and Mermaid draw the same values.

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
"""Which of several states is drawn where there is room for one: the first in this order."""

SEVERITY = {state: -at for at, state in enumerate(SEVEREST_FIRST)}


class Segment(NamedTuple):
    """A stretch in which a service is in one state, on the best estimates of the times.

    `starts` and `ends` are the bounds of its start and its end (M7). `inherited_from` is the
    service that the state is inherited from (S5). It is `ongoing` where as-of ended it, and no
    event did.
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
    """A stretch to draw: of one state, or of the bounds of an edge between two states.

    In the bounds of an edge `state` is the severer of the two states and `milder` the other one;
    `comes` says whether the severer one begins there, `best` is the best estimate. In a stretch of
    one state the two are the same. `segment` is the index of the segment that it belongs to.
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
    """The states of a service in a stretch of time that is drawn as one character.

    `state` is the severest possible state, `likely` the severest on the best estimates, on which
    the others rest too: `stretches` is the number of segments of `state`, `spent` the duration of
    each state but up.
    """

    start: Instant
    end: Instant
    state: State
    likely: State
    is_sure: bool
    stretches: int
    spent: Mapping[State, Duration]


class Lane(NamedTuple):
    """The states of one service. Its segments touch and fill the window.

    `depth` is 0 where it requires no service of the chart, else one more than that of the service
    above it.
    """

    service: Service
    depth: int
    segments: tuple[Segment, ...]

    def strokes(self, span: Span) -> Iterator[Stroke]:
        """Yield what to draw inside a span, in the order of time, up included.

        Bounds that overlap share the overlap: neither passes the best estimate of the other.
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
        """Return the cells of a span that is divided into `count` equal stretches.

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
    """The lanes of a report, with the events above them.

    The lanes cover `window`. `span` is the part of it that is drawn: all of a window that was
    requested, else the part in which something happens.
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
    """Return the bounds of each edge, cut where two of them overlap."""
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
