"""The milestones of incidents as JSON; their contract is `contract_milestones.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from outage_cli.model import milestones as model
from outage_cli.model.report import Report
from outage_cli.model.span import seconds
from outage_cli.model.statistics import Ratio
from outage_cli.when.clock.zones import rfc3339

if TYPE_CHECKING:
    from outage_cli.writers.json.contract_milestones import JsonIncident, JsonMean, JsonMilestones


def milestones(told: model.Milestones, report: Report) -> JsonMilestones:
    """Return milestones as JSON has them."""
    return {
        "incidents": [_incident(each, report) for each in told.incidents],
        "means": {stretch.value: _mean(mean) for stretch, mean in told.means.items()},
    }


def _incident(each: model.Incident, report: Report) -> JsonIncident:
    zone = report.timezone
    points: dict[str, Any] = {
        point.value: rfc3339(each.points[point].at, zone) if point in each.points else None
        for point in model.MilestonePoint
    }
    times: dict[str, Any] = {}
    for stretch in model.TimeBetween:
        elapsed, key = each.elapsed.get(stretch), f"{stretch.value}_seconds"
        times[key] = elapsed and seconds(elapsed.best)
        times[f"{key}_range"] = elapsed and [seconds(elapsed.least), seconds(elapsed.most)]
    found = {
        "file": each.file,
        "title": each.title,
        "ongoing": each.ongoing,
        **points,
        "ranges": {
            point.value: [rfc3339(at, zone) for at in reached.between]
            for point, reached in each.points.items()
        },
        "lines": {
            point.value: report.lines.find(reached.mark).line
            for point, reached in each.points.items()
            if reached.mark
        },
        **times,
    }
    return cast("JsonIncident", found)


def _mean(mean: model.MeanTime) -> JsonMean:
    three = mean.best, mean.least, mean.most
    found: dict[str, Any] = {"n": mean.best.n}
    for name in ("mean", "median", "p90", "max"):
        best, least, most = (_seconds(getattr(each, name)) for each in three)
        found[f"{name}_seconds"] = best
        found[f"{name}_seconds_range"] = None if best is None else [least, most]
    found |= {"ongoing": mean.ongoing, "negative": mean.negative, "not_stated": mean.not_stated}
    return cast("JsonMean", found)


def _seconds(value: Ratio | int | None) -> int | float | None:
    if value is None or isinstance(value, Ratio):
        return value and value.seconds
    return seconds(value)
