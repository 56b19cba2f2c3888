"""A recovery follows something worse: a service is up until something is said about it."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.model.event import Mark
from outage_cli.model.problem import WARNING, Trouble
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline


def check(timeline: Timeline) -> Iterator[tuple[Mark, Trouble]]:
    """Yield `never-down` for a recovery of what was never worse, `already-up` for a second one.

    A recovery that stands before the failure is `ends-early`.

    `up: all` is not about a service in particular, and what requires others may have inherited.
    """
    everything = len(timeline.services)
    told = [event for _, event in timeline.told()]
    failing = {name for event in told for state, names in event.states if state for name in names}
    states: dict[str, State] = {}
    for event in told:
        for state, names in event.states:
            for name in names:
                before = states.get(name)
                states[name] = state
                if state or before:
                    continue
                hides = timeline.services[name].requires or name in timeline.unread
                if hides or (len(names) == everything > 1):
                    continue
                mark = Mark(timeline.file, (*event.mark.way, state.word))
                if before is None and name in failing:
                    hint = "swap the two times, or mend the date"
                    yield mark, Trouble("ends-early", f"`{name}` recovers before it fails", hint)
                elif before is None:
                    hint = "a service is up to begin with: add the event that took it down"
                    yield mark, Trouble("never-down", f"`{name}` recovers but was never down", hint)
                else:
                    hint = "leave the second recovery out, or add what went wrong between them"
                    message = f"`{name}` recovers but was up already"
                    yield mark, Trouble("already-up", message, hint, WARNING)
