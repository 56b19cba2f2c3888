"""User-time lost: the number of users times the duration of downtime (SEMANTICS K)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.state_sequence import NEVER
from outage_cli.model.method import Method
from outage_cli.model.service import Service
from outage_cli.model.span import Instant
from outage_cli.model.timeline import Timeline

Affected: TypeAlias = Sequence[tuple[Instant, int]]
"""How many users a service has from each instant on, in order."""


def affected(services: Mapping[str, Service], timelines: Iterable[Timeline]) -> dict[str, Affected]:
    """Return how many users each service has over time; services without any number are absent."""
    numbers: dict[str, list[tuple[Instant, int]]] = {
        name: [(-NEVER, service.users)]
        for name, service in services.items()
        if service.users is not None
    }
    for timeline in timelines:
        if not any(event.users for event in timeline.events):
            continue
        for at, event in timeline.timed_events:
            for name, users in event.users.items():
                numbers.setdefault(name, [(-NEVER, 0)]).append((at, users))
    return {name: sorted(steps, key=itemgetter(0)) for name, steps in numbers.items()}


def lost(entries: Iterable[LedgerEntry], users: Affected, method: Method) -> int:
    """Return Σ users × downtime, in users × microseconds (SEMANTICS K)."""
    counts = [weight > 0 for weight in method.all_weights()]
    return sum(_of(entry, users) for entry in entries if counts[entry.bucket])


def _of(entry: LedgerEntry, users: Affected) -> int:
    return sum(number * (end - start) for start, end, number in _stretches(entry, users))


def _stretches(entry: LedgerEntry, users: Affected) -> Iterator[tuple[Instant, Instant, int]]:
    at = bisect_right(users, entry.start, key=itemgetter(0)) - 1
    while at < len(users) and users[at][0] < entry.end:
        following = users[at + 1][0] if at + 1 < len(users) else entry.end
        yield max(users[at][0], entry.start), min(following, entry.end), users[at][1]
        at += 1
