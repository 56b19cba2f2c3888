"""The milestones of incidents in the report for spreadsheets: a row an incident, below the others.

Its columns come after all others and are empty in the rows of services, as theirs are in its row.
"""

from __future__ import annotations

from outage_cli.model.milestones import Incident, MilestonePoint, Milestones, TimeBetween
from outage_cli.model.span import seconds
from outage_cli.writers.sheet.sheet import CellValue, Sheet, SheetColumn, ValueType

_COLUMNS = (
    SheetColumn("incident", ValueType.TEXT),
    SheetColumn("incident_title", ValueType.TEXT),
    SheetColumn("ongoing", ValueType.TRUTH),
    *(SheetColumn(point.value, ValueType.INSTANT) for point in MilestonePoint),
    *(
        SheetColumn(f"{stretch.value}_seconds{end}", ValueType.NUMBER)
        for stretch in TimeBetween
        for end in ("", "_min", "_max")
    ),
)


def with_incidents(sheet: Sheet, milestones: Milestones) -> Sheet:
    """Return a sheet with one more row for each incident, and its columns."""
    before, after = [None] * len(sheet.columns), [None] * len(_COLUMNS)
    rows = [[*row, *after] for row in sheet.rows]
    rows += [[*before, *_row(each)] for each in milestones.incidents]
    return Sheet((*sheet.columns, *_COLUMNS), rows, sheet.timezone)


def _row(incident: Incident) -> list[CellValue]:
    row: list[CellValue] = [incident.file, incident.title, incident.ongoing]
    for point in MilestonePoint:
        reached = incident.points.get(point)
        row.append(reached.at if reached else None)
    for stretch in TimeBetween:
        elapsed = incident.elapsed.get(stretch)
        row += [seconds(time) for time in elapsed] if elapsed else [None, None, None]
    return row
