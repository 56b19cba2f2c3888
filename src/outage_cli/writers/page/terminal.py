"""The report for the terminal. It fits the screen it is given; a pipe gets it plain and uncut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, TypeAlias

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from outage_cli import registry
from outage_cli.model import columns
from outage_cli.model.comparison import Comparison
from outage_cli.model.promises import ClaimVerdict
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.page import groups, promises
from outage_cli.writers.page import services as rows
from outage_cli.writers.page.services import Column, Table
from outage_cli.writers.page.words import frame, visible, what_if, window_of
from outage_cli.writers.page.wrap import folded, has_eastern

if TYPE_CHECKING:
    from outage_cli.languages.en import English
    from outage_cli.model.explanation import Explanation

GAP, NARROWEST, LEAST, LONGEST, MOST_ROWS = 2, 16, 8, 24, 2000
"""The gap between columns, how narrow texts become where words allow it and where there is no room,
the longest word that is kept whole, and the most rows."""

ENOUGH = 5_000
"""The most characters of a cell that a screen is filled with; a pipe gets all of them."""

LEAST_STRIP, ROOMY_STRIP, STRIP = 10, 20, 60
"""How wide a strip of states is at least, asked for or not, and at most."""

FINDINGS = {
    ClaimVerdict.AGREES: "green",
    ClaimVerdict.DIFFERS: "red",
    ClaimVerdict.UNDECIDABLE: "yellow",
}

_BRACKET = re.compile(r"(?<=\S) ?(?=[(（])")
"""Where a figure is broken: before its bounds."""


def report(report: Report, screen: Screen) -> str:
    """Return the report as tables: its services, then their outages."""
    say: English = registry.language(screen.language)
    written, console = _console(screen)
    if report.title:
        console.print(Text(visible(report.title), style="bold"))
    console.print(Text(frame(report, say), style="dim"))
    console.print()
    _services(report, console, screen, say)
    for table, more, told in _tables(report, screen, say):
        _show(table, console, screen, say)
        if more > 0:
            console.print(told(more))
    if report.what_if:
        moved = report.what_if.report
        console.print()
        console.print(Text(what_if(report.what_if, say), style="bold"))
        console.print(Text(frame(moved, say), style="dim"))
        console.print()
        _services(moved, console, screen, say)
        _show(groups.totals(moved, say), console, screen, say)
    return _uncoloured(written, screen)


More: TypeAlias = "Callable[[int], str]"
"""How to tell how many rows a table leaves out, and which format has them."""


def _tables(report: Report, screen: Screen, say: English) -> Iterator[tuple[Table, int, More]]:
    """Yield what follows the services: tables, how many rows they leave out, and how to say it."""
    in_json = partial(say.more_rows, form="json")
    yield groups.totals(report, say), 0, in_json
    if report.periods:
        yield _cut(rows.periods(report, screen, say), partial(say.more_rows, form="csv"))
    left_out = rows.more_outages(report)
    yield rows.outages(report, say), left_out, partial(say.more_outages, form="json")
    left_out = len(report.maintenance) - rows.MOST_OUTAGES
    yield rows.maintenance(report, say), left_out, partial(say.more_work, form="json")
    left_out = groups.more_blasts(report)
    yield groups.blasts(report, say), left_out, partial(say.more_taken_down, form="json")
    for section in promises.sections(report, say):
        yield section.table, section.left_out, in_json
    if report.milestones or screen.is_full:
        from outage_cli.writers.page.details import tables  # few reports have them

        for _, table in tables(report, say, is_full=screen.is_full):
            yield _cut(table, in_json)


def _cut(table: Table, told: More) -> tuple[Table, int, More]:
    return table._replace(rows=table.rows[:MOST_ROWS]), len(table.rows) - MOST_ROWS, told


def comparison(told: Comparison, screen: Screen) -> str:
    """Return the figures of every method as one table."""
    from outage_cli.writers.page import methods

    say: English = registry.language(screen.language)
    written, console = _console(screen)
    if told.report.title:
        console.print(Text(visible(told.report.title), style="bold"))
    console.print(Text(window_of(told.report, say), style="dim"))
    console.print()
    console.print(_rich(methods.rows(told, screen, say), screen, say))
    return _uncoloured(written, screen)


def _console(screen: Screen) -> tuple[StringIO, Console]:
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
    return written, console


def _uncoloured(written: StringIO, screen: Screen) -> str:
    lines = (line.rstrip() if not screen.color else line for line in written.getvalue().split("\n"))
    return "\n".join(lines)


def _services(report: Report, console: Console, screen: Screen, say: English) -> None:
    """Print the services; on a terminal with their states, beside the figures or under them."""
    table = rows.services(report, screen, say)
    keys = [each.key for each in table.columns]
    is_drawn = columns.draws(screen.columns, is_terminal=not screen.is_endless)
    if report.chart is None or not is_drawn:
        console.print(_rich(table, screen, say))
        return
    from outage_cli.writers.page import terminal_story

    is_asked = columns.STRIP in keys
    at = keys.index(columns.STRIP) if is_asked else len(keys)
    beside = _beside(screen) if is_asked else screen
    fitting, widths = _fitting(_without(table, at), beside, say)
    room = STRIP if screen.is_endless else min(STRIP, screen.width - _width(widths) - GAP - 1)
    if not is_asked and room < ROOMY_STRIP:
        console.print(_laid_out(fitting, widths, screen, say))
        console.print()
        for line in terminal_story.chart(report.chart, screen, say):
            console.print(Text.from_ansi(line), soft_wrap=True)
        return
    column = rows.strip_column(say)
    if room < LEAST_STRIP:
        longest = max(cell_len(each.heading) for each in table.columns)
        room = max(1, min(STRIP, screen.width - longest - GAP))
        strips = terminal_story.strips(report, room, screen)
        console.print(_records(_with(_without(table, at), at, column, strips), screen, say))
    else:
        place = sum(each.key in keys[:at] for each in fitting.columns)
        fitting = _with(fitting, place, column, terminal_story.strips(report, room, screen))
        widths.insert(place, room)
        console.print(_laid_out(fitting, widths, screen, say))
    for line in terminal_story.legend(report.chart, room, screen, say):
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
    from outage_cli.writers.page import terminal_explanation  # only `explain` needs it

    return terminal_explanation.laid_out(told, screen)


def _show(table: Table, console: Console, screen: Screen, say: English) -> None:
    """Print a table under an empty line, if it has rows."""
    if table.rows:
        console.print()
        console.print(_rich(table, screen, say))


def _rich(table: Table, screen: Screen, say: English) -> RichTable | Text:
    fitting, widths = _fitting(table, screen, say)
    if screen.columns and _width(widths) > screen.width:
        return _records(table, screen, say)
    return _laid_out(fitting, widths, screen, say)


def _records(table: Table, screen: Screen, say: English) -> RichTable:
    """Return what was asked for and does not fit side by side: a line for each cell, as blocks."""
    left = min(max(cell_len(each.heading) for each in table.columns), max(1, screen.width // 2))
    room, styles = max(1, screen.width - left - GAP), _styles(say)
    made = RichTable.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    made.add_column(width=left, overflow="fold")
    made.add_column(width=room, overflow="fold")
    for row in table.rows:
        for cell, column in zip(row, table.columns, strict=True):
            made.add_row(
                Text(column.heading, style="bold"), _cell(_enough(cell, say), column, room, styles)
            )
        if row is not table.rows[-1]:
            made.add_row()
    return made


def _cell(cell: str, column: Column, width: int, styles: Mapping[str, str]) -> Text:
    """Return a cell, on lines that fit where its language can be broken between letters."""
    if column.key == columns.STRIP:
        return Text.from_ansi(cell)
    style = styles.get(cell, "")
    if width and has_eastern(cell):
        cell = "\n".join(one for line in cell.split("\n") for one in folded(line, width))
    return Text(cell, style=style)


def _laid_out(
    fitting: Table, widths: Sequence[int], screen: Screen, say: English
) -> RichTable | Text:
    if screen.is_endless and not screen.color:
        return Text("\n".join(_aligned(fitting)))
    styles = _styles(say)
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
        cells = zip(row, fitting.columns, widths, strict=True)
        made.add_row(*(_cell(cell, column, width, styles) for cell, column, width in cells))
    return made


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
    findings = {say.findings[finding.value]: style for finding, style in FINDINGS.items()}
    return state_styles(say) | findings


def state_styles(say: English) -> dict[str, str]:
    """Return the colour of the word of each state; to be up is plain."""
    from outage_cli.writers.chart.palette import PALETTE

    return {say.state_word(state): each.color for state, each in PALETTE.items() if state}


def _fitting(table: Table, screen: Screen, say: English) -> tuple[Table, list[int]]:
    """Return a table that a screen has room for, and the widths of its columns.

    Texts are folded, figures never cut: the least needed column goes first, until the rest fits.
    Where that is not enough, bounds go under their figures, then names are folded too,
    and at last figures are, between their words.
    """
    if screen.is_endless:
        return table, [0] * len(table.columns)
    if any(len(cell) > ENOUGH for row in table.rows for cell in row):
        table = table._replace(
            rows=tuple(tuple(_enough(cell, say) for cell in row) for row in table.rows)
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
        if _width(needed) <= screen.width:
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
