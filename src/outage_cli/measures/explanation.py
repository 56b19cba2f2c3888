"""The intervals behind the figures of one service. They touch, fill the window and add up (M1).

An interval is an entry of the ledger, or the part of one that a rule of the method splits off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outage_cli.accounting.method_rules import clause
from outage_cli.accounting.state_sequence import Track
from outage_cli.accounting.streams import laid
from outage_cli.measures.edge_bounds import IntervalPart, ScenarioBook, edges, pieces, speaking
from outage_cli.model.event import SourceRef
from outage_cli.model.explanation import Explanation, Interval, IntervalTotals, ScenarioFigures
from outage_cli.model.method import Method
from outage_cli.model.report import Figures, Report
from outage_cli.model.service import Service
from outage_cli.model.span import Span


def explanation(
    report: Report, services: Mapping[str, Service], books: Sequence[ScenarioBook], reading: str
) -> Explanation:
    """Return what is behind the figures of the one service of a report, on one reading.

    Where no time leaves a choice there is one reading, whichever is asked for.
    """
    known = [
        ScenarioFigures(frame.estimate.value, frame.window, figures)
        for frame, _, _, figures in books
    ]
    told = next((at for at, each in enumerate(known) if each.name == reading), 0)
    name = report.services[0].service.id
    found = intervals(services, name, books, told, report.method)
    return Explanation(report, known[told], tuple(found), tuple(known))


def intervals(
    services: Mapping[str, Service],
    name: str,
    books: Sequence[ScenarioBook],
    told: int,
    method: Method,
) -> list[Interval]:
    """Return the intervals of a service, on the reading that `told` is the number of.

    Raises AssertionError where they do not add up to its figures: there would be two accounts.
    """
    frame, entries, _, figures = books[told]
    cut = [list(pieces(book, method)) for book in books]
    has_via = any(entry.inherited_from for entry in entries)
    chains = Chains(laid(services, frame.told, frame.window).ladders if has_via else {})
    between = edges(cut, told, books, speaking(services, name))
    found: list[Interval] = []
    so_far = IntervalTotals()
    for at, piece in enumerate(cut[told]):
        so_far = _added(so_far, piece)
        entry = piece.counted.entry
        via = chains.to(entry.inherited_from, entry.opened_by)
        found.append(_interval(piece, via, between[at], between[at + 1], so_far))
    _agree(found, frame.window, figures)
    return found


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
        found: dict[str, None] = {}
        while via is not None and line is not None and via not in found:
            found[via] = None
            if via not in self.known:
                steps = self.ladders.get(via, ())
                self.known[via] = {step.holder: step.via for step in steps if step.state}
            via = self.known[via].get(line)
        return tuple(found)


def _agree(found: Sequence[Interval], window: Span, figures: Figures) -> None:
    at = window.start
    for each in found:
        if each.start != at:
            raise AssertionError(f"explained from {each.start}, not from {at}")
        at = each.end
    sums = found[-1].so_far if found else IntervalTotals()
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
