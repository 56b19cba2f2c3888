"""The states of a service in the window, on the best estimates of the times."""

from __future__ import annotations

from outage_cli.accounting.books import Books
from outage_cli.model.state_span import StateSpan


def states(books: Books, name: str) -> list[StateSpan]:
    """Return the states of a service in order. They touch and fill the window (SEMANTICS M1)."""
    return [
        StateSpan(
            entry.start,
            entry.end,
            entry.bucket,
            entry.opened_by,
            entry.closed_by,
            entry.inherited_from,
            entry.cut_before,
            entry.cut_after,
        )
        for entry in books.best.accounts[name].entries
        if entry.start < entry.end or not entry.cut_before  # else it was over by then
    ]
