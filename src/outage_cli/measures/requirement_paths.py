"""From which services the outages of a service were inherited, up to the root (SEMANTICS S5)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.state_sequence import Track
from outage_cli.model.outage import Outage
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Instant

Ladders: TypeAlias = Mapping[str, Track]
"""The states that each required service passes on; `via` says whom it inherited one from."""

NEAR = 10
"""How many steps of a chain are listed one by one."""

_AT = attrgetter("at")


def above(name: str, at: Instant, ladders: Ladders) -> str | None:
    """Return the service that a required service inherits its state from at an instant."""
    track = ladders.get(name, ())
    index = bisect_right(track, at, key=_AT) - 1
    while index > 0 and track[index].at == at and not track[index].state:
        index -= 1  # over at the instant it began
    return track[index].via if index >= 0 and track[index].state else None


class RequirementPath(NamedTuple):
    """The path from a service to the root at one instant: its next service, length and end."""

    above: str | None
    steps: int
    root: str


class RequirementPaths:
    """The paths from services to their roots; each step is looked up once for an instant."""

    def __init__(self, ladders: Ladders) -> None:
        self.ladders = ladders
        self.known: dict[tuple[str, Instant], RequirementPath] = {}

    def up(self, first: str, at: Instant) -> RequirementPath:
        """Return the path from a service. It ends: no service requires itself."""
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
        """Return an outage with its chain, as it was when the outage or the window began."""
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
