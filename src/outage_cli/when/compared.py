"""Published and computed figures in words: what is claimed, what was found, how far off it is."""

from __future__ import annotations

from typing import Protocol

from outage_cli.model.accepted import Ratio
from outage_cli.model.event import Claim, ClaimKind
from outage_cli.model.promises import ClaimReport
from outage_cli.model.share import percent
from outage_cli.model.span import Duration, Instant

DECIMALS = 5
"""How many decimals of a percentage are shown; they are cut (SEMANTICS M8)."""


class Says(Protocol):
    """What a language has to say of published figures: see `languages.en`."""

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


def computed(told: ClaimReport, timezone: str, say: Says) -> tuple[str, str]:
    """Return the figure as it was computed, and between what it lies: `30 h 41 min`, `30:26–30:56`.

    The second is empty where the figure is certain.
    """
    figure, best, least, most = told.claim.figure, told.best, told.least, told.most
    if best is None:
        found = say.no_outage if told.has_data else say.no_data
    elif told.is_ongoing and figure is ClaimKind.ENDS:
        return say.going_on_at(say.clock(best[0], timezone)), ""
    else:
        found = _figure(figure, best, timezone, say)
    if least is None:
        return found, ""
    low = _figure(figure, least, timezone, say)
    if most is None:
        return found, say.and_now(low)
    if low == _figure(figure, most, timezone, say):
        return found, ""
    if figure is ClaimKind.DOWNTIME:
        return found, say.duration_range(least[0], most[0])
    if figure is ClaimKind.AVAILABILITY:
        return found, say.percentage_range(*(percent(*one, DECIMALS) for one in (least, most)))
    return found, say.clock_range(least[0], most[0], timezone)


def _figure(figure: ClaimKind, ratio: Ratio, timezone: str, say: Says) -> str:
    if figure is ClaimKind.DOWNTIME:
        return say.exact_duration(ratio[0])
    if figure is ClaimKind.AVAILABILITY:
        return say.percentage(percent(*ratio, DECIMALS))
    return say.clock(ratio[0], timezone)


def difference(told: ClaimReport) -> Ratio | None:
    """Return the computed figure less the published one, or None where there is none.

    A duration in microseconds is parts of 1, a share a part of one. What still goes on may yet be
    as late as it was said to be.
    """
    if told.best is None:
        return None
    found = told.accepted.difference(told.best)
    return (
        None if told.is_ongoing and told.claim.figure is ClaimKind.ENDS and found[0] < 0 else found
    )


def lasting(told: ClaimReport) -> Duration | None:
    """Return the difference of durations and times, in microseconds; shares have none."""
    found = difference(told)
    return None if found is None or told.claim.figure is ClaimKind.AVAILABILITY else found[0]


def apart(told: ClaimReport, say: Says) -> str:
    """Return the difference in words: `30 min later`, `41 min more`; nothing for none."""
    found = difference(told)
    if found is None or found[0] == 0:
        return ""
    figure, is_more = told.claim.figure, found[0] > 0
    if figure is ClaimKind.AVAILABILITY:
        far = say.points(percent(abs(found[0]), found[1], DECIMALS))
    else:
        far = say.exact_duration(abs(found[0]))
    return say.apart(far, figure.value, more=is_more)
