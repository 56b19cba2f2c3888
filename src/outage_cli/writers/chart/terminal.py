"""The chart for the terminal: an axis, and a lane of signs for each service.

With colour a state is a block, the higher the worse; without colour it is a letter. Where the state
is uncertain, a sign of its own says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from outage_cli.model.chart import Cell, Chart, Lane
from outage_cli.model.event import Phase
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.when.calendar.axis import ticks
from outage_cli.when.clock.zones import known
from outage_cli.writers.chart import labels
from outage_cli.writers.chart.palette import PALETTE
from outage_cli.writers.page.words import visible
from outage_cli.writers.page.wrap import folded

if TYPE_CHECKING:
    from outage_cli.languages.en import English

BLOCKS = {state: each.block for state, each in PALETTE.items()}
LETTERS = {state: each.letter for state, each in PALETTE.items()}
VAGUE = {True: "░", False: "?"}
"""The sign of an edge, with colour and without."""

COLORS = {state: each.ansi for state, each in PALETTE.items()}
PHASES = {phase: phase.value[0].upper() for phase in Phase}

PIPED, NARROWEST, LONGEST_LABEL = 100, 10, 40
"""How wide a chart is in a pipe; the least columns for its signs; the most for a name."""


def chart(chart: Chart, screen: Screen, say: English) -> Iterator[str]:
    """Yield the chart: its axis, its events, a lane a service and what the signs mean."""
    width = PIPED if screen.is_endless else screen.width
    names = [f"{'  ' * each.depth}{visible(each.service.name)}" for each in chart.lanes]
    longest = max(cell_len(name) for name in (*names, say.events))
    left = longest if screen.is_endless else min(longest, LONGEST_LABEL, max(8, width // 3))
    room = max(NARROWEST, width - left - 2)
    if screen.is_endless:
        room = max(60, width - left - 2)
    gap = " " * (left + 2)
    yield from wrapped(labels.frame(chart, say), screen, "", "2")
    yield from (gap + line for line in _axis(chart, room, say))
    if signs := _signs(chart, room):
        yield f"{set_cell_size(say.events, left)}  {signs}"
    for lane, name in zip(chart.lanes[: labels.MOST_LANES], names, strict=False):
        yield f"{_fitting(name, left)}  {strip(lane, chart, room, screen)}"
    if more := labels.more_lanes(chart):
        yield say.more_services(more)
    grain = say.column_is(chart.span.length // room)
    parts = [*_signs_in_words(chart, screen, say), *_phases(chart, say), grain]
    yield from wrapped(" · ".join(parts), screen, "")


def strips(report: Report, room: int, screen: Screen) -> list[str]:
    """Return the states of each service of a report in so many columns, in the report's order."""
    chart = report.chart
    if chart is None:
        return [""] * len(report.services)
    lanes = {lane.service.id: lane for lane in chart.lanes}
    return [strip(lanes[each.service.id], chart, room, screen) for each in report.services]


def legend(chart: Chart, room: int, screen: Screen, say: English) -> list[str]:
    """Return what the signs of strips mean and from when to when they are, on lines that fit."""
    span = [] if labels.covers(chart) else [labels.frame(chart, say)]
    parts = [*_signs_in_words(chart, screen, say), say.sign_is(chart.span.length // room), *span]
    return wrapped(" · ".join(parts), screen, "", "2")


def strip(lane: Lane, chart: Chart, room: int, screen: Screen) -> str:
    """Return the states of one service in so many columns, each the severest of its time."""
    runs: list[tuple[str, str]] = []
    window, vague = chart.window, 0
    for cell in lane.cells(chart.span, room):
        vague = 0 if cell.is_sure else vague + 1
        is_inside = cell.end > window.start and cell.start < window.end
        sign = _sign(cell, screen, vague) if is_inside or cell.state else " "
        color = COLORS.get(cell.likely, "")
        if runs and runs[-1][1] == color:
            runs[-1] = (runs[-1][0] + sign, color)
        else:
            runs.append((sign, color))
    return "".join(paint(signs, color, screen) for signs, color in runs)


def _sign(cell: Cell, screen: Screen, vague: int) -> str:
    """Return the sign of a cell; of uncertain ones every other shows the likeliest state."""
    if screen.color:
        return BLOCKS[cell.state] if cell.is_sure else VAGUE[True]
    return LETTERS[cell.likely] if vague % 2 == 0 else VAGUE[False]


def _axis(chart: Chart, room: int, say: English) -> Iterator[str]:
    """Yield the labels of the axis over their ticks."""
    label, line = [" "] * (room + 12), [" "] * room
    free = 0
    for tick in ticks(chart.span, known(chart.timezone), max(2, room // 9)):
        at = min(room - 1, room * (tick.at - chart.span.start) // chart.span.length)
        line[at] = "|"
        text = say.tick(tick.label)
        start = max(0, min(at, room - len(text)))
        if start >= free:
            label[start : start + len(text)] = text
            free = start + len(text) + 1
    yield "".join(label).rstrip()
    yield "".join(line)


def _signs(chart: Chart, room: int) -> str:
    """Return a sign for each column with events: the phase of a milestone, else how many."""
    line = [" "] * room
    counts = [0] * room
    for event in chart.seen():
        if event.at:
            offset = room * (event.at.best - chart.span.start) // chart.span.length
            at = min(room - 1, offset)
            counts[at] += 1
            if event.phase and not line[at].isalpha():
                line[at] = PHASES[event.phase]
            elif not line[at].isalpha():
                line[at] = str(counts[at]) if counts[at] <= 9 else "+"  # noqa: PLR2004 - one sign
    return "".join(line).rstrip()


def _signs_in_words(chart: Chart, screen: Screen, say: English) -> list[str]:
    signs = BLOCKS if screen.color else LETTERS
    shown = [(signs[state].strip() or say.blank, state) for state in labels.states(chart)]
    words = [f"{sign} {say.states[state]}" for sign, state in shown]
    if labels.is_vague(chart):
        words.append(f"{VAGUE[screen.color]} {say.when_is_not_sure}")
    return words


def _phases(chart: Chart, say: English) -> list[str]:
    phases = dict.fromkeys(each.phase for each in chart.seen() if each.phase)
    signs = [(PHASES[each], say.phases[each.value]) for each in phases]
    return [say.event_signs(signs)] if signs else []


def _fitting(name: str, width: int) -> str:
    if cell_len(name) <= width:
        return set_cell_size(name, width)
    return f"{set_cell_size(name, width - 1)}…"


def wrapped(text: str, screen: Screen, left: str, color: str = "") -> list[str]:
    """Return a text on lines that fit beside what stands to the left; a pipe gets it on one."""
    if screen.is_endless or cell_len(text) <= screen.width - len(left):
        return [paint(text, color, screen)]
    width = max(NARROWEST, screen.width - len(left))
    return [paint(line.rstrip(), color, screen) for line in folded(text, width)]


def paint(text: str, color: str, screen: Screen) -> str:
    """Return a text in a colour, where there is any."""
    return f"\x1b[{color}m{text}\x1b[0m" if screen.color and color and text else text
