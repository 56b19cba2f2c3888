"""The JSON of the milestones of incidents. `contract_milestones.py` declares its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from outage_cli.model.milestones import Incident, MeanTime, MilestonePoint, Milestones, TimeBetween
from outage_cli.model.report import Report
from outage_cli.model.span import seconds
from outage_cli.model.statistics import Ratio
from outage_cli.when.clock.zones import rfc3339

if TYPE_CHECKING:
    from outage_cli.writers.json.contract_milestones import JsonIncident, JsonMean, JsonMilestones


def milestones(milestones: Milestones, report: Report) -> JsonMilestones:
    """Return milestones as JSON has them."""
    return {
        "incidents": [_incident(each, report) for each in milestones.incidents],
        "means": {stretch.value: _mean(mean) for stretch, mean in milestones.means.items()},
    }


def _incident(incident: Incident, report: Report) -> JsonIncident:
    zone = report.timezone
    points: dict[str, Any] = {
        point.value: rfc3339(incident.points[point].at, zone) if point in incident.points else None
        for point in MilestonePoint
    }
    times: dict[str, Any] = {}
    for stretch in TimeBetween:
        elapsed, key = incident.elapsed.get(stretch), f"{stretch.value}_seconds"
        times[key] = elapsed and seconds(elapsed.best)
        times[f"{key}_range"] = elapsed and [seconds(elapsed.least), seconds(elapsed.most)]
    written = {
        "file": incident.file,
        "title": incident.title,
        "ongoing": incident.ongoing,
        **points,
        "ranges": {
            point.value: [rfc3339(at, zone) for at in reached.between]
            for point, reached in incident.points.items()
        },
        "lines": {
            point.value: report.lines.find(reached.mark).line
            for point, reached in incident.points.items()
            if reached.mark
        },
        **times,
    }
    return cast("JsonIncident", written)


def _mean(mean: MeanTime) -> JsonMean:
    three = mean.best, mean.least, mean.most
    written: dict[str, Any] = {"n": mean.best.n}
    for name in ("mean", "median", "p90", "max"):
        best, least, most = (_seconds(getattr(each, name)) for each in three)
        written[f"{name}_seconds"] = best
        written[f"{name}_seconds_range"] = None if best is None else [least, most]
    written |= {"ongoing": mean.ongoing, "negative": mean.negative, "not_stated": mean.not_stated}
    return cast("JsonMean", written)


def _seconds(value: Ratio | int | None) -> int | float | None:
    if value is None or isinstance(value, Ratio):
        return value and value.seconds
    return seconds(value)
