"""Rules by which a window comes again, as iCalendar writes them (RFC 5545).

No text makes this module raise: what cannot be read is a `ProblemText`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import NamedTuple, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.problem import LONGEST_SHOWN, ProblemText, shortened
from outage_cli.when.clock.zones import FIRST_YEAR, LAST_YEAR
from outage_cli.when.clock.zones import zone as named

FORMS = "FREQ=WEEKLY;BYDAY=SU, or FREQ=MONTHLY;BYDAY=2TU;UNTIL=20241231"
MOST = 100_000
"""The most times of one rule that are computed: hourly over eleven years is less."""
LONGEST_TEXT, MOST_RULES = 20_000, 4

Stamp: TypeAlias = date | datetime
"""A whole day, what the clocks of the timeline's zone show (naive), or an instant (aware)."""


class Rule(NamedTuple):
    """One RRULE. `days` has the weekdays of BYDAY, each with its ordinal or 0, `by` the rest."""

    every: str
    interval: int = 1
    times: int | None = None
    until: Stamp | None = None
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    by: Mapping[str, tuple[int, ...]] = {}


class Recurrence(NamedTuple):
    """When something comes again: by rules and at stamps, but not on other stamps."""

    rules: tuple[Rule, ...]
    added: tuple[Stamp, ...] = ()
    dropped: tuple[Stamp, ...] = ()


SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
"""The frequencies below a day, and the length of their period in seconds."""

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", *SECONDS)


def most_weekdays(rule: Rule) -> int:
    """Return how often a weekday can stand in what its ordinals count in."""
    return 5 if rule.every == "MONTHLY" or "BYMONTH" in rule.by else 53


def recurrence(rule: str, exceptions: Sequence[str] = ()) -> Recurrence | ProblemText:
    """Return what the lines of an iCalendar rule say (`FORMS`), or `not-a-rule`.

    They are an RRULE, with its name or without, more of them, EXDATE and RDATE. `exceptions` are
    days and times that are left out (`2024-03-10`, `2024-03-10 02:00`), or `not-a-moment`.
    """
    code = "not-a-rule"
    try:
        read = _lines(rule)
        code = "not-a-moment"
        left_out = [_stamp(each, None) for each in exceptions]
    except _Misread as misread:
        return ProblemText(code, *misread.args)
    return read._replace(dropped=(*read.dropped, *left_out))


class _Misread(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """What is wrong, and what to write instead."""

    def __init__(self, why: str, hint: str = f"write {FORMS}") -> None:
        super().__init__(why, hint)


_LINE = r"(?is)(?:(RRULE|RDATE|EXDATE|EXRULE|DTSTART|DTEND|DURATION)(;[^:]*)?:)?(.*)"
_BREAK = r"(?i)\s+(?=(?:RRULE|RDATE|EXDATE|EXRULE|DTSTART|DTEND|DURATION)\s*[;:])|[\r\n]+(?=\S)"
_STAMP = re.compile(
    r"(?a)\d{4}-?\d\d-?\d\d(?P<time>[T ]\d\d:?\d\d(?::?\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERS = {
    "INTERVAL": (1, MOST),
    "COUNT": (1, MOST),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
    "BYSETPOS": (-366, 366),
}
_PARTS = ("FREQ", "UNTIL", "WKST", "BYDAY", *_NUMBERS)


def _lines(text: str) -> Recurrence:
    if len(text) > LONGEST_TEXT:
        raise _Misread(f"a rule of {len(text)} characters is none")
    rules, stamps = [], {"RDATE": list[Stamp](), "EXDATE": list[Stamp]()}
    spaced = re.sub(r"\s+", _one_space, normalize("NFKC", text).strip())
    for line in re.split(_BREAK, spaced):
        read = re.fullmatch(_LINE, re.sub(r"\s", "", line))
        name, parameters, value = read.groups("") if read else ("", "", line)
        name = name.upper()
        if name in stamps:
            zone = _zone(parameters)
            stamps[name] += [_stamp(each, zone) for each in value.split(",")]
        elif name in {"", "RRULE"}:
            rules.append(_rule(value, line))
        else:
            raise _Misread(f"{name} is not read here", "keep RRULE, RDATE and EXDATE")
    if len(rules) > MOST_RULES:
        raise _Misread(f"{len(rules)} rules are too many for one window", "keep one RRULE")
    if not rules and not stamps["RDATE"]:
        raise _Misread("only exceptions, and nothing that they are exceptions from")
    return Recurrence(tuple(rules), tuple(stamps["RDATE"]), tuple(stamps["EXDATE"]))


def _one_space(run: re.Match[str]) -> str:
    """Return a run of white space as one character: where it ends a line it still does."""
    return "\n" if run[0][-1] in "\r\n" else " "


def _zone(parameters: str) -> ZoneInfo | None:
    """Return the zone of `;TZID=Europe/Berlin`, None where it is the timeline's."""
    read = re.search(r'(?i);TZID="?([^;"]*)', parameters)
    zone = named(read[1][:LONGEST_SHOWN]) if read else None
    if isinstance(zone, ProblemText):
        raise _Misread(zone.message, zone.hint)
    return zone


def _stamp(text: str, zone: ZoneInfo | None = None) -> Stamp:
    plain = normalize("NFKC", text).strip().upper()
    try:
        if read := _STAMP.fullmatch(plain):
            at = datetime.fromisoformat(plain)
            if FIRST_YEAR <= at.year <= LAST_YEAR:
                return (at if at.tzinfo else at.replace(tzinfo=zone)) if read["time"] else at.date()
    except ValueError:
        pass
    hint = "write 2024-03-10, or 2024-03-10 02:00"
    raise _Misread(f"`{text[:LONGEST_SHOWN]}` is no day and no time", hint)


def _rule(text: str, line: str) -> Rule:
    parts: dict[str, str] = {}
    for part in filter(None, text.upper().split(";")):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            raise _unknown(name, line)
        if name in parts:
            raise _Misread(f"{name} stands twice in a rule", f"keep one {name}")
        parts[name] = value
    every = parts.pop("FREQ", "")
    if every not in FREQUENCIES:
        close = get_close_matches(every, FREQUENCIES, 1)
        hint = (
            f"did you mean FREQ={close[0]}?" if close else f"write one of {', '.join(FREQUENCIES)}"
        )
        raise _Misread(f"FREQ={every[:LONGEST_SHOWN]} does not say how often", hint)
    if "COUNT" in parts and "UNTIL" in parts:
        raise _Misread("COUNT and UNTIL both end a rule", "keep one of them")
    numbers = {name: _numbers(name, parts[name]) for name in parts if name in _NUMBERS}
    [interval], [count] = numbers.pop("INTERVAL", (1,)), numbers.pop("COUNT", (None,))
    until = _stamp(parts["UNTIL"]) if "UNTIL" in parts else None
    week_start, _ = _weekday(parts.get("WKST", "MO"))
    listed = parts["BYDAY"].split(",") if "BYDAY" in parts else ()
    days = tuple(sorted({_weekday(each) for each in listed}))
    rule = Rule(every, interval, count, until, week_start, days, numbers)
    for day, ordinal in days:
        if ordinal and every not in {"YEARLY", "MONTHLY"}:
            hint = f"write FREQ=MONTHLY;BYDAY={ordinal}{_WEEKDAYS[day]}"
            raise _Misread(f"in FREQ={every} no {_WEEKDAYS[day]} is number {ordinal}", hint)
        if abs(ordinal) > most_weekdays(rule):
            most = most_weekdays(rule)
            hint = f"write a number from 1 to {most}, or from -{most} to -1"
            raise _Misread(f"no {_WEEKDAYS[day]} is number {ordinal}", hint)
    return rule


def _unknown(name: str, line: str) -> _Misread:
    shown = shortened(line)
    if close := get_close_matches(name, FREQUENCIES, 1):
        hint = f"did you mean FREQ={close[0]}?"
    elif close := get_close_matches(name, _PARTS, 1):
        hint = f"did you mean {close[0]}=?"
    else:
        hint = f"write {FORMS}"
    return _Misread(f"`{shown}` is not a rule of iCalendar", hint)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    low, high = _NUMBERS[name]
    listed = text.split(",") if name.startswith("BY") else [text]
    if all(re.fullmatch(r"(?a)[+-]?\d{1,6}", each) for each in listed):
        numbers = tuple(sorted({int(each) for each in listed}))
        if all(low <= each <= high and (each or low == 0) for each in numbers):
            return numbers
    expected = f"from {low} to {high}" if low >= 0 else f"from 1 to {high}, or from {low} to -1"
    raise _Misread(f"{name}={text[:LONGEST_SHOWN]} is out of range", f"write a number {expected}")


def _weekday(text: str) -> tuple[int, int]:
    read = re.fullmatch(r"(?a)([+-]?\d{1,2})?([A-Z]+)", text)
    if read and read[2] in _WEEKDAYS and read[1] not in {"0", "+0", "-0", "00"}:
        return _WEEKDAYS.index(read[2]), int(read[1] or 0)
    close = read[2][:2] if read else ""
    hint = (
        f"did you mean {close}?"
        if close in _WEEKDAYS and close != text[-2:]
        else "write MO, TU, WE, TH, FR, SA, SU or -1SU"
    )
    raise _Misread(f"`{text[:LONGEST_SHOWN]}` is no day of the week", hint)
