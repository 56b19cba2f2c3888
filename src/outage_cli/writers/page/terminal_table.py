"""A table for the terminal, as wide as the screen: its columns fitted, its texts folded.

Figures are never cut. Where there is no room the least needed columns go, then texts are folded;
columns that somebody asked for and that do not fit stand under each other instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.table import Table as RichTable
from rich.text import Text

from outage_cli.model import columns
from outage_cli.model.promises import ClaimVerdict
from outage_cli.model.screen import Screen
from outage_cli.writers.page.table import Column, Table
from outage_cli.writers.page.wrap import folded, has_eastern

if TYPE_CHECKING:
    from outage_cli.languages.en import English

GAP, NARROWEST, LEAST, LONGEST = 2, 16, 8, 24
"""The gap between columns, how narrow texts become where words allow it and where there is no room,
and the longest word that is kept whole."""

ENOUGH = 5_000
"""The most characters of a cell that a screen is filled with; a pipe gets all of them."""

VERDICTS = {
    ClaimVerdict.AGREES: "green",
    ClaimVerdict.DIFFERS: "red",
    ClaimVerdict.UNDECIDABLE: "yellow",
}

_BRACKET = re.compile(r"(?<=\S) ?(?=[(（])")
"""Where a figure is broken: before its bounds."""


def fitted(table: Table, screen: Screen) -> RichTable | Text:
    """Return a table as the screen has room for it."""
    fitting, widths = fit(table, screen)
    if screen.columns and width_of(widths) > screen.width:
        return records(table, screen)
    return side_by_side(fitting, widths, screen)


def records(table: Table, screen: Screen) -> RichTable:
    """Return a table of which the columns stand under each other, a block for each row."""
    left = min(max(cell_len(each.heading) for each in table.columns), max(1, screen.width // 2))
    room, styles = max(1, screen.width - left - GAP), _styles(screen.say)
    grid = RichTable.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    grid.add_column(width=left, overflow="fold")
    grid.add_column(width=room, overflow="fold")
    for row in table.rows:
        for cell, column in zip(row, table.columns, strict=True):
            grid.add_row(
                Text(column.heading, style="bold"),
                _cell(_enough(cell, screen.say), column, room, styles),
            )
        if row is not table.rows[-1]:
            grid.add_row()
    return grid


def _cell(cell: str, column: Column, width: int, styles: Mapping[str, str]) -> Text:
    """Return a cell, on lines that fit where its language can be broken between letters."""
    if column.key == columns.STRIP:
        return Text.from_ansi(cell)
    style = styles.get(cell, "")
    if width and has_eastern(cell):
        cell = "\n".join(one for line in cell.split("\n") for one in folded(line, width))
    return Text(cell, style=style)


def side_by_side(fitting: Table, widths: Sequence[int], screen: Screen) -> RichTable | Text:
    """Return a fitting table with columns as wide as that; a pipe gets it without rich."""
    if screen.is_endless and not screen.color:
        return Text("\n".join(_aligned(fitting)))
    styles = _styles(screen.say)
    grid = RichTable(
        box=None if screen.is_endless else box.SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
        padding=(0, GAP, 0, 0),
        show_edge=False,
    )
    for column, width in zip(fitting.columns, widths, strict=True):
        grid.add_column(
            column.heading,
            justify="right" if column.is_figure else "left",
            no_wrap=not column.is_text,
            overflow="fold",
            width=None if screen.is_endless else width,
        )
    for row in fitting.rows:
        cells = zip(row, fitting.columns, widths, strict=True)
        grid.add_row(*(_cell(cell, column, width, styles) for cell, column, width in cells))
    return grid


def _aligned(table: Table) -> Iterator[str]:
    """Yield the lines of a table that nothing has to fit: a pipe need not wait for rich."""
    lines = [[each.heading for each in table.columns], *table.rows]
    lengths = [[cell_len(cell) for cell in line] for line in lines]
    widths = [max(column) for column in zip(*lengths, strict=True)]
    for line, taken in zip(lines, lengths, strict=True):
        spare = [" " * (width - length) for width, length in zip(widths, taken, strict=True)]
        cells = zip(line, spare, table.columns, strict=True)
        yield (" " * GAP).join(
            space + cell if column.is_figure else cell + space for cell, space, column in cells
        )


def _styles(say: English) -> dict[str, str]:
    """Return the colour of each word that has one."""
    verdicts = {say.findings[verdict.value]: style for verdict, style in VERDICTS.items()}
    return state_styles(say) | verdicts


def state_styles(say: English) -> dict[str, str]:
    """Return the colour of the word of each state; to be up is plain."""
    from outage_cli.writers.chart.palette import PALETTE

    return {say.state_word(state): each.color for state, each in PALETTE.items() if state}


def fit(table: Table, screen: Screen) -> tuple[Table, list[int]]:
    """Return a table that a screen has room for, and the widths of its columns.

    Texts are folded, figures never cut: the least needed column goes first, until the rest fits.
    Where that is not enough, bounds go under their figures, then names are folded too,
    and at last figures are, between their words.
    """
    if screen.is_endless:
        return table, [0] * len(table.columns)
    if any(len(cell) > ENOUGH for row in table.rows for cell in row):
        table = table._replace(
            rows=tuple(tuple(_enough(cell, screen.say) for cell in row) for row in table.rows)
        )
    figures = [column.is_figure for column in table.columns]
    narrow = Table(
        tuple(
            each._replace(heading=each.heading.replace(" ", "\n")) if each.is_figure else each
            for each in table.columns
        ),
        tuple(
            tuple(
                _BRACKET.sub("\n", cell) if is_figure else cell
                for cell, is_figure in zip(row, figures, strict=True)
            )
            for row in table.rows
        ),
    )
    names = narrow._replace(
        columns=tuple(each._replace(is_text=not each.is_figure) for each in narrow.columns)
    )
    last = names._replace(columns=tuple(each._replace(is_text=True) for each in names.columns))
    left, widths, needed = _without_spare(table, screen.width, NARROWEST)
    for shown, least in ((narrow, NARROWEST), (narrow, LEAST), (names, LEAST), (last, LEAST)):
        if width_of(needed) <= screen.width:
            break
        left, widths, needed = _without_spare(shown, screen.width, least)
    return left, _spread(widths, needed, screen.width)


def _enough(cell: str, say: English) -> str:
    from outage_cli.writers.chart.labels import shortened  # few texts are endless

    return cell if len(cell) <= ENOUGH else shortened(cell, say, ENOUGH)


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
        if width_of([needed[each] for each in kept]) > room and table.columns[at].spare:
            kept.remove(at)
    left = Table(
        tuple(table.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in table.rows),
    )
    return left, [widths[at] for at in kept], [needed[at] for at in kept]


def width_of(columns: Sequence[int]) -> int:
    """Return how wide columns are side by side."""
    return sum(columns) + (GAP + 1) * (len(columns) - 1)  # padding, and the box's own column


def _spread(widths: list[int], needed: list[int], room: int) -> list[int]:
    """Return how wide each column becomes: what is left goes to those that want it, evenly."""
    spread = list(needed)
    waiting = sorted(range(len(widths)), key=lambda at: widths[at] - needed[at])
    left = max(0, room - width_of(needed))
    for number, at in enumerate(waiting):
        more = min(widths[at] - needed[at], left // (len(waiting) - number))
        spread[at] += more
        left -= more
    return spread
