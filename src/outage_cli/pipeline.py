"""The whole tool on one page: read, account, measure. Nothing here opens a file or asks a clock."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

from outage_cli import registry
from outage_cli.accounting import streams
from outage_cli.accounting.frames import Asked, Frame, frame, united
from outage_cli.accounting.ledger import Entry, ledger, within
from outage_cli.accounting.methods import STANDARD
from outage_cli.accounting.streams import Estimate, Lean, courses
from outage_cli.checks.circles import circles
from outage_cli.measures import availability as figures
from outage_cli.measures import totals, users
from outage_cli.measures.outages import outages
from outage_cli.model.event import Mark
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Trouble
from outage_cli.model.report import Figures, File, Lines, Period, Report, ServiceReport, WhatIf
from outage_cli.model.service import Service
from outage_cli.model.share import WHOLE
from outage_cli.model.timeline import Reading, Timeline
from outage_cli.readers.document import Way
from outage_cli.readers.source import Source
from outage_cli.when.windows import parts
from outage_cli.when.zones import known

if TYPE_CHECKING:
    from outage_cli.model.story import Story

__all__ = ["Asked", "check", "read", "report", "show"]

Cut: TypeAlias = Callable[[Sequence[Entry]], Sequence[Entry]]
"""What makes of the entries of a window those of a part of it."""

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
    start = min(at for timeline in timelines for at, _ in timeline.told()[:1])
    return told._replace(what_if=WhatIf(by, start + by, moved))


def show(readings: Sequence[Reading], asked: Asked) -> Story | Trouble:
    """Return the story that the timelines tell, with a chart, or why there is none."""
    told = _report(readings, asked._replace(charted=True), STANDARD)
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


def _report(readings: Sequence[Reading], asked: Asked, method: Method) -> Report | Trouble:
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
    measures = _Measures(timelines, asked, framed, method)

    def measured(cut: Cut) -> tuple[ServiceReport, ...]:
        return tuple(measures.of(name, cut) for name in wanted)

    told = Report(
        title=" · ".join(dict.fromkeys(each.title for each in timelines if each.title)),
        timezone=framed.timezone,
        files=tuple(File(each.file, each.sha256) for each in timelines),
        sources=tuple(dict.fromkeys(source for each in timelines for source in each.sources)),
        label=framed.label,
        window=framed.window,
        as_of=framed.as_of,
        as_of_is_now=framed.as_of_is_now,
        method=method,
        services=measured(lambda entries: entries),
        periods=tuple(
            Period(part.label, part.window, measured(partial(within, window=part.window)))
            for part in parts(framed.window, asked.by, known(framed.timezone))
        ),
        notes=tuple(note for each in timelines for note in each.notes),
        problems=tuple(problem for each in readings for problem in each.problems),
        lines=_lines(readings),
        group_by=asked.group_by,
    )
    told = measures.together(told)
    return measures.charted(told, whole=asked.window is not None) if asked.charted else told


def _other_frames(
    timelines: Sequence[Timeline], services: Mapping[str, Service], asked: Asked, best: Frame
) -> Iterator[Frame]:
    """Yield the frames of the kindest and the harshest reading, where times leave a choice."""
    if all(timeline.is_exact for timeline in timelines):
        return
    known = courses(services, best.told, best.window)
    implied = {name: course.implied for name, course in known.items() if course.implied}
    for estimate in (Estimate.KINDEST, Estimate.HARSHEST):
        framed = frame(timelines, asked, Lean(estimate, implied))
        if isinstance(framed, Frame):
            yield framed


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
        return {each.mark.way: each.what for each in timeline.events} if timeline else {}

    return Lines(find, line, lambda mark: told(mark.file).get(mark.way, ""))


def _wanted(names: tuple[str, ...], services: Mapping[str, Service]) -> tuple[str, ...] | Trouble:
    for name in names:
        if name not in services:
            close = get_close_matches(name, services, 1)
            hint = f"did you mean {close[0]}?" if close else f"services are {', '.join(services)}"
            return Trouble("unknown-service", f"no service has the id `{name}`", hint)
    return tuple(dict.fromkeys(names)) or tuple(services)


class _Measures:
    """The figures of services: in as many books as there are readings of the times (M7)."""

    def __init__(
        self,
        timelines: Sequence[Timeline],
        asked: Asked,
        framed: Frame,
        method: Method,
    ) -> None:
        self.timelines, self.services = timelines, united(timelines)
        self.frames = [framed, *_other_frames(timelines, self.services, asked, framed)]
        self.books = [ledger(self.services, each.told, each.window) for each in self.frames]
        self.people = users.affected(self.services, timelines)
        self.method = method

    def of(self, name: str, cut: Cut) -> ServiceReport:
        """Return the figures of one service in a part of the window."""
        accounts = [book[name] for book in self.books]
        best, *others = (self._figures(name, cut(each.entries)) for each in accounts)
        return ServiceReport(self.services[name], accounts[0].final, best, tuple(others))

    def _figures(self, name: str, entries: Sequence[Entry]) -> Figures:
        method, slo, people = self.method, self.services[name].slo, self.people.get(name)
        spent = figures.buckets(entries)
        counted = figures.considered(spent, method)
        lost = figures.weighted(spent, method)
        downtime, own = figures.downtime(entries, method)
        return Figures(
            buckets=spent,
            considered=counted,
            downtime=downtime,
            own=own,
            weighted_downtime=lost // WHOLE,
            availability=figures.availability(counted, lost),
            target=None if slo is None else figures.target(slo, counted, lost),
            outages=outages(entries, method),
            user_time_lost=None if people is None else users.lost(entries, people, method),
        )

    def together(self, told: Report) -> Report:
        """Return a report with what is to say of its services together: totals, blast radius."""
        down = totals.gathered(told, self._accounted, self.timelines)
        told = down.added(told)
        if not any(figures.inherited for each in told.services for figures in each.readings):
            return told
        from outage_cli.measures import blast

        ladders = [streams.ladders(self.services, each.told) for each in self.frames]
        books = [{name: each.entries for name, each in book.items()} for book in self.books]
        return blast.added(told, self.services, list(zip(books, ladders, strict=True)))

    def charted(self, told: Report, *, whole: bool) -> Report:
        """Return a report with the chart of its services."""
        from outage_cli.measures import chart

        shown = [each.service.id for each in told.services]
        books = [{name: book[name].entries for name in shown} for book in self.books]
        return told._replace(chart=chart.drawn(told, books, self.timelines, whole=whole))

    def _accounted(self, name: str) -> list[Sequence[Entry]]:
        """Return the entries of a service in the window, on each reading."""
        return [book[name].entries for book in self.books]
