"""Durations in words. The words are rounded, down and once; the seconds beside them are not."""

from __future__ import annotations

from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Duration

UNITS = (("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", SECOND))


def spell(duration: Duration) -> str:
    """Return a duration as people say it: `30 h 41 min`, `4 h`, `8 min 7 s`, `12 d 3 h`.

    Hours are counted on for ten days, because outages are compared in hours: 127 h 30 min. Seconds
    are left out of what lasts an hour or more (SEMANTICS M8: this is for display only).
    """
    if duration < 0:
        return f"−{spell(-duration)}"
    if 0 < duration < SECOND:
        return "under 1 s"
    return " ".join(f"{count} {unit}" for count, unit in pieces(duration))


def pieces(duration: Duration) -> list[tuple[int, str]]:
    """Return how many of which unit people say of a duration, the greatest first; see `spell`."""
    units = UNITS if duration >= 10 * DAY else UNITS[1:]
    kept = 3 if duration >= 10 * DAY or duration < HOUR else 2
    parts: list[tuple[int, str]] = []
    first = next((at for at, (_, size) in enumerate(units) if duration >= size), len(units) - 1)
    for unit, size in units[first : first + kept]:
        count, duration = divmod(duration, size)
        if count or not parts:
            parts.append((count, unit))
    return parts


def spell_days(duration: Duration) -> str:
    """Return a length that people count in days: `30 d`, not `720 h`."""
    days, rest = divmod(duration, DAY)
    return spell(duration) if rest or not days else f"{days} d"


def spell_user_time(lost: int) -> str:
    """Return users × microseconds in hours: `4.5 M user-h`; under one in minutes."""
    if lost < HOUR:
        minutes, rest = divmod(lost, MINUTE)
        return f"{minutes} user-min" if minutes or not rest else "under 1 user-min"
    hours = lost / HOUR
    for size, sign in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if hours >= size * _ROUNDS_TO_ONE:
            return f"{hours / size:.3g}{sign} user-h"
    return f"{hours:.3g} user-h"


_ROUNDS_TO_ONE = 0.9995
"""What three digits show as 1: 999.7 is 1 k."""


def spell_range(least: Duration, most: Duration) -> str:
    """Return the bounds of a duration in hours and minutes, as on a clock: `30:26–30:56`.

    Two that are the same are spelled as one, in words. Under an hour there are seconds, `0:07:30`,
    and so there are where nothing else tells the two apart.
    """
    if least == most:
        return spell(least)
    low, high = (_clock(each, has_seconds=False) for each in (least, most))
    is_short = max(-least, most) < HOUR and any(each % MINUTE for each in (least, most))
    if is_short or low == high:
        low, high = (_clock(each, has_seconds=True) for each in (least, most))
    return f"{low}–{high}"


def _clock(duration: Duration, *, has_seconds: bool) -> str:
    sign = "−" if duration < 0 else ""
    hours, rest = divmod(abs(duration), HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds = f":{rest // SECOND:02}" if has_seconds else ""
    return f"{sign}{hours}:{minutes:02}{seconds}"
