"""The report: all figures of one window, as exact values."""

from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model.event import CitedSource
from outage_cli.model.lookups import PlannedWorkList, SourceLines, StatesByService
from outage_cli.model.method import Method
from outage_cli.model.problem import Problem
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.totals import Totals

if TYPE_CHECKING:  # only few reports have them
    from outage_cli.model.blast_radius import BlastRadius
    from outage_cli.model.chart import Chart
    from outage_cli.model.milestones import Milestones
    from outage_cli.model.planned_work import PlannedWorkReport
    from outage_cli.model.promises import ClaimReport, ObjectiveReport


class Period(NamedTuple):
    """A part of the window, such as one of its months, and the figures of the services in it."""

    label: str
    window: Span
    services: tuple[ServiceReport, ...]
    totals: Totals | None = None
    groups: tuple[Totals, ...] = ()


class File(NamedTuple):
    """A source of the report, and the digest of its content."""

    path: str
    sha256: str


class Report(NamedTuple):
    """One window, one method, any number of services.

    `groups` are the totals of services with the same `group_by` property. `chart` is None if no
    output draws one. `as_of` is None where nothing was open; `as_of_is_now` says that it is the
    present (T6). `milestones` are those of its incidents; None where no timeline has a phase.
    """

    title: str
    timezone: str
    files: tuple[File, ...]
    sources: tuple[CitedSource, ...]
    label: str
    window: Span
    as_of: Instant | None
    as_of_is_now: bool
    method: Method
    services: tuple[ServiceReport, ...]
    periods: tuple[Period, ...] = ()
    claims: "tuple[ClaimReport, ...]" = ()
    objectives: "tuple[ObjectiveReport, ...]" = ()
    what_if: "WhatIf | None" = None
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: SourceLines = SourceLines()
    maintenance: "tuple[PlannedWorkReport, ...]" = ()
    totals: Totals | None = None
    group_by: str | None = None
    groups: tuple[Totals, ...] = ()
    blasts: "tuple[BlastRadius, ...]" = ()
    milestones: "Milestones | None" = None
    states: StatesByService = StatesByService()
    chart: "Chart | None" = None
    plans: PlannedWorkList = PlannedWorkList()


class WhatIf(NamedTuple):
    """The same outage, moved, and the report on it."""

    by: Duration
    start: Instant
    report: Report
