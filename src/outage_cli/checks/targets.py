"""Verdicts on the service-level objectives that a file states."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.checks.conditions import places_of
from outage_cli.model.duration import spell
from outage_cli.model.report import Figures, Report
from outage_cli.model.share import percent
from outage_cli.model.share import spell as spell_share
from outage_cli.model.span import Duration
from outage_cli.model.verdict import Ruling, Verdict

RULINGS = {True: Ruling.PASSED, False: Ruling.FAILED, None: Ruling.UNDECIDABLE}


def verdicts(report: Report) -> Iterator[Verdict]:
    """Yield one verdict for each service with an `slo`: "no data" is undecidable (SEMANTICS X)."""
    for each in report.services:
        targets = [one.target for one in (each.best, *each.others) if one.target]
        if not targets:
            continue
        rulings = {RULINGS[target.met] for target in targets}
        ruling = rulings.pop() if len(rulings) == 1 else Ruling.UNDECIDABLE
        least, most = each.between(lambda one: one.target.remaining if one.target else 0)
        yield Verdict(
            "slo",
            each.service.id,
            ruling,
            f"availability is at least {spell_share(targets[0].target)}",
            _computed(each.best, least, most),
            () if ruling is Ruling.PASSED else places_of(each, report),
        )


def _computed(figures: Figures, least: Duration, most: Duration) -> str:
    up, considered = figures.availability
    if not considered or not figures.target:
        return "no data"
    left, budget = figures.target.remaining, spell(figures.target.budget)
    told = f"{spell(left)} of {budget} left" if left >= 0 else f"{spell(-left)} over"
    between = f", left between {spell(least)} and {spell(most)}" if least < most else ""
    return f"availability is {percent(up, considered, 5)} %, error budget {told}{between}"
