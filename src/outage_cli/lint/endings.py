"""Every outage has an end, or the file states that it is ongoing."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.model.event import Event, SourceRef
from outage_cli.model.problem import WARNING, ProblemText
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline


def check(timeline: Timeline) -> Iterator[tuple[SourceRef, ProblemText]]:
    """Yield `never-closed` for a service that is not up at the end without `as_of` or `?`."""
    if timeline.as_of:
        return
    left: dict[str, tuple[State, Event]] = {}
    said_open = set(timeline.unread)
    for event in [each for each in timeline.events if each.at is None]:
        said_open.update(name for _, names in event.states for name in names)
    for _, event in reversed(timeline.timed_events):
        for state, names in reversed(event.states):
            for name in names:
                left.setdefault(name, (state, event))
        if len(left) == len(timeline.services):
            break
    for name, (state, event) in left.items():
        if state > State.UP and name not in said_open:
            message = f"`{name}` is {state.word} from here on, and nothing says it recovered"
            hint = f'add the event with `up: {name}`, or `at: "?"` if it is still going on'
            at = SourceRef(timeline.file, (*event.mark.way, state.word))
            yield at, ProblemText("never-closed", message, hint, WARNING)
