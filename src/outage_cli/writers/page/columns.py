"""The columns that somebody asks for: all that can be said of a service, in the order named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from outage_cli.model import columns
from outage_cli.model.figures import Ratio
from outage_cli.model.report import Period, Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.span import Duration
from outage_cli.model.state import LADDER, State
from outage_cli.writers.page.details import burn_rates, length, longest, ratio, spent
from outage_cli.writers.page.services import (
    Column,
    Table,
    chosen,
    part,
    period_columns,
    service,
    service_columns,
    strip_column,
    users_lost,
)
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

Cell: TypeAlias = "Callable[[ServiceReport], str]"


def more(say: English) -> tuple[Column, ...]:
    """Return what a service has beside the usual columns."""
    return (
        strip_column(say),
        Column("id", say.identifier),
        Column("operator", say.operator, is_text=True),
        Column("group", say.group_name, is_text=True),
        Column("category", say.category, is_text=True),
        Column("users", say.users, is_figure=True),
        Column("own", say.own, is_figure=True),
        Column("considered", say.considered, is_figure=True),
        *(
            Column(_key(state), say.time_in[state], is_figure=True)
            for state in (*LADDER[:0:-1], *(each for each in State if each > State.DOWN), State.UP)
        ),
        Column("mtbf", say.mtbf, is_figure=True),
        Column("down-per-failure", say.down_per_failure, is_figure=True),
        Column("mean", say.mean, is_figure=True),
        Column("median", say.median, is_figure=True),
        Column("p90", say.p90, is_figure=True),
        Column("longest", say.longest, is_figure=True),
        Column("budget", say.budget, is_figure=True),
        Column("spent", say.spent, is_figure=True),
        Column("burn-rate", say.burn_rate, is_figure=True),
    )


def _key(state: State) -> str:
    return state.word.replace("_", "-")


def cells(say: English) -> dict[str, Cell]:
    """Return what to say in columns that are asked for; the usual ones leave out what is plain."""

    def time(figure: Callable[[Figures], Duration]) -> Cell:
        """Return the cell of a duration with its bounds (SEMANTICS M7)."""
        return lambda each: say.bounded(figure(each.best), *each.between(figure))

    def bucket(state: State) -> Cell:
        return time(lambda one: one.buckets[state])

    def quotient(figure: Callable[[Figures], Ratio | None]) -> Cell:
        return lambda each: ratio([figure(one) for one in each.readings], say)

    def known(figure: Callable[[Figures], Duration | None]) -> Cell:
        return lambda each: length([figure(one) for one in each.readings], say)

    def budget(one: Figures) -> Duration | None:
        return one.target.budget if one.target else None

    return {
        "strip": lambda _: "",  # as wide as the rest leaves room for: see `strips`
        "weighted": time(lambda one: one.weighted_downtime),
        "inherited": time(lambda one: one.inherited),
        "users-lost": lambda each: users_lost(each, say),
        "at-end": lambda each: say.state_word(each.state),
        "id": lambda each: visible(each.service.id),
        "operator": lambda each: visible(each.service.operator or ""),
        "group": lambda each: visible(each.service.group or ""),
        "category": lambda each: visible(each.service.category or ""),
        "users": lambda each: "" if each.service.users is None else say.people(each.service.users),
        "own": time(lambda one: one.own),
        "considered": time(lambda one: one.considered),
        **{_key(state): bucket(state) for state in State},
        "mtbf": quotient(lambda one: one.mtbf),
        "down-per-failure": quotient(lambda one: one.downtime_per_failure),
        "mean": quotient(lambda one: one.lengths.mean),
        "median": quotient(lambda one: one.lengths.median),
        "p90": known(lambda one: one.lengths.p90),
        "longest": lambda each: longest(each, say),
        "budget": known(budget),
        "spent": lambda each: _burnt(each, spent, say),
        "burn-rate": lambda each: _burnt(each, burn_rates, say),
    }


def _burnt(
    each: ServiceReport, told: Callable[[Sequence[Ratio], English], str], say: English
) -> str:
    if each.best.burn:
        return told([one.burn for one in each.readings if one.burn], say)
    return say.not_applicable if each.best.target else ""


def services(report: Report, screen: Screen, say: English) -> Table:
    """Return the services with the columns that a screen asks for."""
    usual, found = service_columns(say), cells(say)
    names = [each for each in screen.columns if columns.bare(each) not in columns.PERIODS]
    rows = [partial(_cell, _usual(each, report, say), found, each) for each in report.services]
    return chosen((*usual, *more(say)), _keys(usual), names, ("service",), rows)


def periods(
    told: Sequence[tuple[Period, ServiceReport]], report: Report, screen: Screen, say: English
) -> Table:
    """Return the parts of the window with the columns that are asked for, as far as they fit."""
    usual, found = period_columns(say), cells(say)
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
        for period, each in told
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
