r"""What comes down through each service, summed up step by step (SEMANTICS S5).

From the services that nobody requires towards the roots, each passes on to the next one what it
inherited itself and what passed it. At one instant every service has its state from one other, so
those that come together in one are never the same, and numbers may be added.

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
    """Which services are down by way of one: a bit each. How many they are, and their users."""

    services: int = 0
    number: int = 0
    users: int = 0
    with_users: int = 0

    def plus(self, other: AffectedServices, times: int = 1) -> AffectedServices:
        """Return it with another one added that has no service in common, or taken away again."""
        return AffectedServices(
            *(mine + times * more for mine, more in zip(self, other, strict=True))
        )


class PassedOn(NamedTuple):
    """What came down through one service: `time` added up, and the part that began there, `rooted`.

    `services` has a bit for each that it took down; their users are added up, each once.
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
    """Return what came down through each service, from what each of them inherited directly."""
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
            for since, until, via in _handed(start, end, ladders.get(name, ())):
                if via:
                    coming[via].append((since, until, load))
                else:
                    rooted += load.number * (until - since)
        passed[name] = PassedOn(whole.services, whole.users, whole.with_users, time, rooted)
    return passed


def _load(bits: int, people: Sequence[int | None]) -> AffectedServices:
    """Return the load of some services."""
    load = AffectedServices()
    while bits:
        lowest = bits & -bits
        users = people[lowest.bit_length() - 1]
        load = load.plus(AffectedServices(lowest, 1, users or 0, users is not None))
        bits ^= lowest
    return load


def _summed(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """Yield stretches that follow each other from some that overlap."""
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


def _handed(
    start: Instant, end: Instant, track: Track
) -> Iterator[tuple[Instant, Instant, str | None]]:
    """Yield from whom a service had its state in a stretch; from None where it is the root."""
    at = bisect_right(track, start, key=_AT) - 1
    while start < end:
        until = min(end, track[at + 1].at) if at + 1 < len(track) else end
        if start < until:
            yield start, until, track[at].via if at >= 0 and track[at].state else None
        start, at = until, at + 1
