"""The tables of `--full`: failures, error budgets and worst windows, with every figure of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.figure import Figure, Kind, exact_bounds
from outage_cli.model.figure_catalogue import BUDGETS, FAILURES, in_order
from outage_cli.model.report import Report
from outage_cli.model.service_figures import ServiceReport, WorstWindow
from outage_cli.model.span import MINUTE
from outage_cli.writers.page.cells import cell, spelt
from outage_cli.writers.page.services import name
from outage_cli.writers.page.table import Column, Table
from outage_cli.writers.page.words import digits, in_percent

if TYPE_CHECKING:
    from outage_cli.languages.en import English

_HEADINGS = {(FAILURES, "outages"): "failures", (BUDGETS, "budget_left"): "left"}
"""The columns that have another name in these tables than elsewhere."""

_SPARES = {
    "downtime_per_failure": 3, "whole_outages": 5, "mean_outage": 2, "median_outage": 4,
    "p90_outage": 6, "longest_outage": 1, "budget": 2, "budget_used": 3, "burn_rate": 1,
}  # fmt: skip
_ADDED_SPARE = 8
"""How soon a figure that is not named here goes where there is no room: first of all."""

_ORDER = (
    "outages", "mtbf", "downtime_per_failure", "whole_outages", "mean_outage", "median_outage",
    "p90_outage", "longest_outage", "slo", "budget", "budget_left", "budget_used", "burn_rate",
)  # fmt: skip
"""The order of the figures in these tables; others come last."""

_WITHOUT_BOUNDS = ("outages", "whole_outages", "slo")
_OF_SEVERAL = ("median_outage", "p90_outage")
"""What is not shown of a single outage."""


def tables(report: Report, say: English) -> Iterator[tuple[str, Table]]:
    """Yield each table and what it is called."""
    yield say.failures, _failures(report, say)
    yield say.error_budgets, _budgets(report, say)
    yield say.worst_windows, _worst_windows(report, say)


def _failures(report: Report, say: English) -> Table:
    figures = _figures_of(FAILURES)
    columns = (
        Column("service", say.service, is_text=True),
        *(_column(FAILURES, each, say) for each in figures),
        Column("user-minutes-lost", say.user_minutes_lost, is_figure=True, spare=7),
    )
    rows = (
        (
            name(each.service),
            *(_cell(figure, each, report, say) for figure in figures),
            _user_minutes(each, say),
        )
        for each in report.services
        if each.best.outages
    )
    return Table(columns, tuple(rows))


def _budgets(report: Report, say: English) -> Table:
    figures = _figures_of(BUDGETS)
    columns = (
        Column("service", say.service, is_text=True),
        *(_column(BUDGETS, each, say) for each in figures),
    )
    rows = (
        (name(each.service), *(_cell(figure, each, report, say) for figure in figures))
        for each in report.services
        if each.best.target
    )
    return Table(columns, tuple(rows))


def _figures_of(table: str) -> list[Figure]:
    return [each for each in in_order(_ORDER) if each.table == table]


def _column(table: str, figure: Figure, say: English) -> Column:
    other = _HEADINGS.get((table, figure.key))
    headings = {"failures": say.failure_count, "left": say.budget_unspent}
    key = other or figure.column or figure.key.replace("_", "-")
    heading = headings[other] if other else say.figures[figure.key]
    return Column(key, heading, is_figure=True, spare=_spare(figure))


def _spare(figure: Figure) -> int:
    """Return how soon a column goes where there is no room; 0 is never."""
    return _SPARES.get(figure.key, 0 if figure.key in _ORDER else _ADDED_SPARE)


def _cell(figure: Figure, service: ServiceReport, report: Report, say: English) -> str:
    if figure.key in _OF_SEVERAL and service.best.lengths.n == 1:
        return ""
    if figure.key == "slo":
        return share.spell(service.best.target.target) if service.best.target else ""
    shown = service._replace(others=()) if figure.key in _WITHOUT_BOUNDS else service
    return cell(figure, shown, report.method, say)


def _user_minutes(service: ServiceReport, say: English) -> str:
    """Return the user-time lost in whole minutes, with its bounds."""
    if service.best.user_time_lost is None:
        return ""
    bounds = service.between(lambda one: one.user_time_lost or 0)
    minutes = (f"{one // MINUTE:,}" for one in (service.best.user_time_lost, *bounds))
    return say.figure_bounded(*minutes)


def _worst_windows(report: Report, say: English) -> Table:
    columns = (
        Column("service", say.service, is_text=True),
        Column("worst", say.worst_window, is_figure=True),
        Column("availability", say.figures["availability"], is_figure=True),
        Column("between", say.between, is_figure=True, spare=3),
        Column("considered", say.figures["considered"], is_figure=True, spare=2),
        Column("burn-rate", say.figures["burn_rate"], is_figure=True, spare=1),
        Column("from", say.since),
        Column("to", say.until, spare=4),
    )
    rows = (
        tuple(_worst(each, called, window, report, say))
        for each in report.services
        if each.best.downtime
        for called, window in each.best.worst_windows.items()
        if window
    )
    return Table(columns, tuple(rows))


def _worst(
    service: ServiceReport, called: str, window: WorstWindow, report: Report, say: English
) -> Iterator[str]:
    yield name(service.service)
    yield say.window_lengths[called]
    yield in_percent(window.availability, report.method, say)
    others = [one.worst_windows.get(called) for one in service.others]
    known = [window, *(one for one in others if one)]
    known.sort(key=lambda one: one.availability.up / one.availability.considered)
    low, high = (digits(one.availability, report.method) for one in (known[0], known[-1]))
    yield say.percentage_range(low, high) if low != high else ""
    considered = window.considered
    yield say.duration(considered) if considered < window.window.length else ""
    target = service.best.target
    burns = [one.burn(target.target) for one in (window, *others) if one] if target else []
    yield spelt(Kind.RATE, (burns[0], *exact_bounds(burns)), 0, say) if burns and burns[0] else ""
    yield say.clock_within(window.window.start, report.timezone, report.window)
    yield say.clock_within(window.window.end, report.timezone, report.window)
