"""The table beside a chart: each stretch of a service that is not up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outage_cli.model.chart import Chart
from outage_cli.model.report import Report
from outage_cli.model.state import State
from outage_cli.writers.chart import labels
from outage_cli.writers.page.table import Column, Table, without_empty

if TYPE_CHECKING:
    from outage_cli.languages.en import English

MOST_STRETCHES = 1_000
"""How many stretches the table has at most."""


def stretches(report: Report, chart: Chart, say: English) -> tuple[Table, int]:
    """Return the stretches of the chart one by one, and how many there is no room for."""
    columns = (
        Column("service", say.service, is_text=True),
        Column("state", say.state),
        Column("from", say.since),
        Column("to", say.until),
        Column("length", say.length, is_figure=True),
        Column("by-way-of", say.by_way_of),
        Column("line", say.line, is_text=True),
    )
    zone = report.timezone
    segments = [
        (lane, each)
        for lane in chart.lanes
        for each in lane.segments
        if each.state is not State.UP
        and each.end >= chart.span.start
        and each.start <= chart.span.end
    ]
    made = [
        (
            lane.service.name,
            say.states[each.state],
            ("← " if each.cut_before else "") + labels.edge(each.start, each.starts, zone, say),
            say.ongoing
            if each.ongoing
            else labels.edge(each.end, each.ends, zone, say) + (" →" if each.cut_after else ""),
            labels.length(each, say),
            each.inherited_from or "",
            labels.source(each, report),
        )
        for lane, each in segments[:MOST_STRETCHES]
    ]
    return without_empty(columns, made), max(0, len(segments) - MOST_STRETCHES)
