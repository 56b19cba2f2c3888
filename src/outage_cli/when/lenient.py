"""Times as people all over the world write them. A text has one meaning or is refused, never guessed.

```text
Sat, 15 Oct 2022 at  3:19 p.m. KST      a text is peeled from its front, piece by piece;
[note][day ][number] [clk][note][zone]  a piece has one reading or more, each a part of a `Wall`;
```
The pieces' readings are put together in every way that agrees. Exactly one that a calendar and a
clock can show is the answer; several are offered in the hint. dateutil and pendulum are not asked:
dateutil fills in what was not written from the present day, and both settle two meanings silently.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeAlias
from unicodedata import normalize

from outage_cli.model.problem import Trouble
from outage_cli.when import eastern
from outage_cli.when.wall import Wall
from outage_cli.when.zones import EPOCH, FIRST, FIRST_YEAR, LAST, LAST_YEAR

LONGEST_TEXT, LONGEST_SHOWN = 100, 60
LIKELY_YEARS = range(1960, 2060)
"""A number beside a day and a month that lies in here is their year and not a clock without a colon."""

Reader: TypeAlias = Callable[[re.Match[str]], list[Wall]]
_COUNTED_HOURS = 29  # 25時 is 01:00 the next day, as broadcasters, railways and bars count
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - reads better
_SIGNS = str.maketrans({"−": "-", "‐": "-", "–": "-", "—": "-", "∶": ":", "’": "'", "零": "0"})
_PARTS = eastern.PARTS | {
    **dict.fromkeys(("am", "a", "in the morning", "morning"), eastern.AM),
    **dict.fromkeys(("pm", "p", "in the afternoon", "in the evening", "at night"), eastern.PM),
    **dict.fromkeys(("h", "hr", "hrs", "hours", "uhr"), eastern.within(0, 24)),
}
_PARTS_SHOWN = {"AM": "00:00..12:00", "PM": "12:00..18:00"}


class _Peeled(NamedTuple):
    """The pieces of a text: for each its readings, and the notes, which say something about them."""

    readings: list[list[Wall]]
    notes: dict[str, list[str]]


def lenient(text: str) -> Wall | Trouble | None:
    """Return the time that `text` says, None where it says none, or what is wrong: `not-a-moment`.

    A 12-hour clock may show 24 hours where the two agree: `13:19 pm` is 13:19, `17:14 am` is
    trouble. A wrong weekday is ignored; a weekday that has to tell the day is trouble.
    """
    if len(text) > LONGEST_TEXT:
        return None
    plain = " ".join(normalize("NFKC", text).translate(_SIGNS).split()).strip("[]\"'“”` ")
    peeled = _peel(plain)
    if not peeled:
        return None
    shown = plain if len(plain) <= LONGEST_SHOWN else plain[:LONGEST_SHOWN] + "…"
    return _verdict(peeled, shown)
