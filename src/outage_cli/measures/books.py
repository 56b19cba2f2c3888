"""The figures of a report, from its books: a ledger of each service for each reading of the times.

What is asked of them are figures, in the whole window or in a part of it, by any method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from outage_cli.accounting.ledger import LedgerEntry, entered, ledger, within
from outage_cli.accounting.scope import ReportRequest, Scope, frame, united
from outage_cli.accounting.streams import (
    Scenario,
    ScenarioInput,
    StateHistories,
    beyond_words,
    laid,
)
from outage_cli.measures import availability as figures
from outage_cli.measures import totals, user_time
from outage_cli.measures.outages import outages
from outage_cli.model.method import Method
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import (
    Figures,
    Outage,
    PlannedWorkReport,
    Report,
    ServiceReport,
    StateSpan,
)
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Span
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline

if TYPE_CHECKING:
    from outage_cli.measures.other_span import OtherSpan
    from outage_cli.model.comparison import Difference

Ruled: TypeAlias = Mapping[str, tuple[Sequence[LedgerEntry], Sequence[LedgerEntry]]]
"""Of each service its entries as a method counts them, and as it has its outages run."""

Cut: TypeAlias = Callable[[Sequence[LedgerEntry]], Sequence[LedgerEntry]]
"""What makes of the entries of a window those of a part of it."""


class Measures:
    """The figures of services: in as many books as there are readings of the times (M7)."""

    def __init__(
        self,
        timelines: Sequence[Timeline],
        asked: ReportRequest,
        framed: Scope,
        method: Method,
        wanted: tuple[str, ...],
    ) -> None:
        self.timelines, self.wanted = timelines, wanted
        self.services = united(timelines)
        self.swept, self.traced = asked.swept, asked.traced
        best = laid(self.services, framed.told, framed.window)
        self.frames = [framed, *_other_frames(timelines, best, asked)]
        self.courses = [
            best,
            *(laid(self.services, each.told, each.window) for each in self.frames[1:]),
        ]
        self.books = [
            entered(self.services, each.told, each.window, courses)
            for each, courses in zip(self.frames, self.courses, strict=True)
        ]
        self.readings = [
            (each.told, book, each.window)
            for each, book in zip(self.frames, self.books, strict=True)
        ]
        self.people = user_time.affected(self.services, timelines)
        self.under(method)

    def under(self, method: Method) -> Measures:
        """Have the figures counted by another method; the books stay the same."""
        self.method = method
        self.ruled: Sequence[Ruled] = ()
        if method.rules_runs or method.counts_aside:
            from outage_cli.accounting.method_rules import ruled_book

            self.ruled = [
                dict(ruled_book(self.services, each.told, each.window, book, method))
                for each, book in zip(self.frames, self.books, strict=True)
            ]
        return self

    def all(self, cut: Cut = lambda entries: entries) -> tuple[ServiceReport, ...]:
        """Return the figures of the services that are wanted, in a part of the window."""
        return tuple(self.of(name, cut) for name in self.wanted)

    def maintenance(self, services: Sequence[ServiceReport]) -> tuple[PlannedWorkReport, ...]:
        """Return what became of planned work, as far as there is any (SEMANTICS M6)."""
        figures = (one for each in services for one in (each.best, *each.others))
        if not any(each.maintenance for each in self.timelines) and not any(
            each.buckets[State.MAINTENANCE] for each in figures
        ):
            return ()
        from outage_cli.measures.maintenance_audit import audit

        return tuple(audit(self.wanted, self.readings, self.method))

    def differences(self, base: Method) -> tuple[tuple[Difference, ...], ...]:
        """Return for each service why the figures are not those of a base, on the best reading."""
        from outage_cli.accounting.method_rules import around
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

    def beside(self, told: Report) -> Report | ProblemText:
        """Return a report with what was published and promised beside its figures (SEMANTICS C)."""
        if any(each.claims for each in self.timelines):
            from outage_cli.measures.claims import judged

            claims = judged(self.timelines, self.wanted, self.frames, self.wider)
            if isinstance(claims, ProblemText):
                return claims
            told = told._replace(claims=claims)
        if any(self.services[name].objective for name in self.wanted):
            from outage_cli.measures.objectives import pursued

            services = [self.services[name] for name in self.wanted]
            objectives = pursued(services, self.frames, self.wider, self.method)
            if isinstance(objectives, ProblemText):
                return objectives
            told = told._replace(objectives=objectives)
        return told

    def wider(self, at: int, span: Span) -> OtherSpan:
        """Return a reading over a span: accounted for anew, unless it is the window."""
        from outage_cli.measures.other_span import OtherSpan

        framed, book = self.frames[at], self.books[at]
        ruled = self.ruled[at] if self.ruled else None
        if span != framed.window:
            book = ledger(self.services, framed.told, span)
            if ruled is not None:
                from outage_cli.accounting.method_rules import ruled_book

                ruled = dict(ruled_book(self.services, framed.told, span, book, self.method))

        def entries(name: str) -> tuple[Sequence[LedgerEntry], Sequence[LedgerEntry]]:
            raw = book[name].entries
            return raw, ruled[name][0] if ruled else raw

        def measured(name: str, part: Span) -> Figures:
            cut: Cut = (lambda each: each) if part == span else partial(within, window=part)
            raw = cut(book[name].entries)
            if not ruled:
                return self._counted(name, raw, raw, raw)
            counted, runs = (cut(each) for each in ruled[name])
            return self._counted(name, raw, counted, runs)

        return OtherSpan(entries, measured)

    def _figures(self, name: str, at: int, cut: Cut) -> Figures:
        raw = entries = runs = cut(self.books[at][name].entries)
        if self.ruled:
            entries, runs = (cut(each) for each in self.ruled[at][name])
        found = self._counted(name, raw, entries, runs)
        if not self.swept:
            return found
        from outage_cli.measures.worst_windows import worst_windows

        return found._replace(worst_windows=worst_windows(entries, self.method))

    def _counted(
        self,
        name: str,
        raw: Sequence[LedgerEntry],
        entries: Sequence[LedgerEntry],
        runs: Sequence[LedgerEntry],
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
            user_time_lost=None if people is None else user_time.lost(entries, people, method),
        )

    def _outages(
        self, entries: Sequence[LedgerEntry], runs: Sequence[LedgerEntry]
    ) -> Iterable[Outage]:
        found = outages(runs, self.method)
        if not self.method.whole_minutes:
            return found
        from outage_cli.measures.whole_minutes import counting

        return counting(found, entries, self.method)

    def together(self, told: Report) -> Report:
        """Return a report with what is to say of its services together: totals, blast radius."""
        down = totals.gathered(told, self._accounted, self.timelines)
        told = down.added(told)
        if not self.traced or not any(
            figures.inherited or any(outage.inherited_from for outage in figures.outages)
            for each in told.services
            for figures in each.readings
        ):
            return told
        from outage_cli.measures import blast_radius

        ladders = [courses.ladders for courses in self.courses]
        names = self.services
        books = [
            {name: self._accounted(name)[at] for name in names} for at in range(len(self.books))
        ]
        return blast_radius.added(told, self.services, list(zip(books, ladders, strict=True)))

    def course(self, name: str) -> list[StateSpan]:
        """Return what a service was all through the window, on the best reading."""
        return [
            StateSpan(
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
            if entry.start < entry.end or not entry.cut_before  # else it was over by then
        ]

    def charted(self, told: Report, *, whole: bool) -> Report:
        """Return a report with the chart of its services."""
        from outage_cli.measures import chart

        shown = [each.service.id for each in told.services]
        books = [{name: book[name].entries for name in shown} for book in self.books]
        return told._replace(chart=chart.drawn(told, books, self.timelines, whole=whole))

    def _accounted(self, name: str) -> list[Sequence[LedgerEntry]]:
        """Return the entries of a service as the method counts them, on each reading."""
        if self.ruled:
            return [book[name][0] for book in self.ruled]
        return [book[name].entries for book in self.books]


def _other_frames(
    timelines: Sequence[Timeline], best: StateHistories, asked: ReportRequest
) -> Iterator[Scope]:
    """Yield the frames of the kindest and the harshest reading, where times leave a choice."""
    if all(timeline.is_exact for timeline in timelines):
        return
    implied = {name: worse for name, course in best.of.items() if (worse := beyond_words(course))}
    for estimate in (Scenario.KINDEST, Scenario.HARSHEST):
        framed = frame(timelines, asked, ScenarioInput(estimate, implied))
        if isinstance(framed, Scope):
            yield framed
