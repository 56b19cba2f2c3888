"""Objectives with a period of their own: each month of a report, or the worst 30 days.

A period counts as a whole, even where the window of the report is a part of it; as-of cuts it
(SEMANTICS T6). A rolling period ends inside the window and may begin before it.

```text
window                       [-----)
per month       |----------------|----------------|     both, whole
per 30d      [-----------------)
                                   ...                  every one that ends in the window
                   [---------------)
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outage_cli.accounting.books import ScenarioLedger
from outage_cli.accounting.ledger import LedgerEntry, within
from outage_cli.accounting.scope import endless, last_of
from outage_cli.measures.availability import target as budget_of
from outage_cli.measures.services import Measures
from outage_cli.measures.worst_windows import WeightedSpan, worst
from outage_cli.model.method import Method, Treatment
from outage_cli.model.problem import ProblemText
from outage_cli.model.promises import ObjectiveReport
from outage_cli.model.service import Objective
from outage_cli.model.service_figures import Figures
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State
from outage_cli.when.calendar.windows import Part, units
from outage_cli.when.clock.zones import known


def objectives(measures: Measures) -> tuple[ObjectiveReport, ...] | ProblemText:
    """Return each objective in each of its periods, a rolling one in its worst period."""
    books = measures.books
    aims = [(service.id, service.objective) for service in books.asked_for if service.objective]
    if not aims:
        return ()
    scope = books.best.scope
    window, info = scope.window, known(scope.timezone)
    last = last_of(scope.statements)
    periods = {
        aim.per: [
            Part(unit.label, cut)
            for unit in units(window, aim.per.unit, info)
            if (cut := _cut(unit.window, last)).length
        ]
        for _, aim in aims
        if aim.per and aim.per.unit
    }
    edges = [*window]
    edges += (at for parts in periods.values() for part in parts for at in part.window)
    edges += (window.start - aim.per.length for _, aim in aims if aim.per and aim.per.length)
    hull = Span(min(edges), max(edges))
    scenarios: list[ScenarioLedger] = []
    for scenario in books.scenarios:
        if trouble := endless(scenario.scope.statements, hull):
            return trouble
        scenarios.append(books.extended(scenario, hull))
    reports: list[ObjectiveReport] = []
    for name, aim in aims:
        if aim.per and aim.per.length:
            reach = Span(window.start - aim.per.length, window.end)
            reports.append(_rolling(name, aim, reach, measures, scenarios))
        elif aim.per:
            reports += _by_calendar(name, aim, periods[aim.per], measures, scenarios)
    return tuple(reports)


def _cut(span: Span, last: Instant) -> Span:
    return Span(min(span.start, last), min(span.end, last))


def _by_calendar(
    name: str,
    aim: Objective,
    periods: Sequence[Part],
    measures: Measures,
    scenarios: Sequence[ScenarioLedger],
) -> Iterator[ObjectiveReport]:
    """Yield an objective in each period of the calendar."""
    for label, span in periods:
        best, *others = (_aimed(measures.figures(name, each, span), aim) for each in scenarios)
        yield ObjectiveReport(name, aim, label, span, best, tuple(others))


def _rolling(
    name: str,
    aim: Objective,
    reach: Span,
    measures: Measures,
    scenarios: Sequence[ScenarioLedger],
) -> ObjectiveReport:
    """Return a rolling objective in the worst window inside `reach`, by scenario."""
    length: Duration = (aim.per and aim.per.length) or 0
    windows: list[tuple[Span, Figures]] = []
    for scenario in scenarios:
        entries = scenario.of(name)
        raw, counted = within(entries.entries, reach), within(entries.counted, reach)
        bad = worst(list(_pieces(raw, counted, measures.books.method)), length)
        span = bad.window if bad else Span(reach.end - length, reach.end)
        windows.append((span, _aimed(measures.figures(name, scenario, span), aim)))
    (span, best), *others = windows
    return ObjectiveReport(name, aim, "", span, best, tuple(figures for _, figures in others))


def _pieces(
    entries: Sequence[LedgerEntry], counted: Sequence[LedgerEntry], method: Method
) -> Iterator[WeightedSpan]:
    """Yield the stretches of a ledger with their weights.

    `counted` are the same entries as the method counts them, some split: their buckets have the
    weights. Whether time is considered depends on the bucket in `entries` (SEMANTICS M2, M4).
    """
    is_considered = [method.aside(state) is not Treatment.EXCLUDE for state in State]
    lasting = iter([entry for entry in entries if entry.start < entry.end])
    under = next(lasting, None)
    for entry in counted:
        if entry.start == entry.end:
            continue
        while under and under.end <= entry.start:
            under = next(lasting, None)
        considered = under is not None and is_considered[under.bucket]
        yield WeightedSpan(entry.start, entry.end, method.weight(entry.bucket), considered)


def _aimed(figures: Figures, aim: Objective) -> Figures:
    """Return figures with the objective as their target."""
    up, considered = figures.availability
    return figures._replace(target=budget_of(aim.target, figures.considered, considered - up))
