"""The tables of a report as rows of words. Every format that people read shows the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge as in_order
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage
from outage_cli.model.planned_work import PlannedWorkReport
from outage_cli.model.report import Period, Report
from outage_cli.model.service import Service
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.span import Duration, seconds
from outage_cli.writers.page.table import MOST_OUTAGES, Column, Table, without_empty
from outage_cli.writers.page.words import digits, in_percent, number, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def service_columns(say: English) -> tuple[Column, ...]:
    """Return the columns of the services, as far as they say something."""
    return (
        Column("service", say.service, is_text=True),
        Column("downtime", say.figures["downtime"], is_figure=True),
        Column("seconds", say.seconds, is_figure=True, spare=1),
        Column("availability", say.figures["availability"], is_figure=True),
        Column("between", say.between, is_figure=True, spare=5),
        Column("weighted", say.figures["weighted_downtime"], is_figure=True, spare=2),
        Column("outages", say.figures["outages"], is_figure=True, spare=3),
        Column("inherited", say.figures["inherited"], is_figure=True, spare=4),
        Column("users-lost", say.figures["user_time_lost"], is_figure=True, spare=6),
        Column("slo", say.figures["slo"], is_figure=True),
        Column("budget-left", say.figures["budget_left"], is_figure=True, spare=2),
        Column("at-end", say.at_end, spare=7),
    )


def strip_column(say: English) -> Column:
    """Return the column for the strip of a service, as wide as the rest leaves room for."""
    return Column("strip", say.states_strip)


def services(report: Report, say: English) -> Table:
    """Return one row a service; columns that are empty for all of them are left out."""
    rows = [tuple(service_cells(each, report, say)) for each in report.services]
    return without_empty(service_columns(say), rows)


def service_cells(service: ServiceReport, report: Report, say: English) -> Iterator[str]:
    """Yield the cells of the usual columns; a cell is empty where its figure is plain."""
    target = service.best.target
    yield name(service.service)
    yield from figures(service, report, say)
    is_weighted = any(one.weighted_downtime != one.downtime for one in service.readings)
    yield _time(service, lambda one: one.weighted_downtime, say) if is_weighted else ""
    counts = [len(one.outages) for one in service.readings]
    yield say.figure_bounded(*(str(one) for one in (counts[0], min(counts), max(counts))))
    has_inherited = any(one.inherited for one in service.readings)
    yield _time(service, lambda one: one.inherited, say) if has_inherited else ""
    yield users_lost(service, say) if any(one.user_time_lost for one in service.readings) else ""
    yield f"{share.spell(target.target)}{' ✗' if target.met is False else ''}" if target else ""
    yield _budget_left(service, say)
    yield (
        say.state_word(service.state) if service.state else ""
    )  # that it is up again goes without saying


def _time(service: ServiceReport, figure: Callable[[Figures], Duration], say: English) -> str:
    return say.bounded(figure(service.best), *service.between(figure))


def users_lost(service: ServiceReport, say: English) -> str:
    """Return the user-time lost, with its bounds; nothing where nobody says how many users."""
    if service.best.user_time_lost is None:
        return ""
    bounds = service.between(lambda one: one.user_time_lost or 0)
    return say.user_time_bounded(service.best.user_time_lost, *bounds)


def figures(service: ServiceReport, report: Report, say: English) -> Iterator[str]:
    """Yield the downtime in words and in seconds and the availability, with their bounds (M7)."""
    best = service.best
    least, most = service.between(lambda one: one.downtime)
    has_figures = best.downtime or best.considered or most
    yield say.bounded(best.downtime, least, most) if has_figures else say.not_applicable
    yield number(best.downtime)
    yield in_percent(best.availability, report.method, say)
    yield bounds(service, report.method, say)


def bounds(service: ServiceReport, method: Method, say: English) -> str:
    """Return the bounds of the availability; empty where they are equal (M7)."""
    shares = [one.availability for one in (service.best, *service.others)]
    known = sorted(
        (one for one in shares if one.considered), key=lambda one: one.up / one.considered
    )
    low, high = (digits(one, method) for one in (known[0], known[-1])) if known else ("", "")
    return say.percentage_range(low, high) if low != high else ""


def _budget_left(service: ServiceReport, say: English) -> str:
    """Return the remaining error budget with its bounds (M7)."""
    target = service.best.target
    if not target or target.met is None:
        return say.not_applicable if target else ""
    remaining = [one.target.remaining for one in (service.best, *service.others) if one.target]
    return say.bounded(target.remaining, min(remaining), max(remaining))


def left(remaining: int, say: English, *, met: bool | None) -> str:
    """Return what is left of an error budget, where anything counts."""
    return say.not_applicable if met is None else say.duration(remaining)


def outages(report: Report, say: English, most: int = MOST_OUTAGES) -> Table:
    """Return one row an outage, in the order of time, up to so many."""
    merged = in_order(
        *(
            [(one.start, at, one) for one in each.best.outages[:most]]
            for at, each in enumerate(report.services)
        ),
        key=itemgetter(0, 1),
    )
    columns = (
        Column("start", say.start),
        Column("end", say.end, spare=2),
        Column("length", say.length, is_figure=True),
        Column("worst", say.worst, spare=3),
        Column("service", say.service),
        Column("what-happened", say.what_happened, is_text=True, spare=1),
    )
    rows = (
        _outage(outage, report.services[at].service, report, say)
        for _, at, outage in islice(merged, most)
    )
    return Table(columns, tuple(tuple(row) for row in rows))


def _outage(outage: Outage, service: Service, report: Report, say: English) -> Iterator[str]:
    yield ("← " if outage.cut_before else "") + say.clock_within(
        outage.start, report.timezone, report.window
    )
    end = say.clock_within(outage.end, report.timezone, report.window)
    yield say.ongoing if outage.ongoing else end + (" →" if outage.cut_after else "")
    yield say.duration(outage.length)
    yield say.state_word(outage.worst)
    yield visible(service.id)
    via = say.via(outage.inherited_from) if outage.inherited_from else ""
    what = report.lines.text(outage.started_by) if outage.started_by else ""
    yield visible(what + via)


def period_columns(say: English) -> tuple[Column, ...]:
    """Return the columns of the parts of the window, likewise."""
    return (
        Column("period", say.period),
        Column("hours", say.hours, is_figure=True, spare=3),
        Column("service", say.service, is_text=True),
        Column("downtime", say.figures["downtime"], is_figure=True),
        Column("seconds", say.seconds, is_figure=True, spare=1),
        Column("availability", say.figures["availability"], is_figure=True),
        Column("between", say.between, is_figure=True, spare=4),
        Column("outages", say.figures["outages"], is_figure=True, spare=2),
    )


def periods(report: Report, say: English) -> Table:
    """Return one row for each service in each part of the window; its parts add up to the whole."""
    rows = [tuple(period_cells(*each, report, say)) for each in services_by_period(report, say)]
    return without_empty(period_columns(say), rows)


def services_by_period(report: Report, say: English) -> list[tuple[Period, ServiceReport]]:
    """Return each service in each part of the window, then in the whole of it."""
    whole = Period(say.all_periods, report.window, report.services)
    return [(period, each) for period in (*report.periods, whole) for each in period.services]


def period_cells(
    period: Period, service: ServiceReport, report: Report, say: English
) -> Iterator[str]:
    """Yield the usual cells of a service in a part of the window."""
    yield say.period_label(period.label)
    yield f"{seconds(period.window.length) / 3600:g}"
    yield name(service.service)
    yield from figures(service, report, say)
    yield str(len(service.best.outages))


def maintenance(report: Report, say: English) -> Table:
    """Return one row for each piece of planned work on each service (SEMANTICS M6)."""
    columns = (
        Column("planned-work", say.work, is_text=True),
        Column("service", say.service),
        Column("windows", say.windows, is_figure=True, spare=2),
        Column("announced", say.announced, is_figure=True, spare=1),
        Column("used", say.used, is_figure=True),
        Column("overrun", say.overrun, is_figure=True),
    )
    rows = tuple(tuple(_work(each, report, say)) for each in report.maintenance[:MOST_OUTAGES])
    return Table(columns, rows)


def _work(work: PlannedWorkReport, report: Report, say: English) -> Iterator[str]:
    yield visible(report.lines.text(work.mark) if work.what is None else work.what)
    yield visible(work.service)
    yield str(work.windows) if work.windows else ""
    announced = work.best.announced, *work.between(lambda one: one.announced)
    yield say.bounded(*announced) if work.windows else say.not_announced
    yield say.bounded(work.best.used, *work.between(lambda one: one.used))
    yield say.bounded(work.best.overrun, *work.between(lambda one: one.overrun))


def more_outages(report: Report, most: int = MOST_OUTAGES) -> int:
    """Return how many outages the table of outages leaves out."""
    return max(0, sum(len(each.best.outages) for each in report.services) - most)


def name(service: Service) -> str:
    """Return the name of a service as a screen may show it."""
    return visible(service.name)
