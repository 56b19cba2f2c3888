"""What a published figure accepts: a stretch of values, and where exactly it ends (SEMANTICS C)."""

from typing import NamedTuple, TypeAlias

Ratio: TypeAlias = tuple[int, int]
"""An exact value: so many parts of a whole, which is greater than 0.

A duration in microseconds or an instant is parts of 1; a share is up of considered.
"""

SCALE = 10**12
"""Of how many parts the bounds of shares are: half of the last digit is then a whole number."""


class AcceptedRange(NamedTuple):
    """The values that agree with what somebody said. None: no such bound.

    Whether a bound itself agrees is what tells strict from non-strict. Values are parts of `scale`:
    1 for durations and instants in microseconds, `SCALE` for shares. `said` are the words' own
    values, of which a difference is told: one, or the two ends of a range.
    """

    stated: tuple[int, int]
    least: int | None
    most: int | None
    excludes_least: bool = False
    excludes_most: bool = False
    scale: int = 1

    def is_below(self, value: Ratio) -> bool:
        """Whether a value is too small to agree."""
        if self.least is None:
            return False
        ours, theirs = value[0] * self.scale, self.least * value[1]
        return ours < theirs or (ours == theirs and self.excludes_least)

    def is_above(self, value: Ratio) -> bool:
        """Whether a value is too great to agree."""
        if self.most is None:
            return False
        ours, theirs = value[0] * self.scale, self.most * value[1]
        return ours > theirs or (ours == theirs and self.excludes_most)

    def difference(self, value: Ratio) -> Ratio:
        """Return how far a value is from what was said: from the nearer end of a range."""
        part, whole = value[0] * self.scale, value[1]
        low, high = (value * whole for value in self.stated)
        nearest = min(max(part, low), high)
        return part - nearest, whole * self.scale
