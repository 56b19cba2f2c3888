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

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from outage_cli.accounting.frames import Frame, endless, last_of
from outage_cli.accounting.ledger import Account, Entry, ledger, within
from outage_cli.measures.availability import target as budget_of
from outage_cli.measures.rolling import pieces, worst
from outage_cli.model.method import Method
from outage_cli.model.problem import Trouble
from outage_cli.model.report import Figures, ObjectiveReport
from outage_cli.model.service import Objective, Service
from outage_cli.model.span import Duration, Span
from outage_cli.when.windows import Part, units
from outage_cli.when.zones import known

Book = Mapping[str, Account]
Measured = Callable[[str, Sequence[Entry]], Figures]


def pursued(
    services: Mapping[str, Service],
    wanted: Iterable[str],
    books: Sequence[tuple[Frame, Book]],
    measured: Measured,
    method: Method,
) -> tuple[ObjectiveReport, ...] | Trouble:
    """Return each objective in each of its periods; a rolling one where it is missed most."""
    window, info = books[0][0].window, known(books[0][0].timezone)
    last = last_of([each.as_of for each in books[0][0].told])
    aims = [(name, aim) for name in wanted if (aim := services[name].objective)]
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
    wide: list[Book] = []
    for frame, book in books:
        if trouble := endless(frame.told, hull):
            return trouble
        wide.append(book if hull == frame.window else ledger(services, frame.told, hull))
    found: list[ObjectiveReport] = []
    for name, aim in aims:
        entries = [book[name].entries for book in wide]
        if aim.per and aim.per.length:
            found += _rolling(name, aim, window, entries, (measured, method))
        elif aim.per:
            found += _by_calendar(name, aim, periods[aim.per], entries, measured)
    return tuple(found)


def _cut(span: Span, last: int) -> Span:
    return Span(min(span.start, last), min(span.end, last))


def _by_calendar(
    name: str,
    aim: Objective,
    periods: Sequence[Part],
    entries: Sequence[Sequence[Entry]],
    measured: Measured,
) -> Iterator[ObjectiveReport]:
    for label, span in periods:
        best, *others = (_aimed(measured(name, within(each, span)), aim) for each in entries)
        yield ObjectiveReport(name, aim, label, span, best, tuple(others))


def _rolling(
    name: str,
    aim: Objective,
    window: Span,
    entries: Sequence[Sequence[Entry]],
    by: tuple[Measured, Method],
) -> Iterator[ObjectiveReport]:
    measured, method = by
    length: Duration = (aim.per and aim.per.length) or 0
    reach = Span(window.start - length, window.end)
    found: list[tuple[Span, Figures]] = []
    for each in entries:
        inside = within(each, reach)
        bad = worst(list(pieces(inside, method)), length)
        span = bad.window if bad else Span(window.end - length, window.end)
        found.append((span, _aimed(measured(name, within(inside, span)), aim)))
    (span, best), *others = found
    yield ObjectiveReport(name, aim, "", span, best, tuple(figures for _, figures in others))


def _aimed(figures: Figures, aim: Objective) -> Figures:
    """Return figures with the objective as their target."""
    up, considered = figures.availability
    return figures._replace(target=budget_of(aim.target, figures.considered, considered - up))
