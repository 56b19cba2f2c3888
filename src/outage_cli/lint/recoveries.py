"""A recovery follows a failure: a service is up before its first statement (SEMANTICS S4)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from outage_cli.model.event import SourceRef
from outage_cli.model.problem import WARNING, ProblemText
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline


def check(timeline: Timeline) -> Iterator[tuple[SourceRef, ProblemText]]:
    """Yield a problem for each recovery of a service that is up already.

    `never-down`: it never failed. `ends-early`: it fails later only. `already-up`: it recovered
    before, or the services from which it inherited a failure did. `up: all` is not checked.
    """
    everything = len(timeline.services)
    known = _Known(timeline)
    states, recovered = known.states, known.recovered
    for at, event in timeline.timed_events:
        for state, names in event.states:
            if state or len(names) == everything > 1:
                continue
            for name in names:
                if not states.get(name) and (trouble := known.trouble(name, at)):
                    yield SourceRef(timeline.file, (*event.mark.way, state.word)), trouble
        for state, names in event.states:
            for name in names:
                if not state and states.get(name):
                    recovered[name] = at
                states[name] = state


class _Known:
    """The last stated state of each service so far, and when it last recovered."""

    def __init__(self, timeline: Timeline) -> None:
        self.services, self.unread = timeline.services, timeline.unread
        self.events = timeline.events
        self.states: dict[str, State] = {}
        self.recovered: dict[str, Instant] = {}

    @cached_property
    def failing(self) -> set[str]:
        """The services that fail at any time."""
        stated = (each for event in self.events if event.at for each in event.states)
        return {name for state, names in stated if state for name in names}

    def trouble(self, name: str, at: Instant) -> ProblemText | None:
        """Return the problem with a recovery, or None."""
        before = self.states.get(name)
        if before or name in self.unread:
            return None
        if self.services[name].requires:
            return _already(name, ", as what it requires was") if self.was_back(name, at) else None
        if before is not None:
            return _already(name, "")
        if name in self.failing:
            hint = "swap the two times, or mend the date"
            return ProblemText("ends-early", f"`{name}` recovers before it fails", hint)
        hint = "a service is up to begin with: add the event that took it down"
        return ProblemText("never-down", f"`{name}` recovers but was never down", hint)

    def was_back(self, name: str, at: Instant) -> bool:
        """Whether a service that is required, directly or not, failed and all are up again."""
        needed: set[str] = set()
        waiting = [name]
        while waiting:
            needs = self.services[waiting.pop()].requires
            direct = {each for need in needs for each in need.services} - needed
            needed |= direct
            waiting += direct & self.services.keys()
        needed.discard(name)
        has_failed = any(self.recovered.get(each, at) < at for each in needed)
        goes_on = any(self.states.get(each) or self.recovered.get(each) == at for each in needed)
        return has_failed and not goes_on and needed.isdisjoint(self.unread)


def _already(name: str, why: str) -> ProblemText:
    hint = "leave the second recovery out, or add what went wrong between them"
    if why:
        hint = f"say `down: {name}` in the event that took it down, if it stayed down for longer"
    return ProblemText("already-up", f"`{name}` recovers but was up already{why}", hint, WARNING)
