"""The story: what happened line by line, how long after the start, and what it changed."""

from __future__ import annotations

from typing import NamedTuple

from outage_cli.model.event import Event
from outage_cli.model.report import Report
from outage_cli.model.span import Duration, Instant
from outage_cli.model.state import State


class EventEffect(NamedTuple):
    """What a line did to a service.

    `before` is what the service was; the same as `after` where the line says what already held;
    None where the line changes nothing that can be seen: something worse holds, or the window has
    no part of it. `inherited_from` is the service that handed the state down (SEMANTICS S5).
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
    that made a service worse, else the first of all. `left_out` are the events that lie outside of
    the window that was asked for, or tell of other services.
    """

    report: Report
    start: Instant | None
    events: tuple[StoryEvent, ...]
    left_out: int = 0
