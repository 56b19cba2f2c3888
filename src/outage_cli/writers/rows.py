"""The tables of a report as rows of words. Every format that people read shows the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from outage_cli.model import share
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.report import (
    Availability,
    Blast,
    Outage,
    Period,
    Report,
    RollUp,
    ServiceReport,
    Totals,
)
from outage_cli.model.service import Service
from outage_cli.model.span import seconds
from outage_cli.writers.words import NOT_APPLICABLE, clock, number, percentage, user_time, visible

MOST_OUTAGES = 100
"""How many outages a table lists; JSON has them all."""


class Column(NamedTuple):
    """A column: its heading, and what it holds.

    Figures stand to the right and are never cut; texts may be folded. Where there is no room, the
    column with the greatest `spare` goes first; one with 0 stays.
    """

    heading: str
    is_figure: bool = False
    is_text: bool = False
    spare: int = 0


class Table(NamedTuple):
    """A table of words; the first column names what the row is about."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def services(report: Report) -> Table:
    """Return one row a service. Columns that say nothing of any service are left out."""
    columns = (
        Column("Service", is_text=True),
        Column("Downtime", is_figure=True),
        Column("Seconds", is_figure=True, spare=1),
        Column("Availability", is_figure=True),
        Column("Between", is_figure=True, spare=5),
        Column("Outages", is_figure=True, spare=3),
        Column("Inherited", is_figure=True, spare=4),
        Column("Users lost", is_figure=True, spare=6),
        Column("SLO", is_figure=True),
        Column("Budget left", is_figure=True, spare=2),
        Column("At end", spare=7),
    )
    rows = [tuple(_service(each, report)) for each in report.services]
    return _without_empty(columns, rows)


def _service(each: ServiceReport, report: Report) -> Iterator[str]:
    best, target = each.best, each.best.target
    yield name(each.service)
    yield from figures(each, report)
    yield str(len(best.outages))
    yield spell(best.inherited) if best.inherited else ""
    yield user_time(best.user_time_lost) if best.user_time_lost else ""
    yield f"{share.spell(target.target)}{' ✗' if target.met is False else ''}" if target else ""
    yield _left(target.remaining, met=target.met) if target else ""
    yield each.state.word if each.state else ""  # that it is up again goes without saying


def figures(each: ServiceReport, report: Report) -> Iterator[str]:
    """Yield the downtime in words and in seconds and the availability, with their bounds (M7)."""
    best = each.best
    least, most = each.between(lambda one: one.downtime)
    bounds = f" ({spell_range(least, most)})" if least < most else ""
    has_figures = best.downtime or best.considered or most
    yield f"{spell(best.downtime)}{bounds}" if has_figures else NOT_APPLICABLE
    yield number(best.downtime)
    yield percentage(best.availability, report.method)
    shares = [one.availability for one in (best, *each.others)]
    known = sorted(
        (one for one in shares if one.considered), key=lambda one: one.up / one.considered
    )
    lowest, highest = (
        (percentage(one, report.method) for one in (known[0], known[-1])) if known else ("", "")
    )
    yield f"{lowest.removesuffix(' %')}–{highest}" if lowest != highest else ""


def _left(remaining: int, *, met: bool | None) -> str:
    return NOT_APPLICABLE if met is None else spell(remaining)


def outages(report: Report) -> Table:
    """Return one row an outage, in the order of time, up to `MOST_OUTAGES`."""
    found = [
        (outage.start, at, outage)
        for at, each in enumerate(report.services)
        for outage in each.best.outages
    ]
    found.sort(key=lambda one: one[:2])
    columns = (
        Column("Start"),
        Column("End", spare=2),
        Column("Length", is_figure=True),
        Column("Worst", spare=3),
        Column("Service"),
        Column("What happened", is_text=True, spare=1),
    )
    rows = (
        _outage(outage, report.services[at].service, report)
        for _, at, outage in found[:MOST_OUTAGES]
    )
    return Table(columns, tuple(tuple(row) for row in rows))


def _outage(outage: Outage, service: Service, report: Report) -> Iterator[str]:
    yield ("← " if outage.cut_before else "") + clock(outage.start, report.timezone)
    end = clock(outage.end, report.timezone) + (" →" if outage.cut_after else "")
    yield "ongoing" if outage.ongoing else end
    yield spell(outage.length)
    yield outage.worst.word
    yield visible(service.id)
    via = f" (by way of {outage.inherited_from})" if outage.inherited_from else ""
    what = report.lines.tell(outage.started_by) if outage.started_by else ""
    yield visible(what + via)


def periods(report: Report) -> Table:
    """Return one row for each service in each part of the window; its parts add up to the whole."""
    columns = (
        Column("Period"),
        Column("Hours", is_figure=True, spare=2),
        Column("Service", is_text=True),
        Column("Downtime", is_figure=True),
        Column("Seconds", is_figure=True),
        Column("Availability", is_figure=True),
        Column("Between", is_figure=True, spare=3),
        Column("Outages", is_figure=True, spare=1),
    )
    whole = Period("all", report.window, report.services)
    rows = [
        (
            period.label,
            f"{seconds(period.window.length) / 3600:g}",
            name(each.service),
            *figures(each, report),
            str(len(each.best.outages)),
        )
        for period in (*report.periods, whole)
        for each in period.services
    ]
    return _without_empty(columns, rows)


def totals(report: Report) -> Table:
    """Return one row a group and one for all, each figure under the name of its roll-up (M9).

    Without groups there is a table only where several services were down: of one alone its own row
    says it all.
    """
    columns = (
        Column("Totals", is_text=True),
        Column("Services", is_figure=True, spare=1),
        Column("Any down", is_figure=True),
        Column("All down", is_figure=True, spare=4),
        Column("Service time", is_figure=True, spare=2),
        Column("Mean availability", is_figure=True, spare=3),
        Column("User-weighted", is_figure=True, spare=5),
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
    return _without_empty(columns, rows)


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
        Column("Failure of"),
        Column("Took down", is_text=True),
        Column("By way of", spare=1),
        Column("For", is_figure=True),
        Column("Users", is_figure=True, spare=2),
    )
    rows = [tuple(row) for each in report.blasts for row in _blast(each)]
    return _without_empty(columns, rows[:MOST_OUTAGES])


def more_blasts(report: Report) -> int:
    """Return how many rows the table of the blast radius leaves out."""
    return max(0, sum(len(list(_blast(each))) for each in report.blasts) - MOST_OUTAGES)


def _blast(each: Blast) -> Iterator[Sequence[str]]:
    source = visible(each.service)
    for taken in (one for one in each.took_down if one.time):
        way = " → ".join(visible(one) for one in taken.through[:-1])
        users = "" if taken.users is None else f"{taken.users:,}"
        time = _bounded(taken.time, taken.least, taken.greatest)
        yield source, visible(taken.service), way, time, users
    if len(each.services) > 1:
        known = [users for users in each.services.values() if users is not None]
        users = f"{sum(known):,}" if known else ""
        yield source, f"{len(each.services)} services, added up", "", _bounded(*each.time), users


def _without_empty(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """Return a table without the columns that say nothing in any row."""
    kept = [at for at in range(len(columns)) if at == 0 or any(row[at] for row in rows)]
    return Table(
        tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )


def more_outages(report: Report) -> int:
    """Return how many outages the table of outages leaves out."""
    return max(0, sum(len(each.best.outages) for each in report.services) - MOST_OUTAGES)


def name(service: Service) -> str:
    """Return the name of a service as a screen may show it."""
    return visible(service.name)
