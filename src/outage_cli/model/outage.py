"""An outage: a maximal run of downtime of one service, and its bounds."""

from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State


class Outage(NamedTuple):
    """A maximal run of downtime inside the window (SEMANTICS M5).

    `started_by` and `ended_by` mark the lines that began and ended it: `Report.lines` has their
    places and words. `ongoing` ones had not ended at as-of; the window cuts off what began before
    it or ended after it. `inherited_through` are the services that it came down through when it
    began, from the one that is required towards the `root`, where it was stated (S5); of a long
    way the nearest, and how many `inherited_more` there are.
    """

    start: Instant
    end: Instant
    length: Duration
    ongoing: bool
    worst: State
    inherited_from: str | None
    started_by: SourceRef | None
    ended_by: SourceRef | None
    cut_before: bool = False
    cut_after: bool = False
    inherited_through: tuple[str, ...] = ()
    inherited_more: int = 0
    root: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether its length is known: it is over, and the window does not cut it."""
        return not (self.ongoing or self.cut_before or self.cut_after)


class OutageBounds(NamedTuple):
    """The least and the greatest of when an outage can have begun and ended, and how long it was.

    `lengths` are durations, the others instants (SEMANTICS M7).
    """

    starts: Span
    ends: Span
    lengths: Span
