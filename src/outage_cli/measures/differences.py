"""What makes a method's figures differ from those of another: each second has one reason or none.

The reasons add up to the difference exactly, in weighted downtime and in what is considered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.method_rules import PART_OF_A_MINUTE, counted, is_of_runs, ruled, seen
from outage_cli.measures.outages import outages
from outage_cli.model.comparison import Difference, DifferenceCause
from outage_cli.model.method import Method, Treatment
from outage_cli.model.state import State


def differences(
    entries: Sequence[LedgerEntry],
    method: Method,
    base: Method,
    around: Sequence[LedgerEntry] | None,
) -> Iterator[Difference]:
    """Yield why a method comes to other figures than a base that has no rules for runs.

    A weight or a treatment that differs is named where there is time that it changes, a rule for
    runs where it leaves something out.
    """
    lost: dict[tuple[DifferenceCause, State | None], int] = defaultdict(int)
    more: dict[tuple[DifferenceCause, State | None], int] = defaultdict(int)
    for each in counted(entries, method, around):
        entry = each.entry
        length, was = entry.end - entry.start, seen(entry, base)
        state = seen(entry, method)
        is_same = method.aside(entry.bucket) == base.aside(entry.bucket)
        reason = (
            (DifferenceCause.WEIGHT, state)
            if is_same
            else (DifferenceCause.TREATMENT, entry.bucket)
        )
        weight = method.weight(state)
        lost[reason] += (weight - base.weight(was)) * length
        more[reason] += (each.considered - (base.aside(was) != Treatment.EXCLUDE)) * length
        if is_of_runs(each.rule):
            is_part = each.rule == PART_OF_A_MINUTE
            rule = (DifferenceCause.WHOLE_MINUTES if is_part else DifferenceCause.MIN_OUTAGE, None)
            lost[rule] -= weight * length
    gone = _left_out(entries, method, around)
    lost[DifferenceCause.MIN_OUTAGE, None] += 0  # it may leave out nothing but outages of no length
    order = list(DifferenceCause)
    for cause, about in sorted(lost, key=lambda each: (order.index(each[0]), each[1] or 0)):
        added, short = lost[cause, about], gone if cause is DifferenceCause.MIN_OUTAGE else 0
        if added or more[cause, about] or short:
            yield Difference(cause, about, added, more[cause, about], short)


def _left_out(
    entries: Sequence[LedgerEntry], method: Method, around: Sequence[LedgerEntry] | None
) -> int:
    """Return how many outages the rules for runs leave out."""
    if not method.rules_runs:
        return 0
    free = method._replace(min_outage=0, whole_minutes=False)
    kept = method._replace(whole_minutes=False)
    before, after = (
        sum(1 for _ in outages(ruled(entries, each, around), each)) for each in (free, kept)
    )
    return before - after
