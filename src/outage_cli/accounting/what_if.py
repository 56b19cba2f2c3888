"""The same outage at another time: everything that happened is moved, what was planned stays."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli.accounting.requested_times import asked_time
from outage_cli.accounting.scope import ReportRequest, zone_of
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Duration
from outage_cli.model.timeline import Timeline
from outage_cli.when.calendar.shifts import shift


def wanted(timelines: Sequence[Timeline], asked: ReportRequest) -> Duration | ProblemText:
    """Return how far the story is to be moved. It starts with its first event that has a time."""
    info = zone_of(timelines, asked)
    if isinstance(info, ProblemText):
        return info
    starts = [told[0][0] for timeline in timelines if (told := timeline.told)]
    if not starts:
        return ProblemText("nothing-happened", "there is nothing to move", "give an event a time")
    if asked.start is None:
        return shift(asked.shift or "", min(starts), info)
    found, _ = asked_time(asked.start, info, timelines)
    if isinstance(found, Moment):
        return found.best - min(starts)
    hint = "write it as 2022-10-17 15:19"
    return found or ProblemText("not-a-moment", f"`{asked.start}` does not say when", hint)


def moved(timeline: Timeline, by: Duration) -> Timeline:
    """Return a timeline with every event moved; maintenance, hours and windows stay.

    What was published is about what happened, so nothing is claimed of what did not.
    """
    events = tuple(each._replace(at=each.at and each.at.moved(by)) for each in timeline.events)
    as_of = timeline.as_of and timeline.as_of.moved(by)
    return timeline._replace(events=events, as_of=as_of, claims=())
