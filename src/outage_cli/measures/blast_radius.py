r"""The blast radius: whom the failure of a service took down, and for how long (SEMANTICS S5).

Every inherited second of a service has one chain: from the service that it requires directly to the
root, the service whose own statements say that it is not up.

```text
power      ____/‾‾‾‾‾‾‾\____      root
database   ____/‾‾‾‾‾‾‾\____      taken down by power
wiki       ____/‾‾‾‾‾‾‾\____      taken down by power through database, and by database
```

The pairs of a long chain grow with the square of its length. Totals are therefore summed up along
the requirements, one step for each service (`measures/passed_on.py`), and single services are
listed only up to `NEAR` steps away.

Where several required services have failed, the state is inherited from the one that made it worse
while that one stays in it, then from the one that has been in it the longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from outage_cli.accounting.books import Books
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.measures.passed_on import PassedOn, flow, inherited_through
from outage_cli.measures.requirement_paths import NEAR, Ladders
from outage_cli.model.blast_radius import BlastRadius, ServiceTakenDown
from outage_cli.model.method import Method
from outage_cli.model.span import Duration, Instant

Chain: TypeAlias = tuple[str, ...]
"""Services in order, from the one that is required directly towards the root."""

_Key: TypeAlias = tuple[str, str, Chain]
Times: TypeAlias = dict[_Key, Duration]


def chains(entry: LedgerEntry, ladders: Ladders) -> Iterator[tuple[Duration, Chain]]:
    """Yield the duration that an entry inherited along each chain, cut after `NEAR` services."""
    if not entry.inherited_from:
        return
    waiting: list[tuple[Instant, Instant, Chain]] = [
        (entry.start, entry.end, (entry.inherited_from,))
    ]
    while waiting:
        start, end, chain = waiting.pop()
        if len(chain) == NEAR:
            yield end - start, chain
            continue
        for since, until, via in inherited_through(start, end, ladders.get(chain[-1], ())):
            if via:
                waiting.append((since, until, (*chain, via)))
            else:
                yield until - since, chain


def blasts(books: Books) -> tuple[BlastRadius, ...]:
    """Return the blast radius of each service that took one down, where one of the two is shown.

    Services and what they took down stand in the order of the services of the books.
    """
    services, shown = books.services, set(books.names)
    near, passed = [], []
    for scenario in books.scenarios:
        ladders = scenario.histories.ladders
        inherited = {
            name: list(_inherited(scenario.of(name).counted, books.method)) for name in services
        }
        near.append(_shown(_near(inherited, ladders), shown))
        through = flow(services, inherited, ladders)
        if len(shown) < len(services):
            only = {name: entries for name, entries in inherited.items() if name in shown}
            of_shown = flow(services, only, ladders)
            through = {name: (through if name in shown else of_shown)[name] for name in services}
        passed.append(through)
    order = {name: at for at, name in enumerate(services)}
    keys = sorted(
        {key for times in near for key, time in times.items() if time},
        key=lambda key: (order[key[0]], len(key[2]), order[key[1]], key[2]),
    )
    listed: dict[str, list[ServiceTakenDown]] = {}
    for key in keys:
        source, taken, way = key
        bounds = _bounds([times.get(key, 0) for times in near])
        listed.setdefault(source, []).append(
            ServiceTakenDown(taken, way, *bounds, services[taken].users)
        )
    by_service = ((name, [through[name] for through in passed]) for name in services)
    return tuple(
        _blast(name, listed.get(name, ()), scenarios)
        for name, scenarios in by_service
        if any(each.services for each in scenarios)
    )


def _blast(
    source: str, listed: Sequence[ServiceTakenDown], passed: Sequence[PassedOn]
) -> BlastRadius:
    """Return the blast radius of a service from what it passed on in each scenario."""
    best, possible = passed[0], 0
    for scenario in passed:
        possible |= scenario.services
    return BlastRadius(
        source,
        tuple(listed),
        _bounds([each.time for each in passed]),
        _bounds([each.rooted for each in passed]),
        services=best.services.bit_count(),
        possible=possible.bit_count(),
        users=best.users if best.with_users else None,
        without_users=best.services.bit_count() - best.with_users,
        more=possible.bit_count() - len({each.service for each in listed}),
    )


def _inherited(entries: Iterable[LedgerEntry], method: Method) -> Iterator[LedgerEntry]:
    """Yield the entries of downtime that are inherited and not the service's own."""
    counts = [weight > 0 for weight in method.all_weights()]
    for entry in entries:
        if entry.inherited_from and counts[entry.bucket] and not counts[entry.stated]:
            yield entry


def _near(inherited: Mapping[str, Sequence[LedgerEntry]], ladders: Ladders) -> Times:
    """Return how long a service took down another one, by chain, up to `NEAR` steps away."""
    near: Times = {}
    for name, entries in inherited.items():
        spent: dict[Chain, Duration] = {}
        for entry in entries:
            for time, down in chains(entry, ladders):
                spent[down] = spent.get(down, 0) + time
        for down, time in spent.items():
            for at, source in enumerate(down):
                key = (source, name, down[: at + 1])
                near[key] = near.get(key, 0) + time
    return near


def _shown(times: Times, shown: set[str]) -> Times:
    return {key: time for key, time in times.items() if key[0] in shown or key[1] in shown}


def _bounds(times: Sequence[Duration]) -> tuple[Duration, Duration, Duration]:
    """Return the best, the least and the greatest of the times on each scenario."""
    return times[0], min(times), max(times)
