"""An outage: a maximal run of downtime of one service, and its bounds."""

from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State


class Outage(NamedTuple):
    """A maximal run of downtime inside the window (SEMANTICS M5).

    `started_by` and `ended_by` are the lines that began and ended it: `Report.lines` has their
    places and texts. It is `ongoing` if it had not ended at as-of, `cut_before` and `cut_after` if
    the window cuts it. `inherited_through` has the services that it was inherited through when it
    began, from the one that is required directly towards the `root`, which stated it (S5): the
    nearest ones, and `inherited_more` counts the others.
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
        """Whether its length is known: it has ended, and the window does not cut it."""
        return not (self.ongoing or self.cut_before or self.cut_after)


class OutageBounds(NamedTuple):
    """The bounds of the start, the end and the length of an outage (SEMANTICS M7).

    `lengths` are durations, the others instants.
    """

    starts: Span
    ends: Span
    lengths: Span
