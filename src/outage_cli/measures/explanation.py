"""The intervals behind the figures of one service. They touch, fill the window and add up (M1).

An interval is an entry of the ledger, or the part of one that a rule of the method splits off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outage_cli.accounting.books import Books
from outage_cli.accounting.method_rules import clause
from outage_cli.measures.edge_bounds import (
    IntervalPart,
    ScenarioBook,
    books_of,
    edges,
    pieces,
    speaking,
)
from outage_cli.measures.inherited_lines import Chains
from outage_cli.model.explanation import Explanation, Interval, IntervalTotals, ScenarioFigures
from outage_cli.model.method import Method
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service import Service
from outage_cli.model.service_figures import Figures
from outage_cli.model.span import Span


def explanation(
    books: Books, report: Report, scenario: str, at: str | None
) -> Explanation | ProblemText:
    """Return what is behind the figures of the one service in a report, or of the instant `at`.

    Where no time is vague there is one scenario, whichever is named.
    """
    of_service = books_of(books, report.services[0])
    figures = tuple(ScenarioFigures(book.name, book.window, book.figures) for book in of_service)
    shown = next((number for number, each in enumerate(figures) if each.name == scenario), 0)
    made = intervals(books.services, books.names[0], of_service, shown, books.method)
    explained = Explanation(report, figures[shown], tuple(made), figures)
    if at is None:
        return explained
    from outage_cli.measures.instant import instant, requested_instant

    moment = requested_instant(at, books.best.scope, explained.scenario.window, books.timelines)
    if isinstance(moment, ProblemText):
        return moment
    service = books.asked_for[0]
    return explained._replace(instant=instant(service, of_service, shown, made, moment))


def intervals(
    services: Mapping[str, Service],
    name: str,
    books: Sequence[ScenarioBook],
    shown: int,
    method: Method,
) -> list[Interval]:
    """Return the intervals of a service, on the scenario number `shown`.

    Raises:
        AssertionError: They do not add up to the figures of the service.
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
