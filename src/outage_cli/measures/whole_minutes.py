"""Outages of which only whole minutes count: they last as long as what of them is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage


def in_whole_minutes(
    outages: Iterable[Outage], entries: Sequence[LedgerEntry], method: Method
) -> Iterator[Outage]:
    """Yield outages, each as long as the entries in it that weigh something (SEMANTICS M4).

    They begin and end when they did: no line says the minute that a method cuts them off at. Both
    are in order, and gone through once.
    """
    counts = [weight > 0 for weight in method.all_weights()]
    at = 0
    for outage in outages:
        length = 0
        while at < len(entries) and entries[at].start < outage.end:
            entry = entries[at]
            if entry.start >= outage.start and counts[entry.bucket]:
                length += entry.end - entry.start
            at += 1
        yield outage._replace(length=length)
