r"""The audit of planned work: announced, used and overrun time (SEMANTICS M6).

```text
announced      [-------------)
not up     /‾‾‾‾‾‾‾‾‾\____/‾‾‾‾‾‾‾‾‾\__
used           [-----)    [--)
overrun                      [------)     downtime (SEMANTICS M6)
```
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from outage_cli.accounting.books import Books
from outage_cli.accounting.calendars import planned
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.method_rules import counted_state
from outage_cli.accounting.statements import Statements
from outage_cli.model.event import Maintenance, SourceRef
from outage_cli.model.method import Method
from outage_cli.model.planned_work import PlannedWorkReport, WorkOutcome
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Duration, Instant, Span, total, union
from outage_cli.model.state import State


class _Announced(NamedTuple):
    """A piece of work, how many times it is planned in the window, and these times, merged."""

    work: Maintenance
    times: int
    spans: Sequence[Span]


def audit(books: Books) -> Iterator[PlannedWorkReport]:
    """Yield the pieces of work on each service, those that were not announced last.

    A piece is one entry of `maintenance:` with all its occurrences, or one event that states
    maintenance outside of every announced time.
    """
    plans = [_planned(each.scope.statements, each.window) for each in books.scenarios]
    for name in books.names:
        scenarios = [
            (each.accounts[name].entries, plan[name])
            for each, plan in zip(books.scenarios, plans, strict=True)
        ]
        for mark, (work, times, _) in scenarios[0][1].items():
            best, *others = (
                _used(entries, plan[mark].spans if mark in plan else (), books.method)
                for entries, plan in scenarios
            )
            yield PlannedWorkReport(name, mark, work.what, times, best, tuple(others))
        unannounced = [
            _unannounced(entries, union(span for work in plan.values() for span in work.spans))
            for entries, plan in scenarios
        ]
        for mark in dict.fromkeys(mark for lengths in unannounced for mark in lengths):
            best, *others = (WorkOutcome(lengths.get(mark, 0), 0) for lengths in unannounced)
            yield PlannedWorkReport(name, mark, None, 0, best, tuple(others))


def _planned(
    statements: Sequence[Statements], window: Span
) -> Mapping[str, dict[SourceRef, _Announced]]:
    """Return the work on each service that is planned inside the window."""
    announced: dict[str, dict[SourceRef, _Announced]] = defaultdict(dict)
    for file in statements:
        for work in file.timeline.maintenance:
            spans = planned(work, file, window)
            cut = [] if isinstance(spans, ProblemText) else [span.within(window) for span in spans]
            if inside := [span for span in cut if span]:
                for name in work.services:
                    announced[name][work.mark] = _Announced(work, len(inside), union(inside))
    return announced


def _used(entries: Sequence[LedgerEntry], spans: Sequence[Span], method: Method) -> WorkOutcome:
    return WorkOutcome(
        sum(_in(entries, span) for span in spans),
        sum(_overrun(entries, span, method) for span in spans),
        total(spans),
    )


def _in(entries: Sequence[LedgerEntry], span: Span) -> Duration:
    """Return how long a service was not up in a span."""
    length = 0
    for at in range(bisect_left(entries, span.start, key=_ends), len(entries)):
        entry = entries[at]
        if entry.start >= span.end:
            break
        if _is_worked_on(entry):
            length += max(0, min(entry.end, span.end) - max(entry.start, span.start))
    return length


def _overrun(entries: Sequence[LedgerEntry], span: Span, method: Method) -> Duration:
    """Return the downtime from the end of planned work on, without hours that are closed.

    It ends when the service is up again or the next planned work starts.
    """
    at = bisect_left(entries, span.end, key=_ends)
    while at < len(entries) and entries[at].start == entries[at].end:
        at += 1
    if at == len(entries) or not _is_worked_on(entries[at]):
        return 0
    length = 0
    for following in range(at, len(entries)):
        entry = entries[following]
        if entry.end <= span.end:
            continue
        if entry.bucket is State.MAINTENANCE:
            break
        if method.weight(counted_state(entry, method)) > 0:
            length += entry.end - max(entry.start, span.end)
        elif entry.bucket is not State.OUT_OF_HOURS or not method.weight(entry.beneath):
            break
    return length


def _unannounced(
    entries: Sequence[LedgerEntry], covered: Sequence[Span]
) -> dict[SourceRef, Duration]:
    """Return how long each line states maintenance that was not announced."""
    lengths: dict[SourceRef, Duration] = defaultdict(int)
    for entry in entries:
        if entry.bucket is State.MAINTENANCE and entry.opened_by:
            rest = entry.end - entry.start
            for at in range(bisect_left(covered, entry.start, key=_ends), len(covered)):
                span = covered[at]
                if span.start >= entry.end:
                    break
                rest -= max(0, min(span.end, entry.end) - max(span.start, entry.start))
            if rest:
                lengths[entry.opened_by] += rest
    return lengths


def _is_worked_on(entry: LedgerEntry) -> bool:
    is_offered = entry.bucket is not State.NOT_IN_SERVICE
    return is_offered and State.UP < entry.beneath <= State.MAINTENANCE


def _ends(entry: LedgerEntry | Span) -> Instant:
    return entry.end
