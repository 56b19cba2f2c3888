"""Totals of several services, each by the name of how they are rolled up (SEMANTICS M9)."""

from collections.abc import Callable
from typing import NamedTuple

from outage_cli.model.service_figures import Availability
from outage_cli.model.span import Duration
from outage_cli.model.statistics import bounds

TAG = "tag"
GROUPINGS = ("operator", "group", "category", TAG)
"""What services can be grouped by: what is said of them, or the tags of what took them down."""


class RollUp(NamedTuple):
    """Figures of several services as one, each by its name (SEMANTICS M9), on one reading.

    `any_down` is the time in which at least one of them is down, `all_down` that in which every one
    is, `service_time` the sum. `mean` is the mean of their availabilities, and `user_weighted` that
    in which each counts as often as it has users; what has no availability or no users is left out.
    """

    any_down: Duration
    all_down: Duration
    service_time: Duration
    mean: Availability
    user_weighted: Availability


class Totals(NamedTuple):
    """The totals of the services of a group, on the best reading of the times and the `others`.

    `label` is what they have in common; empty of those that lack it, and of all of them together.
    """

    label: str
    services: tuple[str, ...]
    best: RollUp
    others: tuple[RollUp, ...] = ()

    @property
    def readings(self) -> tuple[RollUp, ...]:
        """The roll-up on every scenario of the times, the best one first (SEMANTICS M7)."""
        return self.best, *self.others

    def between(self, figure: Callable[[RollUp], int]) -> tuple[int, int]:
        """Return the least and the greatest that a figure can be."""
        return bounds(self.readings, figure)
