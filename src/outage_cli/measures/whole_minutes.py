"""The lengths of outages under a method that counts whole minutes only (SEMANTICS M4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage


def in_whole_minutes(
    outages: Iterable[Outage], entries: Sequence[LedgerEntry], method: Method
) -> Iterator[Outage]:
    """Yield outages, each with the duration of its entries that have a weight.

    Their starts and ends stay as they are. Outages and entries are in order. Linear in both.
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
