"""Outages: the runs of downtime of one service, each with the lines that began and ended it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outage_cli.accounting.ledger import Entry
from outage_cli.model.event import AS_OF
from outage_cli.model.method import Method
from outage_cli.model.report import Outage
from outage_cli.model.state import State


def outages(entries: Sequence[Entry], method: Method) -> Iterator[Outage]:
    """Yield the maximal runs of entries that weigh something (SEMANTICS M5).

    A run goes on while the service is closed, and counts for nothing there: an outage over a
    weekend is one outage, and one outside of hours is an outage of 0 seconds (M6).
    One second of recovery splits a run. A run that no line has ended is ongoing. One that was over
    when the window starts is not in it.
    """
    counts = [method.weight(state) > 0 for state in State]
    run: list[Entry] = []
    for entry in entries:
        is_closed = entry.bucket is State.OUT_OF_HOURS and counts[entry.beneath]
        if is_closed or counts[entry.bucket]:
            run.append(entry)
        elif run:
            yield from _outage(run, counts)
            run = []
    yield from _outage(run, counts)


def _outage(run: Sequence[Entry], counts: Sequence[bool]) -> Iterator[Outage]:
    if not run or (run[0].cut_before and run[0].start == run[-1].end):
        return
    first, last = run[0], run[-1]
    ended_by = last.closed_by
    ongoing = not last.cut_after and (ended_by is None or ended_by.way == AS_OF)
    length, worst = 0, State.UP
    for entry in run:
        lasted = entry.end - entry.start
        if counts[entry.bucket]:
            length += lasted
        if entry.beneath > worst and (lasted or not entry.cut_before):
            worst = entry.beneath
    yield Outage(
        start=first.start,
        end=last.end,
        length=length,
        ongoing=ongoing,
        worst=worst,
        inherited_from=first.inherited_from,
        started_by=first.opened_by,
        ended_by=None if ongoing else ended_by,
        cut_before=first.cut_before,
        cut_after=last.cut_after,
    )
