"""Downtime and availability of one service, and what is left of its error budget."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.method import Method, Treatment
from outage_cli.model.service_figures import Availability, Target
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Duration
from outage_cli.model.state import STATES, State


def buckets(entries: Sequence[LedgerEntry]) -> dict[State, Duration]:
    """Return the time in each bucket; together they are the window (SEMANTICS M1)."""
    spent = [0] * len(STATES)
    for entry in entries:
        spent[entry.bucket] += entry.end - entry.start
    return dict(zip(STATES, spent, strict=True))


def considered(spent: dict[State, Duration], method: Method) -> Duration:
    """Return the time that counts at all (SEMANTICS M2)."""
    return sum(
        length for state, length in spent.items() if method.aside(state) != Treatment.EXCLUDE
    )


def downtime(entries: Sequence[LedgerEntry], method: Method) -> tuple[Duration, Duration]:
    """Return the unweighted downtime and the part of it that is the service's own (SEMANTICS K)."""
    counts = [weight > 0 for weight in method.all_weights()]
    bad = [entry for entry in entries if counts[entry.bucket]]
    lost = sum([entry.end - entry.start for entry in bad])
    own = [entry for entry in bad if counts[entry.stated]]
    is_own = len(own) == len(bad)
    return lost, lost if is_own else sum([entry.end - entry.start for entry in own])


def weighted(spent: dict[State, Duration], method: Method) -> int:
    """Return Σ weight × time, in microseconds × a billion: exact (SEMANTICS M3)."""
    return sum(
        weight * spent[state] for state, weight in zip(STATES, method.all_weights(), strict=True)
    )


def availability(counted: Duration, lost: int) -> Availability:
    """Return 1 − lost / considered as an exact fraction (SEMANTICS M3)."""
    return Availability(counted * WHOLE - lost, counted * WHOLE)


def target(objective: Share, counted: Duration, lost: int) -> Target:
    """Return the error budget of an objective: (1 − SLO) × considered, and what is left of it."""
    budget = (WHOLE - objective) * counted
    met = None if counted == 0 else lost <= budget
    return Target(objective, budget // WHOLE, (budget - lost) // WHOLE, met)
