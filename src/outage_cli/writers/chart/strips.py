"""Strips of states in the tables of formats that have no colours: a letter for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outage_cli.model.columns import STRIP, draws
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.page.services import Table

if TYPE_CHECKING:
    from outage_cli.languages.en import English

LENGTH = 40
"""How many signs a strip has where no screen says how many there is room for."""


def lettered(table: Table, report: Report) -> Table:
    """Return a table of services with its strips, if it has a column for them."""
    at = next((at for at, each in enumerate(table.columns) if each.key == STRIP), None)
    if at is None:
        return table
    from outage_cli.writers.page.terminal_story import strips  # few people ask

    found = zip(table.rows, strips(report, LENGTH, Screen()), strict=True)
    return table._replace(rows=tuple((*row[:at], each, *row[at + 1 :]) for row, each in found))


def legend(report: Report, screen: Screen, say: English) -> list[str]:
    """Return what the signs mean, where there are strips."""
    if report.chart is None or not draws(screen.columns, is_terminal=False):
        return []
    from outage_cli.writers.page import terminal_story

    return terminal_story.legend(report.chart, LENGTH, Screen(), say)
