"""What stands on a wall clock or a calendar leaf, some of it still missing. No instant yet."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outage_cli.model.problem import Trouble
from outage_cli.model.span import SECOND, Duration, Instant
from outage_cli.when.zones import (
    EPOCH,
    FIRST_YEAR,
    LAST_YEAR,
    abbreviation,
    instant,
    local,
    readings,
    spell_offset,
    zone,
)


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


ISO = re.compile(
    r"(?:(\d{4})-(\d\d)-(\d\d))?(?:(?(1)[Tt ] *)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?"
    r"\s*(?:(Z|z|(?(1)[+-]|\+)\d\d(?::?\d\d)?|(?!NOON)[A-Z]{3,5})(?![\w:]))?)?\s*(>{0,9})"
)
"""RFC 3339 and the ISO 8601 that people write: `2022-10-15 15:19`, `15:19:30.5Z`, `22:00>`."""


def strict(text: str) -> Wall | None:
    """Return what an ISO text says, or None where it is none. This is the fast way."""
    read = ISO.fullmatch(text)
    if not read or not text:
        return None
    year, month, day, hour, minute, second, fraction, named, on = read.groups()
    if (year is None and hour is None) or (on and year):
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


class Clocks:
    """The clocks of a zone, for full dates and times as most of them are written.

    This is the fast way of `strict` and `resolve` together; what it declines they look into. A time
    of day that was read once is only added to its day, where all hours of that day are as usual.
    """

    def __init__(self, info: ZoneInfo) -> None:
        self.info = info
        self.days: dict[str, Instant] = {}
        self.times: dict[str, Duration] = {}

    def exact(self, text: str) -> Instant | None:
        """Return the instant of a date and a time of day, or None for what is another form."""
        day, clock = self.days.get(text[:10]), self.times.get(text[10:])
        return self._read(text) if day is None or clock is None else day + clock

    def _read(self, text: str) -> Instant | None:
        if not _FULL.fullmatch(text):
            return None
        try:
            shown = datetime.fromisoformat(text)
        except ValueError:
            return None  # 30 February, or an hour that no clock has
        if not FIRST_YEAR <= shown.year <= LAST_YEAR:
            return None
        offset = shown.utcoffset()
        if offset is None:
            offset = self._offset(shown)
            if offset is None:
                return None
            midnight = shown.replace(hour=0, minute=0, second=0, microsecond=0)
            if all(self._offset(midnight + timedelta(hours=hour)) == offset for hour in (0, 24)):
                self.days[text[:10]] = _since(midnight - offset)
            self.times[text[10:]] = _since(EPOCH + (shown - midnight))
        return _since(shown.replace(tzinfo=None) - offset)

    def _offset(self, shown: datetime) -> timedelta | None:
        """Return the offset at a time of day, or None where there is none or are two."""
        aware = shown.replace(tzinfo=self.info)
        offset = aware.utcoffset()
        return offset if aware.replace(fold=1).utcoffset() == offset else None


def _since(shown: datetime) -> Instant:
    since = shown - EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds


@lru_cache(maxsize=64)
def clocks(info: ZoneInfo) -> Clocks:
    """Return the clocks of a zone, with what they have learned."""
    return Clocks(info)


_FULL = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)


def shown_in(at: Instant, named: str | None, info: ZoneInfo) -> datetime:
    """Return what clocks show at an instant: those of the offset that is named, else of a zone."""
    offset = None
    if named and named.upper() in {"Z", "UTC", "GMT"}:
        offset = timedelta()
    elif named and named[0] in "+-" and isinstance(zero := _offset(EPOCH, named), int):
        offset = -timedelta(microseconds=zero)
    shown = local(at, info) if offset is None else local(at, timezone(offset))
    return shown.replace(tzinfo=None)


def resolve(
    wall: Wall, before: datetime | None, info: ZoneInfo
) -> Instant | tuple[Instant, Instant] | Trouble:
    """Return the instant that `wall` means in a zone, or the two ends of a day without a time.

    `before` is what the clocks showed at the time before it in the source (naive), from which it
    takes what is not written. Troubles: `not-a-moment`, `no-date`, `unknown-zone`, `no-such-time`
    and `ambiguous-time` (SEMANTICS T2 to T4).
    """
    if wall.instant is not None:
        return wall.instant
    if wall.zone and "/" in wall.zone:
        named = zone(wall.zone)
        return (
            named
            if isinstance(named, Trouble)
            else resolve(wall._replace(zone=None), before, named)
        )
    if wall.same_hour and before:
        wall = wall._replace(hour=before.hour)
    on = _day(wall, before.date() if before else None)
    if isinstance(on, Trouble):
        return on
    if wall.hour is None:
        return midnight(on, info), midnight(on + _DAY, info)
    if wall.hour == 24 and not (wall.minute or wall.second or wall.microsecond):  # noqa: PLR2004
        wall, on = wall._replace(hour=0), on + _DAY
    try:
        clock = time(wall.hour or 0, wall.minute, wall.second, wall.microsecond)
    except ValueError:
        shown = f"{wall.hour}:{wall.minute:02}" + (f":{wall.second:02}" if wall.second else "")
        hint = "hours run from 00 to 23 (24:00 ends a day), minutes and seconds to 59"
        return Trouble("not-a-moment", f"no clock shows {shown}", hint)
    return _placed(datetime.combine(on, clock), wall.zone, info)


def midnight(day: date, info: ZoneInfo) -> Instant:
    """Return the first instant of a day in a zone, also where clocks skip or repeat 00:00."""
    start = datetime.combine(day, time())
    return instant(start, readings(start, info)[0])


_DAY = timedelta(days=1)


def _day(wall: Wall, before: date | None) -> date | Trouble:
    if before is None and (wall.day is None or wall.year is None):
        return Trouble(
            "no-date",
            "not a whole date, and nothing before it says the rest",
            "write the date too, as in 2022-10-15 15:19",
        )
    try:
        if wall.day is None and before:
            on = before
        elif wall.year is None and before:
            on = _nearest(wall, before)
        else:
            on = date(wall.year or 0, wall.month or 0, wall.day or 0)
        on += timedelta(days=wall.days_on)
    except (ValueError, OverflowError):
        return Trouble("not-a-moment", "no calendar has that day", "check the year, month and day")
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        hint = f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected"
        return Trouble("not-a-moment", f"the year {on.year} is out of reach", hint)
    return on


def _nearest(wall: Wall, before: date) -> date:
    """Return the day without a year, or without a month too, that is nearest to the one before it.

    Raises ValueError where no calendar has it.
    """
    if wall.month is None:
        months = [before.year * 12 + before.month - 1 + step for step in (-1, 0, 1)]
        candidates = [(month // 12, month % 12 + 1) for month in months]
    else:
        candidates = [(before.year + step, wall.month) for step in (-1, 0, 1)]
    days = []
    for year, month in candidates:
        try:
            days.append(date(year, month, wall.day or 0))
        except ValueError:
            continue  # 30 February, or 29 February in most years
    return min(days, key=lambda day: abs(day - before))


def _placed(shown: datetime, named: str | None, info: ZoneInfo) -> Instant | Trouble:
    if named:
        if named.upper() in {"Z", "UTC", "GMT"}:
            return instant(shown, timedelta())
        if named[0] in "+-":
            return _offset(shown, named)
    offsets = readings(shown, info)
    if named:
        offsets = [each for each in offsets if abbreviation(shown, each, info) == named.upper()]
        if not offsets:
            return Trouble(
                "unknown-zone",
                f"`{named}` is not what clocks in {info.key} are called at that time",
                f"write the offset, as in {shown:%Y-%m-%d %H:%M}"
                f"{spell_offset(readings(shown, info)[0])}, or leave it out for {info.key}",
            )
    if len(offsets) == 1:
        return instant(shown, offsets[0])
    written = shown.isoformat(" ", "auto" if shown.second or shown.microsecond else "minutes")
    before, after = (f"{written}{spell_offset(each)}" for each in offsets)
    if offsets[0] > offsets[1]:
        message = f"{shown:%H:%M} exists twice on {shown:%Y-%m-%d} in {info.key}, clocks went back"
        hint = f"write {before} for the first time, {after} for the second"
        return Trouble("ambiguous-time", message, hint)
    message = f"{shown:%H:%M} does not exist on {shown:%Y-%m-%d} in {info.key}, clocks went forward"
    return Trouble("no-such-time", message, f"write {before} or {after}")


def _offset(shown: datetime, named: str) -> Instant | Trouble:
    digits = named[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 15 or minutes > 59:  # noqa: PLR2004
        hint = "offsets run from -15:59 to +15:59, as in +09:00"
        return Trouble("unknown-zone", f"no clock is {named} from UTC", hint)
    ahead = timedelta(hours=hours, minutes=minutes)
    return instant(shown, -ahead if named[0] == "-" else ahead)
