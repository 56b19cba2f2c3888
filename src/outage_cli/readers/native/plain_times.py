"""Days and times in plain text: what a heading says, and what a time means that stands under one.

```text
2022-10-15                     a heading
15:19  …    2022-10-15 15:19   a time without a date is on the day of the heading above it
15:33~ …   ~2022-10-15 15:33
00:10> …    2022-10-16 00:10   `>` is the day after the heading's, `>>` two days after
[+ 4h] …    + 4h               what shows no clock, or a date of its own, stays as it is written
```
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import normalize

from outage_cli.model.problem import ProblemText
from outage_cli.when.clock.civil_time import Wall
from outage_cli.when.words.expressions import About, Between, NoEarlier, NoLater, words

DATE = r"\d{4}-\d\d-\d\d"
_DAY = re.compile(DATE)
_CLOCK = re.compile(
    r"(?P<hedge>(?:~\s*|(?:by|after|about|around|circa|ca\.|no (?:later|earlier) than)\s++)*)"
    r"(?P<clock>(?P<hour>\d\d?):(?P<rest>\d\d(?::\d\d)?)(?![:\d]))(?P<zone>(?:(?!\.\.)[^\s>])*)(?P<on>>{0,9})"
    r"(?P<more>.*)",
    re.DOTALL,
)
_LONGEST, _MOST_HEDGES = 200, 4


def heading(line: str) -> str | None:
    """Return the day that a line names and nothing else, as `2022-10-15`; "" for an impossible one.

    None: the line is no heading.
    """
    shown = normalize("NFKC", line).strip() if len(line) <= _LONGEST else ""
    if _DAY.fullmatch(shown):
        try:
            date.fromisoformat(shown)
        except ValueError:
            return ""
        return shown
    said = words(shown) if shown else None
    if not isinstance(said, Wall) or said.hour is not None or said.instant is not None:
        return None
    if said.year is None or said.month is None or said.day is None or said.days_on:
        return None
    try:
        return date(said.year, said.month, said.day).isoformat()
    except ValueError:
        return ""


def is_moment(text: str) -> bool:
    """Return whether a text says when something was."""
    return not isinstance(words(text), ProblemText)


def spelled(text: str) -> str:
    """Return a time with its `~` in front: `15:33~` is `~15:33`."""
    text = text.strip()
    return f"~{text[:-1].rstrip()}" if text.endswith("~") and text != "~" else text


def dated(text: str, day: str) -> str | None:
    """Return what a time under the heading of a day says, when it is written without headings.

    None: it lacks a date, and with one before it, it would say nothing. A time that leans on the
    event before (翌日, 同40分) stays as it is.
    """
    if len(text) > _LONGEST or _DAY.search(text):
        return text
    clock = _CLOCK.fullmatch(text)
    if not clock:
        said = words(text)
        wall = _wall(said)
        if not wall or wall.hour is None or wall.has_date or wall.days_on or wall.same_hour:
            return text
        parts = text.split()
        places = range(min(len(parts), _MOST_HEDGES))
        for before in sorted(
            places, key=lambda at: not isinstance(words(" ".join(parts[at:])), Wall)
        ):
            candidate = " ".join((*parts[:before], day, *parts[before:]))
            meant = words(candidate)
            inner = _wall(meant)
            if inner and type(meant) is type(said) and inner.hour == wall.hour and inner.year:
                return candidate
        return None
    start = len(clock["hedge"])
    if not clock["on"]:
        return f"{text[:start]}{day} {text[start:]}"
    try:
        moved = date.fromisoformat(day) + timedelta(len(clock["on"]))
    except OverflowError:
        return text
    return f"{text[:start]}{moved} {clock['clock']}{clock['zone']}{clock['more']}"


def order(text: str) -> str:
    """Return what times under one heading are put in order by; "" where that cannot be told."""
    clock = _CLOCK.fullmatch(text)
    if not clock or clock["zone"] or clock["more"].strip() or clock["hedge"].strip(" ~"):
        return ""
    return f"{int(clock['hour']) + 24 * len(clock['on']):02}:{clock['rest']}"


def _wall(said: object) -> Wall | None:
    """Return the clock or date in what a text says, or in the first of two."""
    while isinstance(said, About | NoLater | NoEarlier | Between):
        said = said.first if isinstance(said, Between) else said.of
    return said if isinstance(said, Wall) else None
