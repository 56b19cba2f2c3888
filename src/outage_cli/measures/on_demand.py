"""Measures that only some reports have. Each is imported only where there is something to measure.

Whether an output needs a measure is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from outage_cli.accounting.books import Books
from outage_cli.measures.services import Measures
from outage_cli.model.event import SourceRef
from outage_cli.model.lookups import PlannedWorkList, StatesByService
from outage_cli.model.problem import Place, Problem, ProblemText
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.state import State

if TYPE_CHECKING:
    from outage_cli.measures.requirement_paths import RequirementPaths
    from outage_cli.measures.totals import ServiceDowntimes
    from outage_cli.model.blast_radius import BlastRadius
    from outage_cli.model.chart import Chart
    from outage_cli.model.milestones import Milestones
    from outage_cli.model.planned_work import PlannedWork, PlannedWorkReport
    from outage_cli.model.promises import ClaimReport, ObjectiveReport
    from outage_cli.model.report import Period
    from outage_cli.model.state_span import StateSpan


def claims(measures: Measures) -> tuple[ClaimReport, ...] | ProblemText:
    """Return the published figures beside the computed ones (SEMANTICS C)."""
    if not any(timeline.claims for timeline in measures.books.timelines):
        return ()
    from outage_cli.measures.claims import claims as judged

    return judged(measures)


def objectives(measures: Measures) -> tuple[ObjectiveReport, ...] | ProblemText:
    """Return the objectives that have a period of their own, in each such period."""
    if not any(service.objective for service in measures.books.asked_for):
        return ()
    from outage_cli.measures.objectives import objectives as measured

    return measured(measures)


def maintenance(books: Books, services: Iterable[ServiceReport]) -> tuple[PlannedWorkReport, ...]:
    """Return what became of planned work (SEMANTICS M6)."""
    if not any(timeline.maintenance for timeline in books.timelines) and not any(
        figures.buckets[State.MAINTENANCE] for service in services for figures in service.readings
    ):
        return ()
    from outage_cli.measures.maintenance_audit import audit

    return tuple(audit(books))


def requirement_paths(books: Books, services: Iterable[ServiceReport]) -> RequirementPaths | None:
    """Return the paths from services to the roots of their outages; None if none is inherited."""
    if not any(
        figures.inherited or any(outage.inherited_from for outage in figures.outages)
        for service in services
        for figures in service.readings
    ):
        return None
    from outage_cli.measures.requirement_paths import RequirementPaths

    return RequirementPaths(books.best.histories.ladders)


def milestones(
    books: Books, find: Callable[[SourceRef], Place], reported: Sequence[Problem]
) -> Milestones | None:
    """Return the milestones of the files, if any of them has a phase.

    Their problems are those that are not among the `reported` ones already.
    """
    if not any(event.phase for timeline in books.timelines for event in timeline.events):
        return None
    from outage_cli.measures.milestones import milestones as measure

    measured = measure(books, find)
    known = {(problem.code, problem.place) for problem in reported}
    return measured and measured._replace(
        problems=tuple(
            problem for problem in measured.problems if (problem.code, problem.place) not in known
        )
    )


def periods(
    measures: Measures,
    downtimes: ServiceDowntimes,
    paths: RequirementPaths | None,
    unit: str | None,
) -> tuple[Period, ...]:
    """Return the parts of the window that each lie in one unit of the calendar."""
    if unit is None:
        return ()
    from outage_cli.measures.periods import periods as measured

    return tuple(measured(measures, downtimes, paths, unit))


def blasts(books: Books) -> tuple[BlastRadius, ...]:
    """Return the blast radius of each service that took another one down (SEMANTICS S5)."""
    from outage_cli.measures.blast_radius import blasts as measured

    return measured(books)


def chart(books: Books, *, whole: bool) -> Chart:
    """Return the chart of the `whole` window, or of the part in which something happens."""
    from outage_cli.measures.chart import chart as drawn

    return drawn(books, whole=whole)


def states(books: Books) -> StatesByService:
    """Return the states of each service in the window."""
    return StatesByService(partial(_states, books))


def _states(books: Books, service: str) -> Sequence[StateSpan]:
    from outage_cli.measures.states import states as spans

    return spans(books, service)


def planned_work(books: Books) -> PlannedWorkList:
    """Return the work that is planned in the window or after it."""
    return PlannedWorkList(partial(_planned_work, books))


def _planned_work(books: Books) -> Sequence[PlannedWork]:
    from outage_cli.measures.planned_work import plans

    scope = books.best.scope
    return plans(scope.statements, scope.window)
