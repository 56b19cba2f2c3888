"""The report for the terminal. It fits the screen it is given; a pipe gets it plain and uncut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from outage_cli.model import columns
from outage_cli.model.comparison import Comparison
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers import rows, rows_promised, rows_together
from outage_cli.writers.chart_words import shortened
from outage_cli.writers.rows import Column, Table
from outage_cli.writers.words import frame, visible, what_if, window_of

if TYPE_CHECKING:
    from outage_cli.model.explanation import Explanation

GAP, NARROWEST, LEAST, LONGEST, MOST_ROWS = 2, 16, 8, 24, 2000
"""The gap between columns, how narrow texts become where words allow it and where there is no room,
the longest word that is kept whole, and the most rows."""

ENOUGH = 5_000
"""The most characters of a cell that a screen is filled with; a pipe gets all of them."""

LEAST_STRIP, ROOMY_STRIP, STRIP = 10, 20, 60
"""How wide a strip of states is at least, asked for or not, and at most."""

STYLES = {"down": "red", "partial": "yellow", "degraded": "yellow", "maintenance": "blue",
          "agrees": "green", "differs": "red", "undecidable": "yellow"}  # fmt: skip


def report(report: Report, screen: Screen) -> str:
    """Return the report as tables: its services, then their outages."""
    written, console = _console(screen)
    if report.title:
        console.print(Text(visible(report.title), style="bold"))
    console.print(Text(frame(report), style="dim"))
    console.print()
    _services(report, console, screen)
    for table, more, named in _tables(report, screen):
        _show(table, console, screen)
        if more > 0:
            console.print(f"… and {more} more {named} has them all")
    if report.what_if:
        moved = report.what_if.report
        console.print()
        console.print(Text(what_if(report.what_if), style="bold"))
        console.print(Text(frame(moved), style="dim"))
        console.print()
        _services(moved, console, screen)
        _show(rows_together.totals(moved), console, screen)
    return _uncoloured(written, screen)


def _tables(report: Report, screen: Screen) -> Iterator[tuple[Table, int, str]]:
    """Yield what follows the services: tables, how many rows they leave out, and who has those."""
    yield rows_together.totals(report), 0, ""
    if report.periods:
        yield _cut(rows.periods(report, screen), "rows; -f csv")
    yield rows.outages(report), rows.more_outages(report), "outages; -f json"
    left_out = len(report.maintenance) - rows.MOST_OUTAGES
    yield rows.maintenance(report), left_out, "pieces of work; -f json"
    yield rows_together.blasts(report), rows_together.more_blasts(report), "services; -f json"
    for section in rows_promised.sections(report):
        yield section.table, section.left_out, "rows; -f json"
    if report.milestones or screen.is_full:
        from outage_cli.writers.more_rows import tables  # few reports have them

        for _, table in tables(report, is_full=screen.is_full):
            yield _cut(table, "rows; -f json")


def _cut(table: Table, named: str) -> tuple[Table, int, str]:
    return table._replace(rows=table.rows[:MOST_ROWS]), len(table.rows) - MOST_ROWS, named


def comparison(told: Comparison, screen: Screen) -> str:
    """Return the figures of every method as one table."""
    from outage_cli.writers import comparing

    written, console = _console(screen)
    if told.report.title:
        console.print(Text(visible(told.report.title), style="bold"))
    console.print(Text(window_of(told.report), style="dim"))
    console.print()
    console.print(_rich(comparing.rows(told, screen), screen))
    return _uncoloured(written, screen)


def _console(screen: Screen) -> tuple[StringIO, Console]:
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
    return written, console


def _uncoloured(written: StringIO, screen: Screen) -> str:
    lines = (line.rstrip() if not screen.color else line for line in written.getvalue().split("\n"))
    return "\n".join(lines)


def _services(report: Report, console: Console, screen: Screen) -> None:
    """Print the services; on a terminal with their states, beside the figures or under them."""
    table = rows.services(report, screen)
    keys = [each.key for each in table.columns]
    is_drawn = columns.draws(screen.columns, is_terminal=not screen.is_endless)
    if report.chart is None or not is_drawn:
        console.print(_rich(table, screen))
        return
    from outage_cli.writers import show

    is_asked = columns.STRIP in keys
    at = keys.index(columns.STRIP) if is_asked else len(keys)
    fitting, widths = _fitting(_without(table, at), _beside(screen) if is_asked else screen)
    room = STRIP if screen.is_endless else min(STRIP, screen.width - _width(widths) - GAP - 1)
    if not is_asked and room < ROOMY_STRIP:
        console.print(_laid_out(fitting, widths, screen))
        console.print()
        for line in show.chart(report.chart, screen):
            console.print(Text.from_ansi(line), soft_wrap=True)
        return
    if room < LEAST_STRIP:
        longest = max(cell_len(each.heading) for each in table.columns)
        room = max(1, min(STRIP, screen.width - longest - GAP))
        strips = show.strips(report, room, screen)
        console.print(_records(_with(_without(table, at), at, rows.STATES, strips), screen))
    else:
        place = sum(each.key in keys[:at] for each in fitting.columns)
        fitting = _with(fitting, place, rows.STATES, show.strips(report, room, screen))
        widths.insert(place, room)
        console.print(_laid_out(fitting, widths, screen))
    for line in show.legend(report.chart, room, screen):
        console.print(Text.from_ansi(line), soft_wrap=True)


def _beside(screen: Screen) -> Screen:
    """Return what a screen has room for beside a strip that was asked for."""
    if screen.is_endless:
        return screen
    return screen._replace(width=max(1, screen.width - LEAST_STRIP - GAP - 1))


def _without(table: Table, at: int) -> Table:
    cut = ((*each[:at], *each[at + 1 :]) for each in table.rows)
    return Table((*table.columns[:at], *table.columns[at + 1 :]), tuple(cut))


def _with(table: Table, at: int, column: Column, cells: Sequence[str]) -> Table:
    added = ((*row[:at], cell, *row[at:]) for row, cell in zip(table.rows, cells, strict=True))
    return Table((*table.columns[:at], column, *table.columns[at:]), tuple(added))


def explanation(told: Explanation, screen: Screen) -> str:
    """Return what is behind the figures of one service: its intervals, or one instant of it."""
    from outage_cli.writers import explained_table  # only `explain` needs it

    return explained_table.laid_out(told, screen)


def _show(table: Table, console: Console, screen: Screen) -> None:
    """Print a table under an empty line, if it has rows."""
    if table.rows:
        console.print()
        console.print(_rich(table, screen))


def _rich(table: Table, screen: Screen) -> RichTable:
    fitting, widths = _fitting(table, screen)
    if screen.columns and _width(widths) > screen.width:
        return _records(table, screen)
    return _laid_out(fitting, widths, screen)


def _records(table: Table, screen: Screen) -> RichTable:
    """Return what was asked for and does not fit side by side: a line for each cell, as blocks."""
    left = min(max(cell_len(each.heading) for each in table.columns), max(1, screen.width // 2))
    made = RichTable.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    made.add_column(width=left, overflow="fold")
    made.add_column(width=max(1, screen.width - left - GAP), overflow="fold")
    for row in table.rows:
        for cell, column in zip(row, table.columns, strict=True):
            made.add_row(Text(column.heading, style="bold"), _cell(_enough(cell), column))
        if row is not table.rows[-1]:
            made.add_row()
    return made


def _cell(cell: str, column: Column) -> Text:
    if column.key == columns.STRIP:
        return Text.from_ansi(cell)
    return Text(cell, style=STYLES.get(cell, ""))


def _laid_out(fitting: Table, widths: Sequence[int], screen: Screen) -> RichTable:
    made = RichTable(
        box=None if screen.is_endless else box.SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
        padding=(0, GAP, 0, 0),
        show_edge=False,
    )
    for column, width in zip(fitting.columns, widths, strict=True):
        made.add_column(
            column.heading,
            justify="right" if column.is_figure else "left",
            no_wrap=not column.is_text,
            overflow="fold",
            width=None if screen.is_endless else width,
        )
    for row in fitting.rows:
        made.add_row(*map(_cell, row, fitting.columns))
    return made


def _fitting(table: Table, screen: Screen) -> tuple[Table, list[int]]:
    """Return a table that a screen has room for, and the widths of its columns.

    Texts are folded, figures never cut: the least needed column goes first, until the rest fits.
    Where that is not enough, bounds go under their figures, then names are folded too,
    and at last figures are, between their words.
    """
    if screen.is_endless:
        return table, [0] * len(table.columns)
    if any(len(cell) > ENOUGH for row in table.rows for cell in row):
        table = table._replace(rows=tuple(tuple(map(_enough, row)) for row in table.rows))
    figures = [column.is_figure for column in table.columns]
    narrow = Table(
        tuple(
            each._replace(heading=each.heading.replace(" ", "\n")) if each.is_figure else each
            for each in table.columns
        ),
        tuple(
            tuple(
                cell.replace(" (", "\n(") if is_figure else cell
                for cell, is_figure in zip(row, figures, strict=True)
            )
            for row in table.rows
        ),
    )
    folded = narrow._replace(
        columns=tuple(each._replace(is_text=not each.is_figure) for each in narrow.columns)
    )
    last = folded._replace(columns=tuple(each._replace(is_text=True) for each in folded.columns))
    left, widths, needed = _without_spare(table, screen.width, NARROWEST)
    for shown, least in ((narrow, NARROWEST), (narrow, LEAST), (folded, LEAST), (last, LEAST)):
        if _width(needed) <= screen.width:
            break
        left, widths, needed = _without_spare(shown, screen.width, least)
    return left, _spread(widths, needed, screen.width)


def _enough(cell: str) -> str:
    return cell if len(cell) <= ENOUGH else shortened(cell, ENOUGH)


def _without_spare(table: Table, room: int, least: int) -> tuple[Table, list[int], list[int]]:
    """Return a table without the columns there is no room for; how wide each is, and must be."""
    widths, needed = [], []
    for column, *cells in zip(table.columns, *table.rows, strict=True):
        texts = (column.heading, *cells)
        width = max(cell_len(line) for text in texts for line in text.split("\n"))
        words = min(
            LONGEST, max(cell_len(word) for text in texts for word in text.split() or ("",))
        )
        widths.append(width)
        enough = least if least == LEAST and not column.is_figure else max(least, words)
        needed.append(min(width, enough) if column.is_text else width)
    kept = list(range(len(widths)))
    for at in sorted(kept, key=lambda at: -table.columns[at].spare):
        if _width([needed[each] for each in kept]) > room and table.columns[at].spare:
            kept.remove(at)
    left = Table(
        tuple(table.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in table.rows),
    )
    return left, [widths[at] for at in kept], [needed[at] for at in kept]


def _width(columns: list[int]) -> int:
    return sum(columns) + (GAP + 1) * (len(columns) - 1)  # padding, and the box's own column


def _spread(widths: list[int], needed: list[int], room: int) -> list[int]:
    """Return how wide each column becomes: what is left goes to those that want it, evenly."""
    spread = list(needed)
    waiting = sorted(range(len(widths)), key=lambda at: widths[at] - needed[at])
    left = max(0, room - _width(needed))
    for number, at in enumerate(waiting):
        more = min(widths[at] - needed[at], left // (len(waiting) - number))
        spread[at] += more
        left -= more
    return spread
