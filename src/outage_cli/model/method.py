"""What an accounting method is: named, versioned data that says what counts, and how much."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.share import Share
from outage_cli.model.span import Duration
from outage_cli.model.state import STATES, State


class Treatment(StrEnum):
    """What happens to time beside the ladder of states: planned, closed or unknown (SEMANTICS M4).

    It leaves the denominator, counts as up, or counts like any other time: a second of maintenance
    or of a closed night as what the service was meanwhile; one that is stated to be maintenance,
    or unknown, as down.
    """

    EXCLUDE = "exclude"
    AS_UP = "as-up"
    COUNT = "count"


class Method(NamedTuple):
    """What each state weighs, and what happens to the time that has none (SEMANTICS M4).

    `decimals` is how many of a percentage are shown. Runs of downtime shorter than `min_outage` do
    not count; with `whole_minutes`, neither does what a run has beyond its last whole minute. One
    of somebody's own has the `file` that it was read from, its digest, and the method it starts
    from.
    """

    name: str
    version: int
    weights: Mapping[State, Share]
    maintenance: Treatment
    decimals: int
    out_of_hours: Treatment = Treatment.EXCLUDE
    unknown: Treatment = Treatment.EXCLUDE
    min_outage: Duration = 0
    whole_minutes: bool = False
    base: str | None = None
    file: str | None = None
    sha256: str | None = None

    def weight(self, state: State) -> Share:
        """Return what a second in `state` weighs; 0 for one that is not downtime."""
        return self.weights.get(state, 0)

    def all_weights(self) -> list[Share]:
        """Return what a second in each state weighs, in the order of the states."""
        weights = self.weights.get
        return [weights(state, 0) for state in STATES]

    def aside(self, state: State) -> Treatment | None:
        """Return what happens to a state beside the ladder; None of one that is on it."""
        if state <= State.DOWN:
            return None
        if state is State.MAINTENANCE:
            return self.maintenance
        if state is State.UNKNOWN:
            return self.unknown
        return self.out_of_hours if state is State.OUT_OF_HOURS else Treatment.EXCLUDE

    @property
    def counts_aside(self) -> bool:
        """Whether any time beside the ladder counts like other time."""
        return Treatment.COUNT in (self.maintenance, self.unknown, self.out_of_hours)

    @property
    def rules_runs(self) -> bool:
        """Whether what counts depends on how long a run of downtime is."""
        return self.min_outage > 0 or self.whole_minutes
