"""The comparison of methods in words: the same rows in every format that people read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.comparison import Comparison, Difference, DifferenceCause, MethodResult
from outage_cli.model.method import Method, Treatment
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.share import WHOLE
from outage_cli.writers.page import words
from outage_cli.writers.page.services import bounds, name
from outage_cli.writers.page.table import Column, Table, chosen, without_empty

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def rows(comparison: Comparison, screen: Screen, say: English) -> Table:
    """Return the methods under each other for each service, and what sets them apart.

    Columns that say nothing are left out, unless the screen asks for them.
    """
    columns = (
        Column("service", say.service, is_text=True),
        Column("method", say.method),
        Column("weighted-downtime", say.weighted_downtime, is_figure=True),
        Column("seconds", say.seconds, is_figure=True, spare=2),
        Column("availability", say.figures["availability"], is_figure=True),
        Column("between", say.between, is_figure=True, spare=4),
        Column("outages", say.figures["outages"], is_figure=True, spare=3),
        Column("beside-standard", say.beside_standard, is_text=True, spare=1),
    )
    cells_by_row = [
        tuple(_row(result, result.services[at], result.differences[at], say))
        for at in range(len(comparison.report.services))
        for result in comparison.methods
    ]
    if screen.columns:
        keys = [column.key for column in columns]
        cells = [dict(zip(keys, row, strict=True)) for row in cells_by_row]
        first = ("service", "method")
        return chosen(columns, keys, screen.columns, first, [partial(_cell, row) for row in cells])
    return without_empty(columns, cells_by_row)


def _cell(row: Mapping[str, str], key: str, requested: Collection[str]) -> str:
    del requested  # a comparison leaves nothing unsaid
    return row[key]


def _row(
    result: MethodResult, service: ServiceReport, differences: tuple[Difference, ...], say: English
) -> Iterator[str]:
    best = service.best
    least, most = service.between(lambda one: one.weighted_downtime)
    yield name(service.service)
    yield words.visible(result.method.name)
    has_figures = best.considered or most
    lost = say.bounded(best.weighted_downtime, least, most)
    yield lost if has_figures else say.not_applicable
    yield words.number(best.weighted_downtime)
    yield words.in_percent(best.availability, result.method, say)
    yield bounds(service, result.method, say)
    yield str(len(best.outages))
    yield say.one_by_one([difference(one, result.method, say) for one in differences])


def difference(difference: Difference, method: Method, say: English) -> str:
    """Return what makes a method differ: `degraded counts: +45 min`."""
    sign = "+" if difference.lost > 0 else "−"
    lost = f"{sign}{say.duration(abs(difference.lost) // WHOLE)}" if difference.lost else ""
    return say.makes_a_difference(_cause(difference, method, say), lost, difference.considered)


def _cause(difference: Difference, method: Method, say: English) -> str:
    if difference.cause is DifferenceCause.WHOLE_MINUTES:
        return say.parts_of_minutes
    if difference.state is None:
        return say.shorter_left_out(difference.outages, method.min_outage)
    if difference.cause is DifferenceCause.TREATMENT:
        return say.treated(difference.state, method.aside(difference.state) or Treatment.COUNT)
    return say.weighs(difference.state, _fraction(method.weight(difference.state)))


def _fraction(weight: share.Share) -> str:
    return f"{weight / WHOLE:.9f}".rstrip("0").rstrip(".")
