"""The fast way to read full dates and times, as most of them are written: `2022-10-15 15:19`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from outage_cli.model.span import SECOND, Duration, Instant
from outage_cli.when.clock.zones import EPOCH, FIRST_YEAR, LAST_YEAR

_DAY = timedelta(days=1)


class ExactTimes:
    """Full dates and times in one zone, as `strict` and `resolve` together would read them.

    A text in any other form is left to those two. On a day whose offset does not change, the
    instant is the start of the day plus the time of day, and both are kept from earlier texts.
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
        if text[10:] in self.times and (day := self._day_start(text[:10])) is not None:
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
            self._day_start(text[:10])
            self.times[text[10:]] = _since(EPOCH + (shown - midnight))
        elif offset > _FOREMOST or (offset.days and (offset < _FARTHEST or offset.seconds % 900)):
            return None  # 13:42-14:52 is more likely from one to the other
        return _since(shown.replace(tzinfo=None) - offset)

    def _day_start(self, date: str) -> Instant | None:
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
def exact_times(info: ZoneInfo) -> ExactTimes:
    """Return the reader of a zone, with the days and times that it has read before."""
    return ExactTimes(info)


_FARTHEST, _FOREMOST = timedelta(hours=-12), timedelta(hours=14)
_FULL = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII
)
