r"""Runs of downtime, and what the rules about their length leave out (SEMANTICS M4).

A run is what a report calls an outage (M5): time that weighs something, with nothing in between but
hours in which the service is closed. Maintenance that does not count, unknown time and a second of
recovery split it. Its length is the time in it that weighs something.

```text
down         ____/‾‾‾‾\____/‾‾‾‾‾‾‾‾‾‾‾‾‾\__
runs             [3 min)    [ 8 min  20 s )
--min-outage 5m             [ 8 min  20 s )
--whole-minutes             [ 8 min )[20 s)   part-of-a-minute
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop
from typing import NamedTuple

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.method import Method
from outage_cli.model.share import Share
from outage_cli.model.span import MINUTE, SECOND, Duration, Instant
from outage_cli.model.state import State

PART_OF_A_MINUTE = "part-of-a-minute"


class CountedEntry(NamedTuple):
    """A stretch of a ledger with what a method makes of it (SEMANTICS M2 to M4).

    A second of it weighs `weight`, and lies in the denominator if it is `considered`. `rule` names
    what took it out of the downtime or out of the denominator; None where nothing did.
    """

    entry: LedgerEntry
    weight: Share
    considered: bool
    rule: str | None


class Removed(NamedTuple):
    """A stretch of a run that a rule leaves out."""

    start: Instant
    end: Instant
    rule: str


def removed(stretches: Iterable[CountedEntry], method: Method) -> Iterator[Removed]:
    """Yield what the rules about runs leave out of the stretches of a ledger, in order."""
    shortest = f"shorter-than-{_spelled(method.min_outage)}"
    for run in _runs(stretches, method):
        length = sum(stretch.entry.end - stretch.entry.start for stretch in run if stretch.weight)
        start, end = run[0].entry.start, run[-1].entry.end
        if length < method.min_outage:
            yield Removed(start, end, shortest)
        elif method.whole_minutes and length < MINUTE:
            yield Removed(start, end, PART_OF_A_MINUTE)
        elif method.whole_minutes and length % MINUTE:
            yield from _part_of_a_minute(run, length % MINUTE)


def subtract(
    stretches: Iterable[CountedEntry], gaps: Sequence[Removed], method: Method
) -> Iterator[CountedEntry]:
    """Yield stretches without what was removed. Both are in order and gone through once."""
    at = 0
    for stretch in stretches:
        if not is_in_run(stretch, method):
            yield stretch
            continue
        while at < len(gaps) and gaps[at].end < stretch.entry.start:
            at += 1
        first = at
        while first < len(gaps) and gaps[first].end <= stretch.entry.start < stretch.entry.end:
            first += 1
        yield from _split(stretch, gaps, first)


def is_in_run(stretch: CountedEntry, method: Method) -> bool:
    """Whether a stretch belongs to a run: it weighs something, or its service is closed then.

    A service that is closed belongs to a run where it would be down if it were open.
    """
    entry = stretch.entry
    is_closed = entry.bucket is State.OUT_OF_HOURS and method.weight(entry.beneath) > 0
    return stretch.weight > 0 or is_closed


def _runs(stretches: Iterable[CountedEntry], method: Method) -> Iterator[list[CountedEntry]]:
    """Yield the maximal runs of what weighs; hours in which a service is closed do not split it."""
    run: list[CountedEntry] = []
    for stretch in stretches:
        if is_in_run(stretch, method):
            run.append(stretch)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _part_of_a_minute(run: Sequence[CountedEntry], rest: Duration) -> Iterator[Removed]:
    """Yield what a run has beyond its whole minutes: the lightest of it, and of that the end.

    Were it always the end, a run that begins earlier with something light could come out lighter.
    """
    lightest = [(stretch.weight, -at) for at, stretch in enumerate(run) if stretch.weight]
    heapify(lightest)
    gaps: list[Removed] = []
    while rest > 0:
        entry = run[-heappop(lightest)[1]].entry
        start = max(entry.start, entry.end - rest)
        gaps.append(Removed(start, entry.end, PART_OF_A_MINUTE))
        rest -= entry.end - start
    yield from sorted(gap for gap in gaps if gap.start < gap.end)


def _split(stretch: CountedEntry, gaps: Sequence[Removed], at: int) -> Iterator[CountedEntry]:
    """Yield the parts of a stretch inside and outside of the gaps, of which `at` is the first."""
    entry = stretch.entry
    if entry.start == entry.end:
        is_removed = at < len(gaps) and gaps[at].start <= entry.start <= gaps[at].end
        yield stretch._replace(weight=0, rule=gaps[at].rule) if is_removed else stretch
        return
    start = entry.start
    while start < entry.end:
        gap = gaps[at] if at < len(gaps) and gaps[at].start < entry.end else None
        if gap is None:
            yield stretch._replace(entry=_part(entry, start, entry.end))
            return
        if start < gap.start:
            yield stretch._replace(entry=_part(entry, start, gap.start))
        end = min(gap.end, entry.end)
        part = _part(entry, max(start, gap.start), end)
        if stretch.weight:
            yield stretch._replace(entry=part, weight=0, rule=gap.rule)
        else:  # a closed night in a run that is removed stays closed, and hides nothing any more
            yield stretch._replace(entry=part._replace(beneath=State.UP))
        start = end
        at += 1


def _part(entry: LedgerEntry, start: Instant, end: Instant) -> LedgerEntry:
    return entry._replace(start=start, end=end)


def _spelled(duration: Duration) -> str:
    """Return a duration as it is written on the command line: `5m`, `90s`."""
    for unit, size in (("h", 60 * MINUTE), ("m", MINUTE), ("s", SECOND)):
        if duration % size == 0:
            return f"{duration // size}{unit}"
    return f"{duration / SECOND:g}s"
