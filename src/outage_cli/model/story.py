"""The story: the events of a report, with the time since its start and the states they changed."""

from __future__ import annotations

from typing import NamedTuple

from outage_cli.model.event import Event
from outage_cli.model.report import Report
from outage_cli.model.span import Duration, Instant
from outage_cli.model.state import State


class EventEffect(NamedTuple):
    """The effect of an event on the state of a service.

    `before` equals `after` where the state already held. It is None where the event has no visible
    effect: a worse state holds, or the event is outside of the window. `inherited_from` is the
    service that the state is inherited from (SEMANTICS S5).
    """

    service: str
    before: State | None
    after: State
    inherited_from: str | None = None


class StoryEvent(NamedTuple):
    """An event, how long after the start of the story it was, and what it changed.

    `elapsed` is negative before the start, and None where it is not known when the event was.
    """

    event: Event
    elapsed: Duration | None
    changes: tuple[EventEffect, ...]


class Story(NamedTuple):
    """The events of a report in the order of time.

    `start` is what elapsed time counts from: the first event of the phase `started`, else the first
    that made a service worse, else the first of all. `left_out` counts the events outside of the
    requested window or about other services.
    """

    report: Report
    start: Instant | None
    events: tuple[StoryEvent, ...]
    left_out: int = 0
