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
    units = UNITS if duration >= 10 * DAY else UNITS[1:]
    kept = 3 if duration >= 10 * DAY or duration < HOUR else 2
    words: list[str] = []
    first = next((at for at, (_, size) in enumerate(units) if duration >= size), len(units) - 1)
    for unit, size in units[first : first + kept]:
        count, duration = divmod(duration, size)
        if count or not words:
            words.append(f"{count} {unit}")
    if len(words) > 1 and words[0] == "0 s":
        words.pop(0)
    if words == ["0 s"] and duration:
        return "under 1 s"
    return " ".join(words)
