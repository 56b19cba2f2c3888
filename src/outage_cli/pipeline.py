"""The whole tool on one page: read, account, measure. Nothing here opens a file or asks a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

from outage_cli import registry
from outage_cli.accounting.books import Books, books
from outage_cli.accounting.named_methods import STANDARD
from outage_cli.accounting.scope import ReportRequest, Scope, scope_of, united
from outage_cli.accounting.statements import Scenario
from outage_cli.lint.circles import circles
from outage_cli.measures import on_demand
from outage_cli.measures.services import Measures
from outage_cli.measures.totals import ServiceDowntimes
from outage_cli.model.event import SourceRef
from outage_cli.model.lookups import PlannedWorkList, SourceLines, StatesByService
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, ProblemText
from outage_cli.model.report import File, Period, Report, WhatIf
from outage_cli.model.service import Service
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import Way
from outage_cli.readers.source import Source
from outage_cli.when.calendar.windows import parts, too_many
from outage_cli.when.clock.zones import known

if TYPE_CHECKING:
    from outage_cli.measures.blast_radius import RequirementPaths
    from outage_cli.model.blast_radius import BlastRadius
    from outage_cli.model.chart import Chart
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.planned_work import PlannedWork
    from outage_cli.model.promises import ClaimReport, ObjectiveReport
    from outage_cli.model.state_span import StateSpan
    from outage_cli.model.story import Story

__all__ = ["ReportRequest", "check", "compare", "explain", "read", "report", "show"]

_HEAD = 4096

Promises: TypeAlias = "tuple[tuple[ClaimReport, ...], tuple[ObjectiveReport, ...]]"
"""Claims and objectives, each beside its figure."""


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
    """Return a reading with the findings of the checks among its problems, in order of place."""
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
    """Return the report that is asked for, or why there is none."""
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
    """Return the story that the timelines tell, with a chart, or why there is none."""
    request = request._replace(needs=frozenset({registry.CHART}))
    measures = _measures(readings, request, STANDARD)
    if isinstance(measures, ProblemText):
        return measures
    from outage_cli.measures.story import story
    from outage_cli.model.story import Story

    shown = _report(readings, request, measures)
    start, events, left_out = story(
        _chart(measures.books, request),
        measures.books.timelines,
        only_window=request.window is not None,
        only_services=bool(request.services),
    )
    return Story(shown, start, events, left_out)


def compare(
    readings: Sequence[ReadResult], request: ReportRequest, methods: Sequence[Method]
) -> Comparison | ProblemText:
    """Return the report that is asked for under every method, or why there is none."""
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
    """Return what is behind the figures of the one service that is asked for, or of one instant.

    Where no time leaves a choice there is one scenario, whichever is asked for.
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
    from outage_cli.measures import edge_bounds
    from outage_cli.measures import explanation as measure
    from outage_cli.model.explanation import Explanation

    explained = _report(readings, request, measures)
    of_service = edge_bounds.books_of(books, explained.services[0])
    scenarios = measure.known(of_service)
    shown = next((at for at, each in enumerate(scenarios) if each.name == scenario), 0)
    intervals = measure.intervals(books.services, books.names[0], of_service, shown, method)
    explanation = Explanation(explained, scenarios[shown], tuple(intervals), scenarios)
    if at is None:
        return explanation
    from outage_cli.measures.instant import instant, requested_instant

    window = scenarios[shown].window
    moment = requested_instant(at, books.best.scope, window, books.timelines)
    if isinstance(moment, ProblemText):
        return moment
    service = books.asked_for[0]
    return explanation._replace(instant=instant(service, of_service, shown, intervals, moment))


def _measures(
    readings: Sequence[ReadResult], request: ReportRequest, method: Method
) -> Measures | ProblemText:
    """Return what measures the timelines that were read, with their books."""
    timelines = [reading.timeline for reading in readings if reading.timeline]
    services = united(timelines)
    for _, circle in circles(services):
        hint = "leave one of these requirements out"
        return ProblemText("circular-requires", f"services go round in a circle: {circle}", hint)
    best = scope_of(timelines, request)
    if isinstance(best, ProblemText):
        return best
    if unknown := _unknown(request.services, services):
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
    """Return the report on books, with as much of it as somebody needs."""
    accounted, has_parts = measures.books, registry.PARTS in request.needs
    timelines, best = accounted.timelines, accounted.best.scope
    services = measures.services()
    paths = _paths(accounted, services, request)
    downtimes = ServiceDowntimes(accounted, request.group_by if has_parts else None)
    lines = _lines(readings)
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
        periods=tuple(_periods(measures, downtimes, paths, request)) if has_parts else (),
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
        blasts=_blasts(accounted) if paths else (),
        milestones=milestones,
        states=StatesByService(partial(_states, accounted)),
        chart=_chart(accounted, request) if registry.CHART in request.needs else None,
        plans=PlannedWorkList(partial(_plans, best)),
    )


def _periods(
    measures: Measures,
    downtimes: ServiceDowntimes,
    paths: RequirementPaths | None,
    request: ReportRequest,
) -> Iterator[Period]:
    """Yield the parts of the window that are asked for, each with the figures in it."""
    best = measures.books.best.scope
    for label, window in parts(best.window, request.by, known(best.timezone)):
        services = measures.services(window)
        yield Period(
            label,
            window,
            paths.with_roots(services) if paths else services,
            downtimes.totals(services, window),
            downtimes.groups(services, window),
        )


def _what_if(
    readings: Sequence[ReadResult], request: ReportRequest, method: Method
) -> WhatIf | ProblemText | None:
    """Return the report on the same outage at another time, if that is asked for."""
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


def _paths(
    accounted: Books, services: Sequence[ServiceReport], request: ReportRequest
) -> RequirementPaths | None:
    if registry.BLAST_RADIUS not in request.needs:
        return None
    return on_demand.requirement_paths(accounted, services)


def _blasts(accounted: Books) -> tuple[BlastRadius, ...]:
    from outage_cli.measures.blast_radius import blasts

    return blasts(accounted)


def _chart(accounted: Books, request: ReportRequest) -> Chart:
    from outage_cli.measures.chart import chart

    return chart(accounted, whole=request.window is not None)


def _states(accounted: Books, name: str) -> Sequence[StateSpan]:
    from outage_cli.measures.states import states  # few outputs show them

    return states(accounted, name)


def _plans(best: Scope) -> Sequence[PlannedWork]:
    from outage_cli.measures.planned_work import plans  # few outputs show them

    return plans(best.statements, best.window)


def _lines(readings: Iterable[ReadResult]) -> SourceLines:
    """Return the way from a mark back to its place and to what its line says."""
    by_file = {reading.timeline.file: reading for reading in readings if reading.timeline}

    def find(mark: SourceRef) -> Place:
        reading = by_file.get(mark.file)
        return reading.find(mark) if reading else Place(mark.file)

    def line(mark: SourceRef) -> int:
        reading = by_file.get(mark.file)
        return reading.line(mark) if reading else 0

    @cache
    def texts(file: str) -> dict[Way, str]:
        timeline = by_file[file].timeline if file in by_file else None
        if timeline is None:
            return {}
        works = {work.mark.way: work.what for work in timeline.maintenance}
        return works | {event.mark.way: event.what for event in timeline.events}

    return SourceLines(find, line, lambda mark: texts(mark.file).get(mark.way, ""))


def _unknown(names: Iterable[str], services: Mapping[str, Service]) -> ProblemText | None:
    """Return the trouble with a service that is asked for and does not exist, if there is one."""
    for name in names:
        if name not in services:
            close = get_close_matches(name, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            return ProblemText("unknown-service", f"no service has the id `{name}`", hint)
    return None
