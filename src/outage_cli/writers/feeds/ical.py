"""iCalendar (RFC 5545): outages and maintenance as events of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from outage_cli import __version__
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.event import SourceRef
from outage_cli.model.outage import Outage, OutageBounds
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import SECOND, Instant, Span
from outage_cli.model.state import State
from outage_cli.model.state_span import StateSpan
from outage_cli.when.clock.zones import local
from outage_cli.writers.page.words import clock, visible

WIDEST = 75
"""How many octets a line may have; longer ones are folded (RFC 5545, 3.1)."""

_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class CalendarEvent(NamedTuple):
    """An event of the calendar: an `outage` or `maintenance` of a service."""

    kind: str
    service: str
    span: Span
    summary: str
    description: list[str]


def report(report: Report, screen: Screen) -> str:
    """Return a calendar with an event for each outage and each run of maintenance.

    Times are UTC, to the second. The UID of an event depends on its kind, service and start alone.
    """
    del screen
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//outage//outage {__version__}//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if report.title:
        lines += [f"NAME:{_text(report.title)}", f"X-WR-CALNAME:{_text(report.title)}"]
    for service in report.services:
        bounds = service.edges()
        for number, outage in enumerate(service.best.outages):
            lines += _outage(service, outage, bounds[number] if bounds else None, report)
        for run in _maintenance(report.states.of(service.service.id)):
            lines += _work(service, run, report)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _outage(
    service: ServiceReport, outage: Outage, bounds: OutageBounds | None, report: Report
) -> Iterator[str]:
    zone = report.timezone
    description = [f"{outage.worst.word} for {spell(outage.length)}"]
    if bounds and bounds.lengths.length:
        description[0] += f" ({spell_range(*bounds.lengths)})"
        description += _between("Began", bounds.starts, zone)
        description += _between("Ended", bounds.ends, zone)
    if outage.ongoing:
        description.append("It had not ended as of this report.")
    if outage.inherited_from:
        description.append(f"By way of {visible(outage.inherited_from)}.")
    description += _cut(cut_before=outage.cut_before, cut_after=outage.cut_after)
    description += _lines(report, outage.started_by, outage.ended_by)
    summary = _summary(service, outage.worst.word, outage.started_by, report)
    span = Span(outage.start, outage.end)
    event = CalendarEvent("outage", service.service.id, span, summary, description)
    yield from _event(event, is_open=outage.ongoing)


def _maintenance(spans: Sequence[StateSpan]) -> Iterator[list[StateSpan]]:
    """Yield the runs of maintenance: spans that touch and were opened by the same line."""
    for (is_work, _), run in groupby(
        spans, key=lambda span: (span.state is State.MAINTENANCE, span.opened_by)
    ):
        if is_work:
            yield list(run)


def _work(service: ServiceReport, run: list[StateSpan], report: Report) -> Iterator[str]:
    first, last = run[0], run[-1]
    description = [f"maintenance for {spell(last.end - first.start)}"]
    description += _cut(cut_before=first.cut_before, cut_after=last.cut_after)
    description += _lines(report, first.opened_by, last.closed_by)
    summary = _summary(service, "maintenance", first.opened_by, report)
    span = Span(first.start, last.end)
    event = CalendarEvent("maintenance", service.service.id, span, summary, description)
    yield from _event(event)


def _summary(
    service: ServiceReport, state: str, opened_by: SourceRef | None, report: Report
) -> str:
    """Return the name of a service, a state, and what happened if a line says it."""
    name = f"{service.service.name}: {state}"
    what = report.lines.text(opened_by) if opened_by else ""
    return f"{name} – {what}" if what else name


def _event(event: CalendarEvent, *, is_open: bool = False) -> Iterator[str]:
    """Yield the lines of an event; one of no length has no DTEND (RFC 5545, 3.6.1)."""
    start, end = event.span.start // SECOND * SECOND, -(-event.span.end // SECOND) * SECOND
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(event)}"
    yield f"DTSTAMP:{_utc(end)}"
    yield f"DTSTART:{_utc(start)}"
    if end > start:
        yield f"DTEND:{_utc(end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(chr(10).join(event.description))}"
    yield f"CATEGORIES:{event.kind.capitalize()}"
    yield f"STATUS:{'TENTATIVE' if is_open else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _between(what: str, bounds: Span, zone: str) -> Iterator[str]:
    if bounds.length:
        yield f"{what} between {clock(bounds.start, zone)} and {clock(bounds.end, zone)}."


def _cut(*, cut_before: bool, cut_after: bool) -> Iterator[str]:
    if cut_before:
        yield "It began before the window of this report."
    if cut_after:
        yield "It ended after the window of this report."


def _lines(
    report: Report, opened_by: SourceRef | None, closed_by: SourceRef | None
) -> Iterator[str]:
    for what, mark in (("Begins", opened_by), ("Ends", closed_by)):
        if mark and (line := report.lines.line(mark)):
            yield f"{what} at {visible(mark.file)}:{line}"


def _uid(event: CalendarEvent) -> str:
    text = f"{event.kind}\n{event.service}\n{event.span.start}"
    return f"{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@outage"


def _utc(at: Instant) -> str:
    return f"{local(at, UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n")).translate(_ESCAPES)


def _folded(line: str) -> str:
    """Return a line folded after at most 75 octets, never inside a character."""
    data = line.encode("utf-8", "replace")
    if len(data) <= WIDEST:
        return line
    parts, start, room = [], 0, WIDEST
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - UTF-8 goes on here
            end -= 1
        parts.append(data[start:end].decode())
        start, room = end, WIDEST - 1
    return "\r\n ".join(parts)
