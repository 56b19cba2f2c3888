"""The values that conditions compare with: how those of each kind are read and written.

A value is an exact fraction: microseconds, users × microseconds, or a share of 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.duration import spell_range, spell_user_time
from outage_cli.model.figure import Kind
from outage_cli.model.share import WHOLE, percent
from outage_cli.model.share import share as read_share
from outage_cli.when.words.durations import FORMS as LENGTHS
from outage_cli.when.words.durations import duration

_USER_TIME = re.compile(
    r"(?i)(\d{1,15}|\d{1,3}(?:[,_]\d{3})+)(?:[.](\d{1,6}))?\s*(k|m|g|b|thousand|million|billion)?"
    r"\s*user[s·*\s-]*([a-z]+)"
)
_TIMES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "g": 10**9,
          "b": 10**9, "billion": 10**9}  # fmt: skip


class ValueForm(NamedTuple):
    """How the values of a kind are read and written in conditions, and how to say so."""

    read: Callable[[str], Fraction | None]
    spell: Callable[[Fraction, Fraction], str]
    forms: str


def _read_time(text: str) -> Fraction | None:
    found = 0 if text.strip() == "0" else duration(text)
    return None if found is None else Fraction(found)


def _spell_times(least: Fraction, most: Fraction) -> str:
    return spell_range(int(least), int(most))


def _read_share(text: str) -> Fraction | None:
    found = read_share(text)
    return None if found is None else Fraction(found, WHOLE)


def _spell_shares(least: Fraction, most: Fraction) -> str:
    low, high = (percent(each.numerator, each.denominator, 5) for each in (least, most))
    return f"{low} %" if least == most else f"{low}–{high} %"


def _read_count(text: str) -> Fraction | None:
    return Fraction(int(text)) if re.fullmatch(r"\d{1,9}", text) else None


def _spell_counts(least: Fraction, most: Fraction) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _read_user_time(text: str) -> Fraction | None:
    """Return users × microseconds: `5M user-min`, `1,000 user-hours`."""
    if text.strip() == "0":
        return Fraction(0)
    read = _USER_TIME.fullmatch(text.strip())
    unit = duration(f"1 {read[4]}") if read else None
    if not read or unit is None:
        return None
    number = Fraction(f"{read[1].replace(',', '').replace('_', '')}.{read[2] or 0}")
    return number * _TIMES[(read[3] or "").lower()] * unit


def _spell_user_times(least: Fraction, most: Fraction) -> str:
    low, high = (spell_user_time(int(each)) for each in (least, most))
    return low if low == high else f"{low}–{high}"


def _read_percent(text: str) -> Fraction | None:
    read = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*%", text.strip())
    return Fraction(read[1]) / 100 if read else None


def _read_rate(text: str) -> Fraction | None:
    read = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)\s*[x×]?", text.strip())
    return Fraction(read[1]) if read else None


def _spell_rates(least: Fraction, most: Fraction) -> str:
    low, high = (f"{float(each):.4g}" for each in (least, most))
    return low if low == high else f"{low}–{high}"


FORMS = {
    Kind.TIME: ValueForm(_read_time, _spell_times, LENGTHS),
    Kind.SHARE: ValueForm(_read_share, _spell_shares, "99.9% or 0.999"),
    Kind.COUNT: ValueForm(_read_count, _spell_counts, "a whole number"),
    Kind.USER_TIME: ValueForm(_read_user_time, _spell_user_times, "5M user-min or 1000 user-hours"),
    Kind.PERCENTAGE: ValueForm(_read_percent, _spell_shares, "a percentage such as 50%"),
    Kind.RATE: ValueForm(_read_rate, _spell_rates, "a number such as 1.5"),
}
UNITS = {Kind.SHARE: "%", Kind.PERCENTAGE: "%", Kind.USER_TIME: " user-h", Kind.TIME: "h"}
"""The unit that a bare number most likely lacks."""
