"""The story for the terminal: its events day by day, then the chart, a lane of signs a service.

With colour a state is a block, the higher the worse; without it is a letter. What nobody knows for
sure has a sign of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from outage_cli import registry
from outage_cli.model.chart import Cell, Chart, Lane
from outage_cli.model.event import Phase
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.story import Story, StoryEvent
from outage_cli.when.calendar.axis import ticks
from outage_cli.when.clock.zones import known
from outage_cli.writers.chart import labels as words
from outage_cli.writers.chart.palette import PALETTE
from outage_cli.writers.page.words import frame, visible
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


def text(story: Story, screen: Screen) -> str:
    """Return the events of a story in the order of time, then the chart."""
    say: English = registry.language(screen.language)
    report = story.report
    parts = _wrapped(visible(report.title), screen, "", "1") if report.title else []
    parts += _wrapped(frame(report, say), screen, "", "2")
    parts.append("")
    parts += _events(story, screen, say)
    if story.left_out:
        parts.append(say.more_elsewhere(story.left_out))
    if report.chart and report.chart.lanes:
        parts += ["", *chart(report.chart, screen, say)]
    return "\n".join(line.rstrip() for line in parts) + "\n"


def _events(story: Story, screen: Screen, say: English) -> Iterator[str]:
    """Yield the events under the days on which they were."""
    zone = story.report.timezone
    moments = [each.event.at for each in story.events]
    whens = [words.moment(at, zone, say) if at else "?" for at in moments]
    sinces = [words.elapsed(each, say) for each in story.events]
    first = max((cell_len(when) for when in whens), default=0)
    second = max((cell_len(since) for since in sinces), default=0)
    left = 2 + first + 2 + second + 2
    if screen.width - left < NARROWEST * 3:  # the time has a line for itself
        left = 4
    today = None
    for each, when, since in zip(story.events, whens, sinces, strict=True):
        at = each.event.at
        day = say.day_heading(at.best, zone) if at else say.not_known_when
        if day != today:
            yield paint(day, "1", screen)
            today = day
        head = f"  {set_cell_size(when, first)}  {' ' * (second - cell_len(since))}{since}  "
        if left == 4:  # noqa: PLR2004 - as above
            yield head
            head = " " * left
        body = [*_said(each, screen, left, say), *_changed(each, screen, left, say)]
        yield head + body[0]
        yield from (" " * left + line for line in body[1:])


def _said(each: StoryEvent, screen: Screen, left: int, say: English) -> Iterator[str]:
    phase = f"[{say.phases[each.event.phase.value]}] " if each.event.phase else ""
    yield from _wrapped(phase + visible(each.event.what), screen, " " * left)


def _changed(each: StoryEvent, screen: Screen, left: int, say: English) -> Iterator[str]:
    for told, state in words.changes(each.changes, say):
        yield from _wrapped(told, screen, " " * left, COLORS.get(state, ""))


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
    yield from _wrapped(words.frame(chart, say), screen, "", "2")
    yield from (gap + line for line in _axis(chart, room, say))
    if signs := _signs(chart, room):
        yield f"{set_cell_size(say.events, left)}  {signs}"
    for lane, name in zip(chart.lanes[: words.MOST_LANES], names, strict=False):
        yield f"{_fitting(name, left)}  {strip(lane, chart, room, screen)}"
    if more := words.more_lanes(chart):
        yield say.more_services(more)
    grain = say.column_is(chart.span.length // room)
    told = [*_signs_told(chart, screen, say), *_phases(chart, say), grain]
    yield from _wrapped(" · ".join(told), screen, "")


def strips(report: Report, room: int, screen: Screen) -> list[str]:
    """Return the states of each service of a report in so many columns, in the report's order."""
    drawn = report.chart
    lanes = {each.service.id: each for each in drawn.lanes} if drawn else {}
    return [
        strip(lanes[each.service.id], drawn, room, screen) if drawn else ""
        for each in report.services
    ]


def legend(chart: Chart, room: int, screen: Screen, say: English) -> list[str]:
    """Return what the signs of strips mean and from when to when they are, on lines that fit."""
    span = [] if words.covers(chart) else [words.frame(chart, say)]
    told = [*_signs_told(chart, screen, say), say.sign_is(chart.span.length // room), *span]
    return _wrapped(" · ".join(told), screen, "", "2")


def strip(lane: Lane, chart: Chart, room: int, screen: Screen) -> str:
    """Return the states of one service in so many columns, each the severest of its time."""
    found: list[tuple[str, str]] = []
    window, vague = chart.window, 0
    for each in lane.cells(chart.span, room):
        vague = 0 if each.is_sure else vague + 1
        is_told = each.end > window.start and each.start < window.end
        sign = _sign(each, screen, vague) if is_told or each.state else " "
        color = COLORS.get(each.likely, "")
        if found and found[-1][1] == color:
            found[-1] = (found[-1][0] + sign, color)
        else:
            found.append((sign, color))
    return "".join(paint(signs, color, screen) for signs, color in found)


def _sign(each: Cell, screen: Screen, vague: int) -> str:
    """Return the sign of a column; within an edge every other one says what is most likely."""
    if screen.color:
        return BLOCKS[each.state] if each.is_sure else VAGUE[True]
    return LETTERS[each.likely] if vague % 2 == 0 else VAGUE[False]


def _axis(chart: Chart, room: int, say: English) -> Iterator[str]:
    """Yield the labels of the axis over their ticks."""
    label, line = [" "] * (room + 12), [" "] * room
    free = 0
    for each in ticks(chart.span, known(chart.timezone), max(2, room // 9)):
        at = min(room - 1, room * (each.at - chart.span.start) // chart.span.length)
        line[at] = "|"
        told = say.tick(each.label)
        start = max(0, min(at, room - len(told)))
        if start >= free:
            label[start : start + len(told)] = told
            free = start + len(told) + 1
    yield "".join(label).rstrip()
    yield "".join(line)


def _signs(chart: Chart, room: int) -> str:
    """Return a sign for each column with events: the phase of a milestone, else how many."""
    line = [" "] * room
    counts = [0] * room
    for each in chart.seen():
        if each.at:
            offset = room * (each.at.best - chart.span.start) // chart.span.length
            at = min(room - 1, offset)
            counts[at] += 1
            if each.phase and not line[at].isalpha():
                line[at] = PHASES[each.phase]
            elif not line[at].isalpha():
                line[at] = str(counts[at]) if counts[at] <= 9 else "+"  # noqa: PLR2004 - one sign
    return "".join(line).rstrip()


def _signs_told(chart: Chart, screen: Screen, say: English) -> list[str]:
    signs = BLOCKS if screen.color else LETTERS
    shown = [(signs[state].strip() or say.blank, state) for state in words.states(chart)]
    told = [f"{sign} {say.states[state]}" for sign, state in shown]
    if words.is_vague(chart):
        told.append(f"{VAGUE[screen.color]} {say.when_is_not_sure}")
    return told


def _phases(chart: Chart, say: English) -> list[str]:
    phases = dict.fromkeys(each.phase for each in chart.seen() if each.phase)
    signs = [(PHASES[each], say.phases[each.value]) for each in phases]
    return [say.event_signs(signs)] if signs else []


def _fitting(name: str, width: int) -> str:
    if cell_len(name) <= width:
        return set_cell_size(name, width)
    return f"{set_cell_size(name, width - 1)}…"


def _wrapped(words: str, screen: Screen, left: str, color: str = "") -> list[str]:
    """Return a text on lines that fit beside what stands to the left; a pipe gets it on one."""
    if screen.is_endless or cell_len(words) <= screen.width - len(left):
        return [paint(words, color, screen)]
    width = max(NARROWEST, screen.width - len(left))
    return [paint(line.rstrip(), color, screen) for line in folded(words, width)]


def paint(words: str, color: str, screen: Screen) -> str:
    """Return a text in a colour, where there is any."""
    return f"\x1b[{color}m{words}\x1b[0m" if screen.color and color and words else words
