"""An explanation: the intervals of one service, with the lines and rules behind each.

The intervals touch, fill the window and add up to the figures of the report.
"""

from __future__ import annotations

from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.share import Share
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State


class IntervalTotals(NamedTuple):
    """Sums over intervals. `weighted` is in microseconds × a billion, so that it is exact."""

    downtime: Duration = 0
    own: Duration = 0
    weighted: int = 0
    considered: Duration = 0


class Interval(NamedTuple):
    """A stretch of one service's time in one bucket, and how it counts.

    `stated` is the state by the service's own statements, `beneath` the state without calendars.
    `rule` names what took it out of the downtime or the considered time, `clause` its clause; None
    where nothing did. `via` are the services that an inherited state came through, from the one
    that is required directly to the one that stated it. `opened_by` is the line that states what
    holds, `closed_by` the one that ended it; None where no line did, or where the window cuts it
    (`cut_before`, `cut_after`). `starts` and `ends` are the bounds of its edges (SEMANTICS M7).
    `so_far` are the sums from the window's start to its end.
    """

    start: Instant
    end: Instant
    bucket: State
    stated: State
    beneath: State
    weight: Share
    is_considered: bool
    rule: str | None
    clause: str | None
    via: tuple[str, ...]
    opened_by: SourceRef | None
    closed_by: SourceRef | None
    cut_before: bool
    cut_after: bool
    starts: Span
    ends: Span
    counts_as_own: bool
    so_far: IntervalTotals

    @property
    def length(self) -> Duration:
        """Its duration."""
        return self.end - self.start


class ScenarioFigures(NamedTuple):
    """The figures on one scenario of the times: best, kindest or harshest (SEMANTICS M7)."""

    name: str
    window: Span
    figures: Figures


class StatementInForce(NamedTuple):
    """The state of a service at an instant by the statements of one timeline.

    `since` and `opened_by` are None before the first statement, where the service is up (SEMANTICS
    S4), `until` and `closed_by` after the last. `counts_as` differs from `state` where planned work
    is stated after its announced end (M6).
    """

    file: str
    state: State
    counts_as: State
    since: Instant | None
    opened_by: SourceRef | None
    until: Instant | None
    closed_by: SourceRef | None


class RequirementInForce(NamedTuple):
    """What a service inherits at an instant from one of its requirements (SEMANTICS S5).

    `services` are those of which `needed` must work; `state` is what they impose from `since` to
    `until`, by the line `opened_by`; `inherited` is the part of it that is inherited. `via` is the
    chain to the service that stated it. `spoken` is the service's own line that ended the
    inheritance, if one did.
    """

    services: tuple[str, ...]
    needed: int
    at_worst: State
    state: State
    inherited: State
    since: Instant | None
    until: Instant | None
    opened_by: SourceRef | None
    via: tuple[str, ...]
    spoken: SourceRef | None


class CalendarInForce(NamedTuple):
    """The state by a calendar at an instant, and from when to when; UP where it has none.

    `mark` is the line of the calendar: planned work, service hours or service life.
    """

    state: State
    since: Instant | None
    until: Instant | None
    mark: SourceRef


class BucketTest(NamedTuple):
    """A bucket, and whether it fits: the first that fits is the bucket (SEMANTICS M1)."""

    bucket: State
    fits: bool


class InstantExplanation(NamedTuple):
    """One instant: what is stated, inherited and planned then, and the bucket it has (M1).

    `requested` is the moment of `--at`, `at` its best estimate. `statements` has one entry for each
    stream, `steps` the test of each bucket in the order of M1. `between` are the intervals that the
    bounds of the moment touch, `readings` the bucket in each scenario.
    """

    requested: Moment
    at: Instant
    interval: Interval
    statements: tuple[StatementInForce, ...]
    requirements: tuple[RequirementInForce, ...]
    planned: tuple[CalendarInForce, ...]
    steps: tuple[BucketTest, ...]
    between: tuple[Interval, ...]
    readings: tuple[tuple[str, State | None], ...]


class Explanation(NamedTuple):
    """The intervals of one service on one scenario, or the explanation of one instant.

    `report` has this service only. The intervals are those of `scenario`; `readings` has the
    figures of all scenarios. `instant` is None unless one was requested.
    """

    report: Report
    scenario: ScenarioFigures
    intervals: tuple[Interval, ...]
    readings: tuple[ScenarioFigures, ...]
    instant: InstantExplanation | None = None

    @property
    def service(self) -> ServiceReport:
        """The figures of the service."""
        return self.report.services[0]
