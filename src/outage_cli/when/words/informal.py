"""Times in informal notations. A text has exactly one meaning or is refused.

```text
Sat, 15 Oct 2022 at  3:19 p.m. KST      a text is peeled from its front, piece by piece; a piece
[note][day][digits]  [clk][note][zone]  has one reading or more, each of them a part of a `Wall`
```
The readings are joined in every way that agrees. If exactly one result is a possible date and
time, it is the meaning; if several are, the hint offers them. dateutil and pendulum are not used:
both choose between two meanings silently, and dateutil fills gaps from the present day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from unicodedata import normalize

from outage_cli.model.problem import ProblemText, shortened
from outage_cli.when.clock.civil_time import Wall
from outage_cli.when.words.patterns import HEDGES, NOTES, PARTS, Impossible, Reader, table
from outage_cli.when.words.time_problems import (
    counted_on,
    doubt,
    fault,
    refused,
    two_meanings,
    year_or_time,
)
from outage_cli.when.words.tongues import eastern

LONGEST_TEXT = 100
LIKELY_YEARS = range(1960, 2060)
"""Years of outages: `Oct 15 2022` ends in a year, `Oct 15 1519` in a time of day."""

_SIGNS = str.maketrans("−‐–—∶’〜零", "----:'~0")
_WRAPPERS = {"**", "__", "[]", "()", '""', "“”", "''", "``"}


class _ParsedText(NamedTuple):
    """The possible readings of each piece of a text, and its notes: words beside the time."""

    text: str
    pieces: list[list[Wall]]
    notes: dict[str, list[str]]


class HedgedWall(NamedTuple):
    """A time with a word that leaves it open: `about`, `by` or `after`."""

    wall: Wall
    hedge: str


def lenient(text: str) -> Wall | HedgedWall | ProblemText | None:
    """Return the time that `text` says, None where it says none, or what is wrong: `not-a-moment`.

    A part of the day may stand beside 24 hours that agree with it: `昼13時` is 13:00. `am` and `pm`
    may not: `17:14 pm` is trouble.
    A weekday beside a whole date has to be its own; one that has to tell the date is trouble.
    """
    if len(text) > LONGEST_TEXT:
        return None
    plain = " ".join(normalize("NFKC", text).translate(_SIGNS).split())
    plain = plain.rstrip(":;,")
    while len(plain) > 2 and plain[:1] + plain[-1:] in _WRAPPERS:  # noqa: PLR2004
        plain = plain[1:-1].strip()
    shown = shortened(plain)
    try:
        parsed = _parse(plain)
    except Impossible as impossible:
        return refused(f"no calendar has `{shown}`", str(impossible))
    return _meaning(parsed, shown) if parsed else None


def _parse(text: str) -> _ParsedText | None:
    parsed, at = _ParsedText(text, [], {}), 0
    while at < len(text):
        piece = _next(text, at)
        if not piece:
            return None
        match, read = piece
        at = match.end()
        for name in match.groupdict().keys() & NOTES:
            parsed.notes.setdefault(name, []).append(match[name].lower())
        if read:
            parsed.pieces.append(read(match))
    return parsed if all(parsed.pieces) else None


def _next(text: str, at: int) -> tuple[re.Match[str], Reader | None] | None:
    for pattern, read in table():
        if match := pattern.match(text, at):
            return match, read
    return None


def _meaning(parsed: _ParsedText, shown: str) -> Wall | HedgedWall | ProblemText | None:
    text, pieces, notes = parsed
    if "read_on" in notes:
        hint = "write the date itself, as in 2022-10-15"
        return refused(f"`{shown}` says no date by itself", hint)
    walls = _joined(pieces)
    if not walls or ("same_day" in notes and any(wall.days_on for wall in walls)):
        hint = "write one, or a range as in 15:10..15:25"
        return refused(f"`{shown}` says more than one time", hint)
    if "part" in notes and "same_day" in notes and walls == [Wall()]:
        return doubt(Wall(), notes, text, shown)
    if not _says_when(walls, text):
        return Wall() if notes.keys() == {"same_day"} and walls == [Wall()] else None
    meant = _on_clocks(walls, notes.get("part", []), text)
    faults = [fault(wall, shown) for wall in meant]
    possible = [wall for wall, wrong in zip(meant, faults, strict=True) if not wrong]
    return _verdict(possible, walls, parsed, shown) if possible else faults[0]


def _joined(pieces: Sequence[Sequence[Wall]]) -> list[Wall]:
    """Return every way in which readings of all the pieces agree."""
    walls = [Wall()]
    for readings in pieces:
        pairs = [(left, right) for left in walls for right in readings]
        walls = [left._replace(**_written(right)) for left, right in pairs if _agree(left, right)]
    if any(wall.year in LIKELY_YEARS and (wall.month or wall.day) for wall in walls):
        walls = [wall for wall in walls if wall.year or not (wall.month or wall.day)]
    return list(dict.fromkeys(walls))


def _written(wall: Wall) -> dict[str, Any]:
    """Return the fields that a wall fills in."""
    pairs = zip(wall._asdict().items(), Wall(), strict=True)
    return {name: value for (name, value), empty in pairs if value != empty}


def _agree(left: Wall, right: Wall) -> bool:
    """Whether no field is said twice, by two pieces or by one that says it all."""
    left_fields, right_fields = _written(left).keys(), _written(right).keys()
    if left_fields and right_fields and {"instant", "same_hour"} & (left_fields | right_fields):
        return False
    return not left_fields & right_fields and not {"day", "days_on"} <= left_fields | right_fields


def _says_when(walls: Sequence[Wall], text: str) -> bool:
    """Whether this is about time: a zone alone is not, nor a month, which may be a word: "may"."""
    if not any(_written(wall).keys() - {"zone"} for wall in walls):
        return False
    return bool(re.search(r"\d", text)) or any(wall.hour or wall.days_on for wall in walls)


def _on_clocks(walls: Sequence[Wall], parts: Sequence[str], text: str) -> list[Wall]:
    """Return what readings mean on a clock of 24 hours, given the words for parts of the day."""
    if parts and any(wall.hour is not None for wall in walls):
        walls = [wall for wall in walls if wall.hour is not None]  # 3.10 pm is no day in October
    meant = [wall._replace(hour=hour) for wall in walls for hour in _hours(wall.hour, parts)]
    if re.search(eastern.SCRIPT, text):
        meant = [counted_on(wall) for wall in meant]
    return list(dict.fromkeys(meant))


def _hours(hour: int | None, parts: Sequence[str]) -> Sequence[int | None]:
    """Return the hours in which the words agree; if in none, as in 17 am, either half is meant."""
    if hour is None or hour >= 24 or not parts:  # noqa: PLR2004
        return [hour]
    words = (part if part in PARTS else re.sub(r"[.\s]", "", part) for part in parts)
    allowed = [PARTS.get(word, {}).get(hour, ()) for word in words]
    agreed = [hour for hour in allowed[0] if all(hour in others for others in allowed)]
    return agreed or (hour % 12, hour % 12 + 12)


def _verdict(
    possible: Sequence[Wall], walls: Sequence[Wall], parsed: _ParsedText, shown: str
) -> Wall | HedgedWall | ProblemText:
    """Return the one possible meaning if it is beyond doubt."""
    text, _, notes = parsed
    if several := two_meanings(possible, text, shown):
        return several
    if not notes and any(wall == Wall(wall.year) and wall.year in LIKELY_YEARS for wall in walls):
        return year_or_time(possible[0], text, shown)
    if several := doubt(possible[0], notes, text, shown):
        return several
    hedge = next((name for name in HEDGES if name in notes), None)
    return possible[0] if hedge is None else HedgedWall(possible[0], hedge)
