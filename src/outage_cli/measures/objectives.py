"""Objectives with a period of their own: each month that a report touches, or the worst 30 days.

A period is looked at as a whole, also where the window of the report is only a part of it; as-of
cuts it (SEMANTICS T6). A rolling one ends inside the window, and may begin before it.

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

from outage_cli.accounting.ledger import LedgerEntry, within
from outage_cli.accounting.scope import Scope, endless, last_of
from outage_cli.measures.availability import target as budget_of
from outage_cli.measures.other_span import OtherSpan, Widened
from outage_cli.measures.worst_windows import WeightedSpan, worst
from outage_cli.model.method import Method, Treatment
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Figures, ObjectiveReport
from outage_cli.model.service import Objective, Service
from outage_cli.model.span import Duration, Span
from outage_cli.model.state import State
from outage_cli.when.calendar.windows import Part, units
from outage_cli.when.clock.zones import known


def pursued(
    services: Sequence[Service], frames: Sequence[Scope], widened: Widened, method: Method
) -> tuple[ObjectiveReport, ...] | ProblemText:
    """Return each objective in each of its periods; a rolling one where it is missed most."""
    window, info = frames[0].window, known(frames[0].timezone)
    last = last_of([each.as_of for each in frames[0].told])
    aims = [(each.id, each.objective) for each in services if each.objective]
    periods = {
        aim.per: [
            Part(each.label, cut)
            for each in units(window, aim.per.unit, info)
            if (cut := _cut(each.window, last)).length
        ]
        for _, aim in aims
        if aim.per and aim.per.unit
    }
    edges = [*window]
    edges += (at for found in periods.values() for each in found for at in each.window)
    edges += (window.start - aim.per.length for _, aim in aims if aim.per and aim.per.length)
    hull = Span(min(edges), max(edges))
    wide: list[OtherSpan] = []
    for number, frame in enumerate(frames):
        if trouble := endless(frame.told, hull):
            return trouble
        wide.append(widened(number, hull))
    found: list[ObjectiveReport] = []
    for name, aim in aims:
        if aim.per and aim.per.length:
            reach = Span(window.start - aim.per.length, window.end)
            found.append(_rolling(name, aim, reach, wide, method))
        elif aim.per:
            found += _by_calendar(name, aim, periods[aim.per], wide)
    return tuple(found)


def _cut(span: Span, last: int) -> Span:
    return Span(min(span.start, last), min(span.end, last))


def _by_calendar(
    name: str, aim: Objective, periods: Sequence[Part], wide: Sequence[OtherSpan]
) -> Iterator[ObjectiveReport]:
    for label, span in periods:
        best, *others = (_aimed(each.figures(name, span), aim) for each in wide)
        yield ObjectiveReport(name, aim, label, span, best, tuple(others))


def _rolling(
    name: str, aim: Objective, reach: Span, wide: Sequence[OtherSpan], method: Method
) -> ObjectiveReport:
    length: Duration = (aim.per and aim.per.length) or 0
    found: list[tuple[Span, Figures]] = []
    for each in wide:
        raw, ruled = (within(entries, reach) for entries in each.entries(name))
        bad = worst(list(_pieces(raw, ruled, method)), length)
        span = bad.window if bad else Span(reach.end - length, reach.end)
        found.append((span, _aimed(each.figures(name, span), aim)))
    (span, best), *others = found
    return ObjectiveReport(name, aim, "", span, best, tuple(figures for _, figures in others))


def _pieces(
    entries: Sequence[LedgerEntry], ruled: Sequence[LedgerEntry], method: Method
) -> Iterator[WeightedSpan]:
    """Yield the stretches of a ledger as what a method makes of them.

    `ruled` are the same stretches in the buckets that the method counts them in, some split: they
    say what a second weighs. Whether it is considered lies in what it is (SEMANTICS M2, M4).
    """
    counts = [method.aside(state) is not Treatment.EXCLUDE for state in State]
    lasting = iter([each for each in entries if each.start < each.end])
    under = next(lasting, None)
    for entry in ruled:
        if entry.start == entry.end:
            continue
        while under and under.end <= entry.start:
            under = next(lasting, None)
        is_considered = under is not None and counts[under.bucket]
        yield WeightedSpan(entry.start, entry.end, method.weight(entry.bucket), is_considered)


def _aimed(figures: Figures, aim: Objective) -> Figures:
    """Return figures with the objective as their target."""
    up, considered = figures.availability
    return figures._replace(target=budget_of(aim.target, figures.considered, considered - up))
