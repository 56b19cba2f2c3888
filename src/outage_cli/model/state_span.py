"""A stretch of time in which a service was in one state."""

from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.span import Instant
from outage_cli.model.state import State


class StateSpan(NamedTuple):
    """A stretch of time in which a service was in one state (SEMANTICS M1), on the best reading.

    `opened_by` and `closed_by` mark the lines that began and ended it, where lines did; the window
    cuts off what began before it or ended after it.
    """

    start: Instant
    end: Instant
    state: State
    opened_by: SourceRef | None
    closed_by: SourceRef | None
    inherited_from: str | None = None
    cut_before: bool = False
    cut_after: bool = False
