"""Phases are in a possible order: an incident is detected before it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.model.event import Event, Phase, SourceRef
from outage_cli.model.problem import WARNING, ProblemText
from outage_cli.model.span import Instant
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import Timeline

_NAMES = {
    Phase.DETECTED: "time to detect",
    Phase.ACKNOWLEDGED: "time to acknowledge",
    Phase.MITIGATED: "time to mitigate",
}


def check(timeline: Timeline) -> Iterator[tuple[SourceRef, ProblemText]]:
    """Yield `negative-milestone` for a phase before what its time counts from (SEMANTICS K)."""
    reached: dict[Phase, tuple[Instant, Event]] = {}
    failed: Instant | None = None
    if not any(event.phase for event in timeline.events):
        return
    for at, event in timeline.timed_events:
        is_failing = any(state > State.UP and state in LADDER for state, _ in event.states)
        if failed is None and is_failing:
            failed = at
        if event.phase and (event.phase not in reached or event.phase is Phase.MITIGATED):
            reached[event.phase] = at, event
    detected = reached.get(Phase.DETECTED)
    begun = {
        Phase.DETECTED: (failed, "anything fails"),
        Phase.ACKNOWLEDGED: (detected and detected[0], "`detected`"),
        Phase.MITIGATED: (failed, "anything fails"),
    }
    for phase, (since, words) in begun.items():
        if phase in reached and since is not None and reached[phase][0] < since:
            message = f"`{phase}` stands before {words}"
            hint = f"mend one of the times; the {_NAMES[phase]} is left out of means"
            trouble = ProblemText("negative-milestone", message, hint, WARNING)
            yield reached[phase][1].mark, trouble
