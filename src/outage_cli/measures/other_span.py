"""Figures beyond the window of a report: what claims and monthly targets are about."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.report import Figures
from outage_cli.model.span import Span


class OtherSpan(NamedTuple):
    """One reading of the times over some span, as wide as it needs to be.

    `entries` are those of a service as they are, and as the method counts them; `figures` are those
    of a service in a part of the span.
    """

    entries: Callable[[str], tuple[Sequence[LedgerEntry], Sequence[LedgerEntry]]]
    figures: Callable[[str, Span], Figures]


Widened: TypeAlias = Callable[[int, Span], OtherSpan]
"""What has a reading, by its number, over a span."""
