"""Days and times in plain text: headings, and the dates of the times below them.

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
    day = words(shown) if shown else None
    if not isinstance(day, Wall) or day.hour is not None or day.instant is not None:
        return None
    if day.year is None or day.month is None or day.day is None or day.days_on:
        return None
    try:
        return date(day.year, day.month, day.day).isoformat()
    except ValueError:
        return ""


def is_moment(text: str) -> bool:
    """Return whether a text is a time."""
    return not isinstance(words(text), ProblemText)


def tilde_first(text: str) -> str:
    """Return a time with its `~` in front: `15:33~` is `~15:33`."""
    text = text.strip()
    return f"~{text[:-1].rstrip()}" if text.endswith("~") and text != "~" else text


def dated(text: str, day: str) -> str | None:
    """Return a time under the heading of a day with its date.

    None: it has no date, and is no time with one either. A time that counts from the event before
    it (翌日, 同40分) stays as it is.
    """
    if len(text) > _LONGEST or _DAY.search(text):
        return text
    clock = _CLOCK.fullmatch(text)
    if not clock:
        expression = words(text)
        wall = _wall(expression)
        if not wall or wall.hour is None or wall.has_date or wall.days_on or wall.same_hour:
            return text
        parts = text.split()
        places = range(min(len(parts), _MOST_HEDGES))
        for before in sorted(
            places, key=lambda at: not isinstance(words(" ".join(parts[at:])), Wall)
        ):
            candidate = " ".join((*parts[:before], day, *parts[before:]))
            dated_expression = words(candidate)
            inner = _wall(dated_expression)
            if (
                inner
                and type(dated_expression) is type(expression)
                and inner.hour == wall.hour
                and inner.year
            ):
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
    """Return the sort key of a time among those under one heading; "" where there is none."""
    clock = _CLOCK.fullmatch(text)
    if not clock or clock["zone"] or clock["more"].strip() or clock["hedge"].strip(" ~"):
        return ""
    return f"{int(clock['hour']) + 24 * len(clock['on']):02}:{clock['rest']}"


def _wall(expression: object) -> Wall | None:
    """Return the clock or date in an expression of time, or in the first of two."""
    while isinstance(expression, About | NoLater | NoEarlier | Between):
        expression = expression.first if isinstance(expression, Between) else expression.of
    return expression if isinstance(expression, Wall) else None
