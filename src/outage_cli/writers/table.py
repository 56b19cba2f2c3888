"""The report for the terminal. It fits the screen it is given; a pipe gets it plain and uncut."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers import rows
from outage_cli.writers.rows import Table
from outage_cli.writers.words import frame, visible

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
    listed = rows.outages(report)
    if listed.rows:
        console.print()
        console.print(_rich(listed, screen))
    if more := rows.more_outages(report):
        console.print(f"… and {more} more outages; -f json and -f csv have them all")
    lines = (line.rstrip() if not screen.color else line for line in written.getvalue().split("\n"))
    return "\n".join(lines)


def _rich(table: Table, screen: Screen) -> RichTable:
    made = RichTable(
        box=None if screen.is_endless else box.SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
        padding=(0, 2, 0, 0),
        collapse_padding=True,
    )
    for at, column in enumerate(table.columns):
        is_text = at in (0, len(table.columns) - 1) and not column.is_figure
        made.add_column(
            column.heading,
            justify="right" if column.is_figure else "left",
            no_wrap=not is_text,
            overflow="fold",
        )
    for row in table.rows:
        made.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    return made
