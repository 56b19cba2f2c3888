"""The wording of claims: the published figure, the computed one, and the difference of the two."""

from __future__ import annotations

from typing import Protocol

from outage_cli.model.accepted_range import Ratio
from outage_cli.model.event import Claim, ClaimKind
from outage_cli.model.promises import ClaimReport
from outage_cli.model.share import percent
from outage_cli.model.span import Duration, Instant

DECIMALS = 5
"""How many decimals of a percentage are shown; they are cut (SEMANTICS M8)."""


class ClaimWords(Protocol):
    """The words and phrases of a language for published figures: see `languages.en`."""

    no_outage: str
    no_data: str

    def exact_duration(self, duration: Duration) -> str:
        """Return a duration with its seconds."""

    def duration_range(self, least: Duration, most: Duration) -> str:
        """Return the bounds of a duration."""

    def percentage(self, digits: str) -> str:
        """Return a percentage."""

    def percentage_range(self, low: str, high: str) -> str:
        """Return between what a percentage lies."""

    def clock(self, at: Instant, timezone: str) -> str:
        """Return an instant."""

    def clock_range(self, first: Instant, last: Instant, timezone: str) -> str:
        """Return between what an instant lies."""

    def going_on_at(self, clock: str) -> str:
        """Return the computed end of what has none."""

    def and_now(self, least: str) -> str:
        """Return between what lies the end of what still goes on."""

    def apart(self, far: str, figure: str, *, more: bool) -> str:
        """Return how far a computed figure is from the published one."""

    def points(self, digits: str) -> str:
        """Return a difference of percentages."""


def claimed(claim: Claim) -> str:
    """Return what a claim says: `downtime at least 30h since fire`."""
    parts = [claim.figure.value, claim.says]
    for key, text in (("since", claim.since), ("until", claim.until), ("in", claim.window)):
        parts += [key, text] if text else []
    return " ".join(parts)


def computed(report: ClaimReport, timezone: str, say: ClaimWords) -> tuple[str, str]:
    """Return the computed figure and its bounds: `30 h 41 min` and `30:26–30:56`.

    The bounds are empty where the figure is certain.
    """
    figure, best, least, most = report.claim.figure, report.best, report.least, report.most
    if best is None:
        figure_text = say.no_outage if report.has_data else say.no_data
    elif report.is_ongoing and figure is ClaimKind.ENDS:
        return say.going_on_at(say.clock(best[0], timezone)), ""
    else:
        figure_text = _figure(figure, best, timezone, say)
    if least is None:
        return figure_text, ""
    low = _figure(figure, least, timezone, say)
    if most is None:
        return figure_text, say.and_now(low)
    if low == _figure(figure, most, timezone, say):
        return figure_text, ""
    if figure is ClaimKind.DOWNTIME:
        return figure_text, say.duration_range(least[0], most[0])
    if figure is ClaimKind.AVAILABILITY:
        return figure_text, say.percentage_range(
            *(percent(*one, DECIMALS) for one in (least, most))
        )
    return figure_text, say.clock_range(least[0], most[0], timezone)


def _figure(figure: ClaimKind, ratio: Ratio, timezone: str, say: ClaimWords) -> str:
    if figure is ClaimKind.DOWNTIME:
        return say.exact_duration(ratio[0])
    if figure is ClaimKind.AVAILABILITY:
        return say.percentage(percent(*ratio, DECIMALS))
    return say.clock(ratio[0], timezone)


def apart(report: ClaimReport, say: ClaimWords) -> str:
    """Return the difference in words: `30 min later`, `41 min more`; nothing for none."""
    ratio = report.difference
    if ratio is None or ratio[0] == 0:
        return ""
    figure, is_more = report.claim.figure, ratio[0] > 0
    if figure is ClaimKind.AVAILABILITY:
        far = say.points(percent(abs(ratio[0]), ratio[1], DECIMALS))
    else:
        far = say.exact_duration(abs(ratio[0]))
    return say.apart(far, figure.value, more=is_more)
