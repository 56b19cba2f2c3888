"""Warnings about milestones in an order that makes no sense (SEMANTICS K)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from outage_cli.model.event import SourceRef
from outage_cli.model.milestones import Incident, MilestonePoint
from outage_cli.model.problem import WARNING, Place, Problem

IMPACT = {MilestonePoint.IMPACT_START, MilestonePoint.IMPACT_END}
"""The points that follow from outages, not from phases."""

_WORDS = {
    MilestonePoint.IMPACT_START: "the first outage begins",
    MilestonePoint.IMPACT_END: "the last outage ends",
}


def problems_of(incident: Incident, find: Callable[[SourceRef], Place]) -> Iterator[Problem]:
    """Yield a warning for each negative time and each phase that contradicts the outages."""
    points = incident.points
    for stretch, elapsed in incident.elapsed.items():
        if elapsed.best < 0:
            since, until = stretch.ends
            early, late = (until, since) if until not in IMPACT else (since, until)
            way = "stands before" if early is until else "stands after"
            hint = f"mend one of the times; the {stretch.words} is left out of means"
            message = f"`{early}` {way} {_WORDS.get(late, f'`{late}`')}"
            yield _warning("negative-milestone", message, hint, points[early].mark, find)
    resolved, end = points.get(MilestonePoint.RESOLVED), points.get(MilestonePoint.IMPACT_END)
    if resolved and (incident.ongoing or (end and resolved.between.end < end.between.start)):
        goes_on = "while an outage goes on" if incident.ongoing else "before the last outage ends"
        hint = "the outages count: add the recovery that is missing, or move `phase: resolved`"
        yield _warning("resolves-early", f"`resolved` stands {goes_on}", hint, resolved.mark, find)
    started, start = points.get(MilestonePoint.STARTED), points.get(MilestonePoint.IMPACT_START)
    if started and start and started.between.start > start.between.end:
        hint = "the outages count: move `phase: started` to what began them, or mend the time"
        message = "`started` stands after the first outage begins"
        yield _warning("starts-late", message, hint, started.mark, find)


def _warning(
    code: str, message: str, hint: str, mark: SourceRef | None, find: Callable[[SourceRef], Place]
) -> Problem:
    return Problem(code, message, find(mark) if mark else Place(""), hint, WARNING)
