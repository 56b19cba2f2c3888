"""The intervals behind the figures of one service. They touch, fill the window and add up (M1).

An interval is an entry of the ledger, or the part of one that a rule of the method splits off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outage_cli.accounting.method_rules import clause
from outage_cli.accounting.state_sequence import Track
from outage_cli.measures.edge_bounds import IntervalPart, ScenarioBook, edges, pieces, speaking
from outage_cli.model.event import SourceRef
from outage_cli.model.explanation import Interval, IntervalTotals, ScenarioFigures
from outage_cli.model.method import Method
from outage_cli.model.service import Service
from outage_cli.model.service_figures import Figures
from outage_cli.model.span import Span


def known(books: Sequence[ScenarioBook]) -> tuple[ScenarioFigures, ...]:
    """Return the figures of a service on each scenario, the best one first."""
    return tuple(ScenarioFigures(book.name, book.window, book.figures) for book in books)


def intervals(
    services: Mapping[str, Service],
    name: str,
    books: Sequence[ScenarioBook],
    shown: int,
    method: Method,
) -> list[Interval]:
    """Return the intervals of a service, on the scenario that `shown` is the number of.

    Raises AssertionError where they do not add up to its figures: there would be two accounts.
    """
    book = books[shown]
    cut = [list(pieces(each, method)) for each in books]
    chains = Chains(book.scenario.histories.ladders)
    between = edges(cut, shown, books, speaking(services, name))
    made: list[Interval] = []
    so_far = IntervalTotals()
    for at, piece in enumerate(cut[shown]):
        so_far = _added(so_far, piece)
        entry = piece.counted.entry
        via = chains.to(entry.inherited_from, entry.opened_by)
        made.append(_interval(piece, via, between[at], between[at + 1], so_far))
    _agree(made, book.window, book.figures)
    return made


def _interval(
    piece: IntervalPart, via: tuple[str, ...], starts: Span, ends: Span, so_far: IntervalTotals
) -> Interval:
    entry, weight, is_considered, rule = piece.counted
    return Interval(
        start=entry.start,
        end=entry.end,
        bucket=entry.bucket,
        stated=entry.stated,
        beneath=entry.beneath,
        weight=weight,
        is_considered=is_considered,
        rule=rule,
        clause=None if rule is None else clause(rule),
        via=via,
        opened_by=entry.opened_by,
        closed_by=None if piece.ends_by_rule else entry.closed_by,
        cut_before=entry.cut_before,
        cut_after=entry.cut_after,
        starts=starts,
        ends=ends,
        counts_as_own=piece.is_own,
        so_far=so_far,
    )


class Chains:
    """The way from a service to the one whose line it is that holds, over what each requires."""

    def __init__(self, ladders: Mapping[str, Track]) -> None:
        self.ladders = ladders
        self.known: dict[str, dict[SourceRef, str | None]] = {}

    def to(self, via: str | None, line: SourceRef | None) -> tuple[str, ...]:
        """Return the services by way of which a line is inherited, the nearest first."""
        chain: dict[str, None] = {}
        while via is not None and line is not None and via not in chain:
            chain[via] = None
            if via not in self.known:
                steps = self.ladders.get(via, ())
                self.known[via] = {step.holder: step.via for step in steps if step.state}
            via = self.known[via].get(line)
        return tuple(chain)


def _agree(intervals: Sequence[Interval], window: Span, figures: Figures) -> None:
    at = window.start
    for interval in intervals:
        if interval.start != at:
            raise AssertionError(f"explained from {interval.start}, not from {at}")
        at = interval.end
    sums = intervals[-1].so_far if intervals else IntervalTotals()
    up, considered = figures.availability
    reported = IntervalTotals(figures.downtime, figures.own, considered - up, figures.considered)
    if at != window.end or sums != reported:
        raise AssertionError(f"explained {sums} up to {at}, reported {reported}")


def _added(so_far: IntervalTotals, piece: IntervalPart) -> IntervalTotals:
    entry, weight, is_considered, _ = piece.counted
    length = entry.end - entry.start
    return IntervalTotals(
        so_far.downtime + (length if weight else 0),
        so_far.own + (length if piece.is_own else 0),
        so_far.weighted + weight * length,
        so_far.considered + (length if is_considered else 0),
    )
