"""An explanation for the terminal: figures in columns, the lines behind them beside or below them.

Figures are never cut, and texts are folded. A screen with room has the texts beside the figures; a
narrow one has them below, indented; a pipe has all of it on one line. The layout is linear in the
intervals, of which there may be hundreds of thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from outage_cli.model.screen import Screen
from outage_cli.writers.chart.palette import PALETTE
from outage_cli.writers.page.page import Page
from outage_cli.writers.page.table import Column, Table
from outage_cli.writers.page.wrap import folded, taken

if TYPE_CHECKING:
    from outage_cli.languages.en import English

GAP = 2
INDENT = " " * 4
ROOMY = 25
"""How many columns each text needs to stand beside the figures."""

_BOLD, _DIM = "1", "2"


def drawn(page: Page, screen: Screen) -> str:
    """Return a page whose tables have long texts beside or below their figures."""
    colors = state_colors(screen.say)
    lines = [*_folded(page.title, _BOLD, screen), *_folded(page.caption, _DIM, screen)]
    if page.lead:
        verdict, *details = page.lead
        lines += ["", *_folded(verdict, _BOLD, screen)]
        for sentence in details:
            lines += _folded(sentence, "", screen)
    for section in page.sections:
        lines += ["", *_table(section.table, screen, colors)]
    if page.note:
        lines += ["", *_folded(page.note, _DIM, screen)]
    return "\n".join(lines) + "\n"


def _folded(text: str, style: str, screen: Screen) -> list[str]:
    return [_painted(line, style, screen) for line in folded(text, screen.width)]


def state_colors(say: English) -> dict[str, str]:
    """Return the terminal colour of the word of each state; to be up is plain."""
    return {say.state_word(state): each.ansi for state, each in PALETTE.items() if state}


def _table(table: Table, screen: Screen, paint: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a table that fits the screen."""
    texts = [at for at, column in enumerate(table.columns) if column.is_text]
    widths = [
        max(map(taken, (column.heading, *cells)))
        for column, *cells in zip(table.columns, *table.rows, strict=True)
    ]
    shown = _kept(table, widths, screen)
    room = screen.width - sum(widths[at] + GAP for at in shown) - GAP * (len(texts) - 1)
    is_beside = room >= sum(min(widths[at], ROOMY) for at in texts)
    if is_beside:
        for at, share in zip(texts, _shares([widths[at] for at in texts], room), strict=True):
            widths[at] = share
        shown += texts
    columns = [(at, widths[at], table.columns[at]) for at in shown]
    headings = tuple(column.heading for column in table.columns)
    yield from (_painted(each, _BOLD, screen) for each in _row(headings, columns, Screen(), paint))
    for row in table.rows:
        yield from _row(row, columns, screen, paint)
        for at in () if is_beside else texts:
            if row[at]:
                yield from _below(f"{table.columns[at].heading.lower()} {row[at]}", screen)


def _kept(table: Table, widths: Sequence[int], screen: Screen) -> list[int]:
    """Return the columns of figures that the screen has room for; the least needed go first."""
    kept = [at for at, column in enumerate(table.columns) if not column.is_text]
    for at in sorted(kept, key=lambda at: -table.columns[at].spare):
        if sum(widths[one] + GAP for one in kept) - GAP <= screen.width:
            break
        if table.columns[at].spare:
            kept.remove(at)
    return kept


def _shares(widths: Sequence[int], room: int) -> list[int]:
    """Return how wide texts are side by side: as wide as they want, or their part of the room."""
    shares = [0] * len(widths)
    for done, at in enumerate(sorted(range(len(widths)), key=lambda at: widths[at])):
        shares[at] = min(widths[at], room // (len(widths) - done))
        room -= shares[at]
    return shares


def _row(
    row: Sequence[str],
    columns: Sequence[tuple[int, int, Column]],
    screen: Screen,
    paint: Mapping[str, str],
) -> Iterator[str]:
    """Yield a row, in as many lines as its longest text is folded to.

    A column is the number of its cell, how wide it is, and what it holds.
    """
    cells = [
        folded(row[at], width) if column.is_text else [row[at]] for at, width, column in columns
    ]
    for number in range(max(map(len, cells))):
        words: list[str] = []
        for (_, width, column), lines in zip(columns, cells, strict=True):
            text = lines[number] if number < len(lines) else ""
            pad = " " * (width - taken(text))
            painted = _painted(text, paint.get(text, ""), screen)
            words.append(pad + painted if column.is_figure else painted + pad)
        yield (" " * GAP).join(words).rstrip()


def _below(text: str, screen: Screen) -> Iterator[str]:
    first, *rest = folded(text, screen.width - 2 * len(INDENT))
    for indent, line in ((INDENT, first), *((INDENT * 2, each) for each in rest)):
        yield _painted(f"{indent}{line}", _DIM, screen)


def _painted(text: str, style: str, screen: Screen) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if screen.color and style and text else text
