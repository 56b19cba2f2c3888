"""Milestones: how long an incident took to be noticed, to be answered and to be over (SEMANTICS K).

One file tells one incident.

```text
impact start     detected     acknowledged     mitigated     impact end
     |-- to detect --|-- to acknowledge --|         |              |
     |----------------- to mitigate ----------------|              |
     |               |----------------- to repair -----------------|
     |------------------------- to recover ------------------------|
```
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.problem import Problem
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.statistics import Statistics


class MilestonePoint(StrEnum):
    """A point in an incident: where its impact starts and ends, and what its phases say."""

    IMPACT_START = "impact_start"
    IMPACT_END = "impact_end"
    STARTED = "started"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"


class TimeBetween(StrEnum):
    """From one point to another: the times that have a name."""

    DETECT = "time_to_detect"
    ACKNOWLEDGE = "time_to_acknowledge"
    MITIGATE = "time_to_mitigate"
    REPAIR = "time_to_repair"
    RECOVER = "time_to_recover"

    @property
    def ends(self) -> tuple[MilestonePoint, MilestonePoint]:
        """Its first and its last point (SEMANTICS K)."""
        return _ENDS[self]

    @property
    def words(self) -> str:
        """Its name, in words."""
        return self.value.replace("_", " ")


_ENDS = {
    TimeBetween.DETECT: (MilestonePoint.IMPACT_START, MilestonePoint.DETECTED),
    TimeBetween.ACKNOWLEDGE: (MilestonePoint.DETECTED, MilestonePoint.ACKNOWLEDGED),
    TimeBetween.MITIGATE: (MilestonePoint.IMPACT_START, MilestonePoint.MITIGATED),
    TimeBetween.REPAIR: (MilestonePoint.DETECTED, MilestonePoint.IMPACT_END),
    TimeBetween.RECOVER: (MilestonePoint.IMPACT_START, MilestonePoint.IMPACT_END),
}


class PointReached(NamedTuple):
    """When a point was reached, between which instants that may have been, and the line of it."""

    at: Instant
    between: Span
    mark: SourceRef | None


class Elapsed(NamedTuple):
    """How long a stretch took, and between what that lies. Negative where its ends are swapped."""

    best: Duration
    least: Duration
    most: Duration


class Incident(NamedTuple):
    """What one file tells. Points that it does not tell are not in it, nor stretches between them.

    `ongoing` is one whose impact had not ended at as-of.
    """

    file: str
    title: str
    points: Mapping[MilestonePoint, PointReached]
    elapsed: Mapping[TimeBetween, Elapsed]
    ongoing: bool


class MeanTime(NamedTuple):
    """One stretch over many incidents: on best estimates, at the least and at the most.

    What is `ongoing`, `negative` or `not_stated` is left out of it, and counted here.
    """

    best: Statistics
    least: Statistics
    most: Statistics
    ongoing: int
    negative: int
    not_stated: int


class Milestones(NamedTuple):
    """The incidents whose impact starts in the window, in the order of the files, and their means.

    `problems` are warnings about points that are in no order that makes sense.
    """

    incidents: tuple[Incident, ...]
    means: Mapping[TimeBetween, MeanTime]
    problems: tuple[Problem, ...] = ()
