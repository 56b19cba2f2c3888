"""The tables of a report as rows of words. Every format that people read shows the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from outage_cli.model import share
from outage_cli.model.duration import spell
from outage_cli.model.report import Outage, Report, ServiceReport
from outage_cli.model.service import Service
from outage_cli.writers.words import NOT_APPLICABLE, clock, number, percentage, visible

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
        Column("Seconds", is_figure=True),
        Column("Availability", is_figure=True),
        Column("Outages", is_figure=True, spare=2),
        Column("Inherited", is_figure=True, spare=3),
        Column("SLO", is_figure=True),
        Column("Budget left", is_figure=True, spare=1),
        Column("At end", spare=4),
    )
    rows = [tuple(_service(each, report)) for each in report.services]
    kept = [at for at in range(len(columns)) if at == 0 or any(row[at] for row in rows)]
    return Table(
        tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )


def _service(each: ServiceReport, report: Report) -> Iterator[str]:
    target = each.target
    yield name(each.service)
    yield spell(each.downtime) if each.downtime or each.considered else NOT_APPLICABLE
    yield number(each.downtime)
    yield percentage(each.availability, report.method)
    yield str(len(each.outages))
    yield spell(each.inherited) if each.inherited else ""
    yield share.spell(target.target) if target else ""
    yield _left(target.remaining, met=target.met) if target else ""
    yield each.state.word if each.state else ""  # that it is up again goes without saying


def _left(remaining: int, *, met: bool | None) -> str:
    return NOT_APPLICABLE if met is None else f"{spell(remaining)}{'' if met else ' ✗'}"


def outages(report: Report) -> Table:
    """Return one row an outage, in the order of time, up to `MOST_OUTAGES`."""
    found = [
        (outage.start, at, outage)
        for at, each in enumerate(report.services)
        for outage in each.outages
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
    yield service.id
    via = f" (by way of {outage.inherited_from})" if outage.inherited_from else ""
    yield visible(outage.what + via)


def more_outages(report: Report) -> int:
    """Return how many outages the table of outages leaves out."""
    return max(0, sum(len(each.outages) for each in report.services) - MOST_OUTAGES)


def name(service: Service) -> str:
    """Return the name of a service as a screen may show it."""
    return visible(service.name)
