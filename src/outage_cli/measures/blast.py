r"""The blast radius: whom the failure of a service took down, and for how long (SEMANTICS S5).

Every inherited second of a service has one chain, from the required service that hands it down to
the one whose own lines tell of it, which is the root.

```text
power      ____/‾‾‾‾‾‾‾\____      root
database   ____/‾‾‾‾‾‾‾\____      taken down by power
wiki       ____/‾‾‾‾‾‾‾\____      taken down by power through database, and by database
```

Where several required services fail at once, the one that made things worse holds the state for as
long as it is in it; then the one that has been in it the longest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TypeAlias

from outage_cli.accounting.ledger import Entry
from outage_cli.accounting.tracks import Track
from outage_cli.model.method import Method
from outage_cli.model.report import Blast, Outage, Report, ServiceReport, TakenDown
from outage_cli.model.service import Service
from outage_cli.model.span import Duration, Instant

Ladders: TypeAlias = Mapping[str, Track]
"""What each required service hands down; the `via` of a step is whom it has it from itself."""

Reading: TypeAlias = tuple[Mapping[str, Sequence[Entry]], Ladders]

Chain: TypeAlias = tuple[str, ...]
"""Services from the one that is required directly to the root."""

_AT = attrgetter("at")
Times: TypeAlias = dict[tuple[str, str, Chain], Duration]


def chains(entry: Entry, ladders: Ladders) -> Iterator[tuple[Duration, Chain]]:
    """Yield how long an inherited stretch came down along which chain."""
    if not entry.inherited_from:
        return
    waiting: list[tuple[Instant, Instant, Chain]] = [
        (entry.start, entry.end, (entry.inherited_from,))
    ]
    while waiting:
        start, end, chain = waiting.pop()
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


def chain(first: str, at: Instant, ladders: Ladders) -> Chain:
    """Return the chain at one instant, from the service that is required to the root."""
    found = [first]
    while True:
        track = ladders.get(found[-1], ())
        index = bisect_right(track, at, key=_AT) - 1
        while index > 0 and track[index].at == at and not track[index].state:
            index -= 1  # over at the instant it began
        via = track[index].via if index >= 0 and track[index].state else None
        if via is None or via in found:
            return tuple(found)
        found.append(via)


def added(told: Report, services: Mapping[str, Service], readings: Sequence[Reading]) -> Report:
    """Return a report with the blast radius of its services, and the chain of each outage.

    `readings` are the ledgers and what is handed down, on the best reading of the times first.
    """
    _, ladders = readings[0]

    def traced(reports: tuple[ServiceReport, ...]) -> tuple[ServiceReport, ...]:
        return tuple(
            each._replace(best=each.best._replace(outages=_traced(each.best.outages, ladders)))
            for each in reports
        )

    return told._replace(
        services=traced(told.services),
        periods=tuple(each._replace(services=traced(each.services)) for each in told.periods),
        blasts=blasts(services, readings, told.method, {each.service.id for each in told.services}),
    )


def _traced(outages: Iterable[Outage], ladders: Ladders) -> tuple[Outage, ...]:
    """Return outages with their chains; of one that began before the window as it was by then."""
    return tuple(
        each._replace(inherited_through=chain(first, each.start - each.cut_before, ladders))
        if (first := each.inherited_from)
        else each
        for each in outages
    )


def blasts(
    services: Mapping[str, Service],
    readings: Sequence[Reading],
    method: Method,
    shown: set[str],
) -> tuple[Blast, ...]:
    """Return the blast radius of each service that took one down, where one of the two is shown.

    Services and what they took down stand in the order of `services`.
    """
    passed, rooted = [], []
    for ledger, ladders in readings:
        times, roots = _times(ledger, ladders, method)
        passed.append(_shown(times, shown))
        rooted.append(_shown(roots, shown))
    order = {name: at for at, name in enumerate(services)}
    keys = sorted(
        {key for times in passed for key, time in times.items() if time},
        key=lambda key: (order[key[0]], len(key[2]), order[key[1]], key[2]),
    )
    found: dict[str, list[TakenDown]] = {}
    for key in keys:
        source, taken, through = key
        bounds = _bounds([each.get(key, 0) for each in passed])
        found.setdefault(source, []).append(
            TakenDown(taken, through, *bounds, services[taken].users)
        )
    together, alone = _sums(passed), _sums(rooted)
    return tuple(
        Blast(
            source,
            tuple(taken),
            _bounds([each.get(source, 0) for each in together]),
            _bounds([each.get(source, 0) for each in alone]),
        )
        for source, taken in found.items()
    )


def _times(
    ledger: Mapping[str, Sequence[Entry]], ladders: Ladders, method: Method
) -> tuple[Times, Times]:
    """Return for how long who took down whom through whom, and the part that began there."""
    counts = [weight > 0 for weight in method.all_weights()]
    passed: Times = {}
    rooted: Times = {}
    for name, entries in ledger.items():
        spent: dict[Chain, Duration] = {}
        for entry in entries:
            if entry.inherited_from and counts[entry.bucket] and not counts[entry.stated]:
                for time, down in chains(entry, ladders):
                    spent[down] = spent.get(down, 0) + time
        for down, time in spent.items():
            for at, source in enumerate(down):
                key = (source, name, down[: at + 1])
                passed[key] = passed.get(key, 0) + time
            root = (down[-1], name, ())
            rooted[root] = rooted.get(root, 0) + time
    return passed, rooted


def _shown(times: Times, shown: set[str]) -> Times:
    return {key: time for key, time in times.items() if key[0] in shown or key[1] in shown}


def _sums(readings: Iterable[Times]) -> list[dict[str, Duration]]:
    """Return how much time each service took from all the others, on each reading."""
    found: list[dict[str, Duration]] = []
    for times in readings:
        sums: dict[str, Duration] = {}
        for (source, _, _), time in times.items():
            sums[source] = sums.get(source, 0) + time
        found.append(sums)
    return found


def _bounds(times: Sequence[Duration]) -> tuple[Duration, Duration, Duration]:
    """Return the best, the least and the greatest of the times on each reading."""
    return times[0], min(times), max(times)
