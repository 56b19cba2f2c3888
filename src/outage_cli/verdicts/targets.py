"""Verdicts on the service-level objectives that a file states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outage_cli.model.duration import spell, spell_days
from outage_cli.model.promises import ObjectiveReport
from outage_cli.model.report import Report
from outage_cli.model.service_figures import Figures
from outage_cli.model.share import percent
from outage_cli.model.share import spell as spell_share
from outage_cli.model.span import Duration
from outage_cli.model.verdict import Outcome, Verdict

RULINGS = {True: Outcome.PASSED, False: Outcome.FAILED, None: Outcome.UNDECIDABLE}


def verdicts(report: Report) -> Iterator[Verdict]:
    """Yield one verdict for each service with an `slo`: "no data" is undecidable (SEMANTICS X).

    One with a period of its own has a verdict for each month it touches, or one for any 30 days.
    """
    for each in report.services:
        if each.best.target:
            yield _verdict(each.service.id, "", (each.best, *each.others), report)
        for one in report.objectives:
            if one.service == each.service.id:
                found = _verdict(one.service, _in(one), (one.best, *one.others), report)
                yield found._replace(computed=_worst(one, report.timezone) + found.computed)


def _in(one: ObjectiveReport) -> str:
    per = one.objective.per
    return f" in any {spell_days(per.length)}" if per and per.length else f" in {one.label}"


def _worst(one: ObjectiveReport, timezone: str) -> str:
    """Return which of the rolling periods is the worst, where one is worse than others."""
    _, considered = one.best.availability
    if not considered or one.label or not one.best.weighted_downtime:
        return ""
    from outage_cli.when.clock.shown import shown

    return f"worst until {shown(one.window.end, timezone)}: "


def _verdict(name: str, period: str, readings: Sequence[Figures], report: Report) -> Verdict:
    best = readings[0]
    targets = [one.target for one in readings if one.target]
    rulings = {RULINGS[target.met] for target in targets}
    ruling = rulings.pop() if len(rulings) == 1 else Outcome.UNDECIDABLE
    left = [target.remaining for target in targets]
    begun = (outage.started_by for outage in best.outages)
    return Verdict(
        "slo",
        name,
        ruling,
        f"availability is at least {spell_share(targets[0].target)}{period}",
        _computed(best, min(left), max(left)),
        ()
        if ruling is Outcome.PASSED
        else tuple(report.lines.find(mark) for mark in begun if mark),
    )


def _computed(figures: Figures, least: Duration, most: Duration) -> str:
    up, considered = figures.availability
    if not considered or not figures.target:
        return "no data"
    left, budget = figures.target.remaining, spell(figures.target.budget)
    told = f"{spell(left)} of {budget} left" if left >= 0 else f"{spell(-left)} over"
    between = f", left between {spell(least)} and {spell(most)}" if least < most else ""
    return f"availability is {percent(up, considered, 5)} %, error budget {told}{between}"
