"""What stands on a wall clock or a calendar leaf, some of it still missing. No instant yet."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import SECOND, Duration, Instant
from outage_cli.when.clock.zones import (
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
        if text[10:] in self.times and (day := self._begun(text[:10])) is not None:
            return day + self.times[text[10:]]
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
            self._begun(text[:10])
            self.times[text[10:]] = _since(EPOCH + (shown - midnight))
        elif offset > _FOREMOST or (offset.days and (offset < _FARTHEST or offset.seconds % 900)):
            return None  # 13:42-14:52 is more likely from one to the other
        return _since(shown.replace(tzinfo=None) - offset)

    def _begun(self, date: str) -> Instant | None:
        """Return when a day began, or None for one that is none or has unusual hours."""
        try:
            midnight = datetime.fromisoformat(date)
        except ValueError:
            return None
        if not FIRST_YEAR <= midnight.year <= LAST_YEAR:
            return None
        offset = self._offset(midnight)
        if offset is None or offset != self._offset(midnight + _DAY):
            return None
        self.days[date] = _since(midnight - offset)
        return self.days[date]

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


_FARTHEST, _FOREMOST = timedelta(hours=-12), timedelta(hours=14)
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
) -> Instant | tuple[Instant, Instant] | ProblemText:
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
            if isinstance(named, ProblemText)
            else resolve(wall._replace(zone=None), before, named)
        )
    if wall.same_hour and before:
        wall = wall._replace(hour=before.hour)
    on = _day(wall, before.date() if before else None)
    if isinstance(on, ProblemText):
        return on
    if wall.hour is None:
        start, end = midnight(on, info), midnight(on + _DAY, info)
        return (start, end) if start < end else skipped(on, info)
    if wall.hour == 24 and not (wall.minute or wall.second or wall.microsecond):  # noqa: PLR2004
        wall, on = wall._replace(hour=0), on + _DAY
    try:
        clock = time(wall.hour or 0, wall.minute, wall.second, wall.microsecond)
    except ValueError:
        return _fault(wall)
    return _placed(datetime.combine(on, clock), wall.zone, info)


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


def _day(wall: Wall, before: date | None) -> date | ProblemText:
    if before is None and (wall.day is None or wall.year is None):
        return ProblemText(
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
        return _fault(wall)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        hint = f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected"
        return ProblemText("not-a-moment", f"the year {on.year} is out of reach", hint)
    return on


def _fault(wall: Wall) -> ProblemText:
    """Return what is wrong with what no calendar or no clock shows."""
    from outage_cli.when.words.time_problems import fault

    hint = "check the year, month and day"
    return fault(wall, wall.written) or ProblemText(
        "not-a-moment", "no calendar has that day", hint
    )


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


def _placed(shown: datetime, named: str | None, info: ZoneInfo) -> Instant | ProblemText:
    if named:
        if named.upper() in {"Z", "UTC", "GMT"}:
            return instant(shown, timedelta())
        if named[0] in "+-":
            return _offset(shown, named)
    offsets = readings(shown, info)
    if named:
        called = [each for each in offsets if abbreviation(shown, each, info) == named.upper()]
        if not called:
            from outage_cli.when.clock.abbreviations import otherwise, unknown

            called = otherwise(named, shown, info)
            if not called:
                return unknown(named, shown, info)
        if len(offsets) == 1 or offsets[0] > offsets[1]:
            offsets = called  # a name chooses of what exists twice, but makes nothing exist
    if len(offsets) == 1:
        return instant(shown, offsets[0])
    written = shown.isoformat(" ", "auto" if shown.second or shown.microsecond else "minutes")
    before, after = (_offered(shown, written, each) for each in offsets)
    if offsets[0] > offsets[1]:
        message = f"{shown:%H:%M} exists twice on {shown:%Y-%m-%d} in {info.key}, clocks went back"
        hint = f"write {before} for the first time, {after} for the second"
        return ProblemText("ambiguous-time", message, hint)
    message = f"{shown:%H:%M} does not exist on {shown:%Y-%m-%d} in {info.key}, clocks went forward"
    return ProblemText("no-such-time", message, f"write {before} or {after}")


def _offered(shown: datetime, written: str, offset: timedelta) -> str:
    """Return a time with its offset; in UTC where no offset that is read is that one."""
    at, named = instant(shown, offset), spell_offset(offset)
    if _offset(shown, named) == at:
        return f"{written}{named}"
    return f"{(EPOCH + timedelta(microseconds=at)).isoformat(' ')}Z"


def _offset(shown: datetime, named: str) -> Instant | ProblemText:
    digits = named[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if named[0] == "-" and hours < 24 and (hours * 60 + minutes > 720 or minutes % 15):  # noqa: PLR2004
        start, end = f"{shown:%Y-%m-%d %H:%M}", f"{hours:02}:{minutes:02}"
        hint = f"write {start}..{end} for some time between, or an offset as in {start}-07:00"
        return ProblemText(
            "not-a-moment", f"no clock is {named} from UTC, this looks like a range", hint
        )
    if hours * 60 + minutes > 840 or minutes > 59:  # noqa: PLR2004
        hint = "offsets run from -12:00 to +14:00, as in +09:00"
        return ProblemText("unknown-zone", f"no clock is {named} from UTC", hint)
    ahead = timedelta(hours=hours, minutes=minutes)
    return instant(shown, -ahead if named[0] == "-" else ahead)
