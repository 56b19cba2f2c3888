"""The edges of the intervals of one service, and their bounds (SEMANTICS M7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.books import Books, ScenarioLedger
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.method_rules import around, as_counted, counted
from outage_cli.accounting.runs import CountedEntry
from outage_cli.accounting.statements import Statements
from outage_cli.model.event import SourceRef
from outage_cli.model.method import Method
from outage_cli.model.service import Service
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.span import Instant, Span


class ScenarioBook(NamedTuple):
    """The entries and figures of one service on one scenario of the times (SEMANTICS M7).

    `around` are its entries in a wider window, where a rule of the method needs the length of a run
    that the window cuts (M4); else None.
    """

    scenario: ScenarioLedger
    entries: Sequence[LedgerEntry]
    around: Sequence[LedgerEntry] | None
    figures: Figures

    @property
    def window(self) -> Span:
        """The window on this scenario."""
        return self.scenario.window

    @property
    def statements(self) -> Sequence[Statements]:
        """The statements of each timeline on this scenario."""
        return self.scenario.scope.statements

    @property
    def name(self) -> str:
        """The name of the scenario: best, kindest or harshest."""
        return self.scenario.scope.estimate.value


def books_of(books: Books, report: ServiceReport) -> list[ScenarioBook]:
    """Return the entries and figures of one service on each scenario, the best one first."""
    name = report.service.id
    return [
        ScenarioBook(
            scenario,
            scenario.accounts[name].entries,
            around(
                books.services,
                scenario.scope.statements,
                scenario.window,
                scenario.accounts,
                books.method,
            ).get(name),
            figures,
        )
        for scenario, figures in zip(books.scenarios, report.readings, strict=True)
    ]


class IntervalPart(NamedTuple):
    """A part of an entry in which one rule holds. `ends_by_rule`: a rule ends it, not a line."""

    counted: CountedEntry
    is_own: bool
    ends_by_rule: bool

    @property
    def key(self) -> _Key:
        """What identifies its end on every scenario."""
        return self.counted.entry.closed_by, self.ends_by_rule


_Key: TypeAlias = tuple[SourceRef | None, bool]
"""The line that made an edge, and whether a rule did."""


def pieces(book: ScenarioBook, method: Method) -> Iterator[IntervalPart]:
    """Yield the entries as the method counts them.

    Entries of zero length that ended where the window starts are left out.
    """
    stretches = counted(book.entries, method, book.around)
    following = [*stretches, None][1:]
    buckets = as_counted(book.entries, method, book.around)
    for stretch, after, in_bucket in zip(stretches, following, buckets, strict=True):
        entry = stretch.entry
        if entry.start < entry.end or not entry.cut_before:
            is_own = stretch.weight > 0 and method.weight(in_bucket.stated) > 0
            yield IntervalPart(stretch, is_own, after is not None and _is_split(stretch, after))


def _is_split(stretch: CountedEntry, after: CountedEntry) -> bool:
    """Whether two are parts of one entry: neighbours in a ledger always differ."""
    same = [
        (entry.bucket, entry.stated, entry.beneath, entry.inherited_from, entry.closed_by)
        for entry in (stretch.entry, after.entry)
    ]
    return stretch.rule != after.rule and same[0] == same[1]


def edges(
    cut: Sequence[Sequence[IntervalPart]],
    shown: int,
    books: Sequence[ScenarioBook],
    speaking: Collection[str],
) -> list[Span]:
    """Return the bounds of each edge of one scenario, the window's edges included.

    `shown` is the number of the scenario, `cut` are the pieces on each of them, and `speaking` the
    services whose lines count. Only edges made by events differ between scenarios.
    """
    windows = [book.window for book in books]
    first = Span(min(each.start for each in windows), max(each.start for each in windows))
    last = Span(min(each.end for each in windows), max(each.end for each in windows))
    inner = cut[shown][:-1]
    if len(books) == 1:
        return [first, *(Span(*[piece.counted.entry.end] * 2) for piece in inner), last]
    others = [
        _OtherScenario(_ends(pieces_), _lines(book.statements, speaking), book.window)
        for number, (pieces_, book) in enumerate(zip(cut, books, strict=True))
        if number != shown
    ]
    return [first, *(_edge(piece, others) for piece in inner), last]


class _OtherScenario(NamedTuple):
    """Another scenario: when each line ended an interval on it, and when the line itself is."""

    ended: Mapping[_Key, Sequence[Instant]]
    lines: Mapping[SourceRef, Instant]
    window: Span

    def at(self, key: _Key, best: Instant) -> Instant:
        """Return the instant of an edge on this scenario, if an event made it, else `best`.

        An edge that does not exist on it is taken at the time of its line.
        """
        mark, ends_by_rule = key
        if mark is None or mark not in self.lines:
            return best
        if here := self.ended.get(key):
            return min(here, key=lambda at: abs(at - best))
        start, end = self.window
        return best if ends_by_rule else min(max(self.lines[mark], start), end)


def _ends(cut: Sequence[IntervalPart]) -> Mapping[_Key, Sequence[Instant]]:
    """Return the instants at which each line ended a piece."""
    ends: dict[_Key, list[Instant]] = defaultdict(list)
    for piece in cut[:-1]:
        ends[piece.key].append(piece.counted.entry.end)
    return ends


def _lines(
    statements: Sequence[Statements], speaking: Collection[str]
) -> Mapping[SourceRef, Instant]:
    """Return the instant of each line about some services; earlier services take precedence."""
    return {
        statement.cause: statement.at
        for name in reversed([*speaking])
        for file in statements
        for statement in file.streams.get(name, ())
    }


def _edge(piece: IntervalPart, others: Sequence[_OtherScenario]) -> Span:
    end = piece.counted.entry.end
    instants = [end, *(each.at(piece.key, end) for each in others)]
    return Span(min(instants), max(instants))


def speaking(services: Mapping[str, Service], name: str) -> list[str]:
    """Return a service and all that it requires, directly and indirectly."""
    names = {name: None}
    waiting = [name]
    while waiting:
        for need in services[waiting.pop()].requires:
            fresh = [each for each in need.services if each in services and each not in names]
            names |= dict.fromkeys(fresh)
            waiting += fresh
    return [*names]
