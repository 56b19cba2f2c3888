"""Windows: the stretch of time that a report is about, laid out in a zone (SEMANTICS T7).

A unit of the calendar is always whole: a month has its real seconds, October 2024 in Berlin 745 h.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.problem import Trouble
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.when.durations import duration
from outage_cli.when.wall import midnight, resolve, strict
from outage_cli.when.zones import FIRST_YEAR, LAST_YEAR, local

FORMS = "2022, 2022-Q4, 2022-10, 2022-W41, 2022-10-15, 2022-10-15..2022-10-20 or last 30d"

_UNIT = r"(\d{4})(?:-(?:[Qq]([1-4])|[Ww](\d\d)|(\d\d)(?:-(\d\d))?))?"
_LAST = "last "


class Window(NamedTuple):
    """A window as asked for: two instants, or the time that ends at as-of (then `last` is set)."""

    label: str
    start: Instant = 0
    end: Instant = 0
    last: Duration | None = None

    def span(self, as_of: Instant) -> Span:
        """Return its span. Only `last …` needs `as_of`."""
        if self.last is not None:
            return Span(as_of - self.last, as_of)
        return Span(self.start, self.end)


def window(text: str, info: ZoneInfo) -> Window | Trouble:
    """Return the window that `text` names (`FORMS`) in a zone, or `not-a-window`."""
    label = normalize("NFKC", text).strip()
    if label.lower().startswith(_LAST):
        length = duration(label[len(_LAST) :])
        return Window(label, last=length) if length else _not_a_window(text)
    start, is_range, end = label.partition("..")
    if is_range:
        first, last = _ends(start.strip(), info), _ends(end.strip(), info)
        if isinstance(first, Trouble):
            return first
        if isinstance(last, Trouble):
            return last
        if last.start < first.start:
            hint = "write the earlier end first"
            return Trouble("ends-early", f"`{label}` ends before it starts", hint)
        return Window(label, first.start, last.end)
    ends = _ends(label, info)
    if isinstance(ends, Trouble):
        return ends
    return Window(label, *ends) if ends.length else _not_a_window(text)


def _ends(text: str, info: ZoneInfo) -> Span | Trouble:
    """Return the span of a unit of the calendar, or of length zero for an instant."""
    unit = re.fullmatch(_UNIT, text)
    if unit:
        try:
            first, after = _days(*unit.groups())
        except ValueError:
            return Trouble("not-a-window", f"no calendar has `{text}`", f"write {FORMS}")
        return Span(midnight(first, info), midnight(after, info))
    wall = strict(text)
    at = resolve(wall, None, info) if wall and wall.has_date and wall.hour is not None else None
    if isinstance(at, int):
        return Span(at, at)
    return at if isinstance(at, Trouble) else _not_a_window(text)


def _days(
    year: str, quarter: str | None, week: str | None, month: str | None, day: str | None
) -> tuple[date, date]:
    """Return the first day of a unit and the first day after it. Raises ValueError for none."""
    number = int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(year)
    if week:
        monday = date.fromisocalendar(number, int(week), 1)
        return monday, monday + timedelta(days=7)
    if day:
        only = date(number, int(month or 0), int(day))
        return only, only + timedelta(days=1)
    first, months = (int(quarter) * 3 - 2, 3) if quarter else (int(month), 1) if month else (1, 12)
    following = first + months
    return date(number, first, 1), date(number + following // 13, (following - 1) % 12 + 1, 1)


def _not_a_window(text: str) -> Trouble:
    return Trouble("not-a-window", f"`{text}` is not a window of time", f"write {FORMS}")


class Part(NamedTuple):
    """One unit of the calendar, as far as it lies in a window."""

    label: str
    window: Span


UNITS = ("day", "week", "month", "quarter", "year")


def parts(span: Span, by: str | None, info: ZoneInfo) -> list[Part]:
    """Return the units of the calendar that fill a span, cut at its ends: together they are it.

    ```text
    span               [--------------------)
    by month    |-------[---|-------|-------)---|
    ```
    """
    if by is None or span.start >= span.end:
        return []
    day = local(span.start, info).date()
    found: list[Part] = []
    while (start := midnight(first := _first(day, by), info)) < span.end:
        day = _next(first, by)
        inside = Span(start, midnight(day, info)).within(span)
        if inside:
            found.append(Part(_label(first, by), inside))
    return found


def _first(day: date, by: str) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}.get(by)
    return day if months is None else date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(first: date, by: str) -> date:
    days = {"day": 1, "week": 7, "month": 31, "quarter": 93, "year": 366}[by]
    return _first(first + timedelta(days=days), by)


def _label(first: date, by: str) -> str:
    year, week, _ = first.isocalendar()
    return {
        "day": f"{first}",
        "week": f"{year}-W{week:02}",
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "year": f"{first.year}",
    }[by]
