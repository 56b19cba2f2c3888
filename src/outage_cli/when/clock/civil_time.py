"""What stands on a wall clock or a calendar leaf, some of it still missing. No instant yet."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Instant
from outage_cli.when.clock.zones import instant, local, readings


class Wall(NamedTuple):
    """A date, a time of day, or both, as written. What was not written is None.

    `days_on` counts the days that the writing moves on (`22:00>`, 翌日, 25時). `zone` is what was
    written of one: `Z`, `+09:00`, `KST`. `instant` is set where the writing is an instant already,
    as in epoch seconds, and then nothing else is.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    microsecond: int = 0
    days_on: int = 0
    zone: str | None = None
    instant: Instant | None = None
    same_hour: bool = False

    @property
    def has_date(self) -> bool:
        """Whether it says its day by itself."""
        return self.day is not None or self.instant is not None

    @property
    def written(self) -> str:
        """It as ISO 8601 would write it, also where no calendar and no clock shows it."""
        day = None if self.day is None or self.month is None else f"{self.month:02}-{self.day:02}"
        if day and self.year is not None:
            day = f"{self.year:04}-{day}"
        clock = None if self.hour is None else f"{self.hour:02}:{self.minute:02}"
        if clock and (self.second or self.microsecond):
            clock += f":{self.second:02}"
        return " ".join(part for part in (day, clock) if part) + (self.zone or "")


LONGEST_TEXT = 200
"""A longer text is no time. Patterns take long over very many spaces."""

ISO = re.compile(
    r"(?:(\d{4})-(\d\d)-(\d\d))?(?:(?(1)[Tt ] *)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?"
    r"\s*(?:(Z|z|(?(1)[+-]|\+)\d\d(?::?\d\d)?|(?!NOON)[A-Z]{3,5})(?![\w:]))?)?\s*(>{0,9})"
)
"""RFC 3339 and the ISO 8601 that people write: `2022-10-15 15:19`, `15:19:30.5Z`, `22:00>`."""


def strict(text: str) -> Wall | None:
    """Return what an ISO text says, or None where it is none. This is the fast way."""
    read = ISO.fullmatch(text) if 0 < len(text) <= LONGEST_TEXT else None
    if not read:
        return None
    year, month, day, hour, minute, second, fraction, named, on = read.groups()
    if (year is None and hour is None) or (on and year) or (fraction and fraction[6:].strip("0")):
        return None
    return Wall(
        int(year) if year else None,
        int(month) if month else None,
        int(day) if day else None,
        int(hour) if hour else None,
        int(minute) if minute else 0,
        int(second) if second else 0,
        int(fraction[:6].ljust(6, "0")) if fraction else 0,
        len(on),
        named,
    )


def is_day(at: Moment, info: ZoneInfo) -> bool:
    """Whether a moment is some time on one day in a zone, from midnight to midnight."""
    if at.earliest is None or at.latest is None or at.earliest == at.latest:
        return False
    day = local(at.earliest, info).date()
    return (midnight(day, info), midnight(day + _DAY, info)) == (at.earliest, at.latest)


def midnight(day: date, info: ZoneInfo) -> Instant:
    """Return the first instant of a day in a zone, also where clocks skip or repeat 00:00."""
    start = datetime.combine(day, time())
    return instant(start, readings(start, info)[0])


_DAY = timedelta(days=1)


def skipped(day: date, info: ZoneInfo) -> ProblemText:
    """Return that a zone never had a day, as where it moved across the date line (SEMANTICS T3)."""
    return ProblemText(
        "no-such-time",
        f"{day} does not exist in {info.key}, clocks went from {day - _DAY} to {day + _DAY}",
        f"write {day - _DAY} or {day + _DAY}",
    )
