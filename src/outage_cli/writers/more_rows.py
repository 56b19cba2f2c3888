"""More tables of a report as rows of words: milestones and means, and with `--full` every figure.

A table is there only when there is something to say in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import starmap

from outage_cli.model import share
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.figures import Ratio, Statistics
from outage_cli.model.milestones import Incident, Mean, Milestones, Point, Stretch
from outage_cli.model.report import Report, ServiceReport, WorstWindow
from outage_cli.model.span import MINUTE
from outage_cli.writers.rows import Column, Table, name
from outage_cli.writers.words import clock, percentage, visible

WORDS = {"1h": "1 h", "1d": "1 d", "7d": "7 d", "30d": "30 d"}
_COLUMNS = {
    Stretch.DETECT: Column("to-detect", "To detect", is_figure=True),
    Stretch.ACKNOWLEDGE: Column("to-acknowledge", "To acknowledge", is_figure=True, spare=5),
    Stretch.MITIGATE: Column("to-mitigate", "To mitigate", is_figure=True, spare=4),
    Stretch.REPAIR: Column("to-repair", "To repair", is_figure=True, spare=3),
    Stretch.RECOVER: Column("to-recover", "To recover", is_figure=True),
}


_STATED = ((Point.STARTED, Point.IMPACT_START), (Point.RESOLVED, Point.IMPACT_END))


def tables(report: Report, *, is_full: bool) -> Iterator[tuple[str, Table]]:
    """Yield each further table and what it is called."""
    told = report.milestones
    found = [] if told is None else [("Milestones", _milestones(told, report))]
    if told and any(mean.best.n > 1 for mean in told.means.values()):
        found.append(("Means", _means(told)))
    if is_full:
        found += [
            ("Failures", _failures(report)),
            ("Error budgets", _budgets(report)),
            ("Worst windows", _worst_windows(report)),
        ]
    for title, table in found:
        if table.rows:
            yield title, _without_empty(table)


def _without_empty(table: Table) -> Table:
    """Return a table without the columns that say nothing in any row."""
    kept = [at for at in range(len(table.columns)) if at == 0 or any(r[at] for r in table.rows)]
    return Table(
        tuple(table.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _milestones(told: Milestones, report: Report) -> Table:
    columns = (
        Column("incident", "Incident", is_text=True),
        Column("impact-start", "Impact start", spare=6),
        Column("stated-start", "Stated start", spare=8),
        Column("stated-end", "Stated end", spare=7),
        *(_COLUMNS[stretch] for stretch in Stretch),
    )
    return Table(columns, tuple(tuple(_incident(each, report)) for each in told.incidents))


def _incident(each: Incident, report: Report) -> Iterator[str]:
    yield visible(each.title or each.file)
    start = each.points.get(Point.IMPACT_START)
    yield clock(start.at, report.timezone) if start else ""
    for stated, counted in _STATED:  # what is stated of the impact, where that is not what counts
        said, found = each.points.get(stated), each.points.get(counted)
        is_other = said and not (found and found.at == said.at)
        yield clock(said.at, report.timezone) if said and is_other else ""
    for stretch in Stretch:
        since, until = stretch.ends
        elapsed = each.elapsed.get(stretch)
        if elapsed:
            yield _bounded(*elapsed)
        elif each.ongoing and since in each.points and until is Point.IMPACT_END:
            yield "ongoing"
        else:
            yield ""


def _bounded(best: int, least: int, most: int) -> str:
    return f"{spell(best)} ({spell_range(least, most)})" if least < most else spell(best)


def _means(told: Milestones) -> Table:
    columns = (
        Column("mean-time", "Mean time"),
        Column("n", "n", is_figure=True),
        Column("mean", "Mean", is_figure=True),
        Column("median", "Median", is_figure=True, spare=1),
        Column("p90", "p90", is_figure=True, spare=3),
        Column("max", "Max", is_figure=True, spare=2),
        Column("left-out", "Left out", is_text=True, spare=4),
    )
    rows = (
        (stretch.words.removeprefix("time "), *_mean(mean), _left_out(mean))
        for stretch, mean in told.means.items()
        if mean.best.n > 1
    )
    return Table(columns, tuple(rows))


def _mean(mean: Mean) -> Iterator[str]:
    yield str(mean.best.n)
    yield from starmap(
        _bounded,
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


def _left_out(mean: Mean) -> str:
    counts = (
        (mean.ongoing, "ongoing"),
        (mean.negative, "negative"),
        (mean.not_stated, "not stated"),
    )
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _failures(report: Report) -> Table:
    columns = (
        Column("service", "Service", is_text=True),
        Column("failures", "Failures", is_figure=True),
        Column("mtbf", "MTBF", is_figure=True),
        Column("down-per-failure", "Down per failure", is_figure=True, spare=3),
        Column("whole-outages", "Whole outages", is_figure=True, spare=5),
        Column("mean", "Mean", is_figure=True, spare=2),
        Column("median", "Median", is_figure=True, spare=4),
        Column("p90", "p90", is_figure=True, spare=6),
        Column("longest", "Longest", is_figure=True, spare=1),
        Column("user-minutes-lost", "User-minutes lost", is_figure=True, spare=7),
    )
    rows = (tuple(_failing(each)) for each in report.services if each.best.outages)
    return Table(columns, tuple(rows))


def _failing(each: ServiceReport) -> Iterator[str]:
    best = each.best
    yield name(each.service)
    yield str(len(best.outages))
    yield _ratio([one.mtbf for one in (best, *each.others)])
    yield _ratio([one.downtime_per_failure for one in (best, *each.others)])
    lengths = best.lengths
    yield str(lengths.n)
    yield spell(lengths.mean.floor) if lengths.mean else ""
    yield spell(lengths.median.floor) if lengths.median and lengths.n > 1 else ""
    yield "" if lengths.p90 is None or lengths.n == 1 else spell(lengths.p90)
    yield "" if lengths.max is None else spell(lengths.max)
    lost = best.user_time_lost
    yield "" if lost is None else f"{lost // MINUTE:,}"


def _ratio(found: Sequence[Ratio | None]) -> str:
    known = [each.floor for each in found if each]
    return _bounded(known[0], min(known), max(known)) if found[0] else ""


def _budgets(report: Report) -> Table:
    columns = (
        Column("service", "Service", is_text=True),
        Column("slo", "SLO", is_figure=True),
        Column("budget", "Budget", is_figure=True, spare=2),
        Column("left", "Left", is_figure=True),
        Column("spent", "Spent", is_figure=True, spare=3),
        Column("burn-rate", "Burn rate", is_figure=True, spare=1),
    )
    rows = (tuple(_budget(each)) for each in report.services if each.best.target)
    return Table(columns, tuple(rows))


def _budget(each: ServiceReport) -> Iterator[str]:
    target, burn = each.best.target, each.best.burn
    yield name(each.service)
    yield share.spell(target.target) if target else ""
    yield spell(target.budget) if target else ""
    yield spell(target.remaining) if target else ""
    yield f"{share.percent(*burn, 1)} %" if burn else "n/a"
    yield burn_rate(burn) if burn else "n/a"


def burn_rate(burn: Ratio) -> str:
    """Return a burn rate, cut to two decimals: `14.40`; 1 spends the budget in its window."""
    hundredths = burn.part * 100 // burn.whole
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def _worst_windows(report: Report) -> Table:
    columns = (
        Column("service", "Service", is_text=True),
        Column("worst", "Worst", is_figure=True),
        Column("availability", "Availability", is_figure=True),
        Column("between", "Between", is_figure=True, spare=3),
        Column("considered", "Considered", is_figure=True, spare=2),
        Column("burn-rate", "Burn rate", is_figure=True, spare=1),
        Column("from", "From"),
        Column("to", "To", spare=4),
    )
    rows = (
        tuple(_worst(each, called, window, report))
        for each in report.services
        if each.best.downtime
        for called, window in each.best.worst_windows.items()
        if window
    )
    return Table(columns, tuple(rows))


def _worst(each: ServiceReport, called: str, window: WorstWindow, report: Report) -> Iterator[str]:
    yield name(each.service)
    yield WORDS[called]
    yield percentage(window.availability, report.method)
    others = [one.worst_windows.get(called) for one in each.others]
    known = [window, *(one for one in others if one)]
    known.sort(key=lambda one: one.availability.up / one.availability.considered)
    lowest, highest = (percentage(one.availability, report.method) for one in (known[0], known[-1]))
    yield f"{lowest.removesuffix(' %')}–{highest}" if lowest != highest else ""
    considered = window.considered
    yield spell(considered) if considered < window.window.length else ""
    target = each.best.target
    burn = window.burn(target.target) if target else None
    yield burn_rate(burn) if burn else ""
    yield clock(window.window.start, report.timezone)
    yield clock(window.window.end, report.timezone)
