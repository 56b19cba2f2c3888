"""The same outage at another time: events are moved, calendars and windows stay."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli.accounting.requested_times import asked_time
from outage_cli.accounting.scope import ReportRequest, zone_of
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Duration, Instant
from outage_cli.model.timeline import Timeline
from outage_cli.when.calendar.shifts import shift


def distance(timelines: Sequence[Timeline], request: ReportRequest) -> Duration | ProblemText:
    """Return how far the events are to be moved, counted from the first one that has a time."""
    info = zone_of(timelines, request)
    if isinstance(info, ProblemText):
        return info
    first = start(timelines)
    if first is None:
        return ProblemText("nothing-happened", "there is nothing to move", "give an event a time")
    if request.start is None:
        return shift(request.shift or "", first, info)
    moment, _ = asked_time(request.start, info, timelines)
    if isinstance(moment, Moment):
        return moment.best - first
    hint = "write it as 2022-10-17 15:19"
    return moment or ProblemText("not-a-moment", f"`{request.start}` does not say when", hint)


def start(timelines: Sequence[Timeline]) -> Instant | None:
    """Return the instant of the first event; None where no event has a time."""
    return min((at for timeline in timelines for at, _ in timeline.timed_events[:1]), default=None)


def moved(timeline: Timeline, by: Duration) -> Timeline:
    """Return a timeline with every event moved; maintenance, hours and windows stay.

    Claims are left out: they are about the outage as it happened.
    """
    events = tuple(each._replace(at=each.at and each.at.moved(by)) for each in timeline.events)
    as_of = timeline.as_of and timeline.as_of.moved(by)
    return timeline._replace(events=events, as_of=as_of, claims=())
