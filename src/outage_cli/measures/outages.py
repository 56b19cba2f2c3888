"""Outages: the runs of downtime of one service, each with the lines that began and ended it."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli.accounting.ledger import Entry
from outage_cli.model.event import AS_OF
from outage_cli.model.method import Method
from outage_cli.model.report import Outage
from outage_cli.model.state import State


def outages(entries: Sequence[Entry], method: Method) -> tuple[Outage, ...]:
    """Return the maximal runs of entries that weigh something (SEMANTICS M5).

    A run goes on while the service is closed, and counts for nothing there: an outage over a
    weekend is one outage, and one outside of hours is an outage of 0 seconds (M6).
    One second of recovery splits a run. A run that no line has ended is ongoing. One that was over
    when the window starts is not in it.
    """
    counts = [weight > 0 for weight in method.all_weights()]
    found: list[Outage] = []
    run: list[Entry] = []
    for entry in entries:
        bucket = entry.bucket
        if counts[bucket] or (bucket is State.OUT_OF_HOURS and counts[entry.beneath]):
            run.append(entry)
        elif run:
            found.append(_outage(run, counts))
            run = []
    if run:
        found.append(_outage(run, counts))
    return tuple(each for each in found if each.start < each.end or not each.cut_before)


def _outage(run: Sequence[Entry], counts: Sequence[bool]) -> Outage:
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
    return Outage(
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
