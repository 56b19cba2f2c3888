"""The tables of what was promised per month or 30 days, and of what was published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model import share
from outage_cli.model.report import Report
from outage_cli.writers.page.services import MOST_OUTAGES, Column, Table, left, without_empty
from outage_cli.writers.page.words import told, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English


class Section(NamedTuple):
    """A table that a report has only where there is something to put into it."""

    heading: str
    table: Table
    left_out: int


def sections(report: Report, say: English) -> Iterator[Section]:
    """Yield what stands after the services and outages of a report, where there is any of it."""
    if report.objectives:
        left_out = max(0, len(report.objectives) - MOST_OUTAGES)
        yield Section(say.objectives, objectives(report, say), left_out)
    if report.claims:
        left_out = max(0, len(report.claims) - MOST_OUTAGES)
        yield Section(say.claims, claims(report, say), left_out)


def objectives(report: Report, say: English) -> Table:
    """Return one row for each period in which an objective of its own is to be met."""
    columns = (
        Column("service", say.service),
        Column("slo", say.slo, is_figure=True),
        Column("period", say.period),
        Column("period-start", say.period_start, spare=3),
        Column("period-end", say.period_end, spare=2),
        Column("availability", say.availability, is_figure=True),
        Column("budget-left", say.budget_left, is_figure=True),
        Column("between", say.between, is_figure=True, spare=1),
    )
    rows = []
    for each in report.objectives[:MOST_OUTAGES]:
        target, per = each.best.target, each.objective.per
        budgets = [one.target.remaining for one in (each.best, *each.others) if one.target]
        rolling = say.any_stretch_of(per.length) if per and per.length else ""
        met = target.met if target else None
        rows.append(
            (
                visible(each.service),
                f"{share.spell(each.objective.target)}{' ✗' if met is False else ''}",
                say.period_label(each.label) or rolling,
                *(say.clock(at, report.timezone) for at in each.window),
                told(each.best.availability, report.method, say),
                left(target.remaining, say, met=met) if target else "",
                say.duration_range(min(budgets), max(budgets))
                if min(budgets) < max(budgets)
                else "",
            )
        )
    return without_empty(columns, rows)


def claims(report: Report, say: English) -> Table:
    """Return one row a published figure, beside the computed one, in the order of the files."""
    from outage_cli.languages.claims import apart, computed

    columns = (
        Column("service", say.service),
        Column("claim", say.claim, is_text=True),
        Column("by", say.by, is_text=True, spare=1),
        Column("computed", say.computed, is_figure=True),
        Column("between", say.between, is_figure=True, spare=3),
        Column("difference", say.difference, is_figure=True, spare=2),
        Column("verdict", say.verdict),
    )
    rows = [
        (
            visible(each.claim.service),
            visible(say.claimed(each, report.timezone)),
            visible(each.claim.by or ""),
            *computed(each, report.timezone, say),
            apart(each, say),
            say.findings[each.finding.value],
        )
        for each in report.claims[:MOST_OUTAGES]
    ]
    return without_empty(columns, rows)
