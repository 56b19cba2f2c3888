"""Through which services a line of a timeline takes effect on a service (SEMANTICS S5)."""

from __future__ import annotations

from collections.abc import Mapping

from outage_cli.accounting.state_sequence import Track
from outage_cli.model.event import SourceRef


class Chains:
    """The services between a service and the one that a line is about, along requirements."""

    def __init__(self, ladders: Mapping[str, Track]) -> None:
        self.ladders = ladders
        self.known: dict[str, dict[SourceRef, str | None]] = {}

    def to(self, via: str | None, line: SourceRef | None) -> tuple[str, ...]:
        """Return the services from `via`, which is required directly, to that of the line."""
        chain: dict[str, None] = {}
        while via is not None and line is not None and via not in chain:
            chain[via] = None
            if via not in self.known:
                steps = self.ladders.get(via, ())
                self.known[via] = {step.holder: step.via for step in steps if step.state}
            via = self.known[via].get(line)
        return tuple(chain)
