"""The whole tool on one page: read, account, measure. Nothing here opens a file or asks a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING

from outage_cli import registry
from outage_cli.accounting.ledger import within
from outage_cli.accounting.named_methods import STANDARD
from outage_cli.accounting.scope import ReportRequest, Scope, frame, united
from outage_cli.accounting.streams import Scenario
from outage_cli.lint.circles import circles
from outage_cli.measures.books import Measures
from outage_cli.model.event import SourceRef
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Problem, ProblemText
from outage_cli.model.report import (
    File,
    Period,
    PlannedWork,
    PlannedWorkList,
    Report,
    SourceLines,
    StatesByService,
    WhatIf,
)
from outage_cli.model.service import Service
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import Way
from outage_cli.readers.source import Source
from outage_cli.when.calendar.windows import parts, too_many
from outage_cli.when.clock.zones import known

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.milestones import Milestones
    from outage_cli.model.story import Story

__all__ = ["ReportRequest", "check", "compare", "explain", "read", "report", "show"]

_HEAD = 4096


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
    found = list(reading.problems)
    for entry in registry.CHECKS:
        rule = registry.load(entry.home).check
        found += (trouble.at(reading.find(mark)) for mark, trouble in rule(reading.timeline))
    return reading._replace(problems=tuple(sorted(found, key=lambda each: each.place)))


def report(
    readings: Sequence[ReadResult], asked: ReportRequest, method: Method = STANDARD
) -> Report | ProblemText:
    """Return the report that is asked for, or why there is none; moved too, if that is asked."""
    told = _report(readings, asked, method)
    if isinstance(told, ProblemText) or (asked.shift is None and asked.start is None):
        return told
    from outage_cli.accounting import what_if as shifting

    timelines = [reading.timeline for reading in readings if reading.timeline]
    by = shifting.wanted(timelines, asked)
    if isinstance(by, ProblemText):
        return by
    elsewhere = [
        each._replace(timeline=each.timeline and shifting.moved(each.timeline, by))
        for each in readings
    ]
    moved = _report(elsewhere, asked._replace(moved=by), method)
    if isinstance(moved, ProblemText):
        return moved
    start = min(at for timeline in timelines for at, _ in timeline.told[:1])
    return told._replace(what_if=WhatIf(by, start + by, moved))


def show(readings: Sequence[ReadResult], asked: ReportRequest) -> Story | ProblemText:
    """Return the story that the timelines tell, with a chart, or why there is none."""
    told = _report(readings, asked._replace(charted=True, traced=False), STANDARD)
    if isinstance(told, ProblemText):
        return told
    from outage_cli.measures.story import story

    timelines = [reading.timeline for reading in readings if reading.timeline]
    return story(
        told,
        timelines,
        only_window=asked.window is not None,
        only_services=bool(asked.services),
    )


def compare(
    readings: Sequence[ReadResult], asked: ReportRequest, methods: Sequence[Method]
) -> Comparison | ProblemText:
    """Return the report that is asked for under every method, or why there is none."""
    from outage_cli.model.comparison import Comparison, MethodResult

    measures = _measured(readings, asked._replace(traced=False), STANDARD)
    if isinstance(measures, ProblemText):
        return measures
    told = _told(readings, asked, measures)
    return Comparison(
        told,
        tuple(
            MethodResult(each, measures.under(each).all(), measures.differences(STANDARD))
            for each in methods
        ),
    )


def explain(
    readings: Sequence[ReadResult],
    asked: ReportRequest,
    method: Method = STANDARD,
    reading: str = Scenario.BEST.value,
    at: str | None = None,
) -> Explanation | ProblemText:
    """Return what is behind the figures of the one service that is asked for, or of one instant."""
    from outage_cli.accounting.method_rules import around
    from outage_cli.measures import explanation as behind
    from outage_cli.measures.edge_bounds import ScenarioBook

    measures = _measured(readings, asked, method)
    if isinstance(measures, ProblemText):
        return measures
    if len(measures.wanted) > 1:
        hint = f"say which one: {', '.join(measures.wanted)}"
        return ProblemText("no-service", "there is more than one service to explain", hint)
    told = _told(readings, asked, measures)
    (name,), (one,), services = measures.wanted, told.services, measures.services
    books = [
        ScenarioBook(
            framed,
            book[name].entries,
            around(services, framed.told, framed.window, book, method).get(name),
            figures,
        )
        for framed, book, figures in zip(
            measures.frames, measures.books, (one.best, *one.others), strict=True
        )
    ]
    explained = behind.explanation(told, services, books, reading)
    if at is None:
        return explained
    from outage_cli.measures import instant

    return instant.explained(explained, services, books, at, measures.timelines)


def _report(
    readings: Sequence[ReadResult], asked: ReportRequest, method: Method
) -> Report | ProblemText:
    measures = _measured(readings, asked, method)
    if isinstance(measures, ProblemText):
        return measures
    return measures.beside(_told(readings, asked, measures))


def _measured(
    readings: Sequence[ReadResult], asked: ReportRequest, method: Method
) -> Measures | ProblemText:
    timelines = [reading.timeline for reading in readings if reading.timeline]
    services = united(timelines)
    wanted = _wanted(asked.services, services)
    framed = frame(timelines, asked)
    for _, circle in circles(services):
        hint = "leave one of these requirements out"
        return ProblemText("circular-requires", f"services go round in a circle: {circle}", hint)
    if isinstance(framed, ProblemText):
        return framed
    if isinstance(wanted, ProblemText):
        return wanted
    if many := too_many(framed.window, asked.by):
        return many
    return Measures(timelines, asked, framed, method, wanted)


def _told(readings: Sequence[ReadResult], asked: ReportRequest, measures: Measures) -> Report:
    timelines, framed = measures.timelines, measures.frames[0]
    services = measures.all()
    lines = _lines(readings)
    problems = [problem for each in readings for problem in each.problems]
    milestones = _milestones(measures, framed, lines, problems)
    told = Report(
        title=" · ".join(dict.fromkeys(each.title for each in timelines if each.title)),
        timezone=framed.timezone,
        files=tuple(File(each.file, each.sha256) for each in timelines),
        sources=tuple(dict.fromkeys(source for each in timelines for source in each.sources)),
        label=framed.label,
        window=framed.window,
        as_of=framed.as_of,
        as_of_is_now=framed.as_of_is_now,
        method=measures.method,
        services=services,
        periods=tuple(
            Period(part.label, part.window, measures.all(partial(within, window=part.window)))
            for part in parts(framed.window, asked.by, known(framed.timezone))
        ),
        notes=tuple(note for each in timelines for note in each.notes),
        problems=(*problems, *(milestones.problems if milestones else ())),
        lines=lines,
        maintenance=measures.maintenance(services),
        milestones=milestones,
        courses=StatesByService(measures.course),
        plans=PlannedWorkList(partial(_plans, framed)),
        group_by=asked.group_by,
    )
    told = measures.together(told)
    return measures.charted(told, whole=asked.window is not None) if asked.charted else told


def _plans(framed: Scope) -> Sequence[PlannedWork]:
    from outage_cli.measures.planned_work import plans  # few reports tell them

    return plans(framed.told, framed.window)


def _milestones(
    measures: Measures, framed: Scope, lines: SourceLines, said: Sequence[Problem]
) -> Milestones | None:
    """Return the milestones of the files, if any of them has a phase.

    Their problems are those that no check has said already.
    """
    timelines = (each.timeline for each in framed.told)
    if not any(event.phase for timeline in timelines for event in timeline.events):
        return None
    from outage_cli.measures.milestones import milestones

    found = milestones(measures.readings, framed.window, measures.method, lines.find)
    known = {(each.code, each.place) for each in said}
    return found and found._replace(
        problems=tuple(each for each in found.problems if (each.code, each.place) not in known)
    )


def _lines(readings: Iterable[ReadResult]) -> SourceLines:
    """Return the way from a mark back to its place and to what its line says."""
    read = {each.timeline.file: each for each in readings if each.timeline}

    def find(mark: SourceRef) -> Place:
        reading = read.get(mark.file)
        return reading.find(mark) if reading else Place(mark.file)

    def line(mark: SourceRef) -> int:
        reading = read.get(mark.file)
        return reading.line(mark) if reading else 0

    @cache
    def told(file: str) -> dict[Way, str]:
        timeline = read[file].timeline if file in read else None
        if timeline is None:
            return {}
        works = {each.mark.way: each.what for each in timeline.maintenance}
        return works | {each.mark.way: each.what for each in timeline.events}

    return SourceLines(find, line, lambda mark: told(mark.file).get(mark.way, ""))


def _wanted(
    names: tuple[str, ...], services: Mapping[str, Service]
) -> tuple[str, ...] | ProblemText:
    for name in names:
        if name not in services:
            close = get_close_matches(name, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            return ProblemText("unknown-service", f"no service has the id `{name}`", hint)
    return tuple(dict.fromkeys(names)) or tuple(services)
