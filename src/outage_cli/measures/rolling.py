r"""The worst stretch of a given length: exact, because the worst one starts or ends at an edge.

```text
lost        ____/‾‾‾‾\________________/‾‾\______
windows     [-----------)
                    [-----------)               slid along, they lose more or less
                           [-----------)        in straight lines between edges
```

While a window slides and neither end of it meets an edge, what is lost and what is considered both
change in a straight line, so their ratio only rises or only falls: its extremes lie where an end of
the window meets an edge. There are at most two such places for each edge, and they are visited once
each, in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge as in_order
from typing import NamedTuple

from outage_cli.accounting.ledger import Entry
from outage_cli.model.method import Aside, Method
from outage_cli.model.share import Share
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State


class Piece(NamedTuple):
    """A stretch of time, what a second of it weighs, and whether it is considered at all (M2)."""

    start: Instant
    end: Instant
    weight: Share
    is_considered: bool = True


class Worst(NamedTuple):
    """The worst window of a length: what is lost in it (microseconds × a billion) and considered.

    Of several that are as bad it is the first one.
    """

    window: Span
    lost: int
    considered: Duration


def pieces(entries: Sequence[Entry], ruled: Sequence[Entry], method: Method) -> Iterator[Piece]:
    """Yield the stretches of a ledger as what a method makes of them; neighbours alike are one.

    `ruled` are the same stretches in the buckets that the method counts them in, some split: they
    say what a second weighs. Whether it is considered lies in what it is (SEMANTICS M2, M4).
    """
    counts = {state: method.aside(state) is not Aside.EXCLUDE for state in State}
    last: Piece | None = None
    lasting = iter([each for each in entries if each.start < each.end])
    under = next(lasting, None)
    for entry in ruled:
        if entry.start == entry.end:
            continue
        while under and under.end <= entry.start:
            under = next(lasting, None)
        weight, is_considered = method.weight(entry.bucket), bool(under and counts[under.bucket])
        if last and (last.weight, last.is_considered) == (weight, is_considered):
            last = last._replace(end=entry.end)
            continue
        if last:
            yield last
        last = Piece(entry.start, entry.end, weight, is_considered)
    if last:
        yield last


def worst(stretches: Sequence[Piece], length: Duration) -> Worst | None:
    """Return the window of `length` with the lowest availability inside some stretches (K).

    The stretches touch, and they are in order. There is no such window where the length is greater
    than theirs, or where nothing in them is considered. Linear in the stretches.
    """
    if not stretches or length <= 0:
        return None
    first, last = stretches[0].start, stretches[-1].end - length
    if last < first:
        return None
    edges = [each.start for each in stretches]
    places = in_order(
        (at for at in edges if first <= at <= last),
        (at - length for at in edges if first <= at - length <= last),
        [last],
    )
    left, right = _Sums(stretches), _Sums(stretches)
    found: Worst | None = None
    for at in places:
        lost_before, considered_before = left.at(at)
        lost_after, considered_after = right.at(at + length)
        lost, counted = lost_after - lost_before, considered_after - considered_before
        if counted and (found is None or lost * found.considered > found.lost * counted):
            found = Worst(Span(at, at + length), lost, counted)
    return found


class _Sums:
    """What is lost and what is considered up to an instant. It is asked in the order of time."""

    def __init__(self, stretches: Sequence[Piece]) -> None:
        self.stretches, self.index = stretches, 0
        self.lost = self.considered = 0

    def at(self, instant: Instant) -> tuple[int, Duration]:
        """Return the sums up to an instant that is not before the one asked for last."""
        while self.index < len(self.stretches):
            start, end, weight, is_considered = self.stretches[self.index]
            if end > instant:
                part = max(0, instant - start)
                return self.lost + weight * part, self.considered + part * is_considered
            self.lost += weight * (end - start)
            self.considered += (end - start) * is_considered
            self.index += 1
        return self.lost, self.considered
