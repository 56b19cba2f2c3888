"""The tables of services and periods with the columns of `--columns`, in the order named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from outage_cli.model import columns, figure_catalogue
from outage_cli.model.method import Method
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.writers.page.cells import cell
from outage_cli.writers.page.services import (
    period_cells,
    period_columns,
    service_cells,
    service_columns,
    services_by_period,
    strip_column,
)
from outage_cli.writers.page.table import Column, Table, chosen
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

Cell: TypeAlias = "Callable[[ServiceReport], str]"

_USUAL = ("downtime", "availability", "outages", "slo", "budget-left")
"""The figures whose cells are the same whether or not their column is requested."""


def more(say: English) -> tuple[Column, ...]:
    """Return the columns of a service beyond the usual ones."""
    beside = (
        strip_column(say),
        Column("id", say.identifier),
        Column("operator", say.operator, is_text=True),
        Column("group", say.group_name, is_text=True),
        Column("category", say.category, is_text=True),
        Column("users", say.users, is_figure=True),
    )
    known = {each.key: each for each in (*service_columns(say), *beside)}
    figures = {each.column: each for each in figure_catalogue.FIGURES if each.column}
    names = [name for name in columns.services() if name not in known]
    return (
        *beside,
        *(Column(name, say.figures[figures[name].key], is_figure=True) for name in names),
    )


def cells(method: Method, say: English) -> dict[str, Cell]:
    """Return the cell functions of requested columns, by key; these cells leave nothing out."""
    return {
        "strip": lambda _: "",  # as wide as the rest leaves room for: see `strips`
        "at-end": lambda each: say.state_word(each.state),
        "id": lambda each: visible(each.service.id),
        "operator": lambda each: visible(each.service.operator or ""),
        "group": lambda each: visible(each.service.group or ""),
        "category": lambda each: visible(each.service.category or ""),
        "users": lambda each: "" if each.service.users is None else say.people(each.service.users),
        **{
            figure.column: partial(cell, figure, method=method, say=say)
            for figure in figure_catalogue.FIGURES
            if figure.column and figure.column not in _USUAL
        },
    }


def services(report: Report, screen: Screen, say: English) -> Table:
    """Return one row a service, with the columns that the screen requests."""
    usual, by_key = service_columns(say), cells(report.method, say)
    names = [each for each in screen.columns if columns.bare(each) not in columns.PERIODS]
    rows = [partial(_cell, _usual(each, report, say), by_key, each) for each in report.services]
    return chosen((*usual, *more(say)), _keys(usual), names, ("service",), rows)


def periods(report: Report, screen: Screen, say: English) -> Table:
    """Return one row a period and service, with the requested columns that a period has."""
    usual, by_key = period_columns(say), cells(report.method, say)
    keys = _keys(usual)
    whole = [each for each in (*service_columns(say), *more(say)) if each.key not in columns.WHOLE]
    pool = (*usual, *(each for each in whole if each.key not in keys))
    names = [each for each in screen.columns if columns.bare(each) not in columns.WHOLE]
    rows = [
        partial(
            _cell,
            _usual(each, report, say)
            | dict(zip(keys, period_cells(period, each, report, say), strict=True)),
            by_key,
            each,
        )
        for period, each in services_by_period(report, say)
    ]
    return chosen(pool, keys, names, ("period", "service"), rows)


def _usual(service: ServiceReport, report: Report, say: English) -> dict[str, str]:
    return dict(zip(_keys(service_columns(say)), service_cells(service, report, say), strict=True))


def _cell(
    usual: Mapping[str, str],
    by_key: Mapping[str, Cell],
    service: ServiceReport,
    key: str,
    requested: Collection[str],
) -> str:
    return (
        by_key[key](service)
        if key in by_key and (key in requested or key not in usual)
        else usual[key]
    )


def _keys(among: Iterable[Column]) -> list[str]:
    return [each.key for each in among]
