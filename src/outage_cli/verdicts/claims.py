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
    for claim_report in report.claims:
        claim = claim_report.claim
        marks = [claim.mark]
        for outage in claim_report.outages:
            marks += [mark for mark in (outage.started_by, outage.ended_by) if mark]
        yield Verdict(
            "claim",
            claim.service,
            _RULINGS[claim_report.finding],
            _says(claim),
            _computed(claim_report, report.timezone),
            tuple(report.lines.find(mark) for mark in dict.fromkeys(marks)),
            claim.by,
            claim_report.time_difference,
        )


def _says(claim: Claim) -> str:
    rest = claimed(claim).removeprefix(claim.figure.value)
    return f"{claim.by or 'a claim'} says {_IS[claim.figure]}{rest}"


def _computed(report: ClaimReport, timezone: str) -> str:
    figure, between = computed(report, timezone, CATALOGUE)
    is_figure = report.best is not None and figure[0].isdigit()
    text = f"{_IS[report.claim.figure]} {figure}" if is_figure else figure
    text += f", between {between}" if between else ""
    if report.finding is ClaimVerdict.AGREES or report.best is None:
        return text
    off = apart(report, CATALOGUE)
    if report.finding is ClaimVerdict.DIFFERS:
        return f"{text}: {off or 'the edge itself does not count'}"
    accepted = report.accepted
    agrees = not accepted.is_below(report.best) and not accepted.is_above(report.best)
    agreeing = "the best estimate agrees" if agrees and not report.is_ongoing else ""
    remark = ", ".join(part for part in (agreeing, off) if part)
    return f"{text}: {remark}" if remark else text
