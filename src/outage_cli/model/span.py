"""Stretches of time. A span includes its start and excludes its end, so neighbours only touch.

```text
spans   [----)   [----)
           [-----)           [--)
union   [-------------)      [--)
```
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

Instant: TypeAlias = int
"""A point on the UTC line, in microseconds since 1970-01-01T00:00:00Z (SEMANTICS T1)."""

Duration: TypeAlias = int
"""Elapsed time in microseconds (SEMANTICS T1). Never a difference of wall clocks."""

SECOND: Duration = 1_000_000
MINUTE: Duration = 60 * SECOND
HOUR: Duration = 60 * MINUTE
DAY: Duration = 24 * HOUR


class Span(NamedTuple):
    """The instants from `start` up to, and without, `end`."""

    start: Instant
    end: Instant

    @property
    def length(self) -> Duration:
        """How long it is; 0 for a span whose end is its start."""
        return self.end - self.start

    def within(self, other: "Span") -> "Span | None":
        """Return the part of it inside `other`, or None where there is none.

        A span of length zero is inside where its one instant is.
        """
        start, end = max(self.start, other.start), min(self.end, other.end)
        if start < end or (start == end == self.start == self.end and start < other.end):
            return Span(start, end)
        return None


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the fewest spans that cover what `spans` cover, in order. What touches is merged."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def total(spans: Iterable[Span]) -> Duration:
    """Return the sum of the lengths. Overlaps count as often as they occur: see `union`."""
    return sum(span.length for span in spans)


def seconds(duration: Duration) -> int | float:
    """Return a duration in seconds: a whole number wherever it is one (DESIGN, the report)."""
    whole, rest = divmod(duration, SECOND)
    return duration / SECOND if rest else whole
