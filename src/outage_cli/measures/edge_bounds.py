"""Where the intervals of one service end, and how early or late that can be (SEMANTICS M7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.method_rules import CountedEntry, counted, ruled
from outage_cli.accounting.scope import Scope
from outage_cli.model.event import SourceRef
from outage_cli.model.method import Method
from outage_cli.model.report import Figures
from outage_cli.model.service import Service
from outage_cli.model.span import Instant, Span


class ScenarioBook(NamedTuple):
    """What is known of one service on one reading of the times (SEMANTICS M7).

    `around` are its entries in a wider window, where a run of downtime may go on beyond this one
    and a rule of the method asks how long it is (M4).
    """

    frame: Scope
    entries: Sequence[LedgerEntry]
    around: Sequence[LedgerEntry] | None
    figures: Figures


class IntervalPart(NamedTuple):
    """A part of an entry that counts alike. Where a rule ends it, no line does."""

    counted: CountedEntry
    is_own: bool
    ends_by_rule: bool

    @property
    def key(self) -> _Key:
        """What its end is known by on every reading."""
        return self.counted.entry.closed_by, self.ends_by_rule


_Key: TypeAlias = tuple[SourceRef | None, bool]
"""The line that made an edge, and whether a rule did."""


def pieces(book: ScenarioBook, method: Method) -> Iterator[IntervalPart]:
    """Yield what a method makes of the entries.

    Of trouble that was over when the window starts the ledger keeps an entry of length zero.
    """
    found = counted(book.entries, method, book.around)
    following = [*found, None][1:]
    as_ruled = ruled(book.entries, method, book.around)
    for each, after, as_counted in zip(found, following, as_ruled, strict=True):
        entry = each.entry
        if entry.start < entry.end or not entry.cut_before:
            is_own = each.weight > 0 and method.weight(as_counted.stated) > 0
            yield IntervalPart(each, is_own, after is not None and _is_split(each, after))


def _is_split(each: CountedEntry, after: CountedEntry) -> bool:
    """Whether two are parts of one entry: neighbours in a ledger never say the same."""
    same = [
        (entry.bucket, entry.stated, entry.beneath, entry.inherited_from, entry.closed_by)
        for entry in (each.entry, after.entry)
    ]
    return each.rule != after.rule and same[0] == same[1]


def edges(
    cut: Sequence[Sequence[IntervalPart]],
    told: int,
    books: Sequence[ScenarioBook],
    speaking: Collection[str],
) -> list[Span]:
    """Return between what instants each edge of one reading lies, the window's edges included.

    Only lines of the story move; a calendar is the same on every reading.
    """
    windows = [book.frame.window for book in books]
    first = Span(min(each.start for each in windows), max(each.start for each in windows))
    last = Span(min(each.end for each in windows), max(each.end for each in windows))
    inner = cut[told][:-1]
    if len(books) == 1:
        return [first, *(Span(*[each.counted.entry.end] * 2) for each in inner), last]
    others = [
        _OtherScenario(_ends(found), _lines(book.frame, speaking), book.frame.window)
        for at, (found, book) in enumerate(zip(cut, books, strict=True))
        if at != told
    ]
    return [first, *(_edge(each, others) for each in inner), last]


class _OtherScenario(NamedTuple):
    """Another reading: when each line ended something on it, and when it is read to have been."""

    ended: Mapping[_Key, Sequence[Instant]]
    lines: Mapping[SourceRef, Instant]
    window: Span

    def at(self, key: _Key, best: Instant) -> Instant:
        """Return when an edge is on this reading, where a line of the story made it.

        What does not show on it, because something else holds, is when its line says.
        """
        mark, ends_by_rule = key
        if mark is None or mark not in self.lines:
            return best
        if here := self.ended.get(key):
            return min(here, key=lambda at: abs(at - best))
        start, end = self.window
        return best if ends_by_rule else min(max(self.lines[mark], start), end)


def _ends(cut: Sequence[IntervalPart]) -> Mapping[_Key, Sequence[Instant]]:
    known: dict[_Key, list[Instant]] = defaultdict(list)
    for each in cut[:-1]:
        known[each.key].append(each.counted.entry.end)
    return known


def _lines(frame: Scope, speaking: Collection[str]) -> Mapping[SourceRef, Instant]:
    """Return when the lines of some services are, on one reading; the first of them goes first."""
    return {
        statement.cause: statement.at
        for name in reversed([*speaking])
        for said in frame.told
        for statement in said.streams.get(name, ())
    }


def _edge(piece: IntervalPart, others: Sequence[_OtherScenario]) -> Span:
    end = piece.counted.entry.end
    instants = [end, *(each.at(piece.key, end) for each in others)]
    return Span(min(instants), max(instants))


def speaking(services: Mapping[str, Service], name: str) -> list[str]:
    """Return a service and all that it requires, by way of others too."""
    found = {name: None}
    waiting = [name]
    while waiting:
        for need in services[waiting.pop()].requires:
            fresh = [each for each in need.services if each in services and each not in found]
            found |= dict.fromkeys(fresh)
            waiting += fresh
    return [*found]
