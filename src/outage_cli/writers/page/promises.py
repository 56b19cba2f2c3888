"""The tables of what was promised per month or 30 days, and of what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.report import Report
from outage_cli.writers.page.services import left
from outage_cli.writers.page.table import MOST_OUTAGES, Column, Table, without_empty
from outage_cli.writers.page.words import in_percent, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def objectives(report: Report, say: English) -> Table:
    """Return one row for each period in which an objective of its own is to be met."""
    columns = (
        Column("service", say.service),
        Column("slo", say.figures["slo"], is_figure=True),
        Column("period", say.period),
        Column("period-start", say.period_start, spare=3),
        Column("period-end", say.period_end, spare=2),
        Column("availability", say.figures["availability"], is_figure=True),
        Column("budget-left", say.figures["budget_left"], is_figure=True),
        Column("between", say.between, is_figure=True, spare=1),
    )
    rows = []
    for objective in report.objectives[:MOST_OUTAGES]:
        target, per = objective.best.target, objective.objective.per
        budgets = [
            one.target.remaining for one in (objective.best, *objective.others) if one.target
        ]
        rolling = say.any_stretch_of(per.length) if per and per.length else ""
        met = target.met if target else None
        rows.append(
            (
                visible(objective.service),
                f"{share.spell(objective.objective.target)}{' ✗' if met is False else ''}",
                say.period_label(objective.label) or rolling,
                *(say.clock(at, report.timezone) for at in objective.window),
                in_percent(objective.best.availability, report.method, say),
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
