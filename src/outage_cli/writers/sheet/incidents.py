"""The milestones of incidents in the report for spreadsheets: a row an incident, below the others.

Its columns come after all others and are empty in the rows of services, as theirs are in its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from outage_cli.model.milestones import Incident, MilestonePoint, Milestones, TimeBetween
from outage_cli.model.span import seconds
from outage_cli.when.clock.zones import rfc3339


def incidents(
    rows: Sequence[Mapping[str, object]], told: Milestones, zone: str, text: Callable[[str], str]
) -> list[dict[str, object]]:
    """Return rows with one more for each incident, its texts as cells."""
    found = [dict(_row(each, zone, text)) for each in told.incidents]
    before = dict.fromkeys(rows[0] if rows else (), "")
    after = dict.fromkeys(found[0] if found else (), "")
    return [*({**row, **after} for row in rows), *({**before, **row} for row in found)]


def _row(each: Incident, zone: str, text: Callable[[str], str]) -> Iterator[tuple[str, object]]:
    yield "incident", text(each.file)
    yield "incident_title", text(each.title)
    yield "ongoing", str(each.ongoing).lower()
    for point in MilestonePoint:
        reached = each.points.get(point)
        yield point.value, rfc3339(reached.at, zone) if reached else ""
    for stretch in TimeBetween:
        elapsed = each.elapsed.get(stretch)
        yield f"{stretch.value}_seconds", seconds(elapsed.best) if elapsed else ""
        yield f"{stretch.value}_seconds_min", seconds(elapsed.least) if elapsed else ""
        yield f"{stretch.value}_seconds_max", seconds(elapsed.most) if elapsed else ""
