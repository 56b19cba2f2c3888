"""The report for spreadsheets: one row a service, exact figures, and no cell that is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from outage_cli.model.report import Report, ServiceReport
from outage_cli.model.screen import Screen
from outage_cli.model.share import WHOLE
from outage_cli.model.span import seconds
from outage_cli.model.state import State
from outage_cli.when.zones import rfc3339
from outage_cli.writers.words import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def report(report: Report, screen: Screen) -> str:
    """Return the totals of the screen, unrounded, with a heading line."""
    del screen
    rows = [dict(_row(each, report)) for each in report.services]
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return written.getvalue()


def _row(each: ServiceReport, report: Report) -> Iterator[tuple[str, object]]:
    service, target = each.service, each.target
    yield "service", _text(service.id)
    yield "name", _text(service.name)
    yield "operator", _text(service.operator or "")
    yield "group", _text(service.group or "")
    yield "users", "" if service.users is None else service.users
    yield "window_start", rfc3339(report.window.start, report.timezone)
    yield "window_end", rfc3339(report.window.end, report.timezone)
    yield "method", report.method.name
    yield "state", each.state.word
    yield "outages", len(each.outages)
    yield "downtime_seconds", seconds(each.downtime)
    yield "own_seconds", seconds(each.own)
    yield "inherited_seconds", seconds(each.inherited)
    yield "weighted_downtime_seconds", seconds(each.weighted_downtime)
    yield "considered_seconds", seconds(each.considered)
    available = each.availability
    yield "availability", available.up / available.considered if available.considered else ""
    yield "slo", target.target / WHOLE if target else ""
    yield "slo_met", "" if target is None or target.met is None else str(target.met).lower()
    for state in State:
        yield f"{state.word}_seconds", seconds(each.buckets[state])


def _text(text: str) -> str:
    """Return a text as a cell that a spreadsheet shows and never runs."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
