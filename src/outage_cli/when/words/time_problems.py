"""Problems of texts about time, and what to write instead.

Every hint with "write" continues with a text that can be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from outage_cli.model.problem import ProblemText
from outage_cli.when.clock.civil_time import Wall
from outage_cli.when.clock.zones import EPOCH, FIRST, FIRST_YEAR, LAST, LAST_YEAR
from outage_cli.when.words.patterns import HEDGES, days_in, full_year
from outage_cli.when.words.tongues import eastern
from outage_cli.when.words.tongues.english import MONTHS

_CLOCKS = "hours run from 00 to 23 (24:00 ends a day), minutes and seconds to 59"
_YEARS = f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected"
_A_DATE, _A_TIME = "2022-10-15", "2022-10-15 15:19"
_BARE_OFFSET = r"(?i)(?<!UTC)(?<!GMT)(?<!UTC )(?<!GMT )-\d\d"


def refused(message: str, hint: str) -> ProblemText:
    """Return the problem `not-a-moment`."""
    return ProblemText("not-a-moment", message, hint)


def fault(wall: Wall, shown: str) -> ProblemText | None:
    """Return the problem of a date or a time of day that does not exist, if it does not."""
    if wall.instant is not None and not FIRST <= wall.instant < LAST:
        return refused(f"`{shown}` is out of reach", _YEARS)
    return _fault_of_day(wall, shown) or _fault_of_clock(wall, shown)


def _fault_of_day(wall: Wall, shown: str) -> ProblemText | None:
    if wall.year is not None and wall.month is None and wall.day is not None:
        return refused(f"`{shown}` names no month", f"write the month too, as in {_A_DATE}")
    if wall.day is None and (wall.year is not None or wall.month is not None):
        return refused(f"`{shown}` names no day", f"write the day too, as in {_A_DATE}")
    if wall.year is not None and not FIRST_YEAR <= full_year(wall.year) <= LAST_YEAR:
        return refused(f"the year {wall.year} is out of reach", _YEARS)
    if wall.day is None:
        return None
    most = (
        31 if wall.month is None else days_in(2000 if wall.year is None else wall.year, wall.month)
    )
    if 1 <= wall.day <= most:
        return None
    hint = f"months run from 1 to {len(MONTHS)}"
    if most and wall.month is not None and wall.year is not None:
        hint = f"{MONTHS[wall.month - 1]} {full_year(wall.year)} has {most} days"
    elif most:
        hint = f"{MONTHS[wall.month - 1] if wall.month else 'a month'} has {most} days at most"
    return refused(f"no calendar has `{shown}`", hint)


def _fault_of_clock(wall: Wall, shown: str) -> ProblemText | None:
    if wall.hour is None and wall.zone:
        return refused(f"`{shown}` has a zone and no time", f"write the time too, as in {_A_TIME}")
    hour, *others = wall.hour or 0, wall.minute, wall.second, wall.microsecond
    sixtieths = max(wall.minute, wall.second) < 60  # noqa: PLR2004
    if sixtieths and (hour < 24 or (hour == 24 and not any(others))):  # noqa: PLR2004
        return None
    if wall.second == 60 and hour < 24 and wall.minute < 60:  # noqa: PLR2004
        hint = f"leap seconds are not counted, write {spell(wall._replace(second=59), shown)}"
        return refused(f"no clock shows `{shown}`", hint)
    later = counted_on(wall)
    tells = later != wall and sixtieths and (wall.day is None or wall.year is not None)
    return refused(
        f"no clock shows `{shown}`", f"write {spell(later, shown)}" if tells else _CLOCKS
    )


def counted_on(wall: Wall) -> Wall:
    """Return 25:30 as 01:30 on the next day, as far as 29:59; 24:00 stays, it ends a day."""
    hour = wall.hour or 0
    if hour * 60 + wall.minute <= 24 * 60 or hour > eastern.LAST_HOUR:
        return wall
    return wall._replace(hour=hour - 24, days_on=wall.days_on + 1)


def two_meanings(possible: Sequence[Wall], text: str, shown: str) -> ProblemText | None:
    """Return the problem of a text with several meanings or a year of two digits, if it has."""
    offered = "write " + " or ".join(spell(each, text) for each in possible)
    if any(each.year is not None and each.year < 0 for each in possible):
        return refused(f"`{shown}` has a year of two digits", offered)
    if len(possible) > 1:
        return refused(f"`{shown}` can be read in {len(possible)} ways", offered)
    return None


def year_or_time(wall: Wall, text: str, shown: str) -> ProblemText:
    """Return the problem of a text such as `2022`: a year, or the time 20:22."""
    hint = f"write {spell(wall, text)} for the time of day, or the day too, as in {_A_DATE}"
    return refused(f"`{shown}` can be a year or a time of day", hint)


def doubt(wall: Wall, notes: dict[str, list[str]], text: str, shown: str) -> ProblemText | None:
    """Return the problem of a text whose one meaning is still in doubt, if it is."""
    if wall.zone and wall.zone[0] == "-" and wall.day is None and re.search(_BARE_OFFSET, text):
        span = f"{spell(wall._replace(zone=None), text)}..{wall.zone[1:]}"
        hint = f"write {span} for a range, or the date before it for an offset"
        return refused(f"`{shown}` can be a range or a time with an offset", hint)
    has_day = wall.day is not None or wall.days_on or "same_day" in notes
    if "on_weekday" in notes and not has_day:
        return refused(f"`{shown}` does not say which week", f"write the date, as in {_A_TIME}")
    if "on_weekday" in notes and (wrong := _wrong_weekday(wall, notes["on_weekday"], text, shown)):
        return wrong
    if "part" in notes and wall.hour is None:
        hours = next(
            (hours for part, hours in _PARTS.items() if part in notes["part"]), "13:00..15:00"
        )
        hint = f"write the time, or a range as in {f'{spell(wall, text)} {hours}'.strip()}"
        return refused(f"`{shown}` says the part of a day, not the time", hint)
    for edge, hedge in EDGES.items():
        if edge in notes:
            at = spell(wall, text)
            hint = f"write {at} for then, or {hedge} {at}"
            return refused(f"`{shown}` can be then or {HEDGED[hedge]}", hint)
    if sum(name in notes for name in HEDGES) > 1:
        return refused(f"`{shown}` is vague in two ways at once", f"write ~{spell(wall, text)}")
    return None


_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "mo lundi 月 월 一",
            "tu diens di mardi 火 화 二",
            "we mi mercredi 水 수 三",
            "th do jeudi 木 목 四",
            "fr vendredi 金 금 五",
            "sa sonnabend 土 토 六",
            "su so dimanche 日 일 天",
        )
    )
    for name in names.split()
}
"""How weekdays begin, from Monday on."""


def _weekday(name: str) -> int | None:
    """Return the day of the week that a name in lower case says, from 0 for Monday."""
    name = re.sub(r"^\W+|^(?:周|星期)", "", name)
    starts = [each for each in _WEEKDAYS if name.startswith(each)]
    return _WEEKDAYS[max(starts, key=len)] if starts else None


def _wrong_weekday(wall: Wall, names: Sequence[str], text: str, shown: str) -> ProblemText | None:
    """Return that a whole date is not on the weekday beside it, if so, and offer both days."""
    if wall.day is None or wall.month is None or wall.year is None:
        return None
    day = date(full_year(wall.year), wall.month, wall.day)
    lasts = wall.days_on + (wall.hour == 24)  # noqa: PLR2004 - the night of Saturday is on Sunday
    for weekday in map(_weekday, names):
        if weekday is None or (weekday - day.weekday()) % 7 <= lasts:
            continue
        near = day + timedelta((weekday - day.weekday() + 3) % 7 - 3)
        other = wall._replace(year=near.year, month=near.month, day=near.day)
        hint = f"write {spell(wall, text)} for {day:%A}, or {spell(other, text)} for {near:%A}"
        return refused(f"`{shown}` names {near:%A}, but {day} is a {day:%A}", hint)
    return None


_PARTS = {
    part: hours
    for hours, parts in (
        ("00:00..06:00", "early morning|未明|새벽|凌晨"),
        ("06:00..09:00", "早朝|朝|아침|早上|清晨"),
        ("06:00..12:00", "morning|in the morning|on the morning|late morning"),
        ("00:00..12:00", "午前|오전|上午"),
        ("12:00..18:00", "afternoon|in the afternoon|on the afternoon|early afternoon|昼|낮|中午"),
        ("12:00..24:00", "午後|오후|下午"),
        ("15:00..18:00", "late afternoon|夕方|夕"),
        ("18:00..22:00", "evening|in the evening|on the evening|early evening|저녁|傍晚"),
        ("18:00..24:00", "late evening|夜|晩|밤|晚上"),
        ("22:00..24:00", "night|late night|at night|in the night|深夜|夜中"),
    )
    for part in parts.split("|")
}
"""What one could write for the part of a day that has no time."""

EDGES = {"since": "after", "until": "by"}
"""Notes of an end of a stretch, by the word for a moment that may be meant."""

HEDGED = {"after": "later", "by": "earlier"}


def spell(wall: Wall, text: str) -> str:
    """Return a wall in ISO 8601 where it has a year, else so that it is read again as the same.

    `text` is what it was read from: `15日` stays in the language that it was in.
    """
    if wall.instant is not None:
        return f"{EPOCH + timedelta(microseconds=wall.instant)}Z"
    return " ".join(part for part in (_spell_day(wall, text), _spell_clock(wall)) if part)


def _spell_clock(wall: Wall) -> str:
    if wall.hour is None:
        return ""
    by_itself = wall.day is None
    hour = wall.hour if by_itself or wall.year is not None else wall.hour + 24 * wall.days_on
    clock = f"{hour:02}:{wall.minute:02}"
    if wall.second or wall.microsecond:
        clock += f":{wall.second:02}" + f".{wall.microsecond:06}".rstrip("0.")
    zone = wall.zone or ""
    clock += f" {zone}" if zone[1:].isalpha() or "/" in zone else zone
    return clock + ">" * wall.days_on if by_itself else clock


def _spell_day(wall: Wall, text: str) -> str:
    if wall.same_hour:
        return f"同{wall.minute}分" + (f"{wall.second}秒" if wall.second else "")
    if wall.day is None:
        return ("", "next day", "翌々日")[wall.days_on] if wall.hour is None else ""
    if wall.month is not None and wall.year is not None:
        day = date(full_year(wall.year), wall.month, wall.day)
        return (day + timedelta(wall.days_on)).isoformat()
    if not re.search(eastern.SCRIPT, text):
        return f"{wall.day} {MONTHS[wall.month - 1][:3]}" if wall.month else f"{wall.day}th"
    months, days = "월일" if re.search("[가-힣]", text) else "月日"
    return (f"{wall.month}{months}" if wall.month else "") + f"{wall.day}{days}"
