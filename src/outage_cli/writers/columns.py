"""The columns that somebody asks for: all that can be said of a service, in the order named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from outage_cli.model import columns, share
from outage_cli.model.duration import spell
from outage_cli.model.figures import Ratio
from outage_cli.model.report import Figures, Period, Report, ServiceReport
from outage_cli.model.screen import Screen
from outage_cli.model.span import Duration
from outage_cli.model.state import State
from outage_cli.writers.more_rows import burn_rate
from outage_cli.writers.rows import (
    PERIODS,
    SERVICES,
    STATES,
    Column,
    Table,
    chosen,
    part,
    service,
    spelled,
)
from outage_cli.writers.words import NOT_APPLICABLE, user_time, visible

Cell: TypeAlias = "Callable[[ServiceReport], str]"

MORE = (
    STATES,
    Column("id", "Id"),
    Column("operator", "Operator", is_text=True),
    Column("group", "Group", is_text=True),
    Column("category", "Category", is_text=True),
    Column("users", "Users", is_figure=True),
    Column("own", "Own", is_figure=True),
    Column("considered", "Considered", is_figure=True),
    Column("down", "Down", is_figure=True),
    Column("partial", "Partial", is_figure=True),
    Column("degraded", "Degraded", is_figure=True),
    Column("maintenance", "Maintenance", is_figure=True),
    Column("unknown", "Unknown", is_figure=True),
    Column("out-of-hours", "Out of hours", is_figure=True),
    Column("not-in-service", "Not in service", is_figure=True),
    Column("up", "Up", is_figure=True),
    Column("mtbf", "MTBF", is_figure=True),
    Column("down-per-failure", "Down per failure", is_figure=True),
    Column("mean", "Mean", is_figure=True),
    Column("median", "Median", is_figure=True),
    Column("p90", "p90", is_figure=True),
    Column("longest", "Longest", is_figure=True),
    Column("budget", "Budget", is_figure=True),
    Column("spent", "Spent", is_figure=True),
    Column("burn-rate", "Burn rate", is_figure=True),
)
"""What a service has beside the usual columns."""


def _time(figure: Callable[[Figures], Duration]) -> Cell:
    """Return the cell of a duration with its bounds (SEMANTICS M7)."""
    return lambda each: spelled(figure(each.best), *each.between(figure))


def _bucket(state: State) -> Cell:
    return _time(lambda one: one.buckets[state])


def _ratio(figure: Callable[[Figures], Ratio | None]) -> Cell:
    def cell(each: ServiceReport) -> str:
        known = [found.floor for one in each.readings if (found := figure(one))]
        return spelled(known[0], min(known), max(known)) if figure(each.best) else ""

    return cell


def _known(told: Duration | None) -> str:
    return "" if told is None else spell(told)


CELLS: dict[str, Cell] = {
    "strip": lambda _: "",  # as wide as the rest leaves room for: see `strips`
    "weighted": _time(lambda one: one.weighted_downtime),
    "inherited": _time(lambda one: one.inherited),
    "users-lost": lambda each: (
        "" if each.best.user_time_lost is None else user_time(each.best.user_time_lost)
    ),
    "at-end": lambda each: each.state.word,
    "id": lambda each: visible(each.service.id),
    "operator": lambda each: visible(each.service.operator or ""),
    "group": lambda each: visible(each.service.group or ""),
    "category": lambda each: visible(each.service.category or ""),
    "users": lambda each: "" if each.service.users is None else f"{each.service.users:,}",
    "own": _time(lambda one: one.own),
    "considered": _time(lambda one: one.considered),
    **{state.word.replace("_", "-"): _bucket(state) for state in State},
    "mtbf": _ratio(lambda one: one.mtbf),
    "down-per-failure": _ratio(lambda one: one.downtime_per_failure),
    "mean": _ratio(lambda one: one.lengths.mean),
    "median": _ratio(lambda one: one.lengths.median),
    "p90": lambda each: _known(each.best.lengths.p90),
    "longest": lambda each: _known(each.best.lengths.max),
    "budget": lambda each: spell(each.best.target.budget) if each.best.target else "",
    "spent": lambda each: _spent(each.best),
    "burn-rate": lambda each: _burn(each.best),
}
"""What to say in a column that is asked for, where the usual one leaves out what is plain."""


def _spent(best: Figures) -> str:
    if best.burn:
        return f"{share.percent(*best.burn, 1)} %"
    return NOT_APPLICABLE if best.target else ""


def _burn(best: Figures) -> str:
    if best.burn:
        return burn_rate(best.burn)
    return NOT_APPLICABLE if best.target else ""


def services(report: Report, screen: Screen) -> Table:
    """Return the services with the columns that a screen asks for."""
    names = [each for each in screen.columns if columns.bare(each) not in columns.PERIODS]
    rows = [partial(_cell, _usual(each, report), each) for each in report.services]
    return chosen((*SERVICES, *MORE), _keys(SERVICES), names, ("service",), rows)


def periods(told: Sequence[tuple[Period, ServiceReport]], report: Report, screen: Screen) -> Table:
    """Return the parts of the window with the columns that are asked for, as far as they fit."""
    whole = [each for each in (*SERVICES, *MORE) if each.key not in columns.WHOLE]
    pool = (*PERIODS, *(each for each in whole if each.key not in _keys(PERIODS)))
    names = [each for each in screen.columns if columns.bare(each) not in columns.WHOLE]
    keys = _keys(PERIODS)
    rows = [
        partial(
            _cell,
            _usual(each, report) | dict(zip(keys, part(period, each, report), strict=True)),
            each,
        )
        for period, each in told
    ]
    return chosen(pool, keys, names, ("period", "service"), rows)


def _usual(each: ServiceReport, report: Report) -> dict[str, str]:
    return dict(zip(_keys(SERVICES), service(each, report), strict=True))


def _cell(usual: Mapping[str, str], each: ServiceReport, key: str, asked: Collection[str]) -> str:
    return CELLS[key](each) if key in CELLS and (key in asked or key not in usual) else usual[key]


def _keys(among: Iterable[Column]) -> list[str]:
    return [each.key for each in among]
