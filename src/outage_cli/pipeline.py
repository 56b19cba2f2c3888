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
from outage_cli.accounting.streams import Estimate, Lean, beyond_words, courses
from outage_cli.checks.circles import circles
from outage_cli.measures import availability as figures
from outage_cli.measures import totals, users
from outage_cli.measures.outages import outages
from outage_cli.measures.rolling import worst_windows
from outage_cli.model.event import Mark
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Problem, Trouble
from outage_cli.model.report import (
    Courses,
    Figures,
    File,
    Lines,
    Outage,
    Period,
    Report,
    ServiceReport,
    Stretch,
    WhatIf,
    Work,
)
from outage_cli.model.service import Service
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Span
from outage_cli.model.state import State
from outage_cli.model.timeline import Reading, Timeline
from outage_cli.readers.document import Way
from outage_cli.readers.source import Source
from outage_cli.when.windows import parts
from outage_cli.when.zones import known

if TYPE_CHECKING:
    from outage_cli.measures.wider import Wider
    from outage_cli.model.comparison import Comparison, Difference
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.milestones import Milestones
    from outage_cli.model.story import Story

__all__ = ["Asked", "check", "compare", "explain", "read", "report", "show"]

Ruled: TypeAlias = Mapping[str, tuple[Sequence[Entry], Sequence[Entry]]]
"""Of each service its entries as a method counts them, and as it has its outages run."""

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


def compare(
    readings: Sequence[Reading], asked: Asked, methods: Sequence[Method]
) -> Comparison | Trouble:
    """Return the report that is asked for under every method, or why there is none."""
    from outage_cli.model.comparison import Compared, Comparison

    measures = _measured(readings, asked, STANDARD)
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


def _measured(readings: Sequence[Reading], asked: Asked, method: Method) -> _Measures | Trouble:
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
    return _Measures(timelines, asked, framed, method, wanted)


def _told(readings: Sequence[Reading], asked: Asked, measures: _Measures) -> Report:
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
        group_by=asked.group_by,
    )
    told = measures.together(told)
    return measures.charted(told, whole=asked.window is not None) if asked.charted else told


def _milestones(
    measures: _Measures, framed: Frame, lines: Lines, said: Sequence[Problem]
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


def _other_frames(
    timelines: Sequence[Timeline], services: Mapping[str, Service], asked: Asked, best: Frame
) -> Iterator[Frame]:
    """Yield the frames of the kindest and the harshest reading, where times leave a choice."""
    if all(timeline.is_exact for timeline in timelines):
        return
    known = courses(services, best.told, best.window)
    implied = {name: worse for name, course in known.items() if (worse := beyond_words(course))}
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


class _Measures:
    """The figures of services: in as many books as there are readings of the times (M7)."""

    def __init__(
        self,
        timelines: Sequence[Timeline],
        asked: Asked,
        framed: Frame,
        method: Method,
        wanted: tuple[str, ...],
    ) -> None:
        self.timelines, self.wanted = timelines, wanted
        self.services = united(timelines)
        self.frames = [framed, *_other_frames(timelines, self.services, asked, framed)]
        self.books = [ledger(self.services, each.told, each.window) for each in self.frames]
        self.readings = [
            (each.told, book, each.window)
            for each, book in zip(self.frames, self.books, strict=True)
        ]
        self.people = users.affected(self.services, timelines)
        self.under(method)

    def under(self, method: Method) -> _Measures:
        """Have the figures counted by another method; the books stay the same."""
        self.method = method
        self.ruled: Sequence[Ruled] = ()
        if method.rules_runs or method.counts_aside:
            from outage_cli.accounting.counting import ruled_book

            self.ruled = [
                dict(ruled_book(self.services, each.told, each.window, book, method))
                for each, book in zip(self.frames, self.books, strict=True)
            ]
        return self

    def all(self, cut: Cut = lambda entries: entries) -> tuple[ServiceReport, ...]:
        """Return the figures of the services that are wanted, in a part of the window."""
        return tuple(self.of(name, cut) for name in self.wanted)

    def maintenance(self, services: Sequence[ServiceReport]) -> tuple[Work, ...]:
        """Return what became of planned work, as far as there is any (SEMANTICS M6)."""
        figures = (one for each in services for one in (each.best, *each.others))
        if not any(each.maintenance for each in self.timelines) and not any(
            each.buckets[State.MAINTENANCE] for each in figures
        ):
            return ()
        from outage_cli.measures.maintenance import audit

        best = self.frames[0]
        return tuple(audit(self.wanted, best.told, best.window, self.books, self.method))

    def differences(self, base: Method) -> tuple[tuple[Difference, ...], ...]:
        """Return for each service why the figures are not those of a base, on the best reading."""
        from outage_cli.accounting.counting import around
        from outage_cli.measures.differences import differences

        best, book = self.frames[0], self.books[0]
        wider = around(self.services, best.told, best.window, book, self.method)
        return tuple(
            tuple(differences(book[name].entries, self.method, base, wider.get(name)))
            for name in self.wanted
        )

    def of(self, name: str, cut: Cut) -> ServiceReport:
        """Return the figures of one service in a part of the window."""
        accounts = [book[name] for book in self.books]
        best, *others = (self._figures(name, at, cut) for at in range(len(accounts)))
        return ServiceReport(self.services[name], accounts[0].final, best, tuple(others))

    def beside(self, told: Report) -> Report | Trouble:
        """Return a report with what was published and promised beside its figures (SEMANTICS C)."""
        if any(each.claims for each in self.timelines):
            from outage_cli.measures.claims import judged

            claims = judged(self.timelines, self.wanted, self.frames, self.wider)
            if isinstance(claims, Trouble):
                return claims
            told = told._replace(claims=claims)
        if any(self.services[name].objective for name in self.wanted):
            from outage_cli.measures.objectives import pursued

            services = [self.services[name] for name in self.wanted]
            objectives = pursued(services, self.frames, self.wider, self.method)
            if isinstance(objectives, Trouble):
                return objectives
            told = told._replace(objectives=objectives)
        return told

    def wider(self, at: int, span: Span) -> Wider:
        """Return a reading over a span: accounted for anew, unless it is the window."""
        from outage_cli.measures.wider import Wider

        framed, book = self.frames[at], self.books[at]
        ruled = self.ruled[at] if self.ruled else None
        if span != framed.window:
            book = ledger(self.services, framed.told, span)
            if ruled is not None:
                from outage_cli.accounting.counting import ruled_book

                ruled = dict(ruled_book(self.services, framed.told, span, book, self.method))

        def entries(name: str) -> tuple[Sequence[Entry], Sequence[Entry]]:
            raw = book[name].entries
            return raw, ruled[name][0] if ruled else raw

        def measured(name: str, part: Span) -> Figures:
            cut: Cut = (lambda each: each) if part == span else partial(within, window=part)
            raw = cut(book[name].entries)
            if not ruled:
                return self._counted(name, raw, raw, raw)
            counted, runs = (cut(each) for each in ruled[name])
            return self._counted(name, raw, counted, runs)

        return Wider(entries, measured)

    def _figures(self, name: str, at: int, cut: Cut) -> Figures:
        raw = entries = runs = cut(self.books[at][name].entries)
        if self.ruled:
            entries, runs = (cut(each) for each in self.ruled[at][name])
        found = self._counted(name, raw, entries, runs)
        return found._replace(worst_windows=worst_windows(entries, self.method))

    def _counted(
        self,
        name: str,
        raw: Sequence[Entry],
        entries: Sequence[Entry],
        runs: Sequence[Entry],
    ) -> Figures:
        """Return the figures on one reading: buckets as they are, the rest as ruled."""
        method, slo, people = self.method, self.services[name].slo, self.people.get(name)
        spent = figures.buckets(raw)
        counted = figures.considered(spent, method)
        lost = figures.weighted(spent if raw is entries else figures.buckets(entries), method)
        downtime, own = figures.downtime(entries, method)
        return Figures(
            buckets=spent,
            considered=counted,
            downtime=downtime,
            own=own,
            weighted_downtime=lost // WHOLE,
            availability=figures.availability(counted, lost),
            target=None if slo is None else figures.target(slo, counted, lost),
            outages=tuple(self._outages(entries, runs)),
            user_time_lost=None if people is None else users.lost(entries, people, method),
        )

    def _outages(self, entries: Sequence[Entry], runs: Sequence[Entry]) -> Iterable[Outage]:
        found = outages(runs, self.method)
        if not self.method.whole_minutes:
            return found
        from outage_cli.measures.minutes import counting

        return counting(found, entries, self.method)

    def together(self, told: Report) -> Report:
        """Return a report with what is to say of its services together: totals, blast radius."""
        down = totals.gathered(told, self._accounted, self.timelines)
        told = down.added(told)
        if not any(figures.inherited for each in told.services for figures in each.readings):
            return told
        from outage_cli.measures import blast

        ladders = [streams.ladders(self.services, each.told, each.window) for each in self.frames]
        names = self.services
        books = [
            {name: self._accounted(name)[at] for name in names} for at in range(len(self.books))
        ]
        return blast.added(told, self.services, list(zip(books, ladders, strict=True)))

    def course(self, name: str) -> list[Stretch]:
        """Return what a service was all through the window, on the best reading."""
        return [
            Stretch(
                entry.start,
                entry.end,
                entry.bucket,
                entry.opened_by,
                entry.closed_by,
                entry.inherited_from,
                entry.cut_before,
                entry.cut_after,
            )
            for entry in self.books[0][name].entries
        ]

    def charted(self, told: Report, *, whole: bool) -> Report:
        """Return a report with the chart of its services."""
        from outage_cli.measures import chart

        shown = [each.service.id for each in told.services]
        books = [{name: book[name].entries for name in shown} for book in self.books]
        return told._replace(chart=chart.drawn(told, books, self.timelines, whole=whole))

    def _accounted(self, name: str) -> list[Sequence[Entry]]:
        """Return the entries of a service as the method counts them, on each reading."""
        if self.ruled:
            return [book[name][0] for book in self.ruled]
        return [book[name].entries for book in self.books]
