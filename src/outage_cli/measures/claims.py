"""Published figures and the computed ones (SEMANTICS C).

A claim covers a stretch of time of its own: its `window`, else the window of its file, cut by its
`since` and `until`. The window of the report does not change the verdict on a claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from outage_cli.accounting.books import ScenarioLedger
from outage_cli.accounting.scope import endless, last_of, window_of
from outage_cli.measures.services import Measures
from outage_cli.model.accepted_range import AcceptedRange, Ratio
from outage_cli.model.event import Claim, ClaimKind, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.outage import Outage
from outage_cli.model.problem import ProblemText
from outage_cli.model.promises import ClaimReport, ClaimVerdict
from outage_cli.model.service_figures import Figures
from outage_cli.model.span import Instant, Span
from outage_cli.model.timeline import Timeline
from outage_cli.when.calendar.claim_terms import Terms, terms
from outage_cli.when.clock.zones import known


class UnderstoodClaim(NamedTuple):
    """A claim whose values could be read, with its timeline and the index of that."""

    claim: Claim
    timeline: Timeline
    number: int
    terms: Terms


class ClaimFigure(NamedTuple):
    """A figure on one scenario of the times; `ratio` is None where there is none."""

    ratio: Ratio | None
    outages: Sequence[Outage]
    is_ongoing: bool
    has_data: bool


def claims(measures: Measures) -> tuple[ClaimReport, ...] | ProblemText:
    """Return the claims about the services of the report, each with its verdict.

    All scenarios count (SEMANTICS M7). Linear in the statements: claims about the same stretch
    share its figures.
    """
    books = measures.books
    claimed = list(_understood(books.timelines, set(books.names)))
    if not claimed:
        return ()
    marks = _needed(claimed)
    scenarios: list[_Scenario] = []
    for ledger in books.scenarios:
        scenario = _Scenario(measures, ledger, claimed, marks)
        if trouble := endless(ledger.scope.statements, scenario.hull):
            return trouble
        scenario.ledger = books.extended(ledger, scenario.hull)
        scenarios.append(scenario)
    return tuple(_judged(each, scenarios) for each in claimed)


def _understood(timelines: Sequence[Timeline], names: set[str]) -> Iterator[UnderstoodClaim]:
    """Yield the claims that can be read; `lint` reports the others."""
    for number, timeline in enumerate(timelines):
        for claim, meaning in zip(timeline.claims, terms(timeline), strict=True):
            if claim.service in names and isinstance(meaning, Terms):
                yield UnderstoodClaim(claim, timeline, number, meaning)


def _needed(claims: Iterable[UnderstoodClaim]) -> set[SourceRef]:
    """Return the marks of the events that claims count from or to."""
    return {
        mark for each in claims for mark in (each.terms.since_mark, each.terms.until_mark) if mark
    }


class _Scenario:
    """One scenario of the times, with the stretches of all claims on it and their hull."""

    def __init__(
        self,
        measures: Measures,
        ledger: ScenarioLedger,
        claims: Sequence[UnderstoodClaim],
        marks: set[SourceRef],
    ) -> None:
        self.measures, self.ledger = measures, ledger
        self.statements = ledger.scope.statements
        self.window = ledger.scope.window
        self.last = last_of(self.statements)
        self.instants: dict[SourceRef, Instant] = {}
        edges = [*self.window]
        for file in self.statements:
            for stream in file.streams.values():
                edges += (stream[0].at, stream[-1].at)
                for statement in stream if marks else ():
                    if statement.cause in marks:
                        self.instants.setdefault(statement.cause, statement.at)
        self.spans = [list(self._spans(each)) for each in claims]
        edges += (at for spans in self.spans for span in spans for at in span)
        hull = Span(min(edges), min(max(edges), self.last))
        start, end = self.window
        self.hull = self.window if start <= hull.start and hull.end <= end else hull
        self.places = {each.claim.mark: at for at, each in enumerate(claims)}
        self.figures: dict[tuple[str, Span], Figures] = {}

    def _spans(self, understood: UnderstoodClaim) -> Iterator[Span]:
        """Yield the stretch of a claim: on the best estimates, then with vague ends at bounds.

        An end that is an event of the ledger is where the scenario has it.
        """
        start, end = self._base(understood)
        since = self._bounds(understood.terms.since, understood.terms.since_mark, start)
        until = self._bounds(understood.terms.until, understood.terms.until_mark, end)
        for first in since:
            for final in until:
                cut = min(final, self.last)
                yield Span(min(first, cut), cut)

    def _base(self, understood: UnderstoodClaim) -> Span:
        if understood.terms.window:
            return understood.terms.window.span(self.last)
        info = known(understood.timeline.timezone)
        named = window_of(self.statements[understood.number], info)
        return named[0] if named else self.window

    def _bounds(
        self, moment: Moment | None, mark: SourceRef | None, otherwise: Instant
    ) -> Sequence[Instant]:
        if mark in self.instants:
            return [self.instants[mark]]
        if moment is None:
            return [otherwise]
        return list(dict.fromkeys((moment.best, moment.first, moment.last)))

    def value(self, understood: UnderstoodClaim, span: Span) -> ClaimFigure:
        """Return the figure that a claim is about, on a stretch."""
        name, figure = understood.claim.service, understood.claim.figure
        figures = self._measured(name, span)
        has_data = bool(figures.considered or figures.downtime)
        outages = list(_overlapping(self._measured(name, self.hull).outages, span))
        if figure is ClaimKind.DOWNTIME:
            ratio = (figures.downtime, 1) if has_data else None
            return ClaimFigure(ratio, outages, False, has_data)  # noqa: FBT003
        if figure is ClaimKind.AVAILABILITY:
            up, considered = figures.availability
            ratio = (up, considered) if considered else None
            return ClaimFigure(ratio, outages, False, considered > 0)  # noqa: FBT003
        if not outages:
            return ClaimFigure(None, (), False, has_data)  # noqa: FBT003
        if figure is ClaimKind.STARTS:
            return ClaimFigure((outages[0].start, 1), outages[:1], False, has_data)  # noqa: FBT003
        last = outages[-1]
        return ClaimFigure((last.end, 1), [last], last.ongoing, has_data)

    def _measured(self, name: str, span: Span) -> Figures:
        if (name, span) not in self.figures:
            self.figures[name, span] = self.measures.figures(name, self.ledger, span)
        return self.figures[name, span]


def _overlapping(outages: Sequence[Outage], span: Span) -> Iterator[Outage]:
    """Yield the outages of which a part lies in a span, whole. They are in order and apart."""
    at = bisect_left(outages, span.start, key=lambda each: each.end)
    for outage in outages[at:]:
        if outage.start >= span.end:
            break
        if outage.end > span.start or outage.start == outage.end:
            yield outage


def _judged(understood: UnderstoodClaim, scenarios: Sequence[_Scenario]) -> ClaimReport:
    """Return a claim with its verdict: undecidable where the bounds straddle it (SEMANTICS C)."""
    first = scenarios[0]
    at = first.places[understood.claim.mark]
    best = first.value(understood, first.spans[at][0])
    values = [best]
    for scenario in scenarios:
        values += (scenario.value(understood, span) for span in scenario.spans[at])
    ratios = [value.ratio for value in values if value.ratio is not None]
    least = most = None
    for ratio in ratios:
        least = ratio if least is None or _is_less(ratio, least) else least
        most = ratio if most is None or _is_less(most, ratio) else most
    is_ongoing = any(value.is_ongoing for value in values)
    has_data = all(value.has_data for value in values)
    accepted = understood.terms.accepted
    if least is None or most is None:
        finding = ClaimVerdict.DIFFERS if has_data else ClaimVerdict.UNDECIDABLE
    elif len(ratios) < len(values):
        finding = ClaimVerdict.UNDECIDABLE
    else:
        finding = _finding(accepted, least, None if is_ongoing else most)
    return ClaimReport(
        claim=understood.claim,
        finding=finding,
        accepted=accepted,
        stretch=first.spans[at][0],
        best=best.ratio,
        least=least,
        most=None if is_ongoing else most,
        outages=tuple(best.outages),
        is_ongoing=best.is_ongoing,
        has_data=has_data,
    )


def _is_less(first: Ratio, second: Ratio) -> bool:
    return first[0] * second[1] < second[0] * first[1]


def _finding(accepted: AcceptedRange, least: Ratio, most: Ratio | None) -> ClaimVerdict:
    """Return how bounds compare with what is accepted; no `most` is a figure that still grows."""
    if accepted.is_above(least) or (most is not None and accepted.is_below(most)):
        return ClaimVerdict.DIFFERS
    grows = most is None and accepted.most is not None
    if accepted.is_below(least) or grows or (most is not None and accepted.is_above(most)):
        return ClaimVerdict.UNDECIDABLE
    return ClaimVerdict.AGREES
