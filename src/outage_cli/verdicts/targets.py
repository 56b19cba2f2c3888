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
    for service in report.services:
        if service.best.target:
            yield _verdict(service.service.id, "", service.readings, report)
        for objective in report.objectives:
            if objective.service == service.service.id:
                verdict = _verdict(objective.service, _in(objective), objective.readings, report)
                worst = _worst(objective, report.timezone)
                yield verdict._replace(computed=worst + verdict.computed)


def _in(report: ObjectiveReport) -> str:
    per = report.objective.per
    return f" in any {spell_days(per.length)}" if per and per.length else f" in {report.label}"


def _worst(report: ObjectiveReport, timezone: str) -> str:
    """Return which of the rolling periods is the worst, where one is worse than others."""
    _, considered = report.best.availability
    if not considered or report.label or not report.best.weighted_downtime:
        return ""
    from outage_cli.when.clock.shown import shown

    return f"worst until {shown(report.window.end, timezone)}: "


def _verdict(name: str, period: str, readings: Sequence[Figures], report: Report) -> Verdict:
    best = readings[0]
    targets = [each.target for each in readings if each.target]
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
    rest = f"{spell(left)} of {budget} left" if left >= 0 else f"{spell(-left)} over"
    between = f", left between {spell(least)} and {spell(most)}" if least < most else ""
    return f"availability is {percent(up, considered, 5)} %, error budget {rest}{between}"
