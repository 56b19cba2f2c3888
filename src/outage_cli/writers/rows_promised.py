"""The tables of what was promised per month or 30 days, and of what was published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from outage_cli.model import share
from outage_cli.model.duration import spell_days, spell_range
from outage_cli.model.report import Report
from outage_cli.writers.rows import MOST_OUTAGES, Column, Table, left, without_empty
from outage_cli.writers.words import clock, percentage, visible


class Section(NamedTuple):
    """A table that a report has only where there is something to put into it."""

    heading: str
    table: Table
    left_out: int


def sections(report: Report) -> Iterator[Section]:
    """Yield what stands after the services and outages of a report, where there is any of it."""
    if report.objectives:
        left_out = max(0, len(report.objectives) - MOST_OUTAGES)
        yield Section("Objectives", objectives(report), left_out)
    if report.claims:
        yield Section("Claims", claims(report), max(0, len(report.claims) - MOST_OUTAGES))


def objectives(report: Report) -> Table:
    """Return one row for each period in which an objective of its own is to be met."""
    columns = (
        Column("service", "Service"),
        Column("slo", "SLO", is_figure=True),
        Column("period", "Period"),
        Column("start", "Start", spare=3),
        Column("end", "End", spare=2),
        Column("availability", "Availability", is_figure=True),
        Column("budget-left", "Budget left", is_figure=True),
        Column("between", "Between", is_figure=True, spare=1),
    )
    rows = []
    for each in report.objectives[:MOST_OUTAGES]:
        target, per = each.best.target, each.objective.per
        budgets = [one.target.remaining for one in (each.best, *each.others) if one.target]
        rolling = f"any {spell_days(per.length)}" if per and per.length else ""
        met = target.met if target else None
        rows.append(
            (
                visible(each.service),
                f"{share.spell(each.objective.target)}{' ✗' if met is False else ''}",
                each.label or rolling,
                *(clock(at, report.timezone) for at in each.window),
                percentage(each.best.availability, report.method),
                left(target.remaining, met=met) if target else "",
                spell_range(min(budgets), max(budgets)) if min(budgets) < max(budgets) else "",
            )
        )
    return without_empty(columns, rows)


def claims(report: Report) -> Table:
    """Return one row a published figure, beside the computed one, in the order of the files."""
    from outage_cli.when.compared import apart, claimed, computed

    columns = (
        Column("service", "Service"),
        Column("claim", "Claim", is_text=True),
        Column("by", "By", is_text=True, spare=1),
        Column("computed", "Computed", is_figure=True),
        Column("between", "Between", is_figure=True, spare=3),
        Column("difference", "Difference", is_figure=True, spare=2),
        Column("verdict", "Verdict"),
    )
    rows = [
        (
            visible(each.claim.service),
            visible(claimed(each.claim)),
            visible(each.claim.by or ""),
            *computed(each, report.timezone),
            apart(each),
            each.finding.value,
        )
        for each in report.claims[:MOST_OUTAGES]
    ]
    return without_empty(columns, rows)
