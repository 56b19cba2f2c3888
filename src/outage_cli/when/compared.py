"""Published and computed figures in words: what is claimed, what was found, how far off it is."""

from __future__ import annotations

from outage_cli.model.accepted import Ratio
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.event import Claim, Figure
from outage_cli.model.report import ClaimReport
from outage_cli.model.share import percent
from outage_cli.model.span import HOUR, MINUTE, SECOND, Duration
from outage_cli.when.clocks import shown

DECIMALS = 5
"""How many decimals of a percentage are shown; they are cut (SEMANTICS M8)."""

NOTHING, NO_DATA, ONGOING = "no outage", "no data", "still going on"


def claimed(claim: Claim) -> str:
    """Return what a claim says: `downtime at least 30h since fire`."""
    parts = [claim.figure.value, claim.says]
    for key, text in (("since", claim.since), ("until", claim.until), ("in", claim.window)):
        parts += [key, text] if text else []
    return " ".join(parts)


def computed(told: ClaimReport, timezone: str) -> tuple[str, str]:
    """Return the figure as it was computed, and between what it lies: `30 h 41 min`, `30:26–30:56`.

    The second is empty where the figure is certain.
    """
    figure, best, least, most = told.claim.figure, told.best, told.least, told.most
    if best is None:
        found = NOTHING if told.has_data else NO_DATA
    elif told.is_ongoing and figure is Figure.ENDS:
        return f"{ONGOING} at {shown(best[0], timezone)}", ""
    else:
        found = _figure(figure, best, timezone)
    if least is None:
        return found, ""
    low = _figure(figure, least, timezone)
    high = "" if most is None else _figure(figure, most, timezone)
    if low == high:
        return found, ""
    if most is None:
        return found, f"{low} and now"
    if figure is Figure.DOWNTIME:
        return found, spell_range(least[0], most[0])
    if figure is Figure.AVAILABILITY:
        return found, f"{low.removesuffix(' %')}–{high}"
    day, _, clock = high.partition(" ")
    return found, f"{low}–{clock if low.startswith(day) else high}"


def _figure(figure: Figure, ratio: Ratio, timezone: str) -> str:
    if figure is Figure.DOWNTIME:
        return _exactly(ratio[0])
    if figure is Figure.AVAILABILITY:
        return f"{percent(*ratio, DECIMALS)} %"
    return shown(ratio[0], timezone)


def _exactly(duration: Duration) -> str:
    """Return a duration with its seconds, however long it is: they may decide a claim."""
    rest = duration % MINUTE // SECOND * SECOND
    return f"{spell(duration)} {spell(rest)}" if duration >= HOUR and rest else spell(duration)


def difference(told: ClaimReport) -> Ratio | None:
    """Return the computed figure less the published one, or None where there is none.

    A duration in microseconds is parts of 1, a share a part of one. What still goes on may yet be
    as late as it was said to be.
    """
    if told.best is None:
        return None
    found = told.accepted.difference(told.best)
    return None if told.is_ongoing and told.claim.figure is Figure.ENDS and found[0] < 0 else found


def lasting(told: ClaimReport) -> Duration | None:
    """Return the difference of durations and times, in microseconds; shares have none."""
    found = difference(told)
    return None if found is None or told.claim.figure is Figure.AVAILABILITY else found[0]


def apart(told: ClaimReport) -> str:
    """Return the difference in words: `30 min later`, `41 min more`; nothing for none."""
    found = difference(told)
    if found is None or found[0] == 0:
        return ""
    is_more = found[0] > 0
    if told.claim.figure is Figure.AVAILABILITY:
        points = percent(abs(found[0]), found[1], DECIMALS)
        return f"{points} points {'more' if is_more else 'less'}"
    words = ("later", "earlier") if told.claim.figure in _TIMES else ("more", "less")
    return f"{_exactly(abs(found[0]))} {words[not is_more]}"


_TIMES = (Figure.STARTS, Figure.ENDS)
