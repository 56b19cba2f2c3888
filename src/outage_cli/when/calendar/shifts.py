"""How far to move a whole outage, for the question "what if it had been a weekday?"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, Duration, Instant
from outage_cli.when.calendar.resolve import resolve
from outage_cli.when.clock.civil_time import Wall
from outage_cli.when.clock.zones import local
from outage_cli.when.words.durations import duration

FORMS = "2d, -3h, 'next weekday', 'next monday' or 'previous friday'"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KINDS = {
    **{name: frozenset({at}) for at, name in enumerate(DAYS)},
    "weekday": frozenset(range(5)),
    "weekend": frozenset({5, 6}),
    "day": frozenset(range(7)),
}


def shift(text: str, start: Instant, info: ZoneInfo) -> Duration | ProblemText:
    """Return how far to move what starts at `start`, so that its clock keeps its time of day.

    Whole days are days of the calendar of a zone; anything else is elapsed time. Troubles:
    `not-a-shift`, and `no-such-time` or `ambiguous-time` where the clocks change on the new day.
    """
    words = text.strip().lower()
    sign = -1 if words[:1] in {"-", "−"} else 1
    length = duration(words[1:] if words[:1] in {"+", "-", "−"} else words)
    if length is not None and length % DAY == 0:
        return _to_day(start, sign * (length // DAY), info)
    if length is not None:
        return sign * length
    direction, _, kind = words.partition(" ")
    if direction in {"next", "previous"} and kind in KINDS:
        today = local(start, info).weekday()
        step = 1 if direction == "next" else -1
        days = next(days for days in range(1, 8) if (today + step * days) % 7 in KINDS[kind])
        return _to_day(start, step * days, info)
    close = get_close_matches(kind or words, KINDS, 1)
    hint = f"did you mean next {close[0]}?" if close else f"write {FORMS}"
    return ProblemText("not-a-shift", f"`{text}` does not say how far", hint)


def _to_day(start: Instant, days: int, info: ZoneInfo) -> Duration | ProblemText:
    shown = local(start, info).replace(tzinfo=None)
    try:
        moved = shown + timedelta(days=days)
    except OverflowError:
        return ProblemText("not-a-shift", "this leads out of the calendar", f"write {FORMS}")
    at = resolve(_wall(moved), None, info)
    if isinstance(at, ProblemText):
        readings = re.sub(r"\d{4}-\S+ [^\s,]+", r"'\g<0>'", at.hint.removeprefix("write "))
        return at._replace(hint=f"ask for --start {readings}")
    return (at[0] if isinstance(at, tuple) else at) - start


def _wall(shown: datetime) -> Wall:
    return Wall(*shown.timetuple()[:6], shown.microsecond)
