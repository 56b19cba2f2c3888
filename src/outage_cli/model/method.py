"""What an accounting method is: named, versioned data that says what counts, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.share import Share
from outage_cli.model.state import State


class Planned(StrEnum):
    """What happens to maintenance: it leaves the denominator, or counts as up."""

    EXCLUDE = "exclude"
    AS_UP = "as-up"


class Method(NamedTuple):
    """What each state weighs and what planned work does (SEMANTICS M4).

    `decimals` is how many of a percentage are shown.
    """

    name: str
    version: int
    weights: Mapping[State, Share]
    maintenance: Planned
    decimals: int

    def weight(self, state: State) -> Share:
        """Return what a second in `state` weighs; 0 for one that is not downtime."""
        return self.weights.get(state, 0)
