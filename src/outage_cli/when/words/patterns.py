"""The pieces that texts about time are made of: a pattern for each, and how it is read.

A piece has one reading or more. A reading is a part of a `Wall`, not checked against any calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from outage_cli.model.span import SECOND
from outage_cli.when.clock.civil_time import Wall
from outage_cli.when.clock.zones import FIRST_YEAR, LAST_YEAR
from outage_cli.when.words.tongues import eastern, english, european
from outage_cli.when.words.tongues.eastern import Hours

Reader: TypeAlias = Callable[[re.Match[str]], list[Wall]]

_OF_DAY = {
    part: "|".join(f"{how}{part}" for how in ("in the ", "on the ", "early ", "late ", "mid-", ""))
    for part in ("morning", "afternoon", "evening", "night")
}
_CLOCK = {hour: (hour,) for hour in range(25)}
PARTS: dict[str, Hours] = eastern.PARTS | {
    word: hours
    for words, hours in (
        (f"am|a|{_OF_DAY['morning']}", eastern.AM),
        ("pm|p", {hour: eastern.PM[hour] for hour in range(1, 13)}),
        (f"{_OF_DAY['afternoon']}|{_OF_DAY['evening']}|at night", eastern.PM),
        ("h|hr|hrs|hours|uhr", _CLOCK),
        (f"noon|midday|{eastern.NOON}", {12: (12,)}),
        ("o'clock", _CLOCK | {hour: (hour % 12, hour % 12 + 12) for hour in range(1, 13)}),
    )
    for word in words.split("|")
}
"""The hours that an hour can mean, by the word beside it."""


HEDGES = english.HEDGES
ROUGHLY = HEDGES | english.EDGES
"""Those, and the words for an end of a stretch: it may be then, or any time after or before."""

NOTES = {"part", "same_day", "read_on", "on_weekday", *ROUGHLY}
"""The names of groups that say something about the pieces around them."""


class Impossible(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """No calendar has such a day. The argument says why, as a hint."""


def full_year(year: int) -> int:
    """Return the year that two digits mean. Until they are refused they are kept as -100 to -1."""
    return year if year >= 0 else year + (2100 if year < -30 else 2000)  # noqa: PLR2004 - 70: 1970


def days_in(year: int, month: int) -> int:
    """Return how many days a month has; 0 where there is no such month."""
    return monthrange(full_year(year), month)[1] if 1 <= month <= len(english.MONTHS) else 0


def _year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else int(digits) - 100  # noqa: PLR2004


def _month(name: str) -> int:
    if name.lower() in european.MONTHS:
        return european.MONTHS[name.lower()]
    return 1 + [month[:3].lower() for month in english.MONTHS].index(name[:3].lower())


def _fields(read: re.Match[str]) -> list[Wall]:
    """Return the reading of a piece whose groups have the names of a wall's fields."""
    fields = {name: text for name, text in read.groupdict().items() if text}
    wall = Wall(
        day=int(fields["day"]) if "day" in fields else None,
        hour=int(fields["hour"]) if "hour" in fields else None,
        minute=30 if "half" in fields else int(fields.get("minute", 0)),
        second=int(fields.get("second", 0)),
        microsecond=int(fields.get("fraction", "")[:6].ljust(6, "0")),
        days_on=len(fields.get("days_on", "")),
        same_hour="same_hour" in fields,
    )
    if month := fields.get("month"):
        wall = wall._replace(month=int(month) if month.isdigit() else _month(month))
    if year := fields.get("year"):
        wall = wall._replace(year=_year(year))
    if era := fields.get("era"):
        wall = wall._replace(year=_reigned(era, fields["in_era"]))
    return [wall]


def _reigned(era: str, in_era: str) -> int:
    before, length = eastern.ERAS[era]
    count = 1 if in_era == "元" else int(in_era)
    if count == 0:
        raise Impossible(f"{era} began with its year 1, which is {before + 1}")
    if count > length:
        raise Impossible(f"{era} ended with its year {length}, this would be {before + count}")
    return before + count


def _day_of_year(read: re.Match[str]) -> list[Wall]:
    year = int(read["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return [Wall(year, 1, 1)]  # refused for its year
    day = date(year, 1, 1) + timedelta(int(read["count"]) - 1)
    if day.year != year:
        raise Impossible(f"the days of {year} run from 001 to {date(year, 12, 31):%j}")
    return [Wall(day.year, day.month, day.day)]


def _day_of_week(read: re.Match[str]) -> list[Wall]:
    year = int(read["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return [Wall(year, 1, 1)]  # refused for its year
    try:
        day = date.fromisocalendar(year, int(read["week"]), int(read["weekday"]))
    except ValueError:
        weeks = date(year, 12, 28).isocalendar().week
        raise Impossible(f"{year} has {weeks} weeks, each from day 1 to day 7") from None
    return [Wall(day.year, day.month, day.day)]


def _any_order(read: re.Match[str]) -> list[Wall]:
    """Return what `10/11/2022` and `15.10.22` can say: day, month, year or hour first."""
    first, other, year = int(read["first"]), int(read["other"]), _year(read["third"])
    walls, with_dots = [Wall(year, other, first), Wall(year, first, other)], read["sign"] == "."
    if year >= 0:  # 10.11.2022 is the tenth; no country with dots puts the month first
        return walls[:1] if with_dots and 1 <= first <= days_in(year, other) else walls
    walls.append(Wall(first - 100, other, int(read["third"])))
    if with_dots:
        walls.append(Wall(hour=first, minute=other, second=int(read["third"])))
    return walls


def _either_order(read: re.Match[str]) -> list[Wall]:
    """Return what `7/8` can say: day or month first."""
    first, other = int(read["first"]), int(read["other"])
    if re.search(eastern.SCRIPT, read.string):
        return [Wall(month=first, day=other)]  # 7/2(土): there the month stands first
    return [Wall(month=other, day=first), Wall(month=first, day=other)]


def _dotted(read: re.Match[str]) -> list[Wall]:
    """Return what `15.10` can say: a clock, or a day without its year."""
    first, second = int(read["hour"]), int(read["minute"])
    return [*_fields(read), Wall(month=second, day=first), Wall(month=first, day=second)]


def _midnight(_: re.Match[str]) -> list[Wall]:
    """Return what midnight can say: the start of the day, or its end."""
    return [Wall(hour=0), Wall(hour=24)]


def _epoch(read: re.Match[str]) -> list[Wall]:
    """Return the instant of an epoch; in these centuries its length tells its unit."""
    count, fraction = read["count"], (read["fraction"] or "").ljust(9, "0")
    return [Wall(instant=int(count + fraction) * SECOND // 10 ** (len(count) - 10 + 9))]


def _digits(read: re.Match[str]) -> list[Wall]:
    """Return all that digits with nothing between them can say."""
    matches = ((re.fullmatch(pattern, read[0]), reader) for pattern, reader in _DIGITS)
    return [wall for match, reader in matches if match for wall in reader(match)]


def _zone(read: re.Match[str]) -> list[Wall]:
    """Return a zone as `Wall` has it: `+09:00`, `KST`, `Asia/Seoul`."""
    zone = read["zone"]
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")  # noqa: PLR2004
        zone = f"{zone[0]}{hours:0>2}:{minutes}"
    return [Wall(zone=zone if "/" in zone else zone.upper())]


_DAY, _TIME = r"(?P<month>\d\d)(?P<day>\d\d)", r"(?P<hour>\d\d)(?P<minute>\d\d)"
_SECOND = r"(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?"
_DIGITS: tuple[tuple[str, Reader], ...] = (
    (r"(?P<year>(?:19|2[01])\d\d)", _fields),
    (rf"{_TIME}(?:{_SECOND})?", _fields),
    (rf"(?P<year>\d\d){_DAY}", _fields),
    (r"(?P<year>(?:19|2[01])\d\d)(?P<count>[0-3]\d\d)", _day_of_year),
    (rf"(?P<year>\d{{4}}){_DAY}(?:{_TIME}(?:{_SECOND})?)?", _fields),
    (r"(?P<count>\d{10}|\d{13}|\d{16}|\d{19})(?:\.(?P<fraction>\d{1,9}))?", _epoch),
    (rf"(?P<year>(?:19[6-9]|20[0-5])\d){_DAY}(?P<hour>\d\d)", _fields),
)
_ENGLISH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in english.MONTHS)
_NAMED = rf"(?P<month>{european.MONTH}|sept|{_ENGLISH})(?![a-z])\.?"
_NTH = r"(?:st|nd|rd|th)"
_HALF = r"(?:[ap]\.?\s?m\b|[ap]\b|in the\b|at night|o'clock)"
_SHORT_YEAR = rf"'?(?P<year>\d\d|\d{{5}})(?![\d:h時时시]|\.\d|\s?{_HALF})"
_OFFSET = (
    r"(?:(?:(?-i:[A-Z]{3,5})\s\()?(?:UTC|GMT)\s?|(?=[+-]\d\d))(?P<zone>"
    r"\+(?:0?\d|1[0-4])(?::?(?:00|15|30|45))?|-(?:0?[2349]:?30|(?:0?\d|1[0-2])(?::?00)?)"
    rf")(?![\w:])(?!\s?{_HALF})(?:\s?\([a-z ]+\)|\)|\[[\w/+-]+\]|\s(?-i:[A-Z]{{3,5}})\b)?"
)
_ABBREVIATION = (
    r"\(?(?P<zone>(?-i:[A-Z]{1,4}T|MSK|WIBA?|MES?Z)|UTC|GMT|Z|[KJIB]ST|[ECMP][SD]T|CES?T|EES?T|AE[SD]T)"
    r"(?![a-z\d])(?:\)|\[[\w/+-]+\])?"
)

_REGIONS = {"pacific": "PT", "mountain": "MT", "central": "CT", "eastern": "ET"}
"""What Americans call their zones in winter and summer alike; whether they mean those is asked."""

_GLUE = (
    r"[\s,;]+|[()]|(?:at|on|of|the|posted|updated|resolved|start(?:ing|ed)|beg(?:inning|an))\b"
    r"|(?<=[\w.)])[/_-](?=\w)|-(?=\s)"
    r"|:(?=\d\d:)|[.:-]$|T(?=\d)|@(?=\d{10}|\s\d)|\(?local time\)?"
)

_MONTH_DAY = rf"(?P<day>\d\d?){_NTH}?(?![\d:h]|\.\d|\s?{_HALF})"
_FIRST, _OTHER = r"(?P<first>\d\d?)", r"(?P<other>\d\d?)"

_PATTERNS: tuple[tuple[str, Reader | None], ...] = (
    # days
    (r"(?P<year>\d{4,6})([-/.])\s?(?P<month>\d\d?)\2\s?(?P<day>\d\d?)\.?(?!\d)", _fields),
    (r"(?P<year>\d{4})-?W(?P<week>\d\d)-?(?P<weekday>\d)(?!\d)", _day_of_week),
    (r"(?P<year>\d{4})-?(?:W\d\d|Q\d)(?![\d-])", _fields),
    (r"(?P<year>\d{4})-(?P<count>\d{3})(?!\d)", _day_of_year),
    (r"(?P<year>\d{4})[-/.](?P<month>\d\d?)(?![\d/.:-])", _fields),
    (rf"{_FIRST}(?P<sign>[-/.]){_OTHER}(?P=sign)(?P<third>\d{{4}}|\d\d)(?![\d:])", _any_order),
    (rf"{_FIRST}/{_OTHER}(?![\d/:])", _either_order),
    (rf"{_FIRST}-{_OTHER}(?=\s\d)", _either_order),
    (rf"{_FIRST}\.\s?{_OTHER}\.(?!\d)", _either_order),
    (
        rf"(?P<day>\d\d?){_NTH}?\.?(?:\s(?:of|de))?[\s/-]?{_NAMED}(?:(?:[\s,/-]|\sde\s)+{_SHORT_YEAR})?",
        _fields,
    ),
    (rf"{_NAMED}[\s/-]?(?:the\s)?{_MONTH_DAY}(?:[\s,/]+{_SHORT_YEAR})?", _fields),
    (_NAMED, _fields),
    (rf"(?P<day>\d\d?){_NTH}\b", _fields),
    *((pattern, _fields) for pattern in eastern.DATES),
    # times of day
    (rf"(?:12(?::00)?\s?)?(?P<part>noon|midday|{eastern.NOON})", lambda _: [Wall(hour=12)]),
    (rf"(?:{european.NOON})(?![a-z])", lambda _: [Wall(hour=12)]),
    (rf"(?:12(?::00)?\s?)?(?:midnight|{eastern.MIDNIGHT}|{european.MIDNIGHT})", _midnight),
    (rf"(?P<hour>\d\d?):(?P<minute>\d\d)(?::{_SECOND})?(?![\d:])", _fields),
    (r"(?P<hour>\d\d?)\.(?P<minute>\d\d)(?![\d.])", _dotted),
    *((pattern, _fields) for pattern in european.CLOCKS),
    (r"(?P<hour>\d\d?)\s?h\s?(?P<minute>\d\d)(?!\w)", _fields),
    (rf"(?P<hour>\d\d?)(?=\s?{_HALF})", _fields),
    (r"(?<=\d)T(?P<hour>\d\d)(?![\d:])", _fields),
    (eastern.CLOCK, _fields),
    (eastern.SAME_HOUR, _fields),
    (r"\d{4,19}(?:[.,]\d{1,12})?(?!\d)", _digits),
    (_OFFSET, _zone),
    # days counted from the one before
    *((pattern, lambda _, on=on: [Wall(days_on=on)]) for pattern, on in eastern.DAYS_ON.items()),
    (r"(?:the\s)?(?:next|following)\s(?:day\b|(?=morning))", lambda _: [Wall(days_on=1)]),
    (r"(?<=[\w.) ])(?P<days_on>>{1,9})$", _fields),
    # notes: words that say something about the pieces
    (rf"(?P<same_day>(?:the\s)?same\sday\b|{eastern.SAME_DAY})", None),
    (rf"(?P<read_on>(?:now|to(?:day|night|morrow)|yesterday)\b|{eastern.READ_ON})", None),
    *((rf"(?P<{name}>{european.HEDGES[name]})", None) for name in ROUGHLY),
    (european.GLUE, None),
    (rf"(?P<part>{'|'.join(sorted(eastern.PARTS, key=len, reverse=True))})", None),
    (r"(?P<part>[a-z]\.?\s?m(?![a-z])\.?|(?<=\d)[ap]\b|o'clock\b|(?:h|hrs?|hours|uhr)\b)", None),
    (rf"(?P<part>(?:{'|'.join(_OF_DAY.values())}|at night)\b)", None),
    (rf"(?P<on_weekday>{english.WEEKDAY}|{eastern.WEEKDAY}|{european.WEEKDAY})", None),
    *((rf"(?P<{name}>{ROUGHLY[name]}|{eastern.HEDGES[name]})", None) for name in ROUGHLY),
    (rf"{_GLUE}|{eastern.GLUE}", None),
    # zones by their names
    (_ABBREVIATION, _zone),
    *(
        (rf"\(?(?:US\s)?{name}(?:\stime)?\b\)?", lambda _, zone=zone: [Wall(zone=zone)])
        for name, zone in _REGIONS.items()
    ),
    (r"(?P<zone>(?-i:[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_]+)+))", _zone),
    *((pattern, lambda _, name=name: [Wall(zone=name)]) for pattern, name in eastern.ZONES.items()),
)


@cache
def table() -> tuple[tuple[re.Pattern[str], Reader | None], ...]:
    """Return the patterns in the order in which they are tried; notes have no reader."""
    return tuple(
        (re.compile(pattern, re.ASCII | re.IGNORECASE), reader) for pattern, reader in _PATTERNS
    )
