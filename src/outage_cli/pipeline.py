"""The whole tool on one page: read, account, measure. Nothing here opens a file or asks a clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING

from outage_cli import registry
from outage_cli.accounting.frames import Asked, Frame, frame, united
from outage_cli.accounting.ledger import within
from outage_cli.accounting.methods import STANDARD
from outage_cli.accounting.streams import Estimate
from outage_cli.checks.circles import circles
from outage_cli.measures.books import Measures
from outage_cli.model.event import Mark
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Problem, Trouble
from outage_cli.model.report import Courses, File, Lines, Period, Plan, Plans, Report, WhatIf
from outage_cli.model.service import Service
from outage_cli.model.timeline import Reading
from outage_cli.readers.document import Way
from outage_cli.readers.source import Source
from outage_cli.when.windows import parts, too_many
from outage_cli.when.zones import known

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.milestones import Milestones
    from outage_cli.model.story import Story

__all__ = ["Asked", "check", "compare", "explain", "read", "report", "show"]

_HEAD = 4096


def read(source: Source) -> Reading:
    """Read one source in the format it names, its suffix says or its first characters show."""
    reader = registry.named(source.format, registry.READERS) if source.format else None
    module = registry.load((reader or _sniffed(source)).home)
    reading: Reading = module.read(source)
    return check(reading)


def _sniffed(source: Source) -> registry.Reader:
    for reader in registry.READERS:
        if source.name.lower().endswith(reader.suffixes):
            return reader
    head = source.data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff")
    return next(each for each in registry.READERS if re.match(each.starts, head))


def check(reading: Reading) -> Reading:
    """Return a reading with the findings of the checks among its problems, in order of place."""
    if reading.timeline is None:
        return reading
    found = list(reading.problems)
    for entry in registry.CHECKS:
        rule = registry.load(entry.home).check
        found += (trouble.at(reading.find(mark)) for mark, trouble in rule(reading.timeline))
    return reading._replace(problems=tuple(sorted(found, key=lambda each: each.place)))


def report(
    readings: Sequence[Reading], asked: Asked, method: Method = STANDARD
) -> Report | Trouble:
    """Return the report that is asked for, or why there is none; moved too, if that is asked."""
    told = _report(readings, asked, method)
    if isinstance(told, Trouble) or (asked.shift is None and asked.start is None):
        return told
    from outage_cli.accounting import shifting

    timelines = [reading.timeline for reading in readings if reading.timeline]
    by = shifting.wanted(timelines, asked)
    if isinstance(by, Trouble):
        return by
    elsewhere = [
        each._replace(timeline=each.timeline and shifting.moved(each.timeline, by))
        for each in readings
    ]
    moved = _report(elsewhere, asked._replace(moved=by), method)
    if isinstance(moved, Trouble):
        return moved
    start = min(at for timeline in timelines for at, _ in timeline.told[:1])
    return told._replace(what_if=WhatIf(by, start + by, moved))


def show(readings: Sequence[Reading], asked: Asked) -> Story | Trouble:
    """Return the story that the timelines tell, with a chart, or why there is none."""
    told = _report(readings, asked._replace(charted=True, traced=False), STANDARD)
    if isinstance(told, Trouble):
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
    readings: Sequence[Reading], asked: Asked, methods: Sequence[Method]
) -> Comparison | Trouble:
    """Return the report that is asked for under every method, or why there is none."""
    from outage_cli.model.comparison import Compared, Comparison

    measures = _measured(readings, asked._replace(traced=False), STANDARD)
    if isinstance(measures, Trouble):
        return measures
    told = _told(readings, asked, measures)
    return Comparison(
        told,
        tuple(
            Compared(each, measures.under(each).all(), measures.differences(STANDARD))
            for each in methods
        ),
    )


def explain(
    readings: Sequence[Reading],
    asked: Asked,
    method: Method = STANDARD,
    reading: str = Estimate.BEST.value,
    at: str | None = None,
) -> Explanation | Trouble:
    """Return what is behind the figures of the one service that is asked for, or of one instant."""
    from outage_cli.accounting.counting import around
    from outage_cli.measures import explain as behind
    from outage_cli.measures.edges import Book

    measures = _measured(readings, asked, method)
    if isinstance(measures, Trouble):
        return measures
    if len(measures.wanted) > 1:
        hint = f"say which one: {', '.join(measures.wanted)}"
        return Trouble("no-service", "there is more than one service to explain", hint)
    told = _told(readings, asked, measures)
    (name,), (one,), services = measures.wanted, told.services, measures.services
    books = [
        Book(
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


def _report(readings: Sequence[Reading], asked: Asked, method: Method) -> Report | Trouble:
    measures = _measured(readings, asked, method)
    if isinstance(measures, Trouble):
        return measures
    return measures.beside(_told(readings, asked, measures))


def _measured(readings: Sequence[Reading], asked: Asked, method: Method) -> Measures | Trouble:
    timelines = [reading.timeline for reading in readings if reading.timeline]
    services = united(timelines)
    wanted = _wanted(asked.services, services)
    framed = frame(timelines, asked)
    for _, circle in circles(services):
        hint = "leave one of these requirements out"
        return Trouble("circular-requires", f"services go round in a circle: {circle}", hint)
    if isinstance(framed, Trouble):
        return framed
    if isinstance(wanted, Trouble):
        return wanted
    if many := too_many(framed.window, asked.by):
        return many
    return Measures(timelines, asked, framed, method, wanted)


def _told(readings: Sequence[Reading], asked: Asked, measures: Measures) -> Report:
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
        courses=Courses(measures.course),
        plans=Plans(partial(_plans, framed)),
        group_by=asked.group_by,
    )
    told = measures.together(told)
    return measures.charted(told, whole=asked.window is not None) if asked.charted else told


def _plans(framed: Frame) -> Sequence[Plan]:
    from outage_cli.measures.plans import plans  # few reports tell them

    return plans(framed.told, framed.window)


def _milestones(
    measures: Measures, framed: Frame, lines: Lines, said: Sequence[Problem]
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


def _lines(readings: Iterable[Reading]) -> Lines:
    """Return the way from a mark back to its place and to what its line says."""
    read = {each.timeline.file: each for each in readings if each.timeline}

    def find(mark: Mark) -> Place:
        reading = read.get(mark.file)
        return reading.find(mark) if reading else Place(mark.file)

    def line(mark: Mark) -> int:
        reading = read.get(mark.file)
        return reading.line(mark) if reading else 0

    @cache
    def told(file: str) -> dict[Way, str]:
        timeline = read[file].timeline if file in read else None
        if timeline is None:
            return {}
        works = {each.mark.way: each.what for each in timeline.maintenance}
        return works | {each.mark.way: each.what for each in timeline.events}

    return Lines(find, line, lambda mark: told(mark.file).get(mark.way, ""))


def _wanted(names: tuple[str, ...], services: Mapping[str, Service]) -> tuple[str, ...] | Trouble:
    for name in names:
        if name not in services:
            close = get_close_matches(name, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            return Trouble("unknown-service", f"no service has the id `{name}`", hint)
    return tuple(dict.fromkeys(names)) or tuple(services)
