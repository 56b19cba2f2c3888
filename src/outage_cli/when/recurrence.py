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
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from difflib import get_close_matches
from functools import cache, partial
from itertools import chain, groupby, islice, product, takewhile
from typing import NamedTuple, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.problem import Trouble
from outage_cli.model.span import Instant, Span, union
from outage_cli.when.hours import shown
from outage_cli.when.zones import EPOCH, FIRST, FIRST_YEAR, LAST, LAST_YEAR, local
from outage_cli.when.zones import zone as named

FORMS = "FREQ=WEEKLY;BYDAY=SU, or FREQ=MONTHLY;BYDAY=2TU;UNTIL=20241231"
MOST = 100_000
"""How often a window may come, and how many times may be tried: once an hour for eleven years."""
LONGEST_TEXT, LONGEST_SHOWN = 20_000, 60

Stamp: TypeAlias = date | datetime
"""A whole day, what the clocks of the timeline's zone show (naive), or an instant (aware)."""


class Rule(NamedTuple):
    """One RRULE. `days` has a weekday and an ordinal (or 0) for each of BYDAY, `by` the numbers."""

    every: str
    interval: int = 1
    count: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    by: Mapping[str, tuple[int, ...]] = {}


class Recurrence(NamedTuple):
    """When something comes again: by rules and at stamps, but not on other stamps."""

    rules: tuple[Rule, ...]
    added: tuple[Stamp, ...] = ()
    dropped: tuple[Stamp, ...] = ()


class _TooMany(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """More than `MOST`."""


def occurrences(
    recurrence: Recurrence, start: Instant, end: Instant | None, within: Span, zone: ZoneInfo
) -> list[Span] | Trouble:
    """Return when the window from `start` to `end` and those after it are on, in order and merged.

    The first one counts whether the rule hits it or not, as in iCalendar, and stays as it is. What
    reaches into `within` is clipped. Troubles: `no-end`, `ends-early`, `too-many-occurrences`.
    """
    if end is None:
        hint = "give it an end, or leave out the rule"
        return Trouble("no-end", "a window without an end cannot come again", hint)
    first, length = _on_clock(start, zone), _on_clock(end, zone) - _on_clock(start, zone)
    if end < start or any(_is_over(first, each.until, zone) for each in recurrence.rules):
        hint = "put its start, its end and UNTIL into order"
        return Trouble("ends-early", "this window ends before it has started", hint)
    if length <= timedelta():  # clocks went back meanwhile
        length = (end - start) * _MICROSECOND
    reach = Span(max(within.start, FIRST), min(within.end, LAST))
    if reach.start >= reach.end:
        return []
    since = max(first, _on_clock(reach.start, zone) - length - _DAY)
    last = _on_clock(reach.end, zone) + _DAY
    try:
        walls = {
            wall for rule in recurrence.rules for wall in _starts(rule, first, since, last, zone)
        }
    except _TooMany:
        hint = "look at a shorter time, or write a rule that comes less often"
        message = f"a window that comes more than {MOST:,} times is no window"
        return Trouble("too-many-occurrences", message, hint)
    walls |= {first, *(_wall(each, first, zone) for each in recurrence.added)}
    dropped = {_wall(each, None, zone) for each in recurrence.dropped}
    ...


def _on_clock(at: Instant, zone: ZoneInfo) -> datetime:
    return local(at, zone).replace(tzinfo=None)
