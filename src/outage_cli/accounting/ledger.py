"""The ledger: entries that give each second of a service its bucket. They fill the window.

An entry of zero length is an outage that ended at the instant it began (SEMANTICS M5), or, with
`cut_before`, a state that ended where the window starts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge as in_order
from operator import attrgetter, itemgetter, lt
from typing import NamedTuple

from outage_cli.accounting.inheritance import StateHistories, StateHistory, histories_of
from outage_cli.accounting.state_sequence import NEVER, StateChange, Track
from outage_cli.accounting.statements import Statements, without_as_of
from outage_cli.model.event import SourceRef
from outage_cli.model.fast_tuples import quick
from outage_cli.model.service import Service
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State


class LedgerEntry(NamedTuple):
    """A stretch of time in one bucket (SEMANTICS M1).

    `stated` is the state by the service's own statements: it separates own from inherited downtime.
    `beneath` is the state without calendars. `opened_by` and `closed_by` are the lines that began
    and ended it; None before the first and after the last statement, and for `closed_by` where the
    window cuts it (`cut_before`, `cut_after`).
    """

    start: Instant
    end: Instant
    bucket: State
    stated: State
    beneath: State
    opened_by: SourceRef | None
    closed_by: SourceRef | None
    inherited_from: str | None
    cut_before: bool = False
    cut_after: bool = False

    @property
    def span(self) -> Span:
        """Its start and end."""
        return Span(self.start, self.end)


_made = quick(
    LedgerEntry,
    *("start", "end", "bucket", "stated", "beneath", "opened_by", "closed_by", "inherited_from"),
)

_AT_EDGES = 3
"""How many entries can meet the edges of a window: the one before it, the first, the last."""


class ServiceLedger(NamedTuple):
    """The entries of one service in a window, and the state it is left in at the window's end."""

    entries: Sequence[LedgerEntry]
    final: State


def ledger(
    services: Mapping[str, Service],
    statements: Sequence[Statements],
    window: Span,
    histories: StateHistories | None = None,
) -> dict[str, ServiceLedger]:
    """Account for every second of a window, service by service (SEMANTICS M1).

    What is still open runs on to the window's end: the caller has cut that at as-of (T6).
    `histories` are those of the services, where they are known already.
    """
    histories = histories or histories_of(services, statements, window)
    uncut = {name: list(_uncut(histories.of[name])) for name in services}
    unclosed = uncut
    if any(file.as_of == window.end for file in statements):
        open_ = [without_as_of(file, window.end) for file in statements]
        unclosed_histories = histories_of(services, open_, window)
        unclosed = {name: list(_uncut(unclosed_histories.of[name])) for name in services}
    return {
        name: ServiceLedger(_accounted(uncut[name], window), _final(unclosed[name], window))
        for name in services
    }


def _accounted(uncut: Sequence[LedgerEntry], window: Span) -> Sequence[LedgerEntry]:
    entries = _inside(uncut, window)
    accounted = sum(entry.end - entry.start for entry in entries)
    if accounted != window.length:
        raise AssertionError(f"{accounted} of {window.length} accounted for")
    return entries


def _final(uncut: Sequence[LedgerEntry], window: Span) -> State:
    """Return the state at the window's end, with what is stated at that very instant."""
    after = bisect_right(uncut, window.end, key=attrgetter("start"))
    return uncut[after - 1].bucket if after else State.UP


def _inside(uncut: Sequence[LedgerEntry], window: Span) -> Sequence[LedgerEntry]:
    """Return the entries in the window; of those of zero length only outages of their own."""
    begin, end = window
    starts, ends = [entry.start for entry in uncut], [entry.end for entry in uncut]
    if all(map(lt, starts, ends)):  # nothing was over at once: only what is at the edges is cut
        first, last = bisect_left(ends, begin), bisect_left(starts, end)
        if last - first > _AT_EDGES:
            head, body, tail = (
                uncut[first : first + 2],
                uncut[first + 2 : last - 1],
                uncut[last - 1],
            )
            return [*_all_cut(head, window), *body, *_cut(tail, window)]
        return list(_all_cut(uncut[first:last], window))
    inside: list[LedgerEntry] = []
    before = State.UP
    for entry, after in zip(uncut, [*uncut[1:], None], strict=True):
        if entry.start < entry.end:
            before = entry.bucket
            if begin <= entry.start and entry.end <= end:
                inside.append(entry)
                continue
        elif not before < entry.bucket <= State.DOWN or (after and after.bucket >= entry.bucket):
            continue
        inside += _cut(entry, window)
    return inside


def _all_cut(entries: Sequence[LedgerEntry], window: Span) -> Iterator[LedgerEntry]:
    return (cut for entry in entries for cut in _cut(entry, window))


def _cut(entry: LedgerEntry, window: Span) -> Iterator[LedgerEntry]:
    """Yield the part of an entry that lies in a window, if there is one.

    Of a state other than up that ends where the window starts an entry of zero length remains: a
    run that goes on from there did not begin there.
    """
    if window.start <= entry.start and entry.end <= window.end:
        if entry.start < window.end:
            yield entry
    elif entry.end == window.start < window.end and entry.beneath > State.UP:
        yield entry._replace(start=entry.end, cut_before=True)
    elif inside := entry.span.within(window):
        ends_after = entry.end > window.end
        yield entry._replace(
            start=inside.start,
            end=inside.end,
            closed_by=None if ends_after else entry.closed_by,
            cut_before=entry.cut_before or entry.start < window.start,
            cut_after=entry.cut_after or ends_after,
        )


def within(entries: Sequence[LedgerEntry], window: Span) -> Sequence[LedgerEntry]:
    """Return the part of a ledger that lies in a window inside its own."""
    first = bisect_left(entries, window.start, key=_ends)
    inside: list[LedgerEntry] = []
    for entry in entries[first:]:
        if entry.start >= window.end:
            break
        inside += _cut(entry, window)
    return inside


def _ends(entry: LedgerEntry) -> Instant:
    return entry.end


def _uncut(history: StateHistory) -> Iterator[LedgerEntry]:
    """Yield the entries of all time from the three tracks of a service.

    Equal neighbours are joined.
    """
    if not history.implied and not history.planned:
        yield from _stated(history.stated)
        return
    lanes: list[StateChange | None] = [None, None, None]
    turns = in_order(
        *([(step.at, lane, step) for step in track] for lane, track in enumerate(history)),
        key=itemgetter(0),
    )
    start, opened_by = -NEVER, None
    entry: LedgerEntry | None = None
    for at, lane, step in [*turns, (NEVER, 0, None)]:
        following = _entry(start, at, lanes, opened_by, step.cause if step else None)
        if entry and _is_same(entry, following):
            entry = entry._replace(end=at, closed_by=following.closed_by)
        else:
            if entry:
                yield entry
            entry = following
        if step:
            lanes[lane], start, opened_by = step, at, step.cause
    if entry:
        yield entry


def _stated(track: Track) -> Iterator[LedgerEntry]:
    """Yield the entries of all time for a service with statements only."""
    start, state, opened_by = -NEVER, State.UP, None
    for at, following, cause, holder, _, _ in track:
        yield _made(start, at, state, state, state, opened_by, cause, None)
        start, state, opened_by = at, following, holder if following else cause
    yield LedgerEntry(start, NEVER, state, state, state, opened_by, None, None)


def _is_same(entry: LedgerEntry, following: LedgerEntry) -> bool:
    same = (entry.bucket, entry.stated, entry.beneath, entry.inherited_from)
    return same == (following.bucket, following.stated, following.beneath, following.inherited_from)


def _entry(
    start: Instant,
    end: Instant,
    lanes: Sequence[StateChange | None],
    cause: SourceRef | None,
    ends: SourceRef | None,
) -> LedgerEntry:
    """Return the entry of the greatest state: of equal ones the stated, then the implied one."""
    stated, implied, planned = lanes
    beneath = holds = None
    for step in (stated, implied, planned):
        if step and step.state > (holds.state if holds else State.UP):
            holds = step
        if step is not planned:
            beneath = holds
    bucket = holds.state if holds else State.UP
    if bucket is State.OUT_OF_HOURS and beneath:
        holds = beneath  # the line that began what goes on behind closed doors
    return LedgerEntry(
        start,
        end,
        bucket,
        stated.state if stated else State.UP,
        beneath.state if beneath else State.UP,
        holds.holder if holds else cause,
        ends,
        holds.via if holds else None,
    )
