"""A time as somebody stated it. Always `earliest <= best <= latest`, where the bounds are known."""

from typing import NamedTuple

from outage_cli.model.span import Duration, Instant


class Moment(NamedTuple):
    """A best estimate and its bounds (SEMANTICS T5).

    `earliest` is None for "by 08:00": no earlier than the statement before it about the same
    service. `latest` is None for "after 22:00": no later than the statement that follows.
    """

    best: Instant
    earliest: Instant | None
    latest: Instant | None

    @classmethod
    def exactly(cls, instant: Instant) -> "Moment":
        """Return the moment whose bounds are `instant` itself."""
        return cls(instant, instant, instant)

    def moved(self, by: Duration) -> "Moment":
        """Return the moment and its bounds, later by a duration."""
        earliest, latest = (None if at is None else at + by for at in (self.earliest, self.latest))
        return Moment(self.best + by, earliest, latest)

    @property
    def first(self) -> Instant:
        """The earliest possible instant: of a day its start."""
        return self.best if self.earliest is None else self.earliest

    @property
    def last(self) -> Instant:
        """The latest possible instant: of a day its end."""
        return self.best if self.latest is None else self.latest

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are the best estimate."""
        return self.earliest == self.best == self.latest
