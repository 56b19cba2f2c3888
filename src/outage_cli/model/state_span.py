"""A stretch of time in which a service was in one state."""

from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.span import Instant
from outage_cli.model.state import State


class StateSpan(NamedTuple):
    """A stretch of time in which a service was in one state (SEMANTICS M1), on the best estimates.

    `opened_by` and `closed_by` are the lines that began and ended it, None where no line did;
    `cut_before` and `cut_after` say that the window cuts it.
    """

    start: Instant
    end: Instant
    state: State
    opened_by: SourceRef | None
    closed_by: SourceRef | None
    inherited_from: str | None = None
    cut_before: bool = False
    cut_after: bool = False
