"""The further tables of a report: milestones, mean times, and with `--full` every figure.

Tables without rows are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from typing import TYPE_CHECKING

from outage_cli.model.milestones import Incident, MeanTime, MilestonePoint, Milestones, TimeBetween
from outage_cli.model.report import Report
from outage_cli.model.statistics import Statistics
from outage_cli.writers.page.table import Column, Table, without_empty
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

_SPARE = {TimeBetween.ACKNOWLEDGE: 5, TimeBetween.MITIGATE: 4, TimeBetween.REPAIR: 3}


_STATED = (
    (MilestonePoint.STARTED, MilestonePoint.IMPACT_START),
    (MilestonePoint.RESOLVED, MilestonePoint.IMPACT_END),
)


def tables(report: Report, say: English, *, is_full: bool) -> Iterator[tuple[str, Table]]:
    """Yield each further table with its heading."""
    milestones = report.milestones
    titled = [] if milestones is None else [(say.milestones, _milestones(milestones, report, say))]
    if milestones and any(mean.best.n > 1 for mean in milestones.means.values()):
        titled.append((say.means, _means(milestones, say)))
    if is_full:
        from outage_cli.writers.page import figure_tables  # few people ask

        titled += figure_tables.tables(report, say)
    for title, table in titled:
        if table.rows:
            yield title, without_empty(table.columns, table.rows)


def _milestones(milestones: Milestones, report: Report, say: English) -> Table:
    columns = (
        Column("incident", say.incident, is_text=True),
        Column("impact-start", say.impact_start, spare=6),
        Column("stated-start", say.stated_start, spare=8),
        Column("stated-end", say.stated_end, spare=7),
        *(_time_to(stretch, say) for stretch in TimeBetween),
    )
    return Table(
        columns, tuple(tuple(_incident(each, report, say)) for each in milestones.incidents)
    )


def _time_to(stretch: TimeBetween, say: English) -> Column:
    key = stretch.value.removeprefix("time_").replace("_", "-")
    heading = say.times_to[stretch.value]
    return Column(key, heading, is_figure=True, spare=_SPARE.get(stretch, 0))


def _incident(incident: Incident, report: Report, say: English) -> Iterator[str]:
    yield visible(incident.title or incident.file)
    start = incident.points.get(MilestonePoint.IMPACT_START)
    yield say.clock_within(start.at, report.timezone, report.window) if start else ""
    for stated, counted in _STATED:  # what is stated of the impact, where that is not what counts
        statement, impact = incident.points.get(stated), incident.points.get(counted)
        is_other = statement and not (impact and impact.at == statement.at)
        if statement and is_other:
            yield say.clock_within(statement.at, report.timezone, report.window)
        else:
            yield ""
    for stretch in TimeBetween:
        since, until = stretch.ends
        elapsed = incident.elapsed.get(stretch)
        if elapsed:
            yield say.bounded(*elapsed)
        elif incident.ongoing and since in incident.points and until is MilestonePoint.IMPACT_END:
            yield say.ongoing
        else:
            yield ""


def _means(milestones: Milestones, say: English) -> Table:
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
        for stretch, mean in milestones.means.items()
        if mean.best.n > 1
    )
    return Table(columns, tuple(rows))


def _mean(mean: MeanTime, say: English) -> Iterator[str]:
    yield str(mean.best.n)
    yield from starmap(
        say.bounded,
        zip(*(_figures(each) for each in (mean.best, mean.least, mean.most)), strict=True),
    )


def _figures(statistics: Statistics) -> tuple[int, int, int, int]:
    mean, median = statistics.mean, statistics.median
    return (
        mean.floor if mean else 0,
        median.floor if median else 0,
        statistics.p90 or 0,
        statistics.max or 0,
    )


def _left_out(mean: MeanTime, say: English) -> str:
    return say.left_out_of_mean(mean.ongoing, mean.negative, mean.not_stated)
