"""The range of values that agree with a published figure, and its exact ends (SEMANTICS C)."""

from typing import NamedTuple, TypeAlias

Ratio: TypeAlias = tuple[int, int]
"""An exact value: so many parts of a whole, which is greater than 0.

A duration in microseconds or an instant is parts of 1; a share is up of considered.
"""

SCALE = 10**12
"""The parts in a bound of a share: half of the last digit is then a whole number."""


class AcceptedRange(NamedTuple):
    """The values that agree with a published figure. A bound that is None does not exist.

    `excludes_…` says that the bound itself does not agree. Values are parts of `scale`: 1 for
    durations and instants in microseconds, `SCALE` for shares. `stated` are the published values,
    from which differences are computed: one value twice, or the two ends of a range.
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
        """Return the difference from the stated value: from the nearer end of a range."""
        part, whole = value[0] * self.scale, value[1]
        low, high = (value * whole for value in self.stated)
        nearest = min(max(part, low), high)
        return part - nearest, whole * self.scale
