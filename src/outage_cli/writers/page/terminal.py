"""The page for the terminal. It fits the screen it is given; a pipe gets it plain and uncut."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from outage_cli.model import columns
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.page.page import (
    Page,
    Section,
    page_of_comparison,
    page_of_explanation,
    page_of_report,
)
from outage_cli.writers.page.terminal_table import fitted
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation

MOST_ROWS = 2000
"""How many rows the long tables have at most."""


def report(report: Report, screen: Screen) -> str:
    """Return a report as tables: its services, then what else there is to show."""
    return _drawn(page_of_report(report, screen, rows=MOST_ROWS), screen)


def comparison(comparison: Comparison, screen: Screen) -> str:
    """Return the figures of every method as one table."""
    return _drawn(page_of_comparison(comparison, screen), screen)


def explanation(explanation: Explanation, screen: Screen) -> str:
    """Return what is behind the figures of one service: its intervals, or one instant of it."""
    from outage_cli.writers.page import terminal_explanation  # only `explain` needs it

    return terminal_explanation.drawn(page_of_explanation(explanation, screen), screen)


def _drawn(page: Page, screen: Screen) -> str:
    written = StringIO()
    console = Console(
        file=written,
        width=screen.width,
        soft_wrap=screen.is_endless,
        force_terminal=screen.color,
        no_color=not screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    _print(page, console, screen)
    if page.moved:
        console.print()
        _print(page.moved, console, screen)
    lines = (line.rstrip() if not screen.color else line for line in written.getvalue().split("\n"))
    return "\n".join(lines)


def _print(page: Page, console: Console, screen: Screen) -> None:
    if page.title:
        console.print(Text(visible(page.title), style="bold"))
    console.print(Text(page.caption, style="dim"))
    for section in page.sections:
        console.print()
        _print_section(section, console, screen)


def _print_section(section: Section, console: Console, screen: Screen) -> None:
    is_drawn = columns.draws(screen.columns, is_terminal=not screen.is_endless)
    if section.states and section.states.chart and is_drawn:
        from outage_cli.writers.page import terminal_states

        terminal_states.draw(section.table, section.states, console, screen)
    else:
        console.print(fitted(section.table, screen))
    if section.left_out:
        console.print(section.left_out)
