"""Outages: the runs of downtime of one service, each with the lines that began and ended it."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.event import AS_OF
from outage_cli.model.fast_tuples import quick
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage
from outage_cli.model.state import State

_made = quick(
    Outage,
    *("start", "end", "length", "ongoing", "worst", "inherited_from", "started_by", "ended_by"),
    *("cut_before", "cut_after"),
)


def outages(entries: Sequence[LedgerEntry], method: Method) -> tuple[Outage, ...]:
    """Return the maximal runs of entries that weigh something (SEMANTICS M5).

    A run goes on while the service is closed, but that time does not count: an outage over a
    weekend is one outage, and one outside of hours is an outage of 0 seconds (M6). One second of
    recovery splits a run. A run that no line has ended is ongoing. A run that ended before the
    window, or where it starts, is left out.
    """
    counts = [weight > 0 for weight in method.all_weights()]
    closed = State.OUT_OF_HOURS
    made: list[Outage] = []
    run: list[LedgerEntry] = []
    for entry in entries:
        bucket = entry.bucket
        if counts[bucket] or (bucket is closed and counts[entry.beneath]):
            run.append(entry)
        elif run:
            made.append(_outage(run, counts))
            run.clear()
    if run:
        made.append(_outage(run, counts))
    return tuple([each for each in made if each.start < each.end or not each.cut_before])


def _outage(run: Sequence[LedgerEntry], counts: Sequence[bool]) -> Outage:
    start, end, _, _, _, started_by, ended_by, via, cut_before, cut_after = run[0]
    if len(run) > 1:
        end, ended_by, cut_after = run[-1].end, run[-1].closed_by, run[-1].cut_after
    ongoing = not cut_after and (ended_by is None or ended_by.way == AS_OF)
    length, worst = 0, State.UP
    for since, until, bucket, _, beneath, _, _, _, is_cut, _ in run:
        if counts[bucket]:
            length += until - since
        if beneath > worst and (since < until or not is_cut):
            worst = beneath
    ended_by = None if ongoing else ended_by
    return _made(
        start,
        end,
        length,
        ongoing,
        worst,
        via,
        started_by,
        ended_by,
        cut_before,
        cut_after,
    )
