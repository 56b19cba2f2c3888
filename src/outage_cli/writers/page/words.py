"""Figures and texts in words, shared by terminal, Markdown and HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.method import Method
from outage_cli.model.report import Report, WhatIf
from outage_cli.model.service_figures import Availability
from outage_cli.model.span import Duration, Instant, seconds
from outage_cli.when.clock.shown import shown

if TYPE_CHECKING:
    from outage_cli.languages.en import English

NOT_APPLICABLE = "n/a"

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return a text that a screen only shows: on one line, what would steer it made visible.

    Escape becomes ␛, a line break a space, an override of the writing direction ‹U+202E›.
    """
    return _UNPRINTABLE.sub(_sign, text) if _UNPRINTABLE.search(text) else text


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\n\r\u2028\u2029":
        return " "
    if code < 0x20:  # noqa: PLR2004 - the control characters of ASCII have pictures of their own
        return chr(0x2400 + code)
    return f"‹U+{code:04X}›"


def percentage(availability: Availability, method: Method) -> str:
    """Return an availability as a percentage, cut and never rounded up (SEMANTICS M8)."""
    if not availability.considered:
        return NOT_APPLICABLE
    return f"{digits(availability, method)} %"


def digits(availability: Availability, method: Method) -> str:
    """Return the digits of a percentage, cut and never rounded up (SEMANTICS M8), where any."""
    if not availability.considered:
        return ""
    return share.percent(availability.up, availability.considered, method.decimals)


def in_percent(availability: Availability, method: Method, say: English) -> str:
    """Return an availability as a percentage in words, or that there is none."""
    cut = digits(availability, method)
    return say.percentage(cut) if cut else say.not_applicable


def number(duration: Duration) -> str:
    """Return the exact seconds, in groups of three digits."""
    exact = seconds(duration)
    return f"{exact:,}" if isinstance(exact, int) else f"{exact:,.6f}".rstrip("0")


def clock(at: Instant, timezone: str) -> str:
    """Return an instant as the clocks of a zone show it, to the minute where it is a whole one."""
    return shown(at, timezone)


def frame(report: Report, say: English) -> str:
    """Return the caption of a report: window, zone, as-of and method."""
    return f"{window_of(report, say)} · {say.counted_by(method(report.method, say))}"


def window_of(report: Report, say: English) -> str:
    """Return window, zone and as-of of a report."""
    window, zone = report.window, report.timezone
    label = visible(report.label) if report.label and ":" not in report.label else ""
    length = say.window_length(window.length)
    parts = [say.window(say.period_label(label), say.from_to(*window, zone), zone, length)]
    if report.as_of is not None and report.as_of <= window.end:
        parts.append(say.as_of(say.clock(report.as_of, zone), is_now=report.as_of_is_now))
    return " · ".join(parts)


def method(counting: Method, say: English) -> str:
    """Return the name of a method, its version unless 1, and its rules for short outages."""
    words = [visible(counting.name)]
    if counting.version != 1:
        words[0] += f" {counting.version}"
    if counting.min_outage:
        words.append(say.outages_of(counting.min_outage))
    if counting.whole_minutes:
        words.append(say.whole_minutes_only)
    return say.listed(words)


def what_if(what_if: WhatIf, say: English) -> str:
    """Return the caption of a moved report: by how much, and when the outage then starts."""
    window = what_if.report.window
    return say.what_if(
        say.days(abs(what_if.by)),
        what_if.start,
        what_if.report.timezone,
        later=what_if.by >= 0,
        seen=window.start <= what_if.start < window.end,
    )
