"""Durations in words. The words are rounded, down and once; the seconds beside them are not."""

from __future__ import annotations

from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Duration

UNITS = (("d", DAY), ("h", HOUR), ("min", MINUTE), ("s", SECOND))


def spell(duration: Duration) -> str:
    """Return a duration as people say it: `30 h 41 min`, `4 h`, `8 min 7 s`, `12 d 3 h`.

    Hours are counted on to 100, because outages are compared in hours; from there on days are
    used. Seconds are left out of what lasts an hour or more (SEMANTICS M8: display only).
    """
    if duration < 0:
        return f"−{spell(-duration)}"
    units = UNITS if duration >= 100 * HOUR else UNITS[1:]
    kept = 2 if duration >= HOUR else 3
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
