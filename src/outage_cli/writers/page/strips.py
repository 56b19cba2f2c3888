"""Strips of states in tables without colours: a letter for each part of the time."""

from __future__ import annotations

from outage_cli.model.columns import STRIP
from outage_cli.model.screen import Screen
from outage_cli.writers.page.page import Section
from outage_cli.writers.page.table import Table

LENGTH = 40
"""How many letters a strip has where no screen says how many there is room for."""


def lettered(section: Section) -> Table:
    """Return the table of a section with its strips, if it has a column for them."""
    table = section.table
    if section.states is None or not _has_strips(table):
        return table
    from outage_cli.writers.chart.terminal import strips  # few people ask

    at = [column.key for column in table.columns].index(STRIP)
    drawn = strips(section.states, LENGTH, Screen())
    rows = zip(table.rows, drawn, strict=True)
    return table._replace(rows=tuple((*row[:at], strip, *row[at + 1 :]) for row, strip in rows))


def legend(section: Section, screen: Screen) -> list[str]:
    """Return what the letters of the strips mean, where there are any."""
    if section.states is None or section.states.chart is None or not _has_strips(section.table):
        return []
    from outage_cli.writers.chart import terminal

    return terminal.legend(section.states.chart, LENGTH, Screen(), screen.say)


def _has_strips(table: Table) -> bool:
    return any(column.key == STRIP for column in table.columns)
