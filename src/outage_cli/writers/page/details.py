"""More tables of a report as rows of words: milestones and means, and with `--full` every figure.

A table is there only when there is something to say in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.figures import Ratio, Statistics
from outage_cli.model.milestones import Incident, MeanTime, MilestonePoint, Milestones, TimeBetween
from outage_cli.model.report import Report
from outage_cli.model.service_figures import ServiceReport, WorstWindow
from outage_cli.model.span import MINUTE
from outage_cli.writers.page.services import Column, Table, name, without_empty
from outage_cli.writers.page.words import digits, told, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

_SPARE = {TimeBetween.ACKNOWLEDGE: 5, TimeBetween.MITIGATE: 4, TimeBetween.REPAIR: 3}


_STATED = (
    (MilestonePoint.STARTED, MilestonePoint.IMPACT_START),
    (MilestonePoint.RESOLVED, MilestonePoint.IMPACT_END),
)


def tables(report: Report, say: English, *, is_full: bool) -> Iterator[tuple[str, Table]]:
    """Yield each further table and what it is called."""
    told = report.milestones
    found = [] if told is None else [(say.milestones, _milestones(told, report, say))]
    if told and any(mean.best.n > 1 for mean in told.means.values()):
        found.append((say.means, _means(told, say)))
    if is_full:
        found += [
            (say.failures, _failures(report, say)),
            (say.error_budgets, _budgets(report, say)),
            (say.worst_windows, _worst_windows(report, say)),
        ]
    for title, table in found:
        if table.rows:
            yield title, without_empty(table.columns, table.rows)


def _milestones(told: Milestones, report: Report, say: English) -> Table:
    columns = (
        Column("incident", say.incident, is_text=True),
        Column("impact-start", say.impact_start, spare=6),
        Column("stated-start", say.stated_start, spare=8),
        Column("stated-end", say.stated_end, spare=7),
        *(_time_to(stretch, say) for stretch in TimeBetween),
    )
    return Table(columns, tuple(tuple(_incident(each, report, say)) for each in told.incidents))


def _time_to(stretch: TimeBetween, say: English) -> Column:
    key = stretch.value.removeprefix("time_").replace("_", "-")
    heading = say.times_to[stretch.value]
    return Column(key, heading, is_figure=True, spare=_SPARE.get(stretch, 0))


def _incident(each: Incident, report: Report, say: English) -> Iterator[str]:
    yield visible(each.title or each.file)
    start = each.points.get(MilestonePoint.IMPACT_START)
    yield say.clock_within(start.at, report.timezone, report.window) if start else ""
    for stated, counted in _STATED:  # what is stated of the impact, where that is not what counts
        said, found = each.points.get(stated), each.points.get(counted)
        is_other = said and not (found and found.at == said.at)
        if said and is_other:
            yield say.clock_within(said.at, report.timezone, report.window)
        else:
            yield ""
    for stretch in TimeBetween:
        since, until = stretch.ends
        elapsed = each.elapsed.get(stretch)
        if elapsed:
            yield say.bounded(*elapsed)
        elif each.ongoing and since in each.points and until is MilestonePoint.IMPACT_END:
            yield say.ongoing
        else:
            yield ""


def _means(told: Milestones, say: English) -> Table:
    columns = (
        Column("mean-time", say.mean_time),
        Column("n", say.how_many, is_figure=True),
        Column("mean", say.mean, is_figure=True),
        Column("median", say.median, is_figure=True, spare=1),
        Column("p90", say.p90, is_figure=True, spare=3),
        Column("max", say.maximum, is_figure=True, spare=2),
        Column("left-out", say.left_out, is_text=True, spare=4),
    )
    rows = (
        (say.times_taken[stretch.value], *_mean(mean, say), _left_out(mean, say))
        for stretch, mean in told.means.items()
        if mean.best.n > 1
    )
    return Table(columns, tuple(rows))


def _mean(mean: MeanTime, say: English) -> Iterator[str]:
    yield str(mean.best.n)
    yield from starmap(
        say.bounded,
        zip(*(_figures(each) for each in (mean.best, mean.least, mean.most)), strict=True),
    )


def _figures(each: Statistics) -> tuple[int, int, int, int]:
    mean, median = each.mean, each.median
    return (
        mean.floor if mean else 0,
        median.floor if median else 0,
        each.p90 or 0,
        each.max or 0,
    )


def _left_out(mean: MeanTime, say: English) -> str:
    return say.left_out_of_mean(mean.ongoing, mean.negative, mean.not_stated)


def _failures(report: Report, say: English) -> Table:
    columns = (
        Column("service", say.service, is_text=True),
        Column("failures", say.failure_count, is_figure=True),
        Column("mtbf", say.mtbf, is_figure=True),
        Column("down-per-failure", say.down_per_failure, is_figure=True, spare=3),
        Column("whole-outages", say.whole_outages, is_figure=True, spare=5),
        Column("mean", say.mean, is_figure=True, spare=2),
        Column("median", say.median, is_figure=True, spare=4),
        Column("p90", say.p90, is_figure=True, spare=6),
        Column("longest", say.longest, is_figure=True, spare=1),
        Column("user-minutes-lost", say.user_minutes_lost, is_figure=True, spare=7),
    )
    rows = (tuple(_failing(each, say)) for each in report.services if each.best.outages)
    return Table(columns, tuple(rows))


def _failing(each: ServiceReport, say: English) -> Iterator[str]:
    best = each.best
    yield name(each.service)
    yield str(len(best.outages))
    yield ratio([one.mtbf for one in each.readings], say)
    yield ratio([one.downtime_per_failure for one in each.readings], say)
    readings = [one.lengths for one in each.readings]
    yield str(readings[0].n)
    yield ratio([one.mean for one in readings], say)
    if readings[0].n > 1:
        yield ratio([one.median for one in readings], say)
        yield length([one.p90 for one in readings], say)
    else:
        yield from ("", "")
    yield longest(each, say)
    lost = [one.user_time_lost or 0 for one in each.readings]
    minutes = (f"{one // MINUTE:,}" for one in (lost[0], min(lost), max(lost)))
    yield "" if best.user_time_lost is None else say.figure_bounded(*minutes)


def longest(each: ServiceReport, say: English) -> str:
    """Return the length of the longest outage with its bounds, and whether it is ongoing (K)."""
    shown = say.bounded(each.best.longest_outage, *each.between(lambda one: one.longest_outage))
    return say.with_ongoing(shown) if each.best.longest_is_ongoing else shown


def ratio(found: Sequence[Ratio | None], say: English) -> str:
    """Return the first of some quotients of durations, and between what it lies."""
    known = [each.floor for each in found if each]
    return say.bounded(known[0], min(known), max(known)) if found[0] else ""


def length(found: Sequence[int | None], say: English) -> str:
    """Return the first of some durations, and between what it lies; nothing where it is none."""
    known = [each for each in found if each is not None]
    return "" if found[0] is None else say.bounded(found[0], min(known), max(known))


def _budgets(report: Report, say: English) -> Table:
    columns = (
        Column("service", say.service, is_text=True),
        Column("slo", say.slo, is_figure=True),
        Column("budget", say.budget, is_figure=True, spare=2),
        Column("left", say.budget_unspent, is_figure=True),
        Column("spent", say.spent, is_figure=True, spare=3),
        Column("burn-rate", say.burn_rate, is_figure=True, spare=1),
    )
    rows = (tuple(_budget(each, say)) for each in report.services if each.best.target)
    return Table(columns, tuple(rows))


def _budget(each: ServiceReport, say: English) -> Iterator[str]:
    targets = [one.target for one in each.readings if one.target]
    burns = [one.burn for one in each.readings if one.burn]
    yield name(each.service)
    yield share.spell(targets[0].target) if targets else ""
    yield length([one.budget for one in targets], say) if targets else ""
    yield length([one.remaining for one in targets], say) if targets else ""
    if not each.best.burn:
        yield from (say.not_applicable, say.not_applicable)
        return
    yield spent(burns, say)
    yield burn_rates(burns, say)


def spent(burns: Sequence[Ratio], say: English) -> str:
    """Return the share of an error budget that is spent, by the burn rate, with its bounds."""
    best, low, high = (share.percent(*one, 1) for one in (burns[0], *_ends(burns)))
    return say.percentage(best) if low == high else say.percentage_bounded(best, low, high)


def _ends(found: Sequence[Ratio]) -> tuple[Ratio, Ratio]:
    """Return the least and the greatest."""
    known = sorted(found, key=lambda each: each.value)
    return known[0], known[-1]


def burn_rates(burns: Sequence[Ratio], say: English) -> str:
    """Return the first of some burn rates, and between what it lies."""
    return say.figure_bounded(*(burn_rate(each) for each in (burns[0], *_ends(burns))))


def burn_rate(burn: Ratio) -> str:
    """Return a burn rate, cut to two decimals: `14.40`; 1 spends the budget in its window."""
    hundredths = burn.part * 100 // burn.whole
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def _worst_windows(report: Report, say: English) -> Table:
    columns = (
        Column("service", say.service, is_text=True),
        Column("worst", say.worst_window, is_figure=True),
        Column("availability", say.availability, is_figure=True),
        Column("between", say.between, is_figure=True, spare=3),
        Column("considered", say.considered, is_figure=True, spare=2),
        Column("burn-rate", say.burn_rate, is_figure=True, spare=1),
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
    each: ServiceReport, called: str, window: WorstWindow, report: Report, say: English
) -> Iterator[str]:
    yield name(each.service)
    yield say.window_lengths[called]
    yield told(window.availability, report.method, say)
    others = [one.worst_windows.get(called) for one in each.others]
    known = [window, *(one for one in others if one)]
    known.sort(key=lambda one: one.availability.up / one.availability.considered)
    low, high = (digits(one.availability, report.method) for one in (known[0], known[-1]))
    yield say.percentage_range(low, high) if low != high else ""
    considered = window.considered
    yield say.duration(considered) if considered < window.window.length else ""
    target = each.best.target
    burns = [one.burn(target.target) for one in (window, *others) if one] if target else []
    yield burn_rates([one for one in burns if one], say) if burns and burns[0] else ""
    yield say.clock_within(window.window.start, report.timezone, report.window)
    yield say.clock_within(window.window.end, report.timezone, report.window)
