"""Service hours as people write them, and the time that they cover. No text makes this raise.

A window on a wall clock is open exactly while the clocks of its zone show a time inside it
(SEMANTICS M6). What clocks skip is never open, what they show twice is open twice:

```text
Berlin, 31 March 2024      01:00 -------- 02:00|03:00 -------- 04:00
02:30-04:00                                    [---------------)            1 h, its start skipped
Berlin, 27 October 2024    02:00 -- 02:30 -- 03:00|02:00 -- 02:30 -- 03:00 -- 04:00
02:00-04:00                [--------------------------------------------------)     3 h
02:30-04:00                         [-------------)         [-----------------)     2 h
```
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.model.problem import Trouble
from outage_cli.model.span import DAY, HOUR, MINUTE, Duration, Instant, Span, union
from outage_cli.when.zones import EPOCH, FIRST, LAST, local

FORMS = "Mon-Fri 09:00-11:30, 12:30-15:00; Sat 10-14; daily 06-24; 24/7; 2024-12-25 closed"
LONGEST_TEXT, LONGEST_SHOWN, LONGEST_HOLIDAY = 2000, 60, timedelta(366)

Openings: TypeAlias = tuple[Span, ...]
"""When a day is open, since its 00:00 on the clock. What ends after 24:00 ends on the next day."""
Leaf: TypeAlias = date | tuple[int, int]
"""A leaf of the calendar: one date, or a month and its day in every year."""


class Hours(NamedTuple):
    """The openings of each weekday from Monday on, and those of dates, which replace them.

    A night belongs to the day it starts on: it goes on into a date that is closed.
    """

    week: tuple[Openings, ...]
    dates: Mapping[Leaf, Openings]

    def on(self, day: int) -> Openings:
        """Return the openings of a day, counted from 1970-01-01."""
        if self.dates:
            leaf = date.fromordinal(day + EPOCH.toordinal())
            yearly = self.dates.get((leaf.month, leaf.day))
            special = self.dates.get(leaf, yearly)
            if special is not None:
                return special
        return self.week[(day + EPOCH.weekday()) % 7]


def open_spans(hours: Hours, within: Span, zone: ZoneInfo) -> list[Span]:
    """Return when the doors are open inside a window, in order and merged."""
    days = range(max(within.start, FIRST) // DAY - 2, min(within.end, LAST) // DAY + 2)
    walls = (Span(day * DAY + a, day * DAY + b) for day in days for a, b in hours.on(day))
    return shown(walls, within, zone)


def shown(walls: Iterable[Span], within: Span, zone: ZoneInfo) -> list[Span]:
    """Return when the clocks of a zone show what is in `walls`: instants, had they been at UTC.

    Only inside `within` and the years that outages happen in; in order and merged.
    """
    paces = _paces(Span(max(within.start, FIRST), min(within.end, LAST)), zone)
    starts = [pace.start for pace, _ in paces]
    found = []
    for start, end in walls:
        first = max(bisect_right(starts, start - DAY) - 1, 0)
        for pace, ahead in paces[first : bisect_left(starts, end + DAY)]:
            opens, closes = max(start - ahead, pace.start), min(end - ahead, pace.end)
            if opens < closes:
                found.append(Span(opens, closes))
    return union(found)


def _paces(within: Span, zone: ZoneInfo) -> list[tuple[Span, Duration]]:
    """Return the stretches in which no clock is changed, and how far ahead of UTC they are."""
    found = []
    since = within.start
    while since < within.end:
        ahead = _ahead(since, zone)
        until = _change(Span(since, within.end), ahead, zone)
        found.append((Span(since, until), ahead))
        since = until
    return found


def _change(span: Span, ahead: Duration, zone: ZoneInfo) -> Instant:
    """Return the first instant of a span at which clocks are not so far ahead, or its end."""
    strides = range(span.start, span.end, _STRIDE)
    late = next((at for at in strides if _ahead(at, zone) != ahead), span.end)
    stride = range(max(late - _STRIDE, span.start), late)
    return stride.start + bisect_left(stride, 1, key=lambda at: _ahead(at, zone) != ahead)


_STRIDE = 3 * DAY
"""Shorter than from any change of clocks to the next: four days, Freetown in September 1939."""


def _ahead(at: Instant, zone: ZoneInfo) -> Duration:
    return (local(at, zone).utcoffset() or timedelta()) // timedelta(microseconds=1)


def hours(texts: Sequence[str]) -> Hours | Trouble:
    """Return the service hours that some texts state together (`FORMS`), or `not-hours`.

    Hours of the same day add up; those that overlap are refused. `closed` beats the hours of a
    weekday; of dates, what is said of fewer of them counts. A weekday that nobody names is closed,
    unless none is named: `2024-12-25 closed` alone is open at all other times.
    """
    try:
        rules = [rule for text in texts for part in _parts(text) for rule in _rules(part)]
        return Hours(_week(rules), _dates(rules))
    except _Unclear as unclear:
        return Trouble("not-hours", *unclear.args)


class _Unclear(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """What is wrong, and what to write instead."""

    def __init__(self, why: str, hint: str = f"write {FORMS}") -> None:
        super().__init__(why, hint)


class _Holiday(NamedTuple):
    """Dates from the first to the last, of one year or of all."""

    first: date
    last: date
    is_yearly: bool

    def leaves(self) -> Iterator[Leaf]:
        for days in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days)
            yield (day.month, day.day) if self.is_yearly else day


_Days: TypeAlias = tuple[int, ...] | _Holiday
"""Days of the week, Monday being 0, or dates."""
_CLOSED = Span(0, 0)


class _Rule:
    """Some days, and the openings that they share."""

    def __init__(self) -> None:
        self.weekdays: list[int] = []
        self.holidays: list[_Holiday] = []
        self.openings: list[Span] = []


def _week(rules: Sequence[_Rule]) -> tuple[Openings, ...]:
    week: list[Openings] = [()] * 7
    for rule in rules:
        for day in rule.weekdays:
            week[day] = _joined(week[day], rule.openings, _NAMES[day])
    unsaid = () if any(set(each) - {_CLOSED} for each in week) else (_WHOLE,)
    return tuple(() if _CLOSED in each else each or unsaid for each in week)


def _dates(rules: Sequence[_Rule]) -> dict[Leaf, Openings]:
    said = [(each, rule.openings) for rule in rules for each in rule.holidays]
    found: dict[Leaf, tuple[timedelta, Openings]] = {}
    for holiday, openings in sorted(said, key=lambda each: each[0].first - each[0].last):
        width = holiday.last - holiday.first
        for leaf in holiday.leaves():
            wider, before = found.get(leaf, (width, ()))
            name = leaf.isoformat() if isinstance(leaf, date) else "{:02}-{:02}".format(*leaf)
            joined = _joined(before if wider == width else (), openings, name)
            if _CLOSED in joined and len(joined) > 1:
                raise _Unclear(f"{name} is said to be closed, and open", "say it of fewer dates")
            found[leaf] = width, joined
    return {leaf: () if _CLOSED in each else each for leaf, (_, each) in found.items()}


def _joined(some: Openings, more: Sequence[Span], day: str) -> Openings:
    """Return openings of one day together, each once, none of which may overlap."""
    for opening in more:
        for other in some:
            if opening != other and opening.start < other.end and other.start < opening.end:
                raise _Unclear(
                    f"{_spell(other)} and {_spell(opening)} overlap on {day}",
                    "say the hours of a day once, as in Mon-Thu 09-17, Fri 09-13",
                )
        some = some if opening in some else (*some, opening)
    return some


def _spell(opening: Span) -> str:
    start, end = (f"{each // HOUR:02}:{each % HOUR // MINUTE:02}" for each in opening)
    return f"{start}-{end}"


def _rules(part: str) -> list[_Rule]:
    """Return what a part of a text says: days, then the openings they share, then other days."""
    rules = [_Rule()]
    at = 0
    while at < len(part):
        found = next((hit for each in _PIECES if (hit := each.match(part, at))), None)
        if not found:
            raise _unknown(part, at)
