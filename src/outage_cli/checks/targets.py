"""Verdicts on the service-level objectives that a file states."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.checks.conditions import places_of
from outage_cli.model.duration import spell
from outage_cli.model.report import Report
from outage_cli.model.share import percent
from outage_cli.model.share import spell as spell_share
from outage_cli.model.verdict import Ruling, Verdict

RULINGS = {True: Ruling.PASSED, False: Ruling.FAILED, None: Ruling.UNDECIDABLE}


def verdicts(report: Report) -> Iterator[Verdict]:
    """Yield one verdict for each service with an `slo`: "no data" is undecidable (SEMANTICS X)."""
    for each in report.services:
        if each.target is None:
            continue
        up, considered = each.availability
        computed = "no data"
        if considered:
            left = each.target.remaining
            budget = (
                f"{spell(left)} of {spell(each.target.budget)} left"
                if left >= 0
                else f"{spell(-left)} over"
            )
            computed = f"availability is {percent(up, considered, 5)} %, error budget {budget}"
        yield Verdict(
            "slo",
            each.service.id,
            RULINGS[each.target.met],
            f"availability is at least {spell_share(each.target.target)}",
            computed,
            () if each.target.met else places_of(each),
        )
