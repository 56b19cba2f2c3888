"""The comparison of methods in words: the same rows in every format that people read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from outage_cli.model import share
from outage_cli.model.comparison import Cause, Compared, Comparison, Difference
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.method import Aside, Method
from outage_cli.model.report import ServiceReport
from outage_cli.model.screen import Screen
from outage_cli.model.share import WHOLE
from outage_cli.writers import words
from outage_cli.writers.rows import Column, Table, bounds, chosen, name, without_empty


def rows(told: Comparison, screen: Screen) -> Table:
    """Return the methods under each other for each service, and what sets them apart.

    Columns that say nothing are left out, unless the screen asks for them.
    """
    columns = (
        Column("service", "Service", is_text=True),
        Column("method", "Method"),
        Column("weighted-downtime", "Weighted downtime", is_figure=True),
        Column("seconds", "Seconds", is_figure=True, spare=2),
        Column("availability", "Availability", is_figure=True),
        Column("between", "Between", is_figure=True, spare=4),
        Column("outages", "Outages", is_figure=True, spare=3),
        Column("beside-standard", "Beside standard", is_text=True, spare=1),
    )
    found = [
        tuple(_row(each, each.services[at], each.differences[at]))
        for at in range(len(told.report.services))
        for each in told.methods
    ]
    if screen.columns:
        keys = [each.key for each in columns]
        cells = [dict(zip(keys, row, strict=True)) for row in found]
        first = ("service", "method")
        return chosen(columns, keys, screen.columns, first, [partial(_cell, row) for row in cells])
    return without_empty(columns, found)


def _cell(row: Mapping[str, str], key: str, asked: Collection[str]) -> str:
    del asked  # a comparison leaves nothing unsaid
    return row[key]


def _row(
    each: Compared, service: ServiceReport, differences: tuple[Difference, ...]
) -> Iterator[str]:
    best = service.best
    least, most = service.between(lambda one: one.weighted_downtime)
    between = f" ({spell_range(least, most)})" if least < most else ""
    yield name(service.service)
    yield words.visible(each.method.name)
    has_figures = best.considered or most
    yield f"{spell(best.weighted_downtime)}{between}" if has_figures else words.NOT_APPLICABLE
    yield words.number(best.weighted_downtime)
    yield words.percentage(best.availability, each.method)
    yield bounds(service, each.method)
    yield str(len(best.outages))
    yield "; ".join(difference(one, each.method) for one in differences)


def difference(one: Difference, method: Method) -> str:
    """Return what makes a method differ: `degraded counts: +45 min`."""
    told = _told(one, method)
    lost = abs(one.lost) // WHOLE
    changes = [f"{'+' if one.lost > 0 else '−'}{spell(lost)}"] if one.lost else []
    if one.considered:
        more = "more" if one.considered > 0 else "less"
        changes.append(f"{spell(abs(one.considered))} {more} considered")
    return f"{told}: {', '.join(changes)}" if changes else told


def _told(one: Difference, method: Method) -> str:
    if one.cause is Cause.WHOLE_MINUTES:
        return "parts of minutes left out"
    if one.state is None:
        number = f"{one.outages} outage{'' if one.outages == 1 else 's'}"
        return f"{number} shorter than {spell(method.min_outage)} left out"
    word = one.state.word.replace("_", " ")
    if one.cause is Cause.TREATMENT:
        treated = {Aside.AS_UP: "is up", Aside.COUNT: "counts", Aside.EXCLUDE: "is left out"}
        return f"{word} {treated[method.aside(one.state) or Aside.COUNT]}"
    weight = method.weight(one.state)
    if weight == 0:
        return f"{word} does not count"
    return f"{word} counts" if weight == WHOLE else f"{word} at {_fraction(weight)}"


def _fraction(weight: share.Share) -> str:
    return f"{weight / WHOLE:.9f}".rstrip("0")
