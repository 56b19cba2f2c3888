"""How figures and texts are put into words, the same in every format that people read."""

from __future__ import annotations

import re

from outage_cli.model import share
from outage_cli.model.duration import spell, spell_user_time
from outage_cli.model.method import Method
from outage_cli.model.report import Availability, Report, WhatIf
from outage_cli.model.span import DAY, HOUR, Duration, Instant, seconds
from outage_cli.when.clocks import shown
from outage_cli.when.zones import known, local

NOT_APPLICABLE = "n/a"

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return a text that a screen only shows: on one line, what would steer it made visible.

    Escape becomes ␛, a line break a space, an override of the writing direction ‹U+202E›.
    """
    return _UNPRINTABLE.sub(_sign, text) if _UNPRINTABLE.search(text) else text


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0] in "\t\n\r\u2028\u2029":
        return " "
    if code < 0x20:  # noqa: PLR2004 - the control characters of ASCII have pictures of their own
        return chr(0x2400 + code)
    return f"‹U+{code:04X}›"


def percentage(availability: Availability, method: Method) -> str:
    """Return an availability as a percentage, cut and never rounded up (SEMANTICS M8)."""
    if not availability.considered:
        return NOT_APPLICABLE
    return f"{share.percent(availability.up, availability.considered, method.decimals)} %"


def number(duration: Duration) -> str:
    """Return the exact seconds, in groups of three digits."""
    exact = seconds(duration)
    return f"{exact:,}" if isinstance(exact, int) else f"{exact:,.6f}".rstrip("0")


def clock(at: Instant, timezone: str) -> str:
    """Return an instant as the clocks of a zone show it, to the minute where it is a whole one."""
    return shown(at, timezone)


def frame(report: Report) -> str:
    """Return the line that says what a report is about: window, zone, as-of and method."""
    return f"{window_of(report)} · method {method(report.method)}"


def window_of(report: Report) -> str:
    """Return window, zone and as-of of a report."""
    window = report.window
    start, end = (clock(at, report.timezone) for at in window)
    label = f"{visible(report.label)}: " if report.label and ":" not in report.label else ""
    hours = spell(window.length) if window.length % HOUR else f"{window.length // HOUR} h"
    parts = [f"{label}{start} to {end}, {report.timezone} ({hours})"]
    if report.as_of is not None and report.as_of <= window.end:
        now = "now, " if report.as_of_is_now else ""
        parts.append(f"as of {now}{clock(report.as_of, report.timezone)}")
    return " · ".join(parts)


def method(counting: Method) -> str:
    """Return what a method is called, with the version and the rules that a name does not tell."""
    words = [visible(counting.name)]
    if counting.version != 1:
        words[0] += f" {counting.version}"
    if counting.min_outage:
        words.append(f"outages of {spell(counting.min_outage)} and more")
    if counting.whole_minutes:
        words.append("whole minutes only")
    return ", ".join(words)


def what_if(moved: WhatIf) -> str:
    """Return the line that says how far a report was moved, and to when."""
    zone = moved.report.timezone
    day = f"{local(moved.start, known(zone)):%A}"
    way = "later" if moved.by >= 0 else "earlier"
    days, rest = divmod(abs(moved.by), DAY)
    far = spell(abs(moved.by)) if rest else f"{days} day{'s' if days != 1 else ''}"
    window = moved.report.window
    is_seen = window.start <= moved.start < window.end
    remark = "" if is_seen else " (outside the window: ask for another with --window)"
    return f"What if it had been {far} {way}: {day} {clock(moved.start, zone)}{remark}"


def user_time(lost: int) -> str:
    """Return user-time lost in hours, as people count it: `4.5 M user-h`; under one in minutes."""
    return spell_user_time(lost)
