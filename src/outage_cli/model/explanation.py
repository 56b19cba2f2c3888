"""An explanation: every second of one service, and the lines behind it, up to the figures.

Its intervals touch, fill the window and add up to the report's figures: downtime, weighted
downtime and considered time end the running sums of the last one.
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
    """What intervals add up to. `weighted` is in microseconds × a billion, and so exact."""

    downtime: Duration = 0
    own: Duration = 0
    weighted: int = 0
    considered: Duration = 0


class Interval(NamedTuple):
    """A stretch of one service's time in one bucket, and how it counts.

    `stated` is what the service's own streams say meanwhile, `beneath` what it would be without its
    calendar. `rule` is what took it out of the
    downtime or of what is considered, if something did, and `clause` where that is written. What is
    inherited comes by way of `via`: what the service requires, what that requires, and so on to the
    one whose stream says it. `opened_by` is the line that says what holds; `closed_by` the one that
    ended it; None where no line did, as where the window cuts (`cut_before`, `cut_after`). `starts`
    and `ends` are the earliest and the latest that its edges can be (SEMANTICS M7). `so_far` adds
    up all intervals from the window's start to its own end.
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
        """How long it is."""
        return self.end - self.start


class ScenarioFigures(NamedTuple):
    """The figures on one reading of the times: the best, the kindest or the harshest (M7)."""

    name: str
    window: Span
    figures: Figures


class StatementInForce(NamedTuple):
    """What one stream says of a service at an instant: a state, from a line until the next.

    `since` and `opened_by` are None where the stream has said nothing yet: the service is up then
    (SEMANTICS S4). `until` and `closed_by` are None where nothing follows. It `counts_as` another
    state where it says that planned work goes on, and its window is over (M6).
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
    `until`, by the line `opened_by`; `inherited` what is passed on of that. `via` leads to the
    service that says so itself. `spoken` is the service's own line that ended the inheritance, if
    one did.
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
    """What a calendar says at an instant: a bucket, and for how long; UP where it is silent.

    `mark` is the line of the calendar: of planned work, of the hours, of the service life.
    """

    state: State
    since: Instant | None
    until: Instant | None
    mark: SourceRef


class BucketTest(NamedTuple):
    """A bucket, and whether it fits: the first that does has the instant (SEMANTICS M1)."""

    bucket: State
    fits: bool


class InstantExplanation(NamedTuple):
    """One instant, explained: what every stream says, what is inherited, and what M1 makes of it.

    `requested` is the moment as the user gave it, and `at` its best estimate. `between` are the
    intervals that its bounds touch, and `readings` the bucket on each reading of the times.
    """

    requested: Moment
    at: Instant
    interval: Interval
    sayings: tuple[StatementInForce, ...]
    requirements: tuple[RequirementInForce, ...]
    planned: tuple[CalendarInForce, ...]
    steps: tuple[BucketTest, ...]
    between: tuple[Interval, ...]
    readings: tuple[tuple[str, State | None], ...]


class Explanation(NamedTuple):
    """What a report says of one service, second by second.

    `report` is about this service only. The intervals are those of `scenario`; `readings`
    has the figures of all that there are. With `instant` it is about that one.
    """

    report: Report
    scenario: ScenarioFigures
    intervals: tuple[Interval, ...]
    readings: tuple[ScenarioFigures, ...]
    instant: InstantExplanation | None = None

    @property
    def service(self) -> ServiceReport:
        """What the report says of the service."""
        return self.report.services[0]
