"""Windows that come again, by an iCalendar rule (RFC 5545). No text makes this raise.

Each has the start and the end of the first on the wall clock, and is on while the clocks of the
zone show a time inside it, as service hours are (`when.hours`, SEMANTICS M6):

```text
FREQ=WEEKLY, 02:00-04:00   3 March     10 March    17 March    24 March    31 March
Berlin, 2024               [--)  2 h   [--)  2 h   [--)  2 h   [--)  2 h   |-)  1 h      9 h in all
```
dateutil lays out the days of one year at a time, so that no rule keeps it busy: left alone with
`BYMONTH=2;BYMONTHDAY=30` it searches to the year 9999. What else a rule says is applied here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache, partial
from itertools import chain, groupby, islice, product, takewhile
from typing import NamedTuple, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.problem import LONGEST_SHOWN, ProblemText, shortened
from outage_cli.model.span import Instant, Span, union
from outage_cli.when.calendar.service_hours import shown
from outage_cli.when.clock.zones import EPOCH, FIRST, FIRST_YEAR, LAST, LAST_YEAR, local
from outage_cli.when.clock.zones import zone as named

FORMS = "FREQ=WEEKLY;BYDAY=SU, or FREQ=MONTHLY;BYDAY=2TU;UNTIL=20241231"
MOST = 100_000
"""How many times of one rule are looked at: once an hour for eleven years is less."""
MOST_A_DAY = 24 * 60
"""How often a rule without COUNT may hit on a day: work that comes again is minutes apart."""
LONGEST_TEXT, MOST_RULES = 20_000, 4

Stamp: TypeAlias = date | datetime
"""A whole day, what the clocks of the timeline's zone show (naive), or an instant (aware)."""


class Rule(NamedTuple):
    """One RRULE. `days` has the weekdays of BYDAY, each with its ordinal or 0, `by` the rest."""

    every: str
    interval: int = 1
    times: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    by: Mapping[str, tuple[int, ...]] = {}


class Recurrence(NamedTuple):
    """When something comes again: by rules and at stamps, but not on other stamps."""

    rules: tuple[Rule, ...]
    added: tuple[Stamp, ...] = ()
    dropped: tuple[Stamp, ...] = ()


_DAY, _MICROSECOND = timedelta(days=1), timedelta(microseconds=1)
_LONGEST_PERIOD = timedelta(days=366)
_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_EVERY = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *_SECONDS)
_DAY_SECONDS = 86_400


def occurrences(
    recurrence: Recurrence, start: Instant, end: Instant | None, within: Span, zone: ZoneInfo
) -> list[Span] | ProblemText:
    """Return when the window from `start` to `end` and those after it are on, in order and merged.

    The first one counts whether a rule hits it or not, as in iCalendar, and lasts as given. What
    reaches into `within` is clipped. Troubles: `no-end`, `ends-early`, `too-many-occurrences`.
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
    return union([*shown(walls, reach, zone), *([own] if own else [])])


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
    size = _SECONDS.get(rule.every, _DAY_SECONDS)
    return (day * _DAY_SECONDS + at.hour * 3600 + at.minute * 60 + at.second) // size


def _clocks(rule: Rule, first: datetime) -> Callable[[datetime], Iterator[datetime]]:
    """Return what gives the times of one day at which a rule may hit.

    On a day that starts so many hours, minutes or seconds after the last hit, the same seconds are
    hit as on all such days, so they are looked for once.
    """
    size = _SECONDS.get(rule.every, _DAY_SECONDS)
    step = rule.interval if rule.every in _SECONDS else 1
    hours = rule.by.get("BYHOUR", range(24) if size <= _SECONDS["HOURLY"] else [first.hour])
    minutes = rule.by.get("BYMINUTE", range(60) if size <= _SECONDS["MINUTELY"] else [first.minute])
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
    step = 1 if rule.every in _SECONDS else rule.interval
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
        most = _most_weekdays(rule)
        days = [(day, each) for day, at in days for each in ([at] if at else range(1, most + 1))]
    return months, days, by


def _most_weekdays(rule: Rule) -> int:
    """Return how often a weekday can stand in what its ordinals count in."""
    return 5 if rule.every == "MONTHLY" or "BYMONTH" in rule.by else 53


def recurrence(rule: str, exceptions: Sequence[str] = ()) -> Recurrence | ProblemText:
    """Return what the lines of an iCalendar rule say (`FORMS`), or `not-a-rule`.

    They are an RRULE, with its name or without, more of them, EXDATE and RDATE. `exceptions` are
    days and times that are left out (`2024-03-10`, `2024-03-10 02:00`), or `not-a-moment`.
    """
    code = "not-a-rule"
    try:
        read = _lines(rule)
        code = "not-a-moment"
        left_out = [_stamp(each, None) for each in exceptions]
    except _Misread as misread:
        return ProblemText(code, *misread.args)
    return read._replace(dropped=(*read.dropped, *left_out))


class _Misread(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """What is wrong, and what to write instead."""

    def __init__(self, why: str, hint: str = f"write {FORMS}") -> None:
        super().__init__(why, hint)


_LINE = r"(?is)(?:(RRULE|RDATE|EXDATE|EXRULE|DTSTART|DTEND|DURATION)(;[^:]*)?:)?(.*)"
_BREAK = r"(?i)\s+(?=(?:RRULE|RDATE|EXDATE|EXRULE|DTSTART|DTEND|DURATION)\s*[;:])|[\r\n]+(?=\S)"
_STAMP = re.compile(
    r"(?a)\d{4}-?\d\d-?\d\d(?P<time>[T ]\d\d:?\d\d(?::?\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERS = {
    "INTERVAL": (1, MOST),
    "COUNT": (1, MOST),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
    "BYSETPOS": (-366, 366),
}
_PARTS = ("FREQ", "UNTIL", "WKST", "BYDAY", *_NUMBERS)


def _lines(text: str) -> Recurrence:
    if len(text) > LONGEST_TEXT:
        raise _Misread(f"a rule of {len(text)} characters is none")
    rules, stamps = [], {"RDATE": list[Stamp](), "EXDATE": list[Stamp]()}
    spaced = re.sub(r"\s+", _one_space, normalize("NFKC", text).strip())
    for line in re.split(_BREAK, spaced):
        read = re.fullmatch(_LINE, re.sub(r"\s", "", line))
        name, parameters, value = read.groups("") if read else ("", "", line)
        name = name.upper()
        if name in stamps:
            zone = _zone(parameters)
            stamps[name] += [_stamp(each, zone) for each in value.split(",")]
        elif name in {"", "RRULE"}:
            rules.append(_rule(value, line))
        else:
            raise _Misread(f"{name} is not read here", "keep RRULE, RDATE and EXDATE")
    if len(rules) > MOST_RULES:
        raise _Misread(f"{len(rules)} rules are too many for one window", "keep one RRULE")
    if not rules and not stamps["RDATE"]:
        raise _Misread("only exceptions, and nothing that they are exceptions from")
    return Recurrence(tuple(rules), tuple(stamps["RDATE"]), tuple(stamps["EXDATE"]))


def _one_space(run: re.Match[str]) -> str:
    """Return a run of white space as one character: where it ends a line it still does."""
    return "\n" if run[0][-1] in "\r\n" else " "


def _zone(parameters: str) -> ZoneInfo | None:
    """Return the zone of `;TZID=Europe/Berlin`, None where it is the timeline's."""
    read = re.search(r'(?i);TZID="?([^;"]*)', parameters)
    zone = named(read[1][:LONGEST_SHOWN]) if read else None
    if isinstance(zone, ProblemText):
        raise _Misread(zone.message, zone.hint)
    return zone


def _stamp(text: str, zone: ZoneInfo | None = None) -> Stamp:
    plain = normalize("NFKC", text).strip().upper()
    try:
        if read := _STAMP.fullmatch(plain):
            at = datetime.fromisoformat(plain)
            if FIRST_YEAR <= at.year <= LAST_YEAR:
                return (at if at.tzinfo else at.replace(tzinfo=zone)) if read["time"] else at.date()
    except ValueError:
        pass
    hint = "write 2024-03-10, or 2024-03-10 02:00"
    raise _Misread(f"`{text[:LONGEST_SHOWN]}` is no day and no time", hint)


def _rule(text: str, line: str) -> Rule:
    parts: dict[str, str] = {}
    for part in filter(None, text.upper().split(";")):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            raise _unknown(name, line)
        if name in parts:
            raise _Misread(f"{name} stands twice in a rule", f"keep one {name}")
        parts[name] = value
    every = parts.pop("FREQ", "")
    if every not in _EVERY:
        close = get_close_matches(every, _EVERY, 1)
        hint = f"did you mean FREQ={close[0]}?" if close else f"write one of {', '.join(_EVERY)}"
        raise _Misread(f"FREQ={every[:LONGEST_SHOWN]} does not say how often", hint)
    if "COUNT" in parts and "UNTIL" in parts:
        raise _Misread("COUNT and UNTIL both end a rule", "keep one of them")
    numbers = {name: _numbers(name, parts[name]) for name in parts if name in _NUMBERS}
    [interval], [count] = numbers.pop("INTERVAL", (1,)), numbers.pop("COUNT", (None,))
    until = _stamp(parts["UNTIL"]) if "UNTIL" in parts else None
    week_start, _ = _weekday(parts.get("WKST", "MO"))
    listed = parts["BYDAY"].split(",") if "BYDAY" in parts else ()
    days = tuple(sorted({_weekday(each) for each in listed}))
    rule = Rule(every, interval, count, until, week_start, days, numbers)
    for day, ordinal in days:
        if ordinal and every not in {"YEARLY", "MONTHLY"}:
            hint = f"write FREQ=MONTHLY;BYDAY={ordinal}{_WEEKDAYS[day]}"
            raise _Misread(f"in FREQ={every} no {_WEEKDAYS[day]} is number {ordinal}", hint)
        if abs(ordinal) > _most_weekdays(rule):
            most = _most_weekdays(rule)
            hint = f"write a number from 1 to {most}, or from -{most} to -1"
            raise _Misread(f"no {_WEEKDAYS[day]} is number {ordinal}", hint)
    return rule


def _unknown(name: str, line: str) -> _Misread:
    shown = shortened(line)
    if close := get_close_matches(name, _EVERY, 1):
        hint = f"did you mean FREQ={close[0]}?"
    elif close := get_close_matches(name, _PARTS, 1):
        hint = f"did you mean {close[0]}=?"
    else:
        hint = f"write {FORMS}"
    return _Misread(f"`{shown}` is not a rule of iCalendar", hint)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    low, high = _NUMBERS[name]
    listed = text.split(",") if name.startswith("BY") else [text]
    if all(re.fullmatch(r"(?a)[+-]?\d{1,6}", each) for each in listed):
        numbers = tuple(sorted({int(each) for each in listed}))
        if all(low <= each <= high and (each or low == 0) for each in numbers):
            return numbers
    expected = f"from {low} to {high}" if low >= 0 else f"from 1 to {high}, or from {low} to -1"
    raise _Misread(f"{name}={text[:LONGEST_SHOWN]} is out of range", f"write a number {expected}")


def _weekday(text: str) -> tuple[int, int]:
    read = re.fullmatch(r"(?a)([+-]?\d{1,2})?([A-Z]+)", text)
    if read and read[2] in _WEEKDAYS and read[1] not in {"0", "+0", "-0", "00"}:
        return _WEEKDAYS.index(read[2]), int(read[1] or 0)
    close = read[2][:2] if read else ""
    hint = (
        f"did you mean {close}?"
        if close in _WEEKDAYS and close != text[-2:]
        else "write MO, TU, WE, TH, FR, SA, SU or -1SU"
    )
    raise _Misread(f"`{text[:LONGEST_SHOWN]}` is no day of the week", hint)
