r"""The blast radius: whom the failure of a service took down, and for how long (SEMANTICS S5).

Every inherited second of a service has one chain, from the required service that hands it down to
the one whose own lines tell of it, which is the root.

```text
power      ____/‾‾‾‾‾‾‾\____      root
database   ____/‾‾‾‾‾‾‾\____      taken down by power
wiki       ____/‾‾‾‾‾‾‾\____      taken down by power through database, and by database
```

Of a long chain every pair is a square of services. What passes a service is therefore summed up as
it comes down, each stretch once at each service (`measures/flow.py`), and only what lies near is
listed by itself: at most `NEAR` steps away.

Where several required services fail at once, the one that made things worse holds the state for as
long as it is in it; then the one that has been in it the longest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.books import Books
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.state_sequence import Track
from outage_cli.measures.passed_on import PassedOn, flow
from outage_cli.model.blast_radius import BlastRadius, ServiceTakenDown
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Duration, Instant

Ladders: TypeAlias = Mapping[str, Track]
"""What each required service hands down; the `via` of a step is whom it has it from itself."""

Chain: TypeAlias = tuple[str, ...]
"""Services from the one that is required directly towards the root."""

NEAR = 10
"""How many steps of a chain are listed one by one."""

_AT = attrgetter("at")
_Key: TypeAlias = tuple[str, str, Chain]
Times: TypeAlias = dict[_Key, Duration]


def chains(entry: LedgerEntry, ladders: Ladders) -> Iterator[tuple[Duration, Chain]]:
    """Yield how long an inherited stretch came down along which chain, as far as it is near."""
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
        track = ladders.get(chain[-1], ())
        at = bisect_right(track, start, key=_AT) - 1
        while start < end:
            until = min(end, track[at + 1].at) if at + 1 < len(track) else end
            via = track[at].via if at >= 0 and track[at].state else None
            if via and start < until:
                waiting.append((start, until, (*chain, via)))
            elif start < until:
                yield until - start, chain
            start, at = until, at + 1


def above(name: str, at: Instant, ladders: Ladders) -> str | None:
    """Return the service that a required one has its state from at an instant, if it has it."""
    track = ladders.get(name, ())
    index = bisect_right(track, at, key=_AT) - 1
    while index > 0 and track[index].at == at and not track[index].state:
        index -= 1  # over at the instant it began
    return track[index].via if index >= 0 and track[index].state else None


class RequirementPath(NamedTuple):
    """The way up from a service at one instant: how many steps there are, and the root."""

    above: str | None
    steps: int
    root: str


class RequirementPaths:
    """The ways up from services, each step of them looked up once for an instant."""

    def __init__(self, ladders: Ladders) -> None:
        self.ladders = ladders
        self.known: dict[tuple[str, Instant], RequirementPath] = {}

    def up(self, first: str, at: Instant) -> RequirementPath:
        """Return the way up from a service; no service requires itself."""
        waiting: list[tuple[str, str | None]] = []
        name: str | None = first
        while name is not None and (name, at) not in self.known:
            higher = above(name, at, self.ladders)
            waiting.append((name, higher))
            name = higher
        for below, higher in reversed(waiting):
            further = self.known[higher, at] if higher else RequirementPath(None, 0, below)
            self.known[below, at] = RequirementPath(higher, further.steps + 1, further.root)
        return self.known[first, at]

    def with_roots(self, reports: Iterable[ServiceReport]) -> tuple[ServiceReport, ...]:
        """Return services with the chain and the root of each outage on the best scenario."""
        return tuple(
            report._replace(
                best=report.best._replace(
                    outages=tuple(self._with_root(outage) for outage in report.best.outages)
                )
            )
            for report in reports
        )

    def _with_root(self, outage: Outage) -> Outage:
        """Return an outage with its chain; if it began before the window, as it was by then."""
        if not (name := outage.inherited_from):
            return outage
        at = outage.start - outage.cut_before
        way = self.up(name, at)
        near = [name]
        while len(near) < NEAR and (higher := self.up(near[-1], at).above):
            near.append(higher)
        return outage._replace(
            inherited_through=tuple(near), inherited_more=way.steps - len(near), root=way.root
        )


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
    """Return the blast radius of a service from what passed it on each scenario."""
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
    """Yield the downtime that a service only inherited."""
    counts = [weight > 0 for weight in method.all_weights()]
    for entry in entries:
        if entry.inherited_from and counts[entry.bucket] and not counts[entry.stated]:
            yield entry


def _near(inherited: Mapping[str, Sequence[LedgerEntry]], ladders: Ladders) -> Times:
    """Return for how long who took down whom through whom, where that is near."""
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
