"""A time without an earliest bound needs an earlier event about the same service (T5)."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.model.event import SourceRef
from outage_cli.model.problem import ProblemText
from outage_cli.model.timeline import Timeline


def check(timeline: Timeline) -> Iterator[tuple[SourceRef, ProblemText]]:
    """Yield `nothing-before` for a "by …" in the first event about a service (SEMANTICS T5)."""
    if timeline.is_exact:
        return
    known = set(timeline.unread)
    for _, event in timeline.timed_events:
        names = [name for _, each in event.states for name in each]
        first = [name for name in names if name not in known]
        if first and event.at and event.at.earliest is None:
            message = f"says `by` of `{first[0]}`, and nothing before it says how early at most"
            hint = "write a range such as 07:00..08:00, or ~08:00"
            yield (
                SourceRef(timeline.file, (*event.mark.way, "at")),
                ProblemText("nothing-before", message, hint),
            )
        known.update(names)
