r"""What a method makes of a ledger: for each stretch whether it counts, how much, and if not, why.

A run is what a report calls an outage (SEMANTICS M5): time that weighs something, with nothing in
between but hours in which the service is closed. Maintenance that does not count, unknown time and
a second of recovery split it. How long it is, is what of it weighs.

```text
down         ____/‾‾‾‾\____/‾‾‾‾‾‾‾‾‾‾‾‾‾\__
runs             [3 min)    [ 8 min  20 s )
--min-outage 5m             [ 8 min  20 s )
--whole-minutes             [ 8 min )[20 s)   part-of-a-minute
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop
from typing import NamedTuple

from outage_cli.accounting.ledger import LedgerEntry, ServiceLedger, ledger
from outage_cli.accounting.streams import Statements
from outage_cli.model.method import Method, Treatment
from outage_cli.model.service import Service
from outage_cli.model.share import Share
from outage_cli.model.span import DAY, MINUTE, SECOND, Duration, Instant, Span
from outage_cli.model.state import State

_BEYOND = 366 * DAY
PART_OF_A_MINUTE = "part-of-a-minute"
_ASIDE = {
    (State.NOT_IN_SERVICE, Treatment.EXCLUDE): "not-in-service",
    (State.OUT_OF_HOURS, Treatment.EXCLUDE): "out-of-hours",
    (State.OUT_OF_HOURS, Treatment.AS_UP): "out-of-hours-as-up",
    (State.UNKNOWN, Treatment.EXCLUDE): "unknown",
    (State.UNKNOWN, Treatment.AS_UP): "unknown-as-up",
    (State.MAINTENANCE, Treatment.EXCLUDE): "maintenance-excluded",
    (State.MAINTENANCE, Treatment.AS_UP): "maintenance-as-up",
}


class CountedEntry(NamedTuple):
    """A stretch of a ledger with what a method makes of it (SEMANTICS M2 to M4).

    A second of it weighs `weight`, and lies in the denominator if it is `considered`. `rule` names
    what took it out of the downtime or out of the denominator; None where nothing did.
    """

    entry: LedgerEntry
    weight: Share
    considered: bool
    rule: str | None


def counted(
    entries: Sequence[LedgerEntry], method: Method, around: Sequence[LedgerEntry] | None = None
) -> list[CountedEntry]:
    """Return what a method makes of the entries of a window, in order; some are split by a rule.

    `around` are the entries of a window that is wider: a run that goes on beyond the edges is as
    long as it is there. Without it a run ends where the window does.
    """
    found = [_counted(entry, method) for entry in entries]
    if not method.rules_runs:
        return found
    gone = list(_left_out(entries if around is None else around, method))
    return list(_less(found, gone, method))


def ruled(
    entries: Sequence[LedgerEntry], method: Method, around: Sequence[LedgerEntry] | None = None
) -> Sequence[LedgerEntry]:
    """Return entries in the buckets that a method has for them, so that their weights are right.

    What counts although it was planned, closed or unknown is in the state that it counts as; what a
    rule for runs leaves out is up. All else stays, and where there is no such rule, everything.
    """
    if not method.rules_runs and not method.counts_aside:
        return entries
    found: list[LedgerEntry] = []
    for each in counted(entries, method, around):
        entry = _ruled(each, method)
        is_hidden = each.entry.bucket is State.MAINTENANCE and each.entry.beneath <= State.DOWN
        if found and is_hidden and State.UP < entry.bucket <= State.DOWN:
            # Planned work hides the line that tells what went on meanwhile: that line is the one
            # which ended what was before it.
            entry = entry._replace(opened_by=found[-1].closed_by or entry.opened_by)
        found.append(entry)
    return found


def ruled_book(
    services: Mapping[str, Service],
    told: Sequence[Statements],
    window: Span,
    book: Mapping[str, ServiceLedger],
    method: Method,
) -> Iterator[tuple[str, tuple[Sequence[LedgerEntry], Sequence[LedgerEntry]]]]:
    """Yield of each service its entries as a method counts them, and as it has its outages run.

    They differ where only whole minutes count: an outage ends when it did, not with its last whole
    minute.
    """
    wider = around(services, told, window, book, method)
    running = method._replace(whole_minutes=False, min_outage=max(method.min_outage, MINUTE))
    for name, account in book.items():
        entries = ruled(account.entries, method, wider.get(name))
        runs = entries
        if method.whole_minutes:
            runs = ruled(account.entries, running, wider.get(name))
        yield name, (entries, runs)


def around(
    services: Mapping[str, Service],
    told: Sequence[Statements],
    window: Span,
    book: Mapping[str, ServiceLedger],
    method: Method,
) -> Mapping[str, Sequence[LedgerEntry]]:
    """Return the entries of a wider window, of those services whose runs go on beyond this one.

    So a run is as long in October and in November as it is over both, up to a year beyond. Nothing
    is wider where no rule asks how long a run is, or where none reaches an edge.
    """
    if not method.rules_runs:
        return {}
    cut = [name for name, account in book.items() if _is_cut(account.entries, method)]
    if not cut:
        return {}
    times = [each.at for one in told for said in one.streams.values() for each in said]
    start = max(min([window.start, *times]), window.start - _BEYOND)
    end = min(max([window.end, *times]), window.end + _BEYOND)
    wider = ledger(services, told, Span(start, end))
    return {name: wider[name].entries for name in cut}


def _is_cut(entries: Sequence[LedgerEntry], method: Method) -> bool:
    """Whether a run may go on before the first or after the last of some entries."""
    edges = [entries[0], entries[-1]] if entries else []
    return any(_counted(each, method).weight or _is_closed(each, method) for each in edges)


def clause(rule: str) -> str:
    """Return the clause of the contract that a rule is from."""
    return "M2" if rule in _ASIDE.values() else "M4"


def is_of_runs(rule: str | None) -> bool:
    """Whether a rule is about how long a run is, so that it takes time out of the downtime."""
    return rule is not None and rule not in _ASIDE.values()


def seen(entry: LedgerEntry, method: Method) -> State:
    """Return the state that an entry counts as (SEMANTICS M4): its bucket, or what is beneath it.

    A second that is stated to be maintenance is down where planned work counts, and so is one of
    which nothing is known where that counts.
    """
    state = entry.bucket
    if state is State.OUT_OF_HOURS and method.out_of_hours is Treatment.COUNT:
        state = entry.beneath
    if state is State.MAINTENANCE and method.maintenance is Treatment.COUNT:
        state = entry.beneath if entry.beneath < State.MAINTENANCE else State.DOWN
    if state is State.UNKNOWN and method.unknown is Treatment.COUNT:
        state = State.DOWN
    return state


def _counted(entry: LedgerEntry, method: Method) -> CountedEntry:
    state = seen(entry, method)
    treated = method.aside(state)
    if treated is None:
        return CountedEntry(entry, method.weight(state), considered=True, rule=None)
    return CountedEntry(entry, 0, treated is not Treatment.EXCLUDE, _ASIDE.get((state, treated)))


def _ruled(each: CountedEntry, method: Method) -> LedgerEntry:
    entry = each.entry
    if is_of_runs(each.rule):
        return entry._replace(bucket=State.UP, stated=State.UP, beneath=State.UP)
    bucket = seen(entry, method)
    if bucket is entry.bucket:
        return entry
    stated = seen(entry._replace(bucket=entry.stated, beneath=entry.stated), method)
    beneath = bucket if entry.beneath > State.DOWN else entry.beneath
    return entry._replace(bucket=bucket, stated=stated, beneath=beneath)


class _Removed(NamedTuple):
    """A stretch of a run that a rule leaves out."""

    start: Instant
    end: Instant
    rule: str


def _left_out(entries: Sequence[LedgerEntry], method: Method) -> Iterator[_Removed]:
    """Yield what the rules for runs leave out, in order."""
    shortest = f"shorter-than-{_spelled(method.min_outage)}"
    for run in runs(entries, method):
        lasting = sum(each.entry.end - each.entry.start for each in run if each.weight)
        start, end = run[0].entry.start, run[-1].entry.end
        if lasting < method.min_outage:
            yield _Removed(start, end, shortest)
        elif method.whole_minutes and lasting < MINUTE:
            yield _Removed(start, end, PART_OF_A_MINUTE)
        elif method.whole_minutes and lasting % MINUTE:
            yield from _part_of_a_minute(run, lasting % MINUTE)


def runs(entries: Sequence[LedgerEntry], method: Method) -> Iterator[list[CountedEntry]]:
    """Yield the maximal runs of what weighs; hours in which a service is closed do not split it."""
    run: list[CountedEntry] = []
    for entry in entries:
        each = _counted(entry, method)
        if each.weight or _is_closed(entry, method):
            run.append(each)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_closed(entry: LedgerEntry, method: Method) -> bool:
    return entry.bucket is State.OUT_OF_HOURS and method.weight(entry.beneath) > 0


def _part_of_a_minute(run: Sequence[CountedEntry], rest: Duration) -> Iterator[_Removed]:
    """Yield what a run has beyond its whole minutes: the lightest of it, and of that the end.

    Were it always the end, a run that begins earlier with something light could come out lighter.
    """
    lightest = [(each.weight, -at) for at, each in enumerate(run) if each.weight]
    heapify(lightest)
    gone: list[_Removed] = []
    while rest > 0:
        entry = run[-heappop(lightest)[1]].entry
        start = max(entry.start, entry.end - rest)
        gone.append(_Removed(start, entry.end, PART_OF_A_MINUTE))
        rest -= entry.end - start
    yield from sorted(each for each in gone if each.start < each.end)


def _less(
    found: Sequence[CountedEntry], gone: Sequence[_Removed], method: Method
) -> Iterator[CountedEntry]:
    """Yield what is counted without what is gone. Both are in order, and swept side by side."""
    at = 0
    for each in found:
        if not each.weight and not _is_closed(each.entry, method):
            yield each
            continue
        while at < len(gone) and gone[at].end < each.entry.start:
            at += 1
        first = at
        while first < len(gone) and gone[first].end <= each.entry.start < each.entry.end:
            first += 1
        yield from _split(each, gone, first)


def _split(each: CountedEntry, gone: Sequence[_Removed], at: int) -> Iterator[CountedEntry]:
    """Yield the parts of an entry inside and outside of what is gone."""
    entry = each.entry
    if entry.start == entry.end:
        hit = at < len(gone) and gone[at].start <= entry.start <= gone[at].end
        yield each._replace(weight=0, rule=gone[at].rule) if hit else each
        return
    start = entry.start
    while start < entry.end:
        one = gone[at] if at < len(gone) and gone[at].start < entry.end else None
        if one is None:
            yield each._replace(entry=_piece(entry, start, entry.end))
            return
        if start < one.start:
            yield each._replace(entry=_piece(entry, start, one.start))
        end = min(one.end, entry.end)
        piece = _piece(entry, max(start, one.start), end)
        if each.weight:
            yield each._replace(entry=piece, weight=0, rule=one.rule)
        else:  # a closed night in a run that is gone stays closed, and hides nothing any more
            yield each._replace(entry=piece._replace(beneath=State.UP))
        start = end
        at += 1


def _piece(entry: LedgerEntry, start: Instant, end: Instant) -> LedgerEntry:
    return entry._replace(start=start, end=end)


def _spelled(duration: Duration) -> str:
    """Return a duration as it is written on the command line: `5m`, `90s`."""
    for unit, size in (("h", 60 * MINUTE), ("m", MINUTE), ("s", SECOND)):
        if duration % size == 0:
            return f"{duration // size}{unit}"
    return f"{duration / SECOND:g}s"
