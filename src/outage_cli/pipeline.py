"""From sources to reports: read, check, account, measure. No file is opened and no clock read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from outage_cli import registry
from outage_cli.accounting.books import books
from outage_cli.accounting.named_methods import STANDARD
from outage_cli.accounting.requested_services import united, unknown_service
from outage_cli.accounting.scope import ReportRequest, scope_of
from outage_cli.accounting.statements import Scenario
from outage_cli.lint.dependency_cycles import circles
from outage_cli.measures import on_demand
from outage_cli.measures.services import Measures
from outage_cli.measures.totals import ServiceDowntimes
from outage_cli.model.lookups import source_lines
from outage_cli.model.method import Method
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import File, Report, WhatIf
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.source import Source
from outage_cli.when.calendar.windows import too_many

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.promises import ClaimReport, ObjectiveReport
    from outage_cli.model.story import Story

__all__ = ["ReportRequest", "check", "compare", "explain", "read", "report", "show"]

_HEAD = 4096

Promises: TypeAlias = "tuple[tuple[ClaimReport, ...], tuple[ObjectiveReport, ...]]"
"""Claims and objectives, each with its figure."""


def read(source: Source) -> ReadResult:
    """Read one source in the format it names, its suffix says or its first characters show."""
    reader = registry.named(source.format, registry.READERS) if source.format else None
    module = registry.load((reader or _sniffed(source)).home)
    reading: ReadResult = module.read(source)
    return check(reading)


def _sniffed(source: Source) -> registry.Reader:
    for reader in registry.READERS:
        if source.name.lower().endswith(reader.suffixes):
            return reader
    head = source.data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    return next(each for each in registry.READERS if re.match(each.starts, head))


def check(reading: ReadResult) -> ReadResult:
    """Return a reading with the problems that the rules of `lint` find, in order of place."""
    if reading.timeline is None:
        return reading
    problems = list(reading.problems)
    for entry in registry.CHECKS:
        rule = registry.load(entry.home).check
        problems += (trouble.at(reading.find(mark)) for mark, trouble in rule(reading.timeline))
    return reading._replace(problems=tuple(sorted(problems, key=lambda problem: problem.place)))


def report(
    readings: Sequence[ReadResult], request: ReportRequest, method: Method = STANDARD
) -> Report | ProblemText:
    """Return the report for a request, or the problem that prevents it."""
    measures = _measures(readings, request, method)
    if isinstance(measures, ProblemText):
        return measures
    has_promises = registry.PROMISES in request.needs
    claims = on_demand.claims(measures) if has_promises else ()
    if isinstance(claims, ProblemText):
        return claims
    objectives = on_demand.objectives(measures) if has_promises else ()
    if isinstance(objectives, ProblemText):
        return objectives
    what_if = _what_if(readings, request, method)
    if isinstance(what_if, ProblemText):
        return what_if
    return _report(readings, request, measures, (claims, objectives), what_if)


def show(readings: Sequence[ReadResult], request: ReportRequest) -> Story | ProblemText:
    """Return the events of the timelines and a chart, or the problem that prevents it."""
    request = request._replace(needs=frozenset({registry.CHART}))
    measures = _measures(readings, request, STANDARD)
    if isinstance(measures, ProblemText):
        return measures
    from outage_cli.measures.story import story
    from outage_cli.model.story import Story

    shown = _report(readings, request, measures)
    start, events, left_out = story(
        on_demand.chart(measures.books, whole=request.window is not None),
        measures.books.timelines,
        only_window=request.window is not None,
        only_services=bool(request.services),
    )
    return Story(shown, start, events, left_out)


def compare(
    readings: Sequence[ReadResult], request: ReportRequest, methods: Sequence[Method]
) -> Comparison | ProblemText:
    """Return the report for a request under every method, or the problem that prevents it."""
    request = request._replace(needs=request.needs & {registry.WORST_WINDOWS})
    measures = _measures(readings, request, STANDARD)
    if isinstance(measures, ProblemText):
        return measures
    from outage_cli.measures.differences import differences
    from outage_cli.model.comparison import Comparison, MethodResult

    by_method = [measures.under(method) for method in methods]
    return Comparison(
        _report(readings, request, measures),
        tuple(
            MethodResult(each.books.method, each.services(), differences(each.books, STANDARD))
            for each in by_method
        ),
    )


def explain(
    readings: Sequence[ReadResult],
    request: ReportRequest,
    method: Method = STANDARD,
    scenario: str = Scenario.BEST.value,
    at: str | None = None,
) -> Explanation | ProblemText:
    """Return the intervals behind the figures of the one service requested, or behind one instant.

    Where no time is vague there is one scenario, whichever is named.
    """
    shown_too = {registry.WORST_WINDOWS, registry.BLAST_RADIUS}
    request = request._replace(needs=request.needs & shown_too)
    measures = _measures(readings, request, method)
    if isinstance(measures, ProblemText):
        return measures
    books = measures.books
    if len(books.names) > 1:
        hint = f"say which one: {', '.join(books.names)}"
        return ProblemText("no-service", "there is more than one service to explain", hint)
    from outage_cli.measures.explanation import explanation

    return explanation(books, _report(readings, request, measures), scenario, at)


def _measures(
    readings: Sequence[ReadResult], request: ReportRequest, method: Method
) -> Measures | ProblemText:
    """Return the measures of the timelines that were read, or the problem with the request."""
    timelines = [reading.timeline for reading in readings if reading.timeline]
    services = united(timelines)
    for _, circle in circles(services):
        hint = "leave one of these requirements out"
        return ProblemText("circular-requires", f"services go round in a circle: {circle}", hint)
    best = scope_of(timelines, request)
    if isinstance(best, ProblemText):
        return best
    if unknown := unknown_service(request.services, services):
        return unknown
    if many := too_many(best.window, request.by):
        return many
    accounted = books(timelines, services, best, request, method)
    return Measures(accounted, with_worst_windows=registry.WORST_WINDOWS in request.needs)


def _report(
    readings: Sequence[ReadResult],
    request: ReportRequest,
    measures: Measures,
    promises: Promises = ((), ()),
    what_if: WhatIf | None = None,
) -> Report:
    """Return the report on the books of `measures`, with the parts that the request needs."""
    accounted, has_parts = measures.books, registry.PARTS in request.needs
    timelines, best = accounted.timelines, accounted.best.scope
    services = measures.services()
    needs_paths = registry.BLAST_RADIUS in request.needs
    paths = on_demand.requirement_paths(accounted, services) if needs_paths else None
    downtimes = ServiceDowntimes(accounted, request.group_by if has_parts else None)
    lines = source_lines(readings)
    problems = [problem for reading in readings for problem in reading.problems]
    milestones = on_demand.milestones(accounted, lines.find, problems)
    return Report(
        title=" · ".join(dict.fromkeys(each.title for each in timelines if each.title)),
        timezone=best.timezone,
        files=tuple(File(each.file, each.sha256) for each in timelines),
        sources=tuple(dict.fromkeys(source for each in timelines for source in each.sources)),
        label=best.label,
        window=best.window,
        as_of=best.as_of,
        as_of_is_now=best.as_of_is_now,
        method=accounted.method,
        services=paths.with_roots(services) if paths else services,
        periods=on_demand.periods(measures, downtimes, paths, request.by) if has_parts else (),
        claims=promises[0],
        objectives=promises[1],
        what_if=what_if,
        notes=tuple(note for each in timelines for note in each.notes),
        problems=(*problems, *(milestones.problems if milestones else ())),
        lines=lines,
        maintenance=on_demand.maintenance(accounted, services),
        totals=downtimes.totals(services),
        group_by=request.group_by,
        groups=downtimes.groups(services),
        blasts=on_demand.blasts(accounted) if paths else (),
        milestones=milestones,
        states=on_demand.states(accounted),
        chart=on_demand.chart(accounted, whole=request.window is not None)
        if registry.CHART in request.needs
        else None,
        plans=on_demand.planned_work(accounted),
    )


def _what_if(
    readings: Sequence[ReadResult], request: ReportRequest, method: Method
) -> WhatIf | ProblemText | None:
    """Return the report on the same outage at another time; None if no shift is requested."""
    if request.shift is None and request.start is None:
        return None
    from outage_cli.accounting import what_if as shifting

    timelines = [reading.timeline for reading in readings if reading.timeline]
    by = shifting.distance(timelines, request)
    if isinstance(by, ProblemText):
        return by
    start = shifting.start(timelines)
    if registry.PARTS not in request.needs or start is None:
        return None
    elsewhere = [
        each._replace(timeline=each.timeline and shifting.moved(each.timeline, by))
        for each in readings
    ]
    moved = report(elsewhere, request._replace(shift=None, start=None, moved=by), method)
    return moved if isinstance(moved, ProblemText) else WhatIf(by, start + by, moved)
