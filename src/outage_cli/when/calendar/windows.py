"""Windows: the span of time that a report covers, in a zone (SEMANTICS T7).

A unit of the calendar is always whole: a month has its real seconds, October 2024 in Berlin 745 h.
The ends of a range may also be moments (SEMANTICS T5), whose best estimates count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, Duration, Instant, Span
from outage_cli.when.clock.civil_time import LONGEST_TEXT, midnight, skipped, strict
from outage_cli.when.clock.zones import FIRST_YEAR, LAST_YEAR, local
from outage_cli.when.words.durations import duration

if TYPE_CHECKING:
    from outage_cli.when.words.expressions import TimeExpression

FORMS = "2022, 2022-Q4, 2022-10, 2022-W41, 2022-10-15, 2022-10-15..2022-10-20 or last 30d"

_UNIT = r"(\d{4})(?:-(?:[Qq]([1-4])|[Ww](\d\d)|(\d\d)(?:-(\d\d))?))?"
_LAST = "last "
_OTHERWISE = ("fire + 4h", "as in 2022-10-15")
"""The ends of hints for moments, where the text may be meant for no moment at all."""
_NO_EVENTS: Mapping[str, Moment] = MappingProxyType({})


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


def window(
    text: str, info: ZoneInfo, events: Mapping[str, Moment] = _NO_EVENTS
) -> Window | ProblemText:
    """Return the window that `text` names (`FORMS`) in a zone, or what is wrong with it.

    `events` are the moments with an id, which its ends may count from. Problems beside those of
    `moments`: `not-a-window`, `ends-early`.
    """
    label = normalize("NFKC", text).strip()
    if label.lower().startswith(_LAST):
        length = duration(label[len(_LAST) :])
        return Window(label, last=length) if length else _not_a_window(text)
    if duration(label[:LONGEST_TEXT]):
        hint = f"write last {label} for what ends at as-of, or {FORMS}"
        return ProblemText("not-a-window", f"`{text}` says how long, not when", hint)
    if interval := _interval(label, _TimeContext(info, events)):
        return interval
    start, is_range, end = label.partition("..")
    if is_range and ".." not in end:
        return _range(label, (start.strip(), end.strip()), _TimeContext(info, events))
    ends = _ends(label, None, _TimeContext(info, events))
    if isinstance(ends, Span):
        return Window(label, *ends) if ends.length else _instant(text, label)
    from outage_cli.when.words.expressions import parted

    parts = parted(label) if ends.code == "not-a-moment" else None
    return _range(label, parts, _TimeContext(info, events), is_one_phrase=True) if parts else ends


def _interval(label: str, context: _TimeContext) -> Window | ProblemText | None:
    """Return the window that an interval of ISO 8601 names, with a slash: A/B is A..B."""
    start, slash, end = (each.strip() for each in label[:LONGEST_TEXT].partition("/"))
    if not slash or not _is_whole(start):
        return None
    if _is_whole(end):
        return _range(label, (start, end), context)
    if end.upper().startswith("P") and duration(end.upper()):
        hint = f"write {start}..B, B being the time at which it ends"
        return ProblemText("not-a-window", f"`{label}` is an interval with a length", hint)
    return None


def _is_whole(text: str) -> bool:
    """Whether this is a unit of the calendar, or a date and a time in ISO 8601."""
    wall = strict(text)
    return re.fullmatch(_UNIT, text) is not None or (wall is not None and wall.year is not None)


def too_many(span: Span, by: str | None) -> ProblemText | None:
    """Return that a window has more units of the calendar than a report can show, if so."""
    if by is None or span.length // _LENGTHS[by] <= MOST_PARTS:
        return None
    larger = " or ".join(each for each in UNITS if span.length // _LENGTHS[each] <= MOST_PARTS)
    message = f"a window of {span.length // _LENGTHS[by]:,} parts is more than {MOST_PARTS:,}"
    return ProblemText("too-many-parts", message, f"ask for less time, or --by {larger}")


class _TimeContext(NamedTuple):
    """The zone in which times are read, and the moments that they may refer to."""

    info: ZoneInfo
    events: Mapping[str, Moment]


def _range(
    label: str, texts: tuple[str, str], context: _TimeContext, *, is_one_phrase: bool = False
) -> Window | ProblemText:
    start, end = texts
    if not start or not end:
        missing = "ends" if not start + end else "end" if start else "start"
        hint = f"write both, as in {start or '2022-10-15'}..{end or '2022-10-20'}"
        return ProblemText("not-a-window", f"`{label}` has no {missing}", hint)
    first, last = _shared(start, end, is_one_phrase=is_one_phrase)
    opens = _ends(start, None, context, first)
    if isinstance(opens, ProblemText):
        return opens
    closes = _ends(end, Moment(opens.start, opens.start, opens.end), context, last)
    if isinstance(closes, ProblemText):
        return closes
    if closes.end < opens.start or closes.end == opens.start < opens.end:
        hint = "write the earlier end first"
        return ProblemText("ends-early", f"`{label}` ends before it starts", hint)
    return Window(label, opens.start, closes.end)


def _shared(
    start: str, end: str, *, is_one_phrase: bool
) -> tuple[TimeExpression, TimeExpression] | tuple[None, None]:
    """Return the expressions of two ends that are moments: each completes the other."""
    if re.fullmatch(_UNIT, start) or re.fullmatch(_UNIT, end):
        return None, None
    from outage_cli.when.words.expressions import between

    result = between(start, end, is_one_phrase=is_one_phrase)
    return (None, None) if isinstance(result, ProblemText) else (result.first, result.last)


def _ends(
    text: str,
    before: Moment | None,
    context: _TimeContext,
    expression: TimeExpression | None = None,
) -> Span | ProblemText:
    """Return the span of a unit of the calendar, or of length zero for an instant.

    `expression` is that of the text, where it has been read already.
    """
    info, events = context
    if re.fullmatch(_UNIT, text):
        no_such_unit = ProblemText("not-a-window", f"no calendar has `{text}`", f"write {FORMS}")
        if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            return no_such_unit
        try:
            first, after = _days(text)
        except ValueError:
            return no_such_unit
        start, end = midnight(first, info), midnight(after, info)
        return Span(start, end) if start < end else skipped(first, info)
    from outage_cli.when.calendar.moments import TimeSettings, moment, moment_of
    from outage_cli.when.words.expressions import is_day, words

    settings = TimeSettings(info)
    if expression is None:
        at = moment(text, settings, before, events)
    else:
        at = moment_of(expression, settings, before, events)
    if not isinstance(at, Moment):
        return _not_a_window(text) if at is None or at.hint.endswith(_OTHERWISE) else at
    return Span(at.first, at.last) if is_day(expression or words(text)) else Span(at.best, at.best)


def _days(unit: str) -> tuple[date, date]:
    """Return the first day of a unit and the first day after it. Raises ValueError for none.

    Many timelines name their window in one of these forms, so they do without pendulum: see
    "Start-up" in CONTRIBUTING.
    """
    read = re.fullmatch(_UNIT, unit)
    if not read:
        raise ValueError(unit)
    year = int(read[1])
    quarter, week, month, day = (int(part) if part else None for part in read.groups()[1:])
    if week is not None:
        monday = date.fromisocalendar(year, week, 1)
        return monday, monday + timedelta(days=7)
    if day is not None:
        only = date(year, month or 0, day)
        return only, only + timedelta(days=1)
    months = 3 if quarter else 12 if month is None else 1
    first = quarter * 3 - 2 if quarter else 1 if month is None else month
    following = first + months
    return date(year, first, 1), date(year + following // 13, (following - 1) % 12 + 1, 1)


def _not_a_window(text: str) -> ProblemText:
    return ProblemText("not-a-window", f"`{text}` is not a window of time", f"write {FORMS}")


def _instant(text: str, label: str) -> ProblemText:
    """Return the problem of a window that is one time, without a length."""
    hint = f"write {label}..B, B being the time at which it ends"
    return ProblemText("not-a-window", f"`{text}` is one time, not a window of it", hint)


class Part(NamedTuple):
    """One unit of the calendar, as far as it lies in a window."""

    label: str
    window: Span


MOST_PARTS = 20_000
"""Fifty years of days."""

_LENGTHS = {"day": DAY, "week": 7 * DAY, "month": 31 * DAY, "quarter": 92 * DAY, "year": 366 * DAY}
UNITS = ("day", "week", "month", "quarter", "year")


def parts(span: Span, by: str | None, info: ZoneInfo) -> list[Part]:
    """Return the units of the calendar that fill a span, cut at its ends: together they are it.

    A day that a zone never had, as where it moved across the date line, has no part.

    ```text
    span               [--------------------)
    by month    |-------[---|-------|-------)---|
    ```
    """
    if by is None or span.start >= span.end:
        return []
    import pendulum

    shown = local(span.start, info)
    day = pendulum.date(shown.year, shown.month, shown.day)
    first = day.first_of("quarter") if by == "quarter" else day.start_of(by)
    step = {"months": 3} if by == "quarter" else {f"{by}s": 1}
    start, filled = midnight(first, info), list[Part]()
    while start < span.end:
        following = first.add(**step)
        end = midnight(following, info)
        inside = Span(start, end).within(span)
        if inside and inside.length:
            filled.append(Part(_label(first, by), inside))
        first, start = following, end
    return filled


def units(span: Span, by: str, info: ZoneInfo) -> list[Part]:
    """Return the units of the calendar that a span touches, whole and in order.

    Each is the window that its label names, which needs no pendulum: the timelines that have an
    objective per month are many.

    ```text
    span               [--------------------)
    by month    |-----------|-------|-----------|
    ```
    """
    day = local(span.start, info).date()
    touched: list[Part] = []
    while not touched or touched[-1].window.end < span.end:
        label = _label(day, by)
        first, day = _days(label)
        touched.append(Part(label, Span(midnight(first, info), midnight(day, info))))
    return touched


def _label(day: date, by: str) -> str:
    """Return the name of the unit of the calendar that a day is in, in the form of a window."""
    year, week, _ = day.isocalendar()
    return {
        "day": day.isoformat(),
        "week": f"{year}-W{week:02}",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "year": f"{day.year}",
    }[by]
