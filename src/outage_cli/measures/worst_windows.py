"""The worst window of a fixed length in a ledger: the one of the lowest availability, exactly.

While a window of a fixed length moves on, what it loses and what it considers change at a steady
rate, until one of its two ends meets an edge, where one stretch ends and the next one begins:

```text
ledger    up      |  down  |   up        | closed |  up
windows           [-----------)                            begins at an edge
             [-------------)                               ends at one
```

Between two such places the availability is the quotient of two straight lines. It only rises, only
falls, or stays, so nothing in between is lower than both places. Where nothing is considered at one
of the two, both lines start from zero there and their quotient stays: the other place has the same.
So the lowest value is at an edge, and a sweep along the edges cannot miss it (SEMANTICS K).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.method import Method, Treatment
from outage_cli.model.service_figures import Availability, WorstWindow
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import DAY, HOUR, Duration, Instant, Span
from outage_cli.model.state import STATES

LENGTHS: dict[str, Duration] = {"1h": HOUR, "1d": DAY, "7d": 7 * DAY, "30d": 30 * DAY}
"""The lengths of the worst windows, in elapsed time, by name (SEMANTICS K)."""

NOTHING: Share = -1
"""The weight of time that is not considered."""


class WeightedSpan(NamedTuple):
    """A stretch of time, what a second of it weighs, and whether it is considered at all (M2)."""

    start: Instant
    end: Instant
    weight: Share
    is_considered: bool = True


class WorstSpan(NamedTuple):
    """The worst window of a length, its lost (microseconds × a billion) and considered time.

    Of several with the same availability it is the one with most considered time, then the first.
    """

    window: Span
    lost: int
    considered: Duration


Sums: TypeAlias = tuple[Sequence[Instant], Sequence[Share], Sequence[int], Sequence[Duration]]
"""Edges of pieces, their weights, and the sums of lost and considered time up to each edge.

Piece `i` lasts from edge `i` to edge `i + 1`; its weight is `NOTHING` where it is not considered.
"""


def worst_windows(entries: Iterable[LedgerEntry], method: Method) -> dict[str, WorstWindow | None]:
    """Return the worst windows of a ledger by the names of their `LENGTHS` (SEMANTICS K)."""
    sums = summed_entries(entries, method)
    by_name: dict[str, WorstWindow | None] = {}
    for name, length in LENGTHS.items():
        bad = worst_in(sums, length)
        by_name[name] = bad and WorstWindow(
            bad.window, Availability(bad.considered * WHOLE - bad.lost, bad.considered * WHOLE)
        )
    return by_name


def summed_entries(entries: Iterable[LedgerEntry], method: Method) -> Sums:
    """Return the sums of the entries of a ledger; neighbours of the same weight are joined."""
    weighs = _weights(method)
    edges: list[Instant] = []
    weights: list[Share] = []
    lost, considered = [0], [0]
    gone = counted = end = 0
    for entry in entries:
        start, until = entry.start, entry.end
        if start == until:
            continue
        weight = weighs[entry.bucket]
        if not weights or weight != weights[-1]:
            if weights:
                lost.append(gone)
                considered.append(counted)
            edges.append(start)
            weights.append(weight)
        if weight != NOTHING:
            gone += weight * (until - start)
            counted += until - start
        end = until
    if weights:
        edges.append(end)
        lost.append(gone)
        considered.append(counted)
    return edges, weights, lost, considered


def _weights(method: Method) -> list[Share]:
    return [
        NOTHING if method.aside(state) is Treatment.EXCLUDE else weight
        for state, weight in zip(STATES, method.all_weights(), strict=True)
    ]


def summed(stretches: Sequence[WeightedSpan]) -> Sums:
    """Return pieces, which touch and are in order, with what they add up to."""
    edges = [each.start for each in stretches] + [each.end for each in stretches[-1:]]
    weights: list[Share] = []
    lost, considered = [0], [0]
    gone = counted = 0
    for start, end, weight, is_considered in stretches:
        if is_considered:
            gone += weight * (end - start)
            counted += end - start
        weights.append(weight if is_considered else NOTHING)
        lost.append(gone)
        considered.append(counted)
    return edges, weights, lost, considered


def worst(stretches: Sequence[WeightedSpan], length: Duration) -> WorstSpan | None:
    """Return the window of a length inside some pieces that has the lowest availability (K).

    The pieces touch and are in order. None where they are shorter than the length, or where no
    window of that length has anything considered. Linear in the pieces.
    """
    return worst_in(summed(stretches), length)


def worst_in(sums: Sums, length: Duration) -> WorstSpan | None:
    """Return the worst window of a length."""
    edges, weights, _, considered = sums
    if not weights or not 0 < length <= edges[-1] - edges[0]:
        return None
    if considered[-1] == edges[-1] - edges[0]:
        lost, start = _worst_of_all(sums, length)
        return WorstSpan(Span(start, start + length), lost, length)
    best = 0, 0, 0
    for lost, counted, start in _candidates(sums, length):
        if counted == best[1]:
            more = lost - best[0]
        else:
            more = lost * best[1] - best[0] * counted or counted - best[1]
        if more > 0 or (more == 0 and start < best[2]):
            best = lost, counted, start
    lost, counted, start = best
    return WorstSpan(Span(start, start + length), lost, counted) if counted else None


def _worst_of_all(sums: Sums, length: Duration) -> tuple[int, Instant]:
    """Return the lost time of the worst window, and its start, where all time is considered.

    A faster equivalent of `_candidates` for the usual case.
    """
    edges, weights, lost, _ = sums
    last, final = edges[-1] - length, len(weights) - 1
    worst, first, at, before = -1, edges[0], 0, NOTHING
    next_edge = edges[1]
    for start, weight, gone in zip(edges, weights, lost, strict=False):
        if weight > before:
            if start > last:
                break
            stop = start + length
            while next_edge <= stop and at < final:
                at += 1
                next_edge = edges[at + 1]
            lost_here = lost[at] + weights[at] * (stop - edges[at]) - gone
            if lost_here > worst:
                worst, first = lost_here, start
        before = weight
    at, next_edge, before = 0, edges[1], 0
    for end, weight, gone in zip(edges, [*weights, 0], lost, strict=True):
        if weight < before and (start := end - length) >= edges[0]:
            while next_edge <= start:
                at += 1
                next_edge = edges[at + 1]
            lost_here = gone - lost[at] - weights[at] * (start - edges[at])
            if lost_here > worst or (lost_here == worst and start < first):
                worst, first = lost_here, start
        before = weight
    return worst, first


def _candidates(sums: Sums, length: Duration) -> Iterator[tuple[int, Duration, Instant]]:
    """Yield the lost and considered time of each window that may be the worst, and its start.

    It starts where the weight rises or ends where it falls, or has an edge of time that is not
    considered at its start or end.
    """
    edges, weights, lost, considered = sums
    last = len(weights) - 1
    first, end = edges[0], edges[-1]
    at = 0
    for left, weight in enumerate(weights):
        start = edges[left]
        stop = start + length
        if stop > end:
            break
        if left and weights[left - 1] > weight > NOTHING:
            continue
        while at < last and edges[at + 1] <= stop:
            at += 1
        beyond, inside = stop - edges[at], weights[at]
        if inside == NOTHING:
            beyond = 0
        yield (
            lost[at] + inside * beyond - lost[left],
            considered[at] + beyond - considered[left],
            start,
        )
    at = 0
    for right in range(1, last + 2):
        start = edges[right] - length
        if start < first or (right <= last and weights[right] > weights[right - 1] > NOTHING):
            continue
        while edges[at + 1] <= start:
            at += 1
        beyond, inside = start - edges[at], weights[at]
        if inside == NOTHING:
            beyond = 0
        yield (
            lost[right] - lost[at] - inside * beyond,
            considered[right] - considered[at] - beyond,
            start,
        )
