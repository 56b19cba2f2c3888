"""A published figure can be read, and so be held against the computed one (SEMANTICS C)."""

from __future__ import annotations

from collections.abc import Iterator

from outage_cli.model.event import ClaimKind, SourceRef
from outage_cli.model.problem import WARNING, ProblemText
from outage_cli.model.timeline import Timeline


def check(timeline: Timeline) -> Iterator[tuple[SourceRef, ProblemText]]:
    """Yield what is wrong with the words of each claim, at the key that holds them."""
    if not timeline.claims:
        return
    from outage_cli.when.calendar.claim_terms import Terms, terms

    for claim, told in zip(timeline.claims, terms(timeline), strict=True):
        if not isinstance(told, Terms):
            key, trouble = told
            yield claim.mark._replace(way=(*claim.mark.way, key)), trouble
        elif claim.figure is ClaimKind.AVAILABILITY and not (
            claim.window or claim.since or claim.until or timeline.window
        ):
            hint = "add `window:` to the claim or to the file, as in `window: 2022-10`"
            message = "claims an availability, and not of which time: from first to last event here"
            mark = claim.mark._replace(way=(*claim.mark.way, claim.figure.value))
            yield mark, ProblemText("no-window", message, hint, WARNING)
