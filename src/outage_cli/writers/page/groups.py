"""The tables about several services at once: their totals by group, and who took down whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from outage_cli.model.blast_radius import BlastRadius
from outage_cli.model.report import Report
from outage_cli.model.service_figures import Availability
from outage_cli.model.totals import RollUp, Totals
from outage_cli.writers.page.table import MOST_OUTAGES, Column, Table, without_empty
from outage_cli.writers.page.words import digits, in_percent, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def totals(report: Report, say: English) -> Table:
    """Return one row a group and one for all, each figure under the name of its roll-up (M9).

    Without groups there is a table only where several services were down: of one alone its own row
    says it all.
    """
    columns = (
        Column("totals", say.total, is_text=True),
        Column("services", say.service_count, is_figure=True, spare=1),
        Column("any-down", say.any_down, is_figure=True),
        Column("all-down", say.all_down, is_figure=True, spare=4),
        Column("service-time", say.service_time, is_figure=True, spare=2),
        Column("mean-availability", say.mean_availability, is_figure=True, spare=3),
        Column("user-weighted", say.user_weighted, is_figure=True, spare=5),
    )
    were_down = sum(any(one.downtime for one in each.readings) for each in report.services)
    if report.totals is None or (report.group_by is None and were_down < 2):  # noqa: PLR2004 - several
        return Table(columns, ())
    kind = say.groupings[report.group_by] if report.group_by else ""
    named = [(each, say.group(kind, visible(each.label))) for each in report.groups]
    named.append((report.totals, say.all_together))
    rows = [(name, *_rolled(each, report, say)) for each, name in named]
    return without_empty(columns, rows)


def _rolled(totals: Totals, report: Report, say: English) -> Iterator[str]:
    def time(figure: Callable[[RollUp], int]) -> str:
        return say.bounded(figure(totals.best), *totals.between(figure))

    def share(figure: Callable[[RollUp], Availability]) -> str:
        return _shared([figure(one) for one in (totals.best, *totals.others)], report, say)

    has_users = any(one.user_weighted.considered for one in (totals.best, *totals.others))
    yield str(len(totals.services))
    yield time(lambda one: one.any_down)
    yield time(lambda one: one.all_down)
    yield time(lambda one: one.service_time)
    yield share(lambda one: one.mean)
    yield share(lambda one: one.user_weighted) if has_users else ""


def _shared(shares: Sequence[Availability], report: Report, say: English) -> str:
    """Return an availability with its bounds."""
    known = sorted((one for one in shares if one.considered), key=lambda one: one.fraction or 0)
    low, high = (digits(known[at], report.method) if known else "" for at in (0, -1))
    if low == high:
        return in_percent(shares[0], report.method, say)
    best = digits(shares[0], report.method)
    if not best:
        return f"{say.not_applicable} ({say.percentage_range(low, high)})"
    return say.percentage_bounded(best, low, high)


def blasts(report: Report, say: English) -> Table:
    """Return one row for each service that a failure took down, up to `MOST_OUTAGES`.

    What took down several has a row that adds them up.
    """
    columns = (
        Column("failure-of", say.failure_of),
        Column("took-down", say.took_down, is_text=True),
        Column("by-way-of", say.by_way_of, spare=1),
        Column("for", say.taken_for, is_figure=True),
        Column("users", say.users, is_figure=True, spare=2),
    )
    rows = islice((tuple(row) for each in report.blasts for row in _blast(each, say)), MOST_OUTAGES)
    return without_empty(columns, list(rows))


def more_blasts(report: Report) -> int:
    """Return how many rows the table of the blast radius leaves out."""
    rows = sum(
        len(each.took_down) + (each.more > 0) + (each.possible > 1) for each in report.blasts
    )
    return max(0, rows - MOST_OUTAGES)


def _blast(blast: BlastRadius, say: English) -> Iterator[Sequence[str]]:
    """Yield the rows of one failure; they add up, also those of 0 s that may have been longer."""
    source = visible(blast.service)
    for taken in blast.took_down:
        way = " → ".join(visible(one) for one in taken.through[:-1])
        users = say.people(taken.users) if taken.users is not None and taken.time else ""
        time = say.bounded(taken.time, taken.least, taken.greatest)
        yield source, visible(taken.service), way, time, users
    if blast.more:
        yield source, say.further_away(blast.more), "", "", ""
    if blast.possible > 1:
        services = say.services_added_up(blast.services, blast.possible)
        users = "" if blast.users is None else say.people(blast.users)
        yield source, services, "", say.bounded(*blast.time), users
