"""Verdicts on published figures: whether they agree with the computed ones (SEMANTICS C)."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.languages.claims import apart, claimed, computed
from outage_cli.languages.en import CATALOGUE
from outage_cli.model.event import Claim, ClaimKind
from outage_cli.model.promises import ClaimReport, ClaimVerdict
from outage_cli.model.report import Report
from outage_cli.model.verdict import Outcome, Verdict

_RULINGS = {
    ClaimVerdict.AGREES: Outcome.PASSED,
    ClaimVerdict.DIFFERS: Outcome.FAILED,
    ClaimVerdict.UNDECIDABLE: Outcome.UNDECIDABLE,
}
_IS = {
    ClaimKind.DOWNTIME: "downtime is",
    ClaimKind.AVAILABILITY: "availability is",
    ClaimKind.STARTS: "it starts",
    ClaimKind.ENDS: "it ends",
}


def verdicts(report: Report) -> Iterator[Verdict]:
    """Yield one verdict for each claim, with its line and the lines of the outages behind it."""
    for each in report.claims:
        claim = each.claim
        marks = [claim.mark]
        for outage in each.outages:
            marks += [mark for mark in (outage.started_by, outage.ended_by) if mark]
        yield Verdict(
            "claim",
            claim.service,
            _RULINGS[each.finding],
            _says(claim),
            _computed(each, report.timezone),
            tuple(report.lines.find(mark) for mark in dict.fromkeys(marks)),
            claim.by,
            each.time_difference,
        )


def _says(claim: Claim) -> str:
    rest = claimed(claim).removeprefix(claim.figure.value)
    return f"{claim.by or 'a claim'} says {_IS[claim.figure]}{rest}"


def _computed(each: ClaimReport, timezone: str) -> str:
    figure, between = computed(each, timezone, CATALOGUE)
    is_figure = each.best is not None and figure[0].isdigit()
    told = f"{_IS[each.claim.figure]} {figure}" if is_figure else figure
    told += f", between {between}" if between else ""
    if each.finding is ClaimVerdict.AGREES or each.best is None:
        return told
    off = apart(each, CATALOGUE)
    if each.finding is ClaimVerdict.DIFFERS:
        return f"{told}: {off or 'the edge itself does not count'}"
    accepted = each.accepted
    agrees = not accepted.is_below(each.best) and not accepted.is_above(each.best)
    agreeing = "the best estimate agrees" if agrees and not each.is_ongoing else ""
    remark = ", ".join(part for part in (agreeing, off) if part)
    return f"{told}: {remark}" if remark else told
