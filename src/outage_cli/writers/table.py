"""The report for the terminal. It fits the screen it is given; a pipe gets it plain and uncut."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from outage_cli.model.chart import Chart
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers import rows, rows_together
from outage_cli.writers.rows import Table
from outage_cli.writers.words import frame, visible, what_if

GAP, NARROWEST, MOST_ROWS = 2, 16, 2000

STYLES = {"down": "red", "partial": "yellow", "degraded": "yellow", "maintenance": "blue"}


def report(report: Report, screen: Screen) -> str:
    """Return the report as tables: its services, then their outages."""
    written = StringIO()
    console = Console(
        file=written,
        width=screen.width,
        force_terminal=screen.color,
        no_color=not screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    if report.title:
        console.print(Text(visible(report.title), style="bold"))
    console.print(Text(frame(report), style="dim"))
    console.print()
    console.print(_rich(rows.services(report), screen))
    if report.chart and not screen.is_endless:
        _strips(report.chart, console, screen)
    _show(rows_together.totals(report), console, screen)
    if report.periods:
        console.print()
        listed = rows.periods(report)
        console.print(_rich(listed._replace(rows=listed.rows[:MOST_ROWS]), screen))
        if (more := len(listed.rows) - MOST_ROWS) > 0:
            console.print(f"… and {more} more rows; -f csv has them all")
    _show(rows.outages(report), console, screen)
    if more := rows.more_outages(report):
        console.print(f"… and {more} more outages; -f json has them all")
    _show(rows_together.blasts(report), console, screen)
    if more := rows_together.more_blasts(report):
        console.print(f"… and {more} more; -f json has them all")
    if report.what_if:
        moved = report.what_if.report
        console.print()
        console.print(Text(what_if(report.what_if), style="bold"))
        console.print(Text(frame(moved), style="dim"))
        console.print()
        console.print(_rich(rows.services(moved), screen))
        _show(rows_together.totals(moved), console, screen)
    lines = (line.rstrip() if not screen.color else line for line in written.getvalue().split("\n"))
    return "\n".join(lines)


def _strips(chart: Chart, console: Console, screen: Screen) -> None:
    """Print the states of each service as a strip of signs, under an empty line."""
    from outage_cli.writers.show import chart as drawn

    console.print()
    for line in drawn(chart, screen):
        console.print(Text.from_ansi(line), soft_wrap=True)


def _show(table: Table, console: Console, screen: Screen) -> None:
    """Print a table under an empty line, if it has rows."""
    if table.rows:
        console.print()
        console.print(_rich(table, screen))


def _rich(table: Table, screen: Screen) -> RichTable:
    fitting = _fitting(table, screen)
    made = RichTable(
        box=None if screen.is_endless else box.SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
        padding=(0, GAP, 0, 0),
        show_edge=False,
    )
    for column in fitting.columns:
        made.add_column(
            column.heading,
            justify="right" if column.is_figure else "left",
            no_wrap=not column.is_text,
            overflow="fold",
            min_width=min(NARROWEST, cell_len(column.heading)) if column.is_text else None,
        )
    for row in fitting.rows:
        made.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    return made


def _fitting(table: Table, screen: Screen) -> Table:
    """Return a table without the columns that a narrow screen has no room for.

    Texts are folded, figures never cut: the least needed column goes first, until the rest fits.
    """
    widths = [
        max(cell_len(cell) for cell in (column.heading, *cells))
        for column, *cells in zip(table.columns, *table.rows, strict=True)
    ]
    needed = [
        min(width, NARROWEST) if column.is_text else width
        for column, width in zip(table.columns, widths, strict=True)
    ]
    kept = set(range(len(widths)))
    spare = sorted(kept, key=lambda at: -table.columns[at].spare)
    while sum(needed[at] + GAP for at in kept) > screen.width and table.columns[spare[0]].spare:
        kept.remove(spare.pop(0))
    shown = sorted(kept)
    return Table(
        tuple(table.columns[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in table.rows),
    )
