r"""The downtime that each service passes on to others, summed up along requirements (S5).

Services are taken in order, from those that nobody requires to the roots. Each adds what it
inherited and what others inherited through it to the service that it inherits from. At one instant
a service inherits from one other service only, so none is counted twice and numbers can be added.

```text
wiki   ──┐
         ├──  database: 2 services  ──  power: 3 services
shop   ──┘
```
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.inheritance import required_first
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.accounting.state_sequence import Track
from outage_cli.model.service import Service
from outage_cli.model.span import Duration, Instant

_AT = attrgetter("at")


class AffectedServices(NamedTuple):
    """A set of services as bits, how many they are, and their users.

    `with_users` counts those of which the number of users is known.
    """

    services: int = 0
    number: int = 0
    users: int = 0
    with_users: int = 0

    def plus(self, other: AffectedServices, times: int = 1) -> AffectedServices:
        """Return the sum with a disjoint set; `times` is -1 to subtract a set that was added."""
        return AffectedServices(
            *(mine + times * more for mine, more in zip(self, other, strict=True))
        )


class PassedOn(NamedTuple):
    """What one service passed on: the sum `time`, and the part of it whose root it is, `rooted`.

    `services` has a bit for each service that it took down; `users` counts each service once.
    """

    services: int = 0
    users: int = 0
    with_users: int = 0
    time: Duration = 0
    rooted: Duration = 0


_Stretch: TypeAlias = tuple[Instant, Instant, AffectedServices]


def flow(
    services: Mapping[str, Service],
    inherited: Mapping[str, Sequence[LedgerEntry]],
    ladders: Mapping[str, Track],
) -> dict[str, PassedOn]:
    """Return what each service passed on, from the entries that each service inherited."""
    names = [*services]
    people = [services[name].users for name in names]
    coming: dict[str, list[_Stretch]] = {name: [] for name in names}
    for at, name in enumerate(names):
        load = AffectedServices(1 << at, 1, people[at] or 0, people[at] is not None)
        for entry in inherited.get(name, ()):
            if entry.inherited_from and entry.start < entry.end:
                coming[entry.inherited_from].append((entry.start, entry.end, load))
    passed: dict[str, PassedOn] = {}
    for name in reversed(required_first(services)):
        time = rooted = 0
        whole = AffectedServices()
        for start, end, load in _summed(coming.pop(name)):
            time += load.number * (end - start)
            if fresh := load.services & ~whole.services:
                whole = whole.plus(load if fresh == load.services else _load(fresh, people))
            for since, until, via in inherited_through(start, end, ladders.get(name, ())):
                if via:
                    coming[via].append((since, until, load))
                else:
                    rooted += load.number * (until - since)
        passed[name] = PassedOn(whole.services, whole.users, whole.with_users, time, rooted)
    return passed


def _load(bits: int, people: Sequence[int | None]) -> AffectedServices:
    """Return the services that have a bit in `bits`."""
    load = AffectedServices()
    while bits:
        lowest = bits & -bits
        users = people[lowest.bit_length() - 1]
        load = load.plus(AffectedServices(lowest, 1, users or 0, users is not None))
        bits ^= lowest
    return load


def _summed(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield stretches in order and without overlap, with the sum of those that overlap there."""
    turns: dict[Instant, AffectedServices] = {}
    for start, end, load in stretches:
        turns[start] = turns.get(start, _NONE).plus(load)
        turns[end] = turns.get(end, _NONE).plus(load, -1)
    load, before = _NONE, 0
    for at in sorted(turns):
        if not any(turns[at]):
            continue  # all goes on as before
        if load.number:
            yield before, at, load
        load, before = load.plus(turns[at]), at


_NONE = AffectedServices()


def inherited_through(
    start: Instant, end: Instant, track: Track
) -> Iterator[tuple[Instant, Instant, str | None]]:
    """Yield the parts of a stretch, each with the service that the state was inherited from.

    None where the state was the service's own: it is the root then. `track` is what it passes on.
    """
    at = bisect_right(track, start, key=_AT) - 1
    while start < end:
        until = min(end, track[at + 1].at) if at + 1 < len(track) else end
        if start < until:
            yield start, until, track[at].via if at >= 0 and track[at].state else None
        start, at = until, at + 1
