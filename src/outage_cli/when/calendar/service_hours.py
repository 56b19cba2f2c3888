"""Service hours as people write them: openings by weekday and by date (SEMANTICS M6).

No text makes this module raise: what cannot be read is a `ProblemText`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.problem import LONGEST_SHOWN, ProblemText
from outage_cli.model.span import DAY, HOUR, MINUTE, Duration, Span
from outage_cli.when.calendar.clock_spans import instants_shown
from outage_cli.when.clock.zones import EPOCH, FIRST, FIRST_YEAR, LAST, LAST_YEAR

FORMS = "Mon-Fri 09:00-11:30, 12:30-15:00; Sat 10-14; daily 06-24; 24/7; 2024-12-25 closed"
LONGEST_TEXT, LONGEST_HOLIDAY = 10_000, timedelta(366)

Openings: TypeAlias = tuple[Span, ...]
"""The open spans of a day, since its 00:00 on the clock. An end after 24:00 is on the next day."""
CalendarDay: TypeAlias = date | tuple[int, int]
"""One date, or a month and its day in every year."""


class Hours(NamedTuple):
    """The openings of each weekday from Monday on, and those of dates, which replace them.

    A night belongs to the day it starts on: it goes on into a date that is closed.
    """

    week: tuple[Openings, ...]
    dates: Mapping[CalendarDay, Openings]

    def on(self, day: int) -> Openings:
        """Return the openings of a day, counted from 1970-01-01."""
        if self.dates:
            day_key = date.fromordinal(day + EPOCH.toordinal())
            yearly = self.dates.get((day_key.month, day_key.day))
            special = self.dates.get(day_key, yearly)
            if special is not None:
                return special
        return self.week[(day + EPOCH.weekday()) % 7]


def open_spans(hours: Hours, within: Span, zone: ZoneInfo) -> list[Span]:
    """Return the spans in which a service is open inside a window, in order and merged."""
    days = range(max(within.start, FIRST) // DAY - 2, min(within.end, LAST) // DAY + 2)
    walls = (Span(day * DAY + a, day * DAY + b) for day in days for a, b in hours.on(day))
    return instants_shown(walls, within, zone)


_WHOLE, _CLOSED = Span(0, DAY), Span(0, 0)


def hours(texts: Sequence[str]) -> Hours | ProblemText:
    """Return the service hours that some texts state together (`FORMS`), or `not-hours`.

    They are read on end, as one text: days, then the hours that they share, then other days. Hours
    of the same day add up; those that overlap are refused. `closed` beats the hours of a weekday;
    of dates, what is said of fewer of them counts. Weekdays that are not named are closed, unless
    none is: `2024-12-25 closed` alone is open at all other times.
    """
    try:
        rules = _rules(_plain(texts))
        return Hours(_week(rules), _dates(rules))
    except _Unclear as unclear:
        return ProblemText("not-hours", *unclear.args)


class _Unclear(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """Service hours that cannot be read: what is wrong, and what to write instead."""

    def __init__(self, why: str, hint: str = f"write {FORMS}") -> None:
        super().__init__(why, hint)


class _Holiday(NamedTuple):
    """Dates from the first to the last. Those of every year stand in a leap year here."""

    first: date
    last: date
    is_yearly: bool

    def days(self) -> Iterator[CalendarDay]:
        for offset in range((self.last - self.first).days + 1):
            day = self.first + timedelta(offset)
            yield (day.month, day.day) if self.is_yearly else day


class _DayGroup:
    """Weekdays and dates, and the openings that they share."""

    def __init__(self) -> None:
        self.weekdays: list[int] = []
        self.holidays: list[_Holiday] = []
        self.openings: list[Span] = []


def _week(rules: Sequence[_DayGroup]) -> tuple[Openings, ...]:
    week: list[Openings] = [()] * 7
    for rule in rules:
        for day in rule.weekdays:
            week[day] = _joined(week[day], rule.openings, _NAMES[day])
    unsaid = () if any(set(each) - {_CLOSED} for each in week) else (_WHOLE,)
    return tuple(() if _CLOSED in each else each or unsaid for each in week)


def _dates(rules: Sequence[_DayGroup]) -> dict[CalendarDay, Openings]:
    holidays = [(each, rule.openings) for rule in rules for each in rule.holidays]
    by_day: dict[CalendarDay, tuple[timedelta, Openings]] = {}
    for holiday, openings in sorted(holidays, key=lambda pair: pair[0].first - pair[0].last):
        width = holiday.last - holiday.first
        for day_key in holiday.days():
            wider, before = by_day.get(day_key, (width, ()))
            name = (
                day_key.isoformat() if isinstance(day_key, date) else "{:02}-{:02}".format(*day_key)
            )
            joined = _joined(before if wider == width else (), openings, name)
            if _CLOSED in joined and len(joined) > 1:
                raise _Unclear(f"{name} is said to be closed, and open", "say one of the two")
            by_day[day_key] = width, joined
    return {day: () if _CLOSED in spans else spans for day, (_, spans) in by_day.items()}


def _joined(some: Openings, more: Sequence[Span], day: str) -> Openings:
    """Return openings of one day together, each once. Raises _Unclear where two overlap."""
    for opening in more:
        for other in some:
            if opening != other and opening.start < other.end and other.start < opening.end:
                both = " and ".join(
                    "-".join(f"{at // HOUR:02}:{at % HOUR // MINUTE:02}" for at in each)
                    for each in (other, opening)
                )
                hint = "say the hours of a day once, as in Mon-Thu 09-17, Fri 09-13"
                raise _Unclear(f"{both} overlap on {day}", hint)
        some = some if opening in some else (*some, opening)
    return some


_SHUT = "closed|off|休業日?|定休日?|休み|休|휴무일?|휴일|휴업"
_DATE = r"\d{4}[-/]\d\d?[-/]\d\d?"
_TIME = r"\d\d?(?:[:.]\d\d)?(?!\d)(?:\s*[ap]\.?m\b\.?)?"
_MONTH_DAY = re.compile(r"\d\d-\d\d")
_WORD = r"[^\W\d_]+"
_TO = r"\s*(?:-|\.\.+|(?:to|until|till|through|thru)\b|から)\s*"
_PIECE = re.compile(
    rf"""(?ix)
      (?P<gap> [\s,;:、・]+ | (?:and|every|from|on|open|hours)\b )
    | (?P<first> {_DATE} ) (?: {_TO} (?P<last> {_DATE} ) )?
    | (?P<yearly> \d\d-\d\d ) (?: \s*\.\.+\s* (?P<until> \d\d-\d\d ) )?
      (?= [\s:]* (?: {_SHUT} ) | \s+ \d\d?:\d\d )
    | (?P<whole> 24\s?/\s?7 | 24\s?(?:h\b|hours?\b|時間|시간) | (?:all\ day|always)\b )
    | (?P<vague> (?= \d\d-\d\d [\d\s,-]+ (?: {_SHUT} ) ) )?
      (?P<opens> {_TIME} ) {_TO} (?P<closes> {_TIME} )
    | (?P<word> {_WORD} ) (?: \.(?!\.) )? (?: {_TO} (?P<through> {_WORD} ) (?: \.(?!\.) )? )?
    """
)
_DAYS = rf"(?:{_DATE}(?:{_TO}{_DATE})?|{_WORD}(?:{_TO}{_WORD})?)"
_LEADS = re.compile(
    rf"(?i)(?<![^\s,;])(?:{_SHUT})[\s:]+(?:on\s)?"
    rf"({_DAYS}(?:\s*,\s*{_DAYS})*|\d\d-\d\d(?:\s*\.\.+\s*\d\d-\d\d)?)(?=\s*(?:[,;\n]|$))"
)
"""`closed 2024-12-24, 2024-12-25` is read as `2024-12-24, 2024-12-25 closed`."""

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS: dict[str, Sequence[int]] = {
    **{name[:most].lower(): [day] for day, name in enumerate(_NAMES) for most in (2, 3, 4, 5, 9)},
    **{f"{name.lower()}s": [day] for day, name in enumerate(_NAMES)},
    **dict.fromkeys(("daily", "everyday", "day", "毎日", "매일"), range(7)),
    **dict.fromkeys(("weekdays", "weekday", "平日", "평일"), range(5)),
    **dict.fromkeys(("weekends", "weekend", "週末", "주말"), range(5, 7)),
}
_LETTERS = "月火水木金土日월화수목금토일"
_SIGNS = str.maketrans("–—−‐〜~", "------")


def _plain(texts: Sequence[str]) -> str:
    text = ", ".join(texts)
    if len(text) > LONGEST_TEXT:
        raise _Unclear(f"nobody reads hours of {len(text)} characters")
    plain = normalize("NFKC", text).translate(_SIGNS)
    plain = re.sub(r"(\d)[時시](?![間간])(?:\s?(\d\d)[分분])?", _with_colon, plain)
    return _LEADS.sub(r"\1 closed", plain)


def _with_colon(read: re.Match[str]) -> str:
    return f"{read[1]}:{read[2] or '00'}"


def _rules(text: str) -> list[_DayGroup]:
    rules = [_DayGroup()]
    at = 0
    while at < len(text):
        read = _PIECE.match(text, at)
        if not read:
            raise _Unclear(f"`{text[at : at + LONGEST_SHOWN]}` says neither days nor hours")
        at = read.end()
        value = None if read["gap"] else _piece_value(read, rules[-1])
        if isinstance(value, Span):
            rules[-1].openings.append(value)
        elif value is not None:
            if rules[-1].openings:
                rules.append(_DayGroup())
            if isinstance(value, _Holiday):
                rules[-1].holidays.append(value)
            else:
                rules[-1].weekdays += value
    if not rules[-1].openings and (len(rules) > 1 or not rules[-1].weekdays):
        raise _Unclear("the hours are missing at the end", f"write days first, as in {FORMS}")
    return [_complete(rule) for rule in rules]


def _complete(rule: _DayGroup) -> _DayGroup:
    if _CLOSED in rule.openings and len(rule.openings) > 1:
        raise _Unclear("some days are closed and open", "put `daily` before hours of all days")
    if not rule.weekdays and not rule.holidays:
        if _CLOSED in rule.openings:
            raise _Unclear("closed on which days?", "write Sun closed, or 2024-12-25 closed")
        rule.weekdays = [*range(7)]
    rule.openings = rule.openings or [_WHOLE]
    return rule


def _piece_value(read: re.Match[str], rule: _DayGroup) -> Sequence[int] | _Holiday | Span:
    if read["first"]:
        return _holiday(_date(read["first"]), _date(read["last"] or read["first"]))
    if read["yearly"]:
        first, last = read["yearly"], read["until"] or read["yearly"]
        over = "2023-" if last < first else "2024-"  # a leap year has all days there are
        return _holiday(_date(over + first), _date(f"2024-{last}"), is_yearly=True)
    if read["whole"]:
        return _WHOLE
    if read["opens"]:
        after_date = any(each.is_yearly for each in rule.holidays)
        is_vague = read["vague"] is not None or (after_date and _MONTH_DAY.fullmatch(read[0]))
        if is_vague and not rule.weekdays:
            hint = "write 09:00-17:00 for hours, and `closed` after each date"
            raise _Unclear(f"`{read['opens']}-{read['closes']}` can be hours or a date", hint)
        return _opening(read["opens"], read["closes"])
    if re.fullmatch(_SHUT, read["word"], re.IGNORECASE):
        return _CLOSED
    days = _weekdays(read["word"])
    if not read["through"]:
        return days
    first_day, last_day = days[0], _weekdays(read["through"])[-1]
    return [(first_day + each) % 7 for each in range((last_day - first_day) % 7 + 1)]


def _date(text: str) -> date:
    year, month, day = map(int, re.split("[-/]", text))
    try:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return date(year, month, day)
    except ValueError:
        pass
    raise _Unclear(f"no calendar has `{text}`", "write a date as 2024-12-25, of any year as 12-25")


def _holiday(first: date, last: date, *, is_yearly: bool = False) -> _Holiday:
    if last < first:
        raise _Unclear(f"{first}..{last} ends before it starts", "write the earlier date first")
    if last - first > LONGEST_HOLIDAY:
        raise _Unclear(
            f"{first}..{last} is more than a year", "use `in_service` for what has ended"
        )
    return _Holiday(first, last, is_yearly)


def _opening(opens: str, closes: str) -> Span:
    start, end = _time(opens), _time(closes)
    if opens[-1].isdigit() != closes[-1].isdigit():
        raise _Unclear(f"`{opens}-{closes}` can be read twice", "write am or pm at both, or 09-17")
    if start in {end, DAY}:
        raise _Unclear(f"`{opens}-{closes}` is no stretch of a day", "a whole day is 00-24")
    return Span(start, end if end > start else end + DAY)


def _time(text: str) -> Duration:
    hour, minute, half = re.findall(r"(\d+)(?:[:.](\d+))?\s*([ap]?)", text.lower())[0]
    at = int(hour) * HOUR + int(minute or 0) * MINUTE
    if half and HOUR <= at < 13 * HOUR:
        at = at % (12 * HOUR) + (12 * HOUR if half == "p" else 0)
    elif half or at > DAY:
        at = -1
    if at < 0 or int(minute or 0) >= 60:  # noqa: PLR2004
        raise _Unclear(f"no clock shows {text}", "hours run from 00 to 24, minutes to 59")
    return at


def _weekdays(word: str) -> Sequence[int]:
    lowered = word.lower()
    letters = re.sub("曜日?|요일", "", word)
    if lowered in _WEEKDAYS:
        return _WEEKDAYS[lowered]
    if all(each in _LETTERS for each in letters) and letters:
        return [_LETTERS.index(each) % 7 for each in letters]
    words = [*_NAMES, *(name[:3] for name in _NAMES), "closed", "daily", "weekdays", "weekends"]
    names = {each.lower(): each for each in words}
    alike = [each for each in names if each[0] == lowered[0]]
    close = get_close_matches(lowered, alike, 1, 0.3) or get_close_matches(lowered, names, 1)
    hint = f"did you mean {names[close[0]]}?" if close else f"write {FORMS}"
    raise _Unclear(f"`{word[:LONGEST_SHOWN]}` is no day of the week", hint)
