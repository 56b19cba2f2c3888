"""The axis of a chart: round times on the clocks of a zone, so many that they can be read.

```text
10-15           10-16           10-17
15:00   18:00   00:00   12:00   00:00
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Duration, Instant, Span
from outage_cli.when.clock.zones import instant, local

_SHORT = tuple(SECOND * each for each in (1, 2, 5, 10, 15, 30))
_MINUTES = tuple(MINUTE * each for each in (1, 2, 5, 10, 15, 30))
_HOURS = tuple(HOUR * each for each in (1, 2, 3, 6, 12))
_DAYS = tuple(DAY * each for each in (1, 2, 7, 14))
_MONTH, _YEAR = 31 * DAY, 366 * DAY
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200)


class Tick(NamedTuple):
    """A round time, and its label; `is_major` where a new day, month or year begins."""

    at: Instant
    label: str
    is_major: bool


def ticks(span: Span, info: ZoneInfo, most: int) -> list[Tick]:
    """Return at most so many round times in a span, in order, with the first date in full."""
    most = max(1, most)
    chosen: list[Tick] = []
    for step in (*_SHORT, *_MINUTES, *_HOURS, *_DAYS):
        if span.length / step <= most + 1:
            chosen = list(_by_time(span, info, step))
            if len(chosen) <= most:
                break
    else:
        chosen = _by_months(span, info, most)
    named = next((at for at, each in enumerate(chosen) if each.is_major), None)
    if named is not None:
        shown = local(chosen[named].at, info)
        if chosen[named].label == f"{shown:%m-%d}":
            chosen[named] = chosen[named]._replace(label=f"{shown:%Y-%m-%d}")
    return chosen


def _by_time(span: Span, info: ZoneInfo, step: Duration) -> Iterator[Tick]:
    """Yield the multiples of a step on the wall clock; a time that it skips has no tick."""
    day = local(span.start, info).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if step >= DAY:
        day -= timedelta(days=(day.toordinal() - 1) % (step // DAY))
    if step >= HOUR:
        wall, by = day, timedelta(microseconds=step)
        while (at := _at(wall, info)) is None or at <= span.end:
            if at is not None and at >= span.start:
                yield _labelled(at, wall, step)
            wall += by
        return
    offset = local(span.start, info).utcoffset() or timedelta()
    ahead = offset // timedelta(microseconds=1)
    for at in range(-(-(span.start + ahead) // step) * step - ahead, span.end + 1, step):
        yield _labelled(at, local(at, info).replace(tzinfo=None), step)


def _by_months(span: Span, info: ZoneInfo, most: int) -> list[Tick]:
    first = local(span.start, info)
    chosen: list[Tick] = []
    for months in (*_MONTHS, *(12 * each for each in _YEARS)):
        if span.length / (months * _MONTH) > most + 1:
            continue
        number = (first.year * 12 + first.month - 1) // months * months
        chosen = []
        while True:
            year, month = divmod(number, 12)
            wall = datetime(year, month + 1, 1)  # noqa: DTZ001 - a zone reads it below
            at = _at(wall, info)
            if at is not None and at > span.end:
                break
            if at is not None and at >= span.start:
                is_year = month == 0
                chosen.append(Tick(at, f"{year}" if is_year else f"{year}-{month + 1:02}", is_year))
            number += months
        if len(chosen) <= most:
            break
    return chosen


def _labelled(at: Instant, wall: datetime, step: Duration) -> Tick:
    if wall.hour == wall.minute == wall.second == 0 or step >= DAY:
        return Tick(at, f"{wall:%m-%d}", is_major=True)
    return Tick(at, f"{wall:%H:%M}" if step >= MINUTE else f"{wall:%H:%M:%S}", is_major=False)


def _at(wall: datetime, info: ZoneInfo) -> Instant | None:
    """Return when the clocks show a time for the first time, or None if they skip it."""
    at = instant(wall, wall.replace(tzinfo=info).utcoffset() or timedelta())
    return at if local(at, info).replace(tzinfo=None, fold=0) == wall else None
