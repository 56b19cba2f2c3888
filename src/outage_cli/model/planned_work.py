"""Planned work: what a timeline announces, and what became of it (SEMANTICS M6)."""

from collections.abc import Callable
from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.span import Duration, Instant
from outage_cli.model.statistics import bounds


class WorkOutcome(NamedTuple):
    """What came of a piece of planned work, on one reading of the times (SEMANTICS M6).

    `announced` is how long its windows are together, `used` the time inside them in which the
    service was not up; `overrun` the downtime that went on from their ends.
    """

    used: Duration
    overrun: Duration
    announced: Duration = 0


class PlannedWorkReport(NamedTuple):
    """A piece of planned work on a service, of which so many `windows` were announced.

    `what` is None where none was: the line `mark` then says that there was maintenance.
    """

    service: str
    mark: SourceRef
    what: str | None
    windows: int
    best: WorkOutcome
    others: tuple[WorkOutcome, ...] = ()

    @property
    def readings(self) -> tuple[WorkOutcome, ...]:
        """The outcome on every scenario of the times, the best one first (SEMANTICS M7)."""
        return self.best, *self.others

    def between(self, figure: Callable[[WorkOutcome], Duration]) -> tuple[Duration, Duration]:
        """Return the least and the greatest that a figure can be."""
        return bounds(self.readings, figure)


class PlannedWork(NamedTuple):
    """Work on services that a line announces, once; `end` is None where it names no end."""

    start: Instant
    end: Instant | None
    services: tuple[str, ...]
    mark: SourceRef
