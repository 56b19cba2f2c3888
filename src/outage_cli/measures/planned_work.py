r"""Planned work in a window and after it, as timelines announce it (SEMANTICS M6).

```text
window          [-----------------)
planned   [--)    [--)         [-----)     [--)
listed            [--)         [-----)     [--)
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outage_cli.accounting.calendars import planned
from outage_cli.accounting.statements import Statements
from outage_cli.model.planned_work import PlannedWork
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, Duration, Span

AHEAD: Duration = 30 * DAY
"""How far beyond a window repeating work is listed."""


def plans(statements: Sequence[Statements], window: Span) -> list[PlannedWork]:
    """Return the work that goes on in a window or comes after it, in order of time (SEMANTICS M6).

    Repeating work is listed up to 30 days after the window, other work without limit.
    """
    return sorted(_planned(statements, window), key=lambda plan: plan.start)


def _planned(statements: Sequence[Statements], window: Span) -> Iterator[PlannedWork]:
    wide = Span(window.start - AHEAD, window.end + AHEAD)
    for file in statements:
        for work in file.timeline.maintenance:
            spans = planned(work, file, wide)
            if isinstance(spans, ProblemText):
                continue
            for span in spans:
                end = span.end if work.end else None
                if span.start < span.end and span.end > window.start:
                    yield PlannedWork(span.start, end, work.services, work.mark)
