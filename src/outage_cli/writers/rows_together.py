"""The tables about several services at once: their totals by group, and who took down whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from outage_cli.model.duration import spell, spell_range
from outage_cli.model.report import Availability, Blast, Report, RollUp, Totals
from outage_cli.writers.rows import MOST_OUTAGES, Column, Table, without_empty
from outage_cli.writers.words import percentage, visible


def totals(report: Report) -> Table:
    """Return one row a group and one for all, each figure under the name of its roll-up (M9).

    Without groups there is a table only where several services were down: of one alone its own row
    says it all.
    """
    columns = (
        Column("totals", "Totals", is_text=True),
        Column("services", "Services", is_figure=True, spare=1),
        Column("any-down", "Any down", is_figure=True),
        Column("all-down", "All down", is_figure=True, spare=4),
        Column("service-time", "Service time", is_figure=True, spare=2),
        Column("mean-availability", "Mean availability", is_figure=True, spare=3),
        Column("user-weighted", "User-weighted", is_figure=True, spare=5),
    )
    were_down = sum(any(one.downtime for one in each.readings) for each in report.services)
    if report.totals is None or (report.group_by is None and were_down < 2):  # noqa: PLR2004 - several
        return Table(columns, ())
    kind = report.group_by or ""
    named = [(each, f"{kind} {visible(each.label)}".strip()) for each in report.groups]
    named = [(each, name if each.label else f"no {kind}") for each, name in named]
    rows = [
        (name, *_rolled(each, report)) for each, name in [*named, (report.totals, "all together")]
    ]
    return without_empty(columns, rows)


def _rolled(each: Totals, report: Report) -> Iterator[str]:
    def time(figure: Callable[[RollUp], int]) -> str:
        return _bounded(figure(each.best), *each.between(figure))

    def share(figure: Callable[[RollUp], Availability]) -> str:
        return _shared([figure(one) for one in (each.best, *each.others)], report)

    has_users = any(one.user_weighted.considered for one in (each.best, *each.others))
    yield str(len(each.services))
    yield time(lambda one: one.any_down)
    yield time(lambda one: one.all_down)
    yield time(lambda one: one.service_time)
    yield share(lambda one: one.mean)
    yield share(lambda one: one.user_weighted) if has_users else ""


def _bounded(best: int, least: int, most: int) -> str:
    return spell(best) + (f" ({spell_range(least, most)})" if least < most else "")


def _shared(shares: Sequence[Availability], report: Report) -> str:
    """Return an availability, and between what it lies."""
    known = sorted((one for one in shares if one.considered), key=lambda one: one.fraction or 0)
    best = percentage(shares[0], report.method)
    lowest, highest = (percentage(known[at], report.method) if known else best for at in (0, -1))
    if lowest == highest:
        return best
    return f"{best} ({lowest.removesuffix(' %')}–{highest.removesuffix(' %')})"


def blasts(report: Report) -> Table:
    """Return one row for each service that a failure took down, up to `MOST_OUTAGES`.

    What took down several has a row that adds them up.
    """
    columns = (
        Column("failure-of", "Failure of"),
        Column("took-down", "Took down", is_text=True),
        Column("by-way-of", "By way of", spare=1),
        Column("for", "For", is_figure=True),
        Column("users", "Users", is_figure=True, spare=2),
    )
    rows = islice((tuple(row) for each in report.blasts for row in _blast(each)), MOST_OUTAGES)
    return without_empty(columns, list(rows))


def more_blasts(report: Report) -> int:
    """Return how many rows the table of the blast radius leaves out."""
    rows = sum(
        len(each.took_down) + (each.more > 0) + (each.possible > 1) for each in report.blasts
    )
    return max(0, rows - MOST_OUTAGES)


def _blast(each: Blast) -> Iterator[Sequence[str]]:
    """Yield the rows of one failure; they add up, also those of 0 s that may have been longer."""
    source = visible(each.service)
    for taken in each.took_down:
        way = " → ".join(visible(one) for one in taken.through[:-1])
        users = f"{taken.users:,}" if taken.users is not None and taken.time else ""
        time = _bounded(taken.time, taken.least, taken.greatest)
        yield source, visible(taken.service), way, time, users
    if each.more:
        yield source, f"{each.more:,} more, further away", "", "", ""
    if each.possible > 1:
        number = f"{each.services:,}" + (
            f"–{each.possible:,}" if each.services < each.possible else ""
        )
        users = "" if each.users is None else f"{each.users:,}"
        yield source, f"{number} services, added up", "", _bounded(*each.time), users
