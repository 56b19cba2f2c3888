"""The tables of a report as rows of words. Every format that people read shows the same ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import merge as in_order
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from outage_cli.model import share
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.method import Method
from outage_cli.model.report import Outage, Period, Report, ServiceReport, Work
from outage_cli.model.screen import Screen
from outage_cli.model.service import Service
from outage_cli.model.span import seconds
from outage_cli.writers.words import NOT_APPLICABLE, clock, number, percentage, user_time, visible

MOST_OUTAGES = 100
"""How many outages a table lists; JSON has them all."""


class Column(NamedTuple):
    """A column: what it is asked for by, its heading, and what it holds.

    A `key` stands for one thing in every table and is the same in every language. Figures stand to
    the right and are never cut; texts may be folded. Where there is no room, the column with the
    greatest `spare` goes first; one with 0 stays.
    """

    key: str
    heading: str
    is_figure: bool = False
    is_text: bool = False
    spare: int = 0


class Table(NamedTuple):
    """A table of words; the first column names what the row is about."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


SERVICES = (
    Column("service", "Service", is_text=True),
    Column("downtime", "Downtime", is_figure=True),
    Column("seconds", "Seconds", is_figure=True, spare=1),
    Column("availability", "Availability", is_figure=True),
    Column("between", "Between", is_figure=True, spare=5),
    Column("weighted", "Weighted", is_figure=True, spare=2),
    Column("outages", "Outages", is_figure=True, spare=3),
    Column("inherited", "Inherited", is_figure=True, spare=4),
    Column("users-lost", "Users lost", is_figure=True, spare=6),
    Column("slo", "SLO", is_figure=True),
    Column("budget-left", "Budget left", is_figure=True, spare=2),
    Column("at-end", "At end", spare=7),
)
"""The columns of the services, as far as they say something."""

STATES = Column("strip", "States")
"""The strip of a service, as wide as the rest leaves room for."""


def services(report: Report, screen: Screen) -> Table:
    """Return one row a service, with the columns that the screen asks for.

    Where it asks for none, those that say nothing of any service are left out.
    """
    if screen.columns:
        from outage_cli.writers import columns  # few people ask

        return columns.services(report, screen)
    return without_empty(SERVICES, [tuple(service(each, report)) for each in report.services])


def service(each: ServiceReport, report: Report) -> Iterator[str]:
    """Yield the cells of the usual columns; a cell is empty where its figure is plain."""
    best, target = each.best, each.best.target
    yield name(each.service)
    yield from figures(each, report)
    yield spell(best.weighted_downtime) if best.weighted_downtime != best.downtime else ""
    yield str(len(best.outages))
    yield spell(best.inherited) if best.inherited else ""
    yield user_time(best.user_time_lost) if best.user_time_lost else ""
    yield f"{share.spell(target.target)}{' ✗' if target.met is False else ''}" if target else ""
    yield _budget_left(each)
    yield each.state.word if each.state else ""  # that it is up again goes without saying


def figures(each: ServiceReport, report: Report) -> Iterator[str]:
    """Yield the downtime in words and in seconds and the availability, with their bounds (M7)."""
    best = each.best
    least, most = each.between(lambda one: one.downtime)
    between = f" ({spell_range(least, most)})" if least < most else ""
    has_figures = best.downtime or best.considered or most
    yield f"{spell(best.downtime)}{between}" if has_figures else NOT_APPLICABLE
    yield number(best.downtime)
    yield percentage(best.availability, report.method)
    yield bounds(each, report.method)


def bounds(each: ServiceReport, method: Method) -> str:
    """Return between what the availability lies, or nothing where it is one figure (M7)."""
    shares = [one.availability for one in (each.best, *each.others)]
    known = sorted(
        (one for one in shares if one.considered), key=lambda one: one.up / one.considered
    )
    lowest, highest = (
        (percentage(one, method) for one in (known[0], known[-1])) if known else ("", "")
    )
    return f"{lowest.removesuffix(' %')}–{highest}" if lowest != highest else ""


def _budget_left(each: ServiceReport) -> str:
    """Return what is left of the error budget, with its bounds (M7)."""
    target = each.best.target
    if not target or target.met is None:
        return NOT_APPLICABLE if target else ""
    remaining = [one.target.remaining for one in (each.best, *each.others) if one.target]
    return spelled(target.remaining, min(remaining), max(remaining))


def left(remaining: int, *, met: bool | None) -> str:
    """Return what is left of an error budget, where anything counts."""
    return NOT_APPLICABLE if met is None else spell(remaining)


def outages(report: Report, most: int = MOST_OUTAGES) -> Table:
    """Return one row an outage, in the order of time, up to so many."""
    found = in_order(
        *(
            [(one.start, at, one) for one in each.best.outages[:most]]
            for at, each in enumerate(report.services)
        ),
        key=itemgetter(0, 1),
    )
    columns = (
        Column("start", "Start"),
        Column("end", "End", spare=2),
        Column("length", "Length", is_figure=True),
        Column("worst", "Worst", spare=3),
        Column("service", "Service"),
        Column("what-happened", "What happened", is_text=True, spare=1),
    )
    rows = (
        _outage(outage, report.services[at].service, report)
        for _, at, outage in islice(found, most)
    )
    return Table(columns, tuple(tuple(row) for row in rows))


def _outage(outage: Outage, service: Service, report: Report) -> Iterator[str]:
    yield ("← " if outage.cut_before else "") + clock(outage.start, report.timezone)
    end = clock(outage.end, report.timezone) + (" →" if outage.cut_after else "")
    yield "ongoing" if outage.ongoing else end
    yield spell(outage.length)
    yield outage.worst.word
    yield visible(service.id)
    via = f" (by way of {outage.inherited_from})" if outage.inherited_from else ""
    what = report.lines.tell(outage.started_by) if outage.started_by else ""
    yield visible(what + via)


PERIODS = (
    Column("period", "Period"),
    Column("hours", "Hours", is_figure=True, spare=3),
    Column("service", "Service", is_text=True),
    Column("downtime", "Downtime", is_figure=True),
    Column("seconds", "Seconds", is_figure=True, spare=1),
    Column("availability", "Availability", is_figure=True),
    Column("between", "Between", is_figure=True, spare=4),
    Column("outages", "Outages", is_figure=True, spare=2),
)
"""The columns of the parts of the window, likewise."""


def periods(report: Report, screen: Screen) -> Table:
    """Return one row for each service in each part of the window; its parts add up to the whole."""
    whole = Period("all", report.window, report.services)
    told = [(period, each) for period in (*report.periods, whole) for each in period.services]
    if screen.columns:
        from outage_cli.writers import columns  # few people ask

        return columns.periods(told, report, screen)
    return without_empty(PERIODS, [tuple(part(*each, report)) for each in told])


def part(period: Period, each: ServiceReport, report: Report) -> Iterator[str]:
    """Yield the usual cells of a service in a part of the window."""
    yield period.label
    yield f"{seconds(period.window.length) / 3600:g}"
    yield name(each.service)
    yield from figures(each, report)
    yield str(len(each.best.outages))


def maintenance(report: Report) -> Table:
    """Return one row for each piece of planned work on each service (SEMANTICS M6)."""
    columns = (
        Column("planned-work", "Planned work", is_text=True),
        Column("service", "Service"),
        Column("windows", "Windows", is_figure=True, spare=2),
        Column("announced", "Announced", is_figure=True, spare=1),
        Column("used", "Used", is_figure=True),
        Column("overrun", "Overrun", is_figure=True),
    )
    rows = tuple(tuple(_work(each, report)) for each in report.maintenance[:MOST_OUTAGES])
    return Table(columns, rows)


def _work(each: Work, report: Report) -> Iterator[str]:
    yield visible(report.lines.tell(each.mark) if each.what is None else each.what)
    yield visible(each.service)
    yield str(each.windows) if each.windows else ""
    yield spell(each.announced) if each.windows else "not announced"
    yield spelled(each.best.used, *each.between(lambda one: one.used))
    yield spelled(each.best.overrun, *each.between(lambda one: one.overrun))


def spelled(best: int, least: int, most: int) -> str:
    """Return a duration in words, with its bounds where it has some (SEMANTICS M7)."""
    return spell(best) + (f" ({spell_range(least, most)})" if least < most else "")


def without_empty(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], asked: Collection[str] = ()
) -> Table:
    """Return a table without the columns that say nothing in any row, unless asked for by key."""
    kept = [
        at
        for at, column in enumerate(columns)
        if at == 0 or column.key in asked or any(row[at] for row in rows)
    ]
    return Table(
        tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )


def chosen(
    pool: Sequence[Column],
    usual: Sequence[str],
    names: Sequence[str],
    first: Sequence[str],
    rows: Iterable[Callable[[str, Collection[str]], str]],
) -> Table:
    """Return the columns of a pool that are named, or come of the usual ones: see `resolved`.

    A row gives the cell for a key, knowing which were asked for. What rows are about goes `first`.
    """
    from outage_cli.model.columns import resolved  # few people ask

    known = {each.key: each for each in pool}
    keys, asked = resolved(names, usual, known, first)
    cells = [tuple(row(key, asked) for key in keys) for row in rows]
    kept = [known[key]._replace(spare=0) if key in asked else known[key] for key in keys]
    return without_empty(kept, cells, asked)


def more_outages(report: Report, most: int = MOST_OUTAGES) -> int:
    """Return how many outages the table of outages leaves out."""
    return max(0, sum(len(each.best.outages) for each in report.services) - most)


def name(service: Service) -> str:
    """Return the name of a service as a screen may show it."""
    return visible(service.name)
