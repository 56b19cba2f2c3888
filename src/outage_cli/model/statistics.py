"""Exact quotients, and the statistics of several durations: number, mean, median, 90th percentile.

Nothing is rounded here; what divides does so when it is written.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from outage_cli.model.span import SECOND, Duration

OnScenario = TypeVar("OnScenario")
Value = TypeVar("Value", int, float)


def bounds(
    scenarios: Iterable[OnScenario], figure: Callable[[OnScenario], Value]
) -> tuple[Value, Value]:
    """Return the least and the greatest that a figure is on any scenario (SEMANTICS M7)."""
    values = [figure(scenario) for scenario in scenarios]
    return min(values), max(values)


_TENTHS = 9
"""The 90th percentile, in tenths."""


class Ratio(NamedTuple):
    """An exact quotient; `whole` is greater than 0."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The quotient as a number."""
        return self.part / self.whole

    @property
    def seconds(self) -> int | float:
        """The quotient of durations as seconds: a whole number wherever it is one."""
        whole, rest = divmod(self.part, self.whole * SECOND)
        return self.part / (self.whole * SECOND) if rest else whole

    @property
    def floor(self) -> Duration:
        """The quotient cut to whole microseconds, for showing it."""
        return self.part // self.whole


class Statistics(NamedTuple):
    """What there is to say of several durations, which are in order (SEMANTICS K)."""

    values: tuple[Duration, ...]

    @classmethod
    def of(cls, values: Iterable[Duration]) -> "Statistics":
        """Return those of durations in any order."""
        return cls(tuple(sorted(values)))

    @property
    def n(self) -> int:
        """How many they are."""
        return len(self.values)

    @property
    def mean(self) -> Ratio | None:
        """The mean of at least two; one value is no mean."""
        return Ratio(sum(self.values), self.n) if self.n > 1 else None

    @property
    def median(self) -> Ratio | None:
        """The one in the middle, or half-way between the two that are; None of nothing."""
        low, high = (self.n - 1) // 2, self.n // 2
        return Ratio(self.values[low] + self.values[high], 2) if self.values else None

    @property
    def p90(self) -> Duration | None:
        """The 90th percentile by nearest rank: the least that 90 % of them do not exceed."""
        rank = -(-self.n * _TENTHS // 10)
        return self.values[rank - 1] if self.values else None

    @property
    def max(self) -> Duration | None:
        """The longest; None of nothing."""
        return self.values[-1] if self.values else None
