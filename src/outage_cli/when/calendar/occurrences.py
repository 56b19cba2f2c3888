"""The times at which a window with a rule of iCalendar comes again (RFC 5545).

Each occurrence has the start and the end of the first one on the wall clock. It is on while the
clocks of the zone show a time inside it, as service hours are (SEMANTICS M6):

```text
FREQ=WEEKLY, 02:00-04:00   3 March     10 March    17 March    24 March    31 March
Berlin, 2024               [--)  2 h   [--)  2 h   [--)  2 h   [--)  2 h   |-)  1 h      9 h in all
```
dateutil computes the days of one year per call, so that the time it takes is bounded: by itself it
searches to the year 9999 for `BYMONTH=2;BYMONTHDAY=30`. The other parts of a rule are applied here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import chain, groupby, islice, product, takewhile
from typing import TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Instant, Span, union
from outage_cli.when.calendar.clock_spans import instants_shown
from outage_cli.when.calendar.recurrence import (
    MOST,
    SECONDS,
    Recurrence,
    Rule,
    Stamp,
    most_weekdays,
)
from outage_cli.when.clock.zones import EPOCH, FIRST, LAST, local

MOST_A_DAY = 24 * 60
"""The most times on one day of a rule without COUNT: planned work is minutes apart."""

_DAY, _MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
_LONGEST_PERIOD = timedelta(days=366)
_DAY_SECONDS = 86_400


def occurrences(
    recurrence: Recurrence, start: Instant, end: Instant | None, within: Span, zone: ZoneInfo
) -> list[Span] | ProblemText:
    """Return the spans of the window from `start` to `end` and of its repetitions, merged.

    The first one counts whether a rule hits it or not, as in iCalendar, and lasts as given. What
    reaches into `within` is clipped. Problems: `no-end`, `ends-early`, `too-many-occurrences`.
    """
    if end is None or end > LAST:
        hint = "give it an end, or leave out the rule"
        return ProblemText("no-end", "a window without an end cannot come again", hint)
    first, until = _on_clock(start, zone), _on_clock(end, zone)
    if end < start or any(_is_over(first, each.until, zone) for each in recurrence.rules):
        hint = "put its start, its end and UNTIL in order"
        return ProblemText("ends-early", "this window ends before it has started", hint)
    length = until - first if first < until else (end - start) * _MICROSECOND  # clocks went back
    reach = Span(max(within.start, FIRST), min(within.end, LAST))
    if reach.start >= reach.end:
        return []
    since, last = _on_clock(reach.start, zone) - length - _DAY, _on_clock(reach.end, zone) + _DAY
    try:
        starts = {at for rule in recurrence.rules for at in _starts(rule, first, since, last, zone)}
    except _TooMany as too_many:
        message = f"this window comes again more than {too_many}"
        hint = "ask for less time, or write a rule that comes less often"
        return ProblemText("too-many-occurrences", message, hint)
    starts |= {first, *(_start(each, first, zone) for each in recurrence.added)}
    days = {each for each in recurrence.dropped if not isinstance(each, datetime)}
    times = {_start(each, first, zone) for each in recurrence.dropped if isinstance(each, datetime)}
    kept = {at for at in starts if at not in times and at.date() not in days}
    walls = (Span(_since_epoch(at), _since_epoch(at + length)) for at in kept - {first})
    own = Span(start, end).within(reach) if first in kept and start < end else None
    return union([*instants_shown(walls, reach, zone), *([own] if own else [])])


class _TooMany(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """More than `MOST`, or than `MOST_A_DAY`. The argument says how many."""


def _on_clock(at: Instant, zone: ZoneInfo) -> datetime:
    return local(at, zone).replace(tzinfo=None, fold=0)


def _since_epoch(wall: datetime) -> int:
    return (wall - EPOCH) // _MICROSECOND


def _start(stamp: Stamp, first: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks show at a stamp: on a whole day, what they show at the first start."""
    if not isinstance(stamp, datetime):
        return datetime.combine(stamp, first.time())
    return stamp.astimezone(zone).replace(tzinfo=None, fold=0) if stamp.tzinfo else stamp


def _is_over(wall: datetime, until: Stamp | None, zone: ZoneInfo) -> bool:
    if until is None:
        return False
    if not isinstance(until, datetime):
        return wall.date() > until
    return (wall.replace(tzinfo=zone) if until.tzinfo else wall) > until


def _starts(
    rule: Rule, first: datetime, since: datetime, last: datetime, zone: ZoneInfo
) -> Iterator[datetime]:
    """Yield the starts that a rule gives, from the first to `last`; maybe not those before `since`.

    ```text
    first        since                       last      Nothing between first and since is looked at,
    |------------|====|====|====|====|====|==|         unless COUNT has to be counted.
    ```
    """
    begin = first if rule.times else max(first, since)
    margin = _LONGEST_PERIOD if "BYSETPOS" in rule.by else timedelta()
    days = _days(rule, first, (begin - margin).date(), (last + margin).date())
    clocks = _clocks(rule, first)
    if not rule.times and "BYSETPOS" not in rule.by:
        days = _not_too_dense(days, clocks)
    times = _at_most(MOST + _DAY_SECONDS, (at for day in days for at in clocks(day)))
    if positions := rule.by.get("BYSETPOS"):
        times = _picked(times, partial(_period, rule), positions)
    later = (at for at in times if at > first)
    more = takewhile(lambda at: at <= last and not _is_over(at, rule.until, zone), later)
    return islice(chain([first], more), rule.times)


def _not_too_dense(
    days: Iterable[datetime], clocks: Callable[[datetime], Iterator[datetime]]
) -> Iterator[datetime]:
    """Yield the days; raise `_TooMany` at the first with more hits than there are minutes."""
    for day in days:
        if next(islice(clocks(day), MOST_A_DAY, None), None):
            raise _TooMany(f"{MOST_A_DAY:,} times a day")
        yield day


def _at_most(most: int, times: Iterable[datetime]) -> Iterator[datetime]:
    for number, at in enumerate(times):
        if number >= most:
            raise _TooMany(f"{MOST:,} times")
        yield at


def _picked(
    times: Iterable[datetime], period: Callable[[datetime], int], positions: Sequence[int]
) -> Iterator[datetime]:
    for _, group in groupby(times, period):
        listed = [None, *group]  # positions count from 1, or from -1 back
        indexes = {at % len(listed) for at in positions if abs(at) < len(listed)}
        yield from (each for at in sorted(indexes) if (each := listed[at]))


def _period(rule: Rule, at: datetime) -> int:
    """Return the number of the year, month, week … that a time is in: INTERVAL counts these."""
    day = at.toordinal()
    if rule.every == "YEARLY":
        return at.year
    if rule.every == "MONTHLY":
        return at.year * 12 + at.month
    if rule.every == "WEEKLY":
        return (day - 1 - rule.week_start) // 7  # day 1 is a Monday
    size = SECONDS.get(rule.every, _DAY_SECONDS)
    return (day * _DAY_SECONDS + at.hour * 3600 + at.minute * 60 + at.second) // size


def _clocks(rule: Rule, first: datetime) -> Callable[[datetime], Iterator[datetime]]:
    """Return what gives the times of one day at which a rule may hit.

    On a day that starts so many hours, minutes or seconds after the last hit, the same seconds are
    hit as on all such days, so they are looked for once.
    """
    size = SECONDS.get(rule.every, _DAY_SECONDS)
    step = rule.interval if rule.every in SECONDS else 1
    hours = rule.by.get("BYHOUR", range(24) if size <= SECONDS["HOURLY"] else [first.hour])
    minutes = rule.by.get("BYMINUTE", range(60) if size <= SECONDS["MINUTELY"] else [first.minute])
    seconds = rule.by.get("BYSECOND", range(60) if size == 1 else [first.second])
    units: dict[int, list[int]] = {}
    for hour, minute, second in product(*map(sorted, map(set, (hours, minutes, seconds)))):
        at = hour * 3600 + minute * 60 + second
        units.setdefault(at // size, []).append(at)

    @cache
    def hit(phase: int) -> list[timedelta]:
        hits = (units.get(unit, ()) for unit in range(phase, _DAY_SECONDS // size, step))
        return [timedelta(0, at, first.microsecond) for each in hits for at in each]

    return lambda day: (day + at for at in hit((_period(rule, first) - _period(rule, day)) % step))


def _days(rule: Rule, first: datetime, since: date, last: date) -> Iterator[datetime]:
    """Yield the days from `since` to `last` on which a rule may hit."""
    from dateutil.rrule import YEARLY, rrule, weekday

    months, days, by = _defaults(rule, first)
    step = 1 if rule.every in SECONDS else rule.interval
    for year in range(since.year, last.year + 1):
        for day in rrule(
            YEARLY,
            EPOCH.replace(year=year),
            interval=9999,  # so that it stops after this year
            bymonth=months or None,
            bymonthday=by.get("BYMONTHDAY"),
            byyearday=by.get("BYYEARDAY"),
            byweekday=[weekday(each, ordinal or None) for each, ordinal in days] or None,
        ):
            in_turn = (_period(rule, day) - _period(rule, first)) % step == 0
            in_week = "BYWEEKNO" not in by or not _weeks(day, rule).isdisjoint(by["BYWEEKNO"])
            if in_turn and in_week and since <= day.date() <= last:
                yield day


def _weeks(day: datetime, rule: Rule) -> set[int]:
    """Return the number of a day's week, from the first and from the last of its year.

    A week is of the year that four of its days are in, so its fourth tells. dateutil's `byweekno`
    takes the last days of December and the first of January for weeks that they are not in.
    """
    fourth = day + (3 - (day.weekday() - rule.week_start) % 7) * _DAY
    following = (fourth.replace(month=12, day=31) - fourth).days // 7
    return {(fourth.timetuple().tm_yday - 1) // 7 + 1, -1 - following}


_Numbers: TypeAlias = Sequence[int]


def _defaults(
    rule: Rule, first: datetime
) -> tuple[_Numbers, Sequence[tuple[int, int]], Mapping[str, _Numbers]]:
    """Return months, weekdays and other days of a rule; what it leaves open is as at the first."""
    months: _Numbers = rule.by.get("BYMONTH", ())
    days: Sequence[tuple[int, int]] = rule.days
    by: dict[str, _Numbers] = {**rule.by}
    selectors = by.keys() & {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"} | ({"BYDAY"} if days else set())
    if rule.every == "MONTHLY":
        months = months or range(1, 13)  # an ordinal then counts in the month
    if not selectors and rule.every in {"YEARLY", "MONTHLY"}:
        months, by["BYMONTHDAY"] = months or [first.month], [first.day]
    elif not selectors:
        days = [(day, 0) for day in ([first.weekday()] if rule.every == "WEEKLY" else range(7))]
    elif selectors == {"BYWEEKNO"}:
        days = [(first.weekday(), 0)]
    if any(ordinal for _, ordinal in days):  # dateutil wants both a plain day and one that counts
        most = most_weekdays(rule)
        days = [(day, each) for day, at in days for each in ([at] if at else range(1, most + 1))]
    return months, days, by
