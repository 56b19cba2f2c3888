"""The story of a report: its events in the order of time, and the states each one changed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter

from outage_cli.model.chart import Chart, Lane
from outage_cli.model.event import Event, Phase, SourceRef
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import LADDER, State
from outage_cli.model.story import EventEffect, StoryEvent
from outage_cli.model.timeline import Timeline

_START = attrgetter("start")


def story(
    chart: Chart, timelines: Sequence[Timeline], *, only_window: bool, only_services: bool
) -> tuple[Instant | None, tuple[StoryEvent, ...], int]:
    """Return when the story starts, its events, and how many are left out.

    `only_window` leaves out events outside of the window of the chart, `only_services` events that
    change none of its services.
    """
    changed = _changed(chart.lanes)
    shown = {lane.service.id: lane for lane in chart.lanes}
    timed = [pair for timeline in timelines for pair in timeline.timed_events]
    timed.sort(key=itemgetter(0))
    events = [event for _, event in timed]
    events += [event for each in timelines for event in each.events if event.at is None]
    start = _start(events, changed)
    listed = [
        StoryEvent(
            event,
            None if event.at is None or start is None else event.at.best - start,
            _changes(event, changed.get(event.mark, []), shown),
        )
        for event in events
        if not (only_window and _is_outside(event, chart.window))
    ]
    if only_services:
        listed = [each for each in listed if each.changes]
    return start, tuple(listed), len(events) - len(listed)


def _changed(lanes: Iterable[Lane]) -> Mapping[SourceRef, list[EventEffect]]:
    """Return what each line changed, by its reference: one line makes each edge of a lane."""
    changes: dict[SourceRef, list[EventEffect]] = defaultdict(list)
    for lane in lanes:
        name = lane.service.id
        first = lane.segments[0] if lane.segments else None
        if first and first.opened_by and not first.cut_before and first.state is not State.UP:
            change = EventEffect(name, State.UP, first.state, first.inherited_from)
            changes[first.opened_by].append(change)
        for before, after in zip(lane.segments, lane.segments[1:], strict=False):
            if before.closed_by and (before.state is not after.state):
                via = after.inherited_from or (
                    before.inherited_from if after.state < before.state <= State.DOWN else None
                )
                changes[before.closed_by].append(EventEffect(name, before.state, after.state, via))
        last = lane.segments[-1] if lane.segments else None
        if last and last.closed_by and not last.cut_after and last.state in LADDER[1:]:
            changes[last.closed_by].append(
                EventEffect(name, last.state, State.UP, last.inherited_from)
            )
    return changes


def _changes(
    event: Event, done: Sequence[EventEffect], shown: Mapping[str, Lane]
) -> tuple[EventEffect, ...]:
    """Return what a line changed: what it names first, then what followed from it."""
    named = [(name, state) for state, names in event.states for name in names if name in shown]
    made = {each.service: each for each in done}
    own = [
        made.pop(name)._replace(inherited_from=None)
        if name in made and made[name].after is state
        else EventEffect(name, _held(shown[name], event, state), state)
        for name, state in named
    ]
    return (*own, *made.values())


def _held(lane: Lane, event: Event, state: State) -> State | None:
    """Return the state that a line states, if it held already."""
    if event.at is None:
        return None
    at = bisect_right(lane.segments, event.at.best, key=_START) - 1
    inside = at >= 0 and event.at.best < lane.segments[at].end
    return state if inside and lane.segments[at].state is state else None


def _start(
    events: Sequence[Event], changed: Mapping[SourceRef, Sequence[EventEffect]]
) -> Instant | None:
    """Return when the story starts; see `Story`."""
    timed = [(event, event.at.best) for event in events if event.at]
    for event, at in timed:
        if event.phase is Phase.STARTED:
            return at
    for event, at in timed:
        if any(State.UP < each.after <= State.DOWN for each in changed.get(event.mark, ())):
            return at
    return timed[0][1] if timed else None


def _is_outside(event: Event, window: Span) -> bool:
    return event.at is None or not window.start <= event.at.best <= window.end
