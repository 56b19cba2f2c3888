"""Times as people all over the world write them. A text has one meaning or is refused, never guessed.

```text
Sat, 15 Oct 2022 at  3:19 p.m. KST      a text is peeled from its front, piece by piece; a piece
[note][day][digits]  [clk][note][zone]  has one reading or more, each of them a part of a `Wall`
```
The readings are joined in every way that agrees. If a calendar and a clock can show exactly one of
the results, that is the time; if several, the hint offers them. Neither dateutil nor pendulum is
asked: both settle two meanings silently, and dateutil takes what is missing from the present day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from unicodedata import normalize

from outage_cli.model.problem import Trouble
from outage_cli.when.eastern import UNITS
from outage_cli.when.pieces import HEDGES, MONTHS, PARTS, Impossible, days_in, full_year, table
from outage_cli.when.wall import Wall
from outage_cli.when.zones import EPOCH, FIRST, FIRST_YEAR, LAST, LAST_YEAR

LONGEST_TEXT, LONGEST_SHOWN = 100, 60
LIKELY_YEARS = range(1960, 2060)
"""Years that outages are told of: `Oct 15 2022` ends in a year, `Oct 15 1519` in a clock."""

_SIGNS = str.maketrans("−‐–—∶’零", "----:'0")
_EASTERN = re.compile(f"[{UNITS}]")
_LAST_HOUR = 29  # 25時 is 01:00 on the next day, as broadcasters and railways count
_BARE_OFFSET = re.compile(r"(?<!UTC)(?<!GMT)(?<!UTC )(?<!GMT )-\d\d", re.IGNORECASE)
_CLOCKS = "hours run from 00 to 23 (24:00 ends a day), minutes and seconds to 59"
_YEARS = f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected"


class _Peeled(NamedTuple):
    """The readings of each piece of a text, and the notes that say something about them."""

    text: str
    pieces: list[list[Wall]]
    notes: dict[str, list[str]]


def lenient(text: str) -> Wall | Trouble | None:
    """Return the time that `text` says, None where it says none, or what is wrong: `not-a-moment`.

    `pm` may stand beside 24 hours that agree with it: `13:19 pm` is 13:19, `17:14 am` is trouble.
    A weekday beside a date is ignored, right or wrong; one that has to tell the date is trouble.
    """
    if len(text) > LONGEST_TEXT:
        return None
    plain = " ".join(normalize("NFKC", text).translate(_SIGNS).split()).strip('[]"“”` ')
    shown = plain if len(plain) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "…"
    try:
        peeled = _peel(plain)
    except Impossible as impossible:
        return _no(f"no calendar has `{shown}`", str(impossible))
    return _meaning(peeled, shown) if peeled else None


def _peel(text: str) -> _Peeled | None:
    peeled, at = _Peeled(text, [], {}), 0
    while at < len(text):
        for pattern, read in table():
            if found := pattern.match(text, at):
                break
        else:
            return None
        at = found.end()
        if read is None:
            for name, word in found.groupdict().items():
                peeled.notes.setdefault(name, []).append(word.lower())
        elif readings := read(found):
            peeled.pieces.append(readings)
        else:
            return None
    return peeled


def _meaning(peeled: _Peeled, shown: str) -> Wall | Trouble | None:
    text, pieces, notes = peeled
    if "read_on" in notes:
        hint = "write the date itself, as in 2022-10-15"
        return _no(f"`{shown}` depends on the day it is read", hint)
    walls = _joined(pieces)
    if not walls:
        return _no(f"`{shown}` says more than one time", "write one, or a range as in 15:10..15:25")
    if not any(_written(wall).keys() - {"zone"} for wall in walls):
        return Wall() if "same_day" in notes and walls == [Wall()] and "part" not in notes else None
    if not re.search(r"\d", text) and not any(wall.hour or wall.days_on for wall in walls):
        return None  # the name of a month, which may be a word: "may"
    meant = [each for wall in walls for each in _on_clocks(wall, notes.get("part", []), text)]
    faults = [_fault(wall, shown) for wall in meant]
    possible = [wall for wall, fault in zip(meant, faults, strict=True) if not fault]
    if not possible:
        return faults[0]
    return _doubt(possible, walls, peeled, shown) or possible[0]


def _joined(pieces: Sequence[Sequence[Wall]]) -> list[Wall]:
    """Return every way in which readings of all the pieces agree."""
    walls = [Wall()]
    for readings in pieces:
        pairs = [(left, right) for left in walls for right in readings]
        walls = [left._replace(**_written(right)) for left, right in pairs if _agree(left, right)]
    if any(wall.month and wall.year in LIKELY_YEARS for wall in walls):
        walls = [wall for wall in walls if wall.year is not None or wall.month is None]
    return list(dict.fromkeys(walls))


def _written(wall: Wall) -> dict[str, Any]:
    """Return the fields that a wall fills in."""
    pairs = zip(wall._asdict().items(), Wall(), strict=True)
    return {name: value for (name, value), empty in pairs if value != empty}


def _agree(left: Wall, right: Wall) -> bool:
    """Whether no field is said twice, by two pieces or by one that says it all."""
    one, other = _written(left).keys(), _written(right).keys()
    if one and other and {"instant", "same_hour"} & (one | other):
        return False
    return not one & other and not {"day", "days_on"} <= one | other


def _on_clocks(wall: Wall, parts: Sequence[str], text: str) -> list[Wall]:
    """Return what a wall means on a clock of 24 hours, given the words for parts of the day."""
    if wall.hour is None:
        return [wall]
    hours = [wall.hour]
    for part in parts:
        known = PARTS.get(part) or PARTS.get(re.sub(r"[.\s]", "", part), {})
        hours = [each for hour in hours for each in known.get(hour, _either_half(hour))]
    last = _LAST_HOUR if _EASTERN.search(text) else 23
    return [_counted_on(wall._replace(hour=hour), last) for hour in hours]


def _either_half(hour: int) -> tuple[int, ...]:
    return (hour % 12, hour % 12 + 12) if hour < 24 else (hour,)  # noqa: PLR2004


def _counted_on(wall: Wall, last: int = _LAST_HOUR) -> Wall:
    """Return 25:30 as 01:30 on the next day; 24:00 stays, it ends a day."""
    hour = wall.hour or 0
    past = hour * 60 + wall.minute > 24 * 60 and hour <= last
    return wall._replace(hour=hour - 24, days_on=wall.days_on + 1) if past else wall


def _fault(wall: Wall, shown: str) -> Trouble | None:
    """Return why no calendar or no clock shows this, if so."""
    if wall.instant is not None:
        return None if FIRST <= wall.instant < LAST else _no(f"`{shown}` is out of reach", _YEARS)
    if wall.day is None and (wall.year is not None or wall.month is not None):
        return _no(f"`{shown}` names no day", "write the day too, as in 2022-10-15")
    if wall.year is not None and not FIRST_YEAR <= full_year(wall.year) <= LAST_YEAR:
        return _no(f"the year {wall.year} is out of reach", _YEARS)
    if wall.day is not None and not 1 <= wall.day <= (most := _most_days(wall)):
        return _no(f"no calendar has `{shown}`", _days_hint(wall, most))
    if wall.hour is None and wall.zone:
        return _no(
            f"`{shown}` has a zone and no time", "write the time too, as in 2022-10-15 15:19"
        )
    clock = (wall.hour or 0, wall.minute, wall.second, wall.microsecond)
    if (clock < (24,) and max(clock[1:3]) < 60) or clock == (24, 0, 0, 0):
        return None
    later = _counted_on(wall)
    can_say = later != wall and max(clock[1:3]) < 60 and (wall.day is None or wall.year is not None)
    return _no(f"no clock shows `{shown}`", f"write {_spell(later, shown)}" if can_say else _CLOCKS)


def _most_days(wall: Wall) -> int:
    return (
        31 if wall.month is None else days_in(2000 if wall.year is None else wall.year, wall.month)
    )


def _days_hint(wall: Wall, most: int) -> str:
    if not most:
        return f"months run from 1 to {len(MONTHS)}"
    if wall.month is None or wall.year is None:
        return f"{MONTHS[wall.month - 1] if wall.month else 'a month'} has {most} days at most"
    return f"{MONTHS[wall.month - 1]} {full_year(wall.year)} has {most} days"


def _doubt(possible: list[Wall], walls: list[Wall], peeled: _Peeled, shown: str) -> Trouble | None:
    """Return why what a calendar and a clock can show is still not known well enough, if so."""
    text, _, notes = peeled
    wall, many = possible[0], f"`{shown}` can be read in {len(possible)} ways"
    offered = "write " + " or ".join(_spell(each, text) for each in possible)
    if any(each.year is not None and each.year < 0 for each in possible):
        return _no(f"`{shown}` has a year of two digits", offered)
    if len(possible) > 1:
        return _no(many, offered)
    if not notes and any(each == Wall(each.year) and each.year in LIKELY_YEARS for each in walls):
        hint = f"{offered} for the time of day, or the day too, as in 2022-10-15"
        return _no(f"`{shown}` can be a year or a time of day", hint)
    if wall.zone and wall.zone[0] == "-" and wall.day is None and _BARE_OFFSET.search(text):
        span = f"{_spell(wall._replace(zone=None), text)}..{wall.zone[1:]}"
        hint = f"write {span} for a range, or the date before it for an offset"
        return _no(f"`{shown}` can be a range or a time with an offset", hint)
    if "weekday" in notes and wall.day is None and not wall.days_on and "same_day" not in notes:
        return _no(f"`{shown}` does not say which week", "write the date, as in 2022-10-15 15:19")
    if "part" in notes and wall.hour is None:
        hours = [
            hour for each in PARTS.get(notes["part"][0], {0: (0, 23)}).values() for hour in each
        ]
        span = f"{min(hours):02}:00..{min(max(hours) + 1, 24)}:00"
        return _no(f"`{shown}` says the part of a day, not the time", f"write a range as in {span}")
    if hedge := next((name for name in HEDGES if name in notes), None):
        mark = "~" if hedge == "about" else f"{hedge} "
        return _no(f"`{shown}` says only roughly when", f"write {mark}{_spell(wall, text)}")
    return None


def _spell(wall: Wall, text: str) -> str:
    """Return a wall as ISO 8601 where it has its year, else so that it can be read again."""
    if wall.instant is not None:
        return f"{EPOCH + timedelta(microseconds=wall.instant)}Z"
    clock, hour = "", wall.hour
    if hour is not None:
        beyond = 24 * wall.days_on if wall.day is not None and wall.year is None else 0
        clock = f"{hour + beyond:02}:{wall.minute:02}"
        if wall.second or wall.microsecond:
            clock += f":{wall.second:02}" + f".{wall.microsecond:06}".rstrip("0.")
        zone = wall.zone or ""
        clock += f" {zone}" if zone[1:].isalpha() or "/" in zone else zone
    return " ".join(part for part in (_spell_day(wall, text), clock) if part) + (
        ">" * wall.days_on if wall.day is None else ""
    )


def _spell_day(wall: Wall, text: str) -> str:
    if wall.day is None:
        return "同" + f"{wall.minute}分" if wall.same_hour else ""
    if wall.month and wall.year is not None:
        day = date(full_year(wall.year), wall.month, wall.day) + timedelta(wall.days_on)
        return f"{day}"
    if not _EASTERN.search(text):
        return f"{wall.day} {MONTHS[wall.month - 1][:3]}" if wall.month else f"{wall.day}th"
    month, day_ = "월일" if re.search("[월일시분]", text) else "月日"
    return (f"{wall.month}{month}" if wall.month else "") + f"{wall.day}{day_}"


def _no(message: str, hint: str) -> Trouble:
    return Trouble("not-a-moment", message, hint)
