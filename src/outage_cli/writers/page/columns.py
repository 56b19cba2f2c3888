"""The columns that somebody asks for: all that can be said of a service, in the order named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from outage_cli.model import catalogue, columns
from outage_cli.model.method import Method
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.writers.page.cells import cell
from outage_cli.writers.page.services import (
    part,
    period_columns,
    service,
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
"""The figures whose usual cells say all there is, also where they are asked for."""


def more(say: English) -> tuple[Column, ...]:
    """Return what a service has beside the usual columns."""
    beside = (
        strip_column(say),
        Column("id", say.identifier),
        Column("operator", say.operator, is_text=True),
        Column("group", say.group_name, is_text=True),
        Column("category", say.category, is_text=True),
        Column("users", say.users, is_figure=True),
    )
    known = {each.key: each for each in (*service_columns(say), *beside)}
    figures = {each.column: each for each in catalogue.FIGURES if each.column}
    names = [name for name in columns.services() if name not in known]
    return (
        *beside,
        *(Column(name, say.figures[figures[name].key], is_figure=True) for name in names),
    )


def cells(method: Method, say: English) -> dict[str, Cell]:
    """Return what to say in columns that are asked for; the usual ones leave out what is plain."""
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
            for figure in catalogue.FIGURES
            if figure.column and figure.column not in _USUAL
        },
    }


def services(report: Report, screen: Screen, say: English) -> Table:
    """Return the services with the columns that a screen asks for."""
    usual, found = service_columns(say), cells(report.method, say)
    names = [each for each in screen.columns if columns.bare(each) not in columns.PERIODS]
    rows = [partial(_cell, _usual(each, report, say), found, each) for each in report.services]
    return chosen((*usual, *more(say)), _keys(usual), names, ("service",), rows)


def periods(report: Report, screen: Screen, say: English) -> Table:
    """Return the parts of the window with the columns that are asked for, as far as they fit."""
    usual, found = period_columns(say), cells(report.method, say)
    keys = _keys(usual)
    whole = [each for each in (*service_columns(say), *more(say)) if each.key not in columns.WHOLE]
    pool = (*usual, *(each for each in whole if each.key not in keys))
    names = [each for each in screen.columns if columns.bare(each) not in columns.WHOLE]
    rows = [
        partial(
            _cell,
            _usual(each, report, say)
            | dict(zip(keys, part(period, each, report, say), strict=True)),
            found,
            each,
        )
        for period, each in services_by_period(report, say)
    ]
    return chosen(pool, keys, names, ("period", "service"), rows)


def _usual(each: ServiceReport, report: Report, say: English) -> dict[str, str]:
    return dict(zip(_keys(service_columns(say)), service(each, report, say), strict=True))


def _cell(
    usual: Mapping[str, str],
    found: Mapping[str, Cell],
    each: ServiceReport,
    key: str,
    asked: Collection[str],
) -> str:
    return found[key](each) if key in found and (key in asked or key not in usual) else usual[key]


def _keys(among: Iterable[Column]) -> list[str]:
    return [each.key for each in among]
