"""The services of a report on the terminal, with their states: beside the figures or under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from outage_cli.model.columns import STRIP
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.chart import terminal
from outage_cli.writers.page.services import strip_column
from outage_cli.writers.page.table import Column, Table
from outage_cli.writers.page.terminal_table import GAP, fit, records, side_by_side, width_of

LEAST_ROOM, ROOMY, MOST_ROOM = 10, 20, 60
"""How wide a strip of states is at least, asked for or not, and at most."""


def draw(table: Table, report: Report, console: Console, screen: Screen) -> None:
    """Print a table of services with strips; where they have no room, a chart stands below."""
    if report.chart is None:
        return
    keys = [column.key for column in table.columns]
    is_asked = STRIP in keys
    at = keys.index(STRIP) if is_asked else len(keys)
    plain = _without(table, at)
    fitting, widths = fit(plain, _beside(screen) if is_asked else screen)
    room = min(MOST_ROOM, screen.width - width_of(widths) - GAP - 1)
    if not is_asked and room < ROOMY:
        console.print(side_by_side(fitting, widths, screen))
        console.print()
        _print_lines(terminal.chart(report.chart, screen, screen.say), console)
        return
    column = strip_column(screen.say)
    if room < LEAST_ROOM:
        longest = max(cell_len(column.heading) for column in table.columns)
        room = max(1, min(MOST_ROOM, screen.width - longest - GAP))
        strips = terminal.strips(report, room, screen)
        console.print(records(_with(plain, at, column, strips), screen))
    else:
        place = sum(column.key in keys[:at] for column in fitting.columns)
        strips = terminal.strips(report, room, screen)
        widths.insert(place, room)
        console.print(side_by_side(_with(fitting, place, column, strips), widths, screen))
    _print_lines(terminal.legend(report.chart, room, screen, screen.say), console)


def _print_lines(lines: Iterable[str], console: Console) -> None:
    for line in lines:
        console.print(Text.from_ansi(line), soft_wrap=True)


def _beside(screen: Screen) -> Screen:
    """Return what a screen has room for beside a strip that was asked for."""
    if screen.is_endless:
        return screen
    return screen._replace(width=max(1, screen.width - LEAST_ROOM - GAP - 1))


def _without(table: Table, at: int) -> Table:
    rows = ((*row[:at], *row[at + 1 :]) for row in table.rows)
    return Table((*table.columns[:at], *table.columns[at + 1 :]), tuple(rows))


def _with(table: Table, at: int, column: Column, cells: Sequence[str]) -> Table:
    rows = ((*row[:at], cell, *row[at:]) for row, cell in zip(table.rows, cells, strict=True))
    return Table((*table.columns[:at], column, *table.columns[at:]), tuple(rows))
