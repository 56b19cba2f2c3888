"""Time zones: from what a wall clock shows to the UTC line and back. TZ never counts (T2).

```text
Berlin, 31 March 2024      01:59:59 | 03:00:00          02:30 does not exist
Berlin, 27 October 2024    02:00:00 … 02:59:59 | 02:00:00 … 02:59:59    02:30 exists twice
```
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC as _UTC
from datetime import datetime, timedelta, tzinfo
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, Duration, Instant

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clocks are naive until a zone reads them
_AWARE_EPOCH = EPOCH.replace(tzinfo=_UTC)
_MICROSECOND = timedelta(microseconds=1)
_MACHINE = {"localtime", "posixrules", "Factory"}
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Outages happen between these; anything else is a slip of the pen."""

FIRST: Instant = (EPOCH.replace(year=FIRST_YEAR) - EPOCH) // _MICROSECOND
LAST: Instant = (EPOCH.replace(year=LAST_YEAR + 1) - EPOCH) // _MICROSECOND


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo | ProblemText:
    """Return the zone with the IANA name `name`, or `unknown-zone` (SEMANTICS T2)."""
    if name not in _MACHINE:
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            pass  # no such name, a path, a folder, a NUL: all of it is no zone
    from outage_cli.when.clock.abbreviation_table import HOMES

    names = {each.lower(): each for each in available_timezones() - _MACHINE}
    lowered = name.strip().replace(" ", "_").lower()
    cities = {each.rpartition("/")[2]: full for each, full in names.items()}
    close = names.get(lowered) or cities.get(lowered)
    if not close and (near := get_close_matches(lowered, names, 1, 0.75)):
        close = names[near[0]]
    if not close and (near := get_close_matches(lowered.rpartition("/")[2], cities, 1, 0.75)):
        close = cities[near[0]]
    if name.strip().upper() in HOMES:
        close = " or ".join(HOMES[name.strip().upper()])
    hint = f"did you mean {close}?" if close else "write an IANA name such as Asia/Seoul or UTC"
    return ProblemText("unknown-zone", f"`{name}` is not a time zone", hint)


def known(name: str) -> ZoneInfo:
    """Return the zone with a name that `zone` has found before. Raises LookupError for others."""
    info = zone(name)
    if isinstance(info, ProblemText):
        raise LookupError(info.message)  # noqa: TRY004 - a name, not a type, is wrong
    return info


def instant(wall: datetime, offset: timedelta) -> Instant:
    """Return the instant at which a clock `offset` ahead of UTC shows `wall` (naive)."""
    return (wall - EPOCH - offset) // _MICROSECOND


def readings(wall: datetime, info: ZoneInfo) -> list[timedelta]:
    """Return the offsets under which the clocks of a zone could show `wall` (naive).

    One where that time exists once; two where it exists twice, or not at all, the two being what
    held before and after the clocks changed (SEMANTICS T3).
    """
    before = wall.replace(tzinfo=info).utcoffset() or timedelta()
    after = wall.replace(tzinfo=info, fold=1).utcoffset() or timedelta()
    return [before] if before == after else [before, after]


def local(at: Instant, info: tzinfo) -> datetime:
    """Return what the clocks of a zone show at an instant, aware of its offset."""
    return (_AWARE_EPOCH + timedelta(microseconds=at)).astimezone(info)


def abbreviation(wall: datetime, offset: timedelta, info: ZoneInfo) -> str | None:
    """Return what a zone calls itself at `wall` under `offset`: `KST`, `CEST`."""
    return local(instant(wall, offset), info).tzname()


def spell_offset(offset: timedelta) -> str:
    """Return an offset from UTC as RFC 3339 writes it: `+09:00`, `-03:30`."""
    minutes = round(offset / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


class Stamps:
    """Instants as the clocks of a zone show them, with their offset.

    A day in which the offset stays the same, as on most, is spelled once; so is a time of day.
    """

    def __init__(self, info: ZoneInfo) -> None:
        self.info = info
        self.offsets: dict[int, tuple[Duration, str] | None] = {}  # by the day in UTC
        self.dates: dict[int, str] = {}
        self.times: dict[Duration, str] = {}

    def stamp(self, at: Instant) -> str:
        """Return an instant in the form of RFC 3339."""
        day = at // DAY
        steady = self.offsets[day] if day in self.offsets else self._steady(day)
        if steady is None:
            return local(at, self.info).isoformat()
        offset, suffix = steady
        date, time = divmod(at + offset, DAY)
        try:
            return f"{self.dates[date]}T{self.times[time]}{suffix}"
        except KeyError:
            shown = local(at, self.info).isoformat()
            self.dates[date], _, self.times[time] = shown.removesuffix(suffix).partition("T")
            return shown

    def _steady(self, day: int) -> tuple[Duration, str] | None:
        """Return the offset that a day in UTC has from end to end, and how it is written."""
        begin = local(day * DAY, self.info)
        offset = begin.utcoffset() or timedelta()
        is_steady = offset == local((day + 1) * DAY, self.info).utcoffset()
        suffix = begin.isoformat().removeprefix(begin.replace(tzinfo=None).isoformat())
        self.offsets[day] = (offset // _MICROSECOND, suffix) if is_steady else None
        return self.offsets[day]


@lru_cache(maxsize=64)
def stamps(name: str) -> Callable[[Instant], str]:
    """Return what writes instants with the offset of the zone that has a name."""
    return Stamps(known(name)).stamp


def rfc3339(at: Instant, name: str) -> str:
    """Return an instant with the offset of the zone called `name`: `2022-10-15T15:19:00+09:00`."""
    return stamps(name)(at)
