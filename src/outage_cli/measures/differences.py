"""Why the figures of a method differ from those of another: each second has at most one cause.

The causes add up exactly to the difference in weighted downtime and in considered time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from outage_cli.accounting.books import Books
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.method_rules import (
    around,
    as_counted,
    counted,
    counted_state,
    is_of_runs,
)
from outage_cli.accounting.runs import PART_OF_A_MINUTE
from outage_cli.measures.outages import outages
from outage_cli.model.comparison import Difference, DifferenceCause
from outage_cli.model.method import Method, Treatment
from outage_cli.model.state import State


def differences(books: Books, base: Method) -> tuple[tuple[Difference, ...], ...]:
    """Return the differences from a base method for each service of the report.

    The base has no rules about runs. The figures are those on the best estimates of the times.
    """
    best, method = books.best, books.method
    wider = around(books.services, best.scope.statements, best.window, best.accounts, method)
    return tuple(
        tuple(_differences(best.accounts[name].entries, method, base, wider.get(name)))
        for name in books.names
    )


def _differences(
    entries: Sequence[LedgerEntry],
    method: Method,
    base: Method,
    wider: Sequence[LedgerEntry] | None,
) -> Iterator[Difference]:
    """Yield the differences of one service.

    A weight or treatment is listed if it changes any time, a rule about runs if it removes any.
    """
    lost: dict[tuple[DifferenceCause, State | None], int] = defaultdict(int)
    more: dict[tuple[DifferenceCause, State | None], int] = defaultdict(int)
    for stretch in counted(entries, method, wider):
        entry = stretch.entry
        length, before = entry.end - entry.start, counted_state(entry, base)
        state = counted_state(entry, method)
        is_same = method.aside(entry.bucket) == base.aside(entry.bucket)
        reason = (
            (DifferenceCause.WEIGHT, state)
            if is_same
            else (DifferenceCause.TREATMENT, entry.bucket)
        )
        weight = method.weight(state)
        lost[reason] += (weight - base.weight(before)) * length
        more[reason] += (stretch.considered - (base.aside(before) != Treatment.EXCLUDE)) * length
        if is_of_runs(stretch.rule):
            is_part = stretch.rule == PART_OF_A_MINUTE
            rule = (DifferenceCause.WHOLE_MINUTES if is_part else DifferenceCause.MIN_OUTAGE, None)
            lost[rule] -= weight * length
    left_out = _left_out(entries, method, wider)
    lost[DifferenceCause.MIN_OUTAGE, None] += 0  # it may leave out nothing but outages of no length
    order = list(DifferenceCause)
    for cause, about in sorted(lost, key=lambda reason: (order.index(reason[0]), reason[1] or 0)):
        added, short = lost[cause, about], left_out if cause is DifferenceCause.MIN_OUTAGE else 0
        if added or more[cause, about] or short:
            yield Difference(cause, about, added, more[cause, about], short)


def _left_out(
    entries: Sequence[LedgerEntry], method: Method, wider: Sequence[LedgerEntry] | None
) -> int:
    """Return the number of outages that the rules about runs remove."""
    if not method.rules_runs:
        return 0
    free = method._replace(min_outage=0, whole_minutes=False)
    kept = method._replace(whole_minutes=False)
    return _outages(entries, free, wider) - _outages(entries, kept, wider)


def _outages(
    entries: Sequence[LedgerEntry], method: Method, wider: Sequence[LedgerEntry] | None
) -> int:
    return len(outages(as_counted(entries, method, wider), method))
