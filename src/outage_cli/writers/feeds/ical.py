"""iCalendar (RFC 5545): outages and maintenance as events, for the calendar of those concerned."""

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
    told: list[str]


def report(report: Report, screen: Screen) -> str:
    """Return a calendar with an event for each outage and each stretch of maintenance.

    Times are UTC, to the second. An event keeps its UID while its service and start stay the same.
    """
    del screen
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//outage//outage {__version__}//EN"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if report.title:
        lines += [f"NAME:{_text(report.title)}", f"X-WR-CALNAME:{_text(report.title)}"]
    for each in report.services:
        edges = each.edges()
        for at, outage in enumerate(each.best.outages):
            lines += _outage(each, outage, edges[at] if edges else None, report)
        for work in _maintenance(report.states.of(each.service.id)):
            lines += _work(each, work, report)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _outage(
    each: ServiceReport, outage: Outage, edge: OutageBounds | None, report: Report
) -> Iterator[str]:
    zone = report.timezone
    told = [f"{outage.worst.word} for {spell(outage.length)}"]
    if edge and edge.lengths.length:
        told[0] += f" ({spell_range(*edge.lengths)})"
        told += [_between("Began", edge.starts, zone), _between("Ended", edge.ends, zone)]
    if outage.ongoing:
        told.append("It had not ended as of this report.")
    if outage.inherited_from:
        told.append(f"By way of {visible(outage.inherited_from)}.")
    told += _cut(cut_before=outage.cut_before, cut_after=outage.cut_after)
    told += _lines(report, outage.started_by, outage.ended_by)
    what = report.lines.text(outage.started_by) if outage.started_by else ""
    name = f"{each.service.name}: {outage.worst.word}"
    span = Span(outage.start, outage.end)
    summary = f"{name} – {what}" if what else name
    told = [one for one in told if one]
    yield from _event(
        CalendarEvent("outage", each.service.id, span, summary, told), is_open=outage.ongoing
    )


def _maintenance(course: Sequence[StateSpan]) -> Iterator[list[StateSpan]]:
    """Yield runs of maintenance, each as the stretches that touch and that one line began."""
    for (is_work, _), run in groupby(
        course, key=lambda one: (one.state is State.MAINTENANCE, one.opened_by)
    ):
        if is_work:
            yield list(run)


def _work(each: ServiceReport, run: list[StateSpan], report: Report) -> Iterator[str]:
    first, last = run[0], run[-1]
    what = report.lines.text(first.opened_by) if first.opened_by else ""
    name = f"{each.service.name}: maintenance"
    told = [f"maintenance for {spell(last.end - first.start)}"]
    told += _cut(cut_before=first.cut_before, cut_after=last.cut_after)
    told += _lines(report, first.opened_by, last.closed_by)
    span = Span(first.start, last.end)
    summary = f"{name} – {what}" if what else name
    yield from _event(CalendarEvent("maintenance", each.service.id, span, summary, told))


def _event(event: CalendarEvent, *, is_open: bool = False) -> Iterator[str]:
    """Yield the lines of an event; one without length has no end (RFC 5545, 3.6.1)."""
    start, end = event.span.start // SECOND * SECOND, -(-event.span.end // SECOND) * SECOND
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(event)}"
    yield f"DTSTAMP:{_utc(end)}"
    yield f"DTSTART:{_utc(start)}"
    if end > start:
        yield f"DTEND:{_utc(end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(chr(10).join(event.told))}"
    yield f"CATEGORIES:{event.kind.capitalize()}"
    yield f"STATUS:{'TENTATIVE' if is_open else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _between(what: str, edge: Span, zone: str) -> str:
    if not edge.length:
        return ""
    return f"{what} between {clock(edge.start, zone)} and {clock(edge.end, zone)}."


def _cut(*, cut_before: bool, cut_after: bool) -> Iterator[str]:
    if cut_before:
        yield "It began before the window of this report."
    if cut_after:
        yield "It ended after the window of this report."


def _lines(report: Report, began: SourceRef | None, ended: SourceRef | None) -> Iterator[str]:
    for what, mark in (("Begins", began), ("Ends", ended)):
        if mark and (line := report.lines.line(mark)):
            yield f"{what} at {visible(mark.file)}:{line}"


def _uid(event: CalendarEvent) -> str:
    known = f"{event.kind}\n{event.service}\n{event.span.start}".encode("utf-8", "surrogatepass")
    return f"{sha256(known).hexdigest()[:32]}@outage"


def _utc(at: Instant) -> str:
    return f"{local(at, UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n")).translate(_ESCAPES)


def _folded(line: str) -> str:
    """Return a line folded after at most 75 octets, and never within a character."""
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
