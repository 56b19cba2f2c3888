"""The report: every figure of one window, as values. Nothing is rounded here."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from outage_cli.model.accepted import AcceptedRange
from outage_cli.model.accepted import Ratio as Parts
from outage_cli.model.event import Claim, ClaimKind, Source, SourceRef
from outage_cli.model.figures import Ratio, Statistics
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Problem
from outage_cli.model.service import Objective, Service
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State

if TYPE_CHECKING:
    from outage_cli.model.chart import Chart
    from outage_cli.model.milestones import Milestones  # only few reports have them

Value = TypeVar("Value", int, float)

TAG = "tag"
GROUPINGS = ("operator", "group", "category", TAG)
"""What services can be grouped by: what is said of them, or the tags of what took them down."""


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


class Availability(NamedTuple):
    """A fraction of one, exact: `up` of `considered` (both in microseconds × a billion).

    `considered` is 0 where nothing counts; there is then no availability (SEMANTICS M3).
    """

    up: int
    considered: int

    @property
    def fraction(self) -> float | None:
        """The fraction as a number, or None where nothing counts."""
        return self.up / self.considered if self.considered else None


class WorstWindow(NamedTuple):
    """The window of one length in which a service did worst (SEMANTICS K).

    `availability` is that of its considered time alone, of which there is some.
    """

    window: Span
    availability: Availability

    @property
    def considered(self) -> Duration:
        """How much of it is considered (SEMANTICS M2)."""
        return self.availability.considered // WHOLE

    def burn(self, target: Share) -> Ratio | None:
        """Return the burn rate in it: its error rate by the one that a target allows."""
        up, considered = self.availability
        allowed = (WHOLE - target) * self.considered
        return Ratio(considered - up, allowed) if allowed else None


class Target(NamedTuple):
    """A service-level objective and what is left of its error budget (SEMANTICS K).

    `remaining` may be negative. `met` is None where nothing counts.
    """

    target: Share
    budget: Duration
    remaining: Duration
    met: bool | None


class Figures(NamedTuple):
    """The figures of one service, on one reading of its times (SEMANTICS M7).

    `buckets` add up to the window (M1). `own` is the part of the downtime that the service itself
    accounts for, the rest it inherited from what it requires (S5). `user_time_lost` is in users ×
    microseconds, None where nobody says how many users there are (SEMANTICS K). `worst_windows`
    are by the name of their length, such as `1h`; None where the window is shorter.
    """

    buckets: Mapping[State, Duration]
    considered: Duration
    downtime: Duration
    own: Duration
    weighted_downtime: Duration
    availability: Availability
    target: Target | None
    outages: tuple[Outage, ...]
    user_time_lost: int | None
    worst_windows: Mapping[str, WorstWindow | None] = MappingProxyType({})

    @property
    def mtbf(self) -> Ratio | None:
        """The mean time between failures: (considered − downtime) / failures (SEMANTICS K).

        A failure is an outage in the window. None where there was none.
        """
        failures = len(self.outages)
        return Ratio(self.considered - self.downtime, failures) if failures else None

    @property
    def downtime_per_failure(self) -> Ratio | None:
        """The mean downtime of a failure: A = MTBF / (MTBF + this) holds (SEMANTICS K).

        A is the unweighted availability, 1 − downtime / considered.
        """
        failures = len(self.outages)
        return Ratio(self.downtime, failures) if failures else None

    @property
    def lengths(self) -> Statistics:
        """The lengths of the outages that began and ended in the window (SEMANTICS K)."""
        return Statistics.of(each.length for each in self.outages if each.is_whole)

    @property
    def longest_outage(self) -> Duration:
        """The length of the longest outage in the window; 0 where there was none (SEMANTICS K).

        Unlike `lengths` it counts outages that are ongoing and those that the window cuts.
        """
        return max([each.length for each in self.outages], default=0)

    @property
    def longest_is_ongoing(self) -> bool:
        """Whether an outage of that length had not ended at as-of."""
        longest = self.longest_outage
        return any(each.ongoing and each.length == longest for each in self.outages)

    @property
    def burn(self) -> Ratio | None:
        """The burn rate: the error rate by the one that the target allows (SEMANTICS K).

        Over the window of the budget it is the share of the budget that is spent. None without a
        budget: no target, one of 100 %, or nothing considered.
        """
        if self.target is None:
            return None
        up, considered = self.availability
        allowed = (WHOLE - self.target.target) * self.considered
        return Ratio(considered - up, allowed) if allowed else None

    @property
    def inherited(self) -> Duration:
        """The part of the downtime that only what it requires accounts for."""
        return self.downtime - self.own


class ServiceReport(NamedTuple):
    """What a report says of one service: its figures on the best reading of the times.

    `others` are those on the kindest and the harshest reading; none where all times are exact.
    `state` is the one it is left in at the window's end.
    """

    service: Service
    state: State
    best: Figures
    others: tuple[Figures, ...] = ()

    @property
    def readings(self) -> tuple[Figures, ...]:
        """The figures on every reading of the times, the best one first (SEMANTICS M7)."""
        return self.best, *self.others

    def between(self, figure: Callable[[Figures], Value]) -> tuple[Value, Value]:
        """Return the least and the greatest that a figure can be."""
        found = [figure(each) for each in self.readings]
        return min(found), max(found)

    def edges(self) -> list[OutageBounds]:
        """Return between what each outage began, ended and lasted; nothing where all is exact.

        The other readings have it where the same lines began and ended one of theirs.
        """
        if not self.others:
            return []
        begun = [{each.started_by: each for each in one.outages} for one in self.others]
        ended = [{each.ended_by: each for each in one.outages} for one in self.others]
        found = []
        for outage in self.best.outages:
            first = [one.get(outage.started_by, outage) for one in begun]
            last = [one.get(outage.ended_by, outage) for one in ended]
            starts = [outage.start, *(each.start for each in first)]
            ends = [outage.end, *(each.end for each in last)]
            lengths = [outage.length]
            for one, other in zip(first, last, strict=True):
                lengths.append(one.length if one == other else max(0, other.end - one.start))
            edges = (Span(min(each), max(each)) for each in (starts, ends, lengths))
            found.append(OutageBounds(*edges))
        return found


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

    def between(self, figure: Callable[[WorkOutcome], Duration]) -> tuple[Duration, Duration]:
        """Return the least and the greatest that a figure can be."""
        found = [figure(each) for each in (self.best, *self.others)]
        return min(found), max(found)


class RollUp(NamedTuple):
    """Figures of several services as one, each by its name (SEMANTICS M9), on one reading.

    `any_down` is the time in which at least one of them is down, `all_down` that in which every one
    is, `service_time` the sum. `mean` is the mean of their availabilities, and `user_weighted` that
    in which each counts as often as it has users; what has no availability or no users is left out.
    """

    any_down: Duration
    all_down: Duration
    service_time: Duration
    mean: Availability
    user_weighted: Availability


class Totals(NamedTuple):
    """The totals of the services of a group, on the best reading of the times and the `others`.

    `label` is what they have in common; empty of those that lack it, and of all of them together.
    """

    label: str
    services: tuple[str, ...]
    best: RollUp
    others: tuple[RollUp, ...] = ()

    def between(self, figure: Callable[[RollUp], int]) -> tuple[int, int]:
        """Return the least and the greatest that a figure can be."""
        found = [figure(each) for each in (self.best, *self.others)]
        return min(found), max(found)


class ServiceTakenDown(NamedTuple):
    """For how long a failure took a service down (SEMANTICS S5).

    It came down `through` these, from the one that the service requires to the one that failed.
    Best, least and greatest time (M7); `users` are those of the service that was taken down.
    """

    service: str
    through: tuple[str, ...]
    time: Duration
    least: Duration
    greatest: Duration
    users: int | None


class BlastRadius(NamedTuple):
    """What the failure of one service took down: its blast radius (SEMANTICS S5).

    `rooted` is the part of the inherited time that began with this service and did not only pass
    through it: over all services it adds up to what was inherited. Best, least and greatest.
    `took_down` are the near ones; `more` lie further away. It took down `services` on the best
    reading, `possible` on any. Their `users`, added up, are None where nobody says of any.
    """

    service: str
    took_down: tuple[ServiceTakenDown, ...]
    time: tuple[Duration, Duration, Duration]
    rooted: tuple[Duration, Duration, Duration]
    services: int
    possible: int
    users: int | None
    without_users: int
    more: int


class Period(NamedTuple):
    """A part of the window, such as one of its months, and the figures of the services in it."""

    label: str
    window: Span
    services: tuple[ServiceReport, ...]
    totals: Totals | None = None
    groups: tuple[Totals, ...] = ()


class ObjectiveReport(NamedTuple):
    """An objective with a period of its own, in one such period: a month, or the worst 30 days.

    `best` are the figures there on the best reading of the times, `others` on the kindest and the
    harshest; of a rolling period each has the window that is the worst on it.
    """

    service: str
    objective: Objective
    label: str
    window: Span
    best: Figures
    others: tuple[Figures, ...]


class ClaimVerdict(StrEnum):
    """How a claim compares with the figure (SEMANTICS C)."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNDECIDABLE = "undecidable"


class ClaimReport(NamedTuple):
    """A published figure beside the computed one, on the stretch of time that it is about.

    `best` is the figure on the best reading of the times, `least` and `most` its bounds. It is None
    where there is none: no outage began, or nothing is known. `most` is None too where something is
    still going on. `outages` are those that the figure is made of.
    """

    claim: Claim
    finding: ClaimVerdict
    accepted: AcceptedRange
    stretch: Span
    best: Parts | None
    least: Parts | None
    most: Parts | None
    outages: tuple[Outage, ...]
    is_ongoing: bool = False
    has_data: bool = True

    @property
    def difference(self) -> Parts | None:
        """The computed figure less the published one, or None where there is no figure.

        A duration is in microseconds over 1, a share is a fraction. An ongoing outage that was
        published to end later has no difference yet.
        """
        if self.best is None:
            return None
        ratio = self.accepted.difference(self.best)
        may_end_later = self.is_ongoing and self.claim.figure is ClaimKind.ENDS
        return None if may_end_later and ratio[0] < 0 else ratio

    @property
    def time_difference(self) -> Duration | None:
        """The difference of durations and times, in microseconds; None for shares."""
        is_share = self.claim.figure is ClaimKind.AVAILABILITY
        return None if is_share or self.difference is None else self.difference[0]


class File(NamedTuple):
    """A source the report is made of, and the digest that says which version of it."""

    path: str
    sha256: str


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


class SourceLines(NamedTuple):
    """The way back from a mark to its line: where it stands, and what it says happened.

    Nothing is looked for before somebody asks; the number of a line costs less than its place.
    """

    find: Callable[[SourceRef], Place] = lambda mark: Place(mark.file)
    line: Callable[[SourceRef], int] = lambda _: 0
    tell: Callable[[SourceRef], str] = lambda _: ""


class StatesByService:
    """What each service was all through the window, by its id, on the best reading.

    Nothing is laid out before somebody asks. It follows from what the figures follow from, and so
    makes no difference between two reports.
    """

    def __init__(self, of: Callable[[str], Sequence[StateSpan]] = lambda _: ()) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatesByService)

    def __hash__(self) -> int:
        return hash(StatesByService)


class PlannedWork(NamedTuple):
    """Work on services that a line announces, once; `end` is None where it names no end."""

    start: Instant
    end: Instant | None
    services: tuple[str, ...]
    mark: SourceRef


class PlannedWorkList:
    """The work that goes on in a window or comes after it, in order of time (SEMANTICS M6).

    Nothing is laid out before somebody asks. It follows from the files, and so makes no difference
    between two reports.
    """

    def __init__(self, all_: Callable[[], Sequence[PlannedWork]] = lambda: ()) -> None:
        self.all = all_

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlannedWorkList)

    def __hash__(self) -> int:
        return hash(PlannedWorkList)


class Report(NamedTuple):
    """One window, one method, any number of services.

    `groups` are the totals of services that have in common what `group_by` names.

    `chart` is None where nobody wants to draw one.
    `as_of` is None where nothing was open; `as_of_is_now` where the present clock closed it (T6).
    `milestones` are those of its incidents; None where no file tells any.
    """

    title: str
    timezone: str
    files: tuple[File, ...]
    sources: tuple[Source, ...]
    label: str
    window: Span
    as_of: Instant | None
    as_of_is_now: bool
    method: Method
    services: tuple[ServiceReport, ...]
    periods: tuple[Period, ...] = ()
    claims: tuple[ClaimReport, ...] = ()
    objectives: tuple[ObjectiveReport, ...] = ()
    what_if: "WhatIf | None" = None
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: SourceLines = SourceLines()
    maintenance: tuple[PlannedWorkReport, ...] = ()
    totals: Totals | None = None
    group_by: str | None = None
    groups: tuple[Totals, ...] = ()
    blasts: tuple[BlastRadius, ...] = ()
    milestones: "Milestones | None" = None
    courses: StatesByService = StatesByService()
    chart: "Chart | None" = None
    plans: PlannedWorkList = PlannedWorkList()


class WhatIf(NamedTuple):
    """The same outage, moved, and the report on it."""

    by: Duration
    start: Instant
    report: Report
