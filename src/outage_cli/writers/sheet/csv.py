"""The report for spreadsheets: one row a service, exact figures, and no cell that is a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from outage_cli.model.comparison import Comparison
from outage_cli.model.report import Period, Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.share import WHOLE
from outage_cli.model.span import seconds
from outage_cli.model.state import State
from outage_cli.model.totals import Totals
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.page.words import visible

_BOUNDED_FIRST = ("downtime_seconds", "availability")
"""Figures whose bounds came before those of others, and keep their columns."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LATER = {
    by: re.compile(rf"([{also}]['\"\s]*)(?=[=+\-@＝＋－＠])")
    for by, also in ((",", ";"), ("\t", ";,"))
}


def report(report: Report, screen: Screen) -> str:
    """Return the totals of the screen, unrounded, with a heading line; of each period too.

    Of a report that is grouped the rows are its groups, and all services together.
    """
    del screen
    return separated(figures(report), ",")


def separated(rows: Sequence[Mapping[str, object]], by: str) -> str:
    """Return rows with a heading line, their cells separated and never run by a spreadsheet."""
    written = StringIO()
    writer = csv.writer(written, delimiter=by, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_text(cell, by) if isinstance(cell, str) else cell for cell in row.values())
    return written.getvalue()


def figures(report: Report) -> list[dict[str, object]]:
    """Return the rows, by column, with texts as they are; empty ones where there is no figure."""
    rows = _rows(report)
    if report.what_if:
        rows = [row | {"shift_seconds": 0} for row in rows]
        by, moved = seconds(report.what_if.by), report.what_if.report
        rows += [row | {"shift_seconds": by} for row in _rows(moved)]
    if report.milestones:
        from outage_cli.writers.sheet.incidents import incidents  # few reports have them

        rows = incidents(rows, report.milestones, report.timezone, str)
    return rows


def comparison(told: Comparison, screen: Screen) -> str:
    """Return a row for each service and method: that of its report, and why it is another."""
    del screen
    from outage_cli.languages.en import CATALOGUE  # data, which every language reads alike
    from outage_cli.writers.page import methods as comparing

    report, whole = told.report, Period("all", told.report.window, ())
    rows = [
        {
            **dict(_row(each.services[at], whole, report._replace(method=each.method, periods=()))),
            "beside_standard": "; ".join(
                comparing.difference(one, each.method, CATALOGUE) for one in each.differences[at]
            ),
        }
        for at in range(len(report.services))
        for each in told.methods
    ]
    return separated(rows, ",")


def _rows(report: Report) -> list[dict[str, object]]:
    whole = Period("all", report.window, report.services, report.totals, report.groups)
    parts = [*report.periods, whole]
    if report.group_by is None:
        return [dict(_row(each, part, report)) for part in parts for each in part.services]
    return [
        dict(_group(each, kind, part, report))
        for part in parts
        for kind, each in [
            *((report.group_by, each) for each in part.groups),
            *([("all", part.totals)] if part.totals else []),
        ]
    ]


def _group(each: Totals, kind: str, part: Period, report: Report) -> Iterator[tuple[str, object]]:
    readings = (each.best, *each.others)
    yield "group_by", kind
    yield "group", each.label
    yield "services", len(each.services)
    yield "window_start", rfc3339(part.window.start, report.timezone)
    yield "window_end", rfc3339(part.window.end, report.timezone)
    yield "method", report.method.name
    times = {
        "any_down_seconds": [one.any_down for one in readings],
        "all_down_seconds": [one.all_down for one in readings],
        "service_seconds": [one.service_time for one in readings],
    }
    shares = {
        "mean_availability": [one.mean.fraction for one in readings],
        "user_weighted_availability": [one.user_weighted.fraction for one in readings],
    }
    for name, found in times.items():
        yield name, seconds(found[0])
    for name, fractions in shares.items():
        yield name, "" if fractions[0] is None else fractions[0]
    for name, found in times.items():
        yield f"{name}_min", seconds(min(found))
        yield f"{name}_max", seconds(max(found))
    for name, fractions in shares.items():
        known = [share for share in fractions if share is not None]
        yield f"{name}_min", min(known, default="")
        yield f"{name}_max", max(known, default="")
    if report.periods:
        yield "period", part.label


def _row(each: ServiceReport, part: Period, report: Report) -> Iterator[tuple[str, object]]:
    service, target = each.service, each.best.target
    counted = [dict(_counted(one)) for one in each.readings]
    more = [dict(_more(one)) for one in each.readings]
    readings = [one | rest for one, rest in zip(counted, more, strict=True)]

    def cells(names: Iterable[str]) -> Iterator[tuple[str, object]]:
        for name in names:
            figure = readings[0][name]
            yield name, "" if figure is None else figure

    def bounds(names: Iterable[str]) -> Iterator[tuple[str, object]]:
        for name in names:
            found = [figure for one in readings if (figure := one.get(name)) is not None]
            yield f"{name}_min", min(found, default="")
            yield f"{name}_max", max(found, default="")

    yield "service", service.id
    yield "name", service.name
    yield "operator", service.operator or ""
    yield "group", service.group or ""
    yield "users", "" if service.users is None else service.users
    yield "window_start", rfc3339(part.window.start, report.timezone)
    yield "window_end", rfc3339(part.window.end, report.timezone)
    yield "method", report.method.name
    yield "state", each.state.word
    yield from cells(counted[0])
    yield "slo", target.target / WHOLE if target else ""
    yield "slo_met", "" if target is None or target.met is None else str(target.met).lower()
    states = [f"{state.word}_seconds" for state in State]
    yield from cells(states)
    yield from bounds(_BOUNDED_FIRST)
    yield from cells(name for name in more[0] if name not in states)
    if report.periods:
        yield "period", part.label
    yield from bounds(name for name in readings[0] if name not in _BOUNDED_FIRST)


def _counted(one: Figures) -> Iterator[tuple[str, int | float | None]]:
    """Yield what stands in the first columns, on one reading of the times (SEMANTICS M7)."""
    yield "outages", len(one.outages)
    yield "downtime_seconds", seconds(one.downtime)
    yield "own_seconds", seconds(one.own)
    yield "inherited_seconds", seconds(one.inherited)
    yield "weighted_downtime_seconds", seconds(one.weighted_downtime)
    yield "considered_seconds", seconds(one.considered)
    yield "availability", one.availability.fraction


def _more(one: Figures) -> Iterator[tuple[str, int | float | None]]:
    """Yield what stands in later columns, on one reading."""
    target, burn, lengths, lost = one.target, one.burn, one.lengths, one.user_time_lost
    for state in State:
        yield f"{state.word}_seconds", seconds(one.buckets[state])
    yield "user_seconds_lost", None if lost is None else seconds(lost)
    yield "mtbf_seconds", one.mtbf and one.mtbf.seconds
    yield "mean_outage_seconds", lengths.mean and lengths.mean.seconds
    yield "median_outage_seconds", lengths.median and lengths.median.seconds
    yield "p90_outage_seconds", None if lengths.p90 is None else seconds(lengths.p90)
    yield "longest_outage_seconds", seconds(one.longest_outage)
    yield "budget_seconds", seconds(target.budget) if target else None
    yield "budget_remaining_seconds", seconds(target.remaining) if target else None
    yield "burn_rate", burn and burn.value
    for name, window in one.worst_windows.items():
        yield f"worst_{name}_availability", window and window.availability.fraction


def _text(text: str, by: str) -> str:
    """Return a text as a cell that a spreadsheet shows and never runs.

    Where a decimal comma is usual, spreadsheets begin a cell after a semicolon; of TSV those that
    are asked to do so after a comma.
    """
    shown = visible(text)
    shown = f"'{shown}" if shown.strip().startswith(_FORMULA) else shown
    return _LATER[by].sub(r"\1'", shown)
