"""The texts of a chart: its caption, lanes, segments, cells and events, shared by all formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model.chart import Cell, Chart, Lane, Segment, Stroke
from outage_cli.model.event import Event
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.span import DAY, Duration, Instant, Span
from outage_cli.model.state import LADDER, State
from outage_cli.model.story import EventEffect, StoryEvent
from outage_cli.when.clock.zones import known, local
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

MOST_SHAPES = 6000
"""How many shapes a picture has at most: a browser scrolls through so many without a stop."""

MOST_STRETCHES = 150
"""How many stretches of one service are drawn one by one; of more there is a summary."""

MOST_LANES = 200
"""How many services a picture has room for."""

LONGEST = 300
"""How many characters of a text stand in a picture; tables have all of it."""


class LaneDrawing(NamedTuple):
    """What is drawn of a lane: its strokes, or cells that sum them up where there are too many."""

    lane: Lane
    strokes: tuple[Stroke, ...]
    cells: tuple[Cell, ...] = ()


def drawings(chart: Chart, room: int, *, most: int = MOST_SHAPES) -> list[LaneDrawing]:
    """Return what to draw of each lane, with `room` for so many signs beside each other.

    Lanes share `most` shapes. One with more stretches than its share is drawn as cells, of which
    each tells how many there were.
    """
    lanes = chart.lanes[:MOST_LANES]
    share = max(12, most // max(1, len(lanes)))
    drawn: list[LaneDrawing] = []
    for lane in lanes:
        strokes = tuple(each for each in lane.strokes(chart.span) if each.state is not State.UP)
        if len(strokes) <= min(share, MOST_STRETCHES):
            drawn.append(LaneDrawing(lane, strokes))
        else:
            cells = lane.cells(chart.span, max(1, min(room, share)))
            drawn.append(LaneDrawing(lane, (), tuple(each for each in cells if each.state)))
    return drawn


def more_lanes(chart: Chart) -> int:
    """Return how many services there is no room for."""
    return max(0, len(chart.lanes) - MOST_LANES)


def states(chart: Chart) -> list[State]:
    """Return the states that stand in the span, the severest first, then up."""
    start, end = chart.span
    shown = {
        each.state
        for lane in chart.lanes
        for each in lane.segments
        if each.start <= end and each.end >= start
    }
    order = (*reversed(LADDER[1:]), *(state for state in State if state > State.DOWN), State.UP)
    return [state for state in order if state in shown or state is State.UP]


def is_vague(chart: Chart) -> bool:
    """Whether an edge in it has bounds."""
    return any(
        each.starts.length or each.ends.length for lane in chart.lanes for each in lane.segments
    )


def frame(chart: Chart, say: English) -> str:
    """Return from when to when a chart is, and in which zone."""
    start, end = map(minute, chart.span)
    period = say.from_to(start, end, chart.timezone)
    return say.chart_frame(period, chart.timezone, covers=covers(chart))


def covers(chart: Chart) -> bool:
    """Whether a chart shows all of the window."""
    return chart.span.start <= chart.window.start and chart.window.end <= chart.span.end


def minute(at: Instant) -> Instant:
    """Return an instant to the second: an axis is not read any closer."""
    return at // 1_000_000 * 1_000_000


def moment(at: Moment, timezone: str, say: English) -> str:
    """Return a time of the story on the clocks of a zone, as vague as it is.

    `15:19`, `15:33 ± 15 min`, `by 08:00`, `after 22:00`, `15:10 to 15:25`, `some time that day`.
    """
    time = say.time_of_day(at.best, timezone)
    if at.is_exact:
        return time
    if at.earliest is None:
        return say.by_time(time)
    if at.latest is None:
        return say.after_time(time)
    info = known(timezone)
    first, last = (local(each, info) for each in (at.earliest, at.latest))
    is_midnight = not any((first.hour, first.minute, last.hour, last.minute))
    if is_midnight and (last.date() - first.date()).days == 1:
        return say.some_time_that_day
    if at.latest - at.best == at.best - at.earliest and at.latest - at.earliest < DAY:
        return say.give_or_take(time, at.best - at.earliest)
    return say.from_to(at.earliest, at.latest, timezone)


def elapsed(story_event: StoryEvent, say: English) -> str:
    """Return how long after the start an event was, where that is known."""
    since, at = story_event.elapsed, story_event.event.at
    return "" if since is None or at is None else say.elapsed(since, is_exact=at.is_exact)


def edge(at: Instant, bounds: Span, timezone: str, say: English) -> str:
    """Return when a stretch began or ended, with its bounds where there are some."""
    return say.edge(at, *bounds, timezone) if bounds.length else say.clock(at, timezone)


def length(segment: Segment, say: English) -> str:
    """Return how long a stretch is, with its bounds."""
    least = max(0, segment.ends.start - segment.starts.end)
    most = segment.ends.end - segment.starts.start
    return say.bounded(segment.end - segment.start, least, most)


def segment(segment: Segment, report: Report, say: English) -> str:
    """Return the state of a segment, its start, end and length, its cause and its line."""
    zone = report.timezone
    start = ("← " if segment.cut_before else "") + edge(segment.start, segment.starts, zone, say)
    end = say.ongoing if segment.ongoing else edge(segment.end, segment.ends, zone, say)
    period = say.stretch_period(start, end + (" →" if segment.cut_after else ""))
    via = visible(segment.inherited_from or "")
    text = say.stretch(segment.state, period, length(segment, say), via)
    if segment.opened_by and segment.opened_by.way:
        what = shortened(report.lines.text(segment.opened_by), say)
        text += say.place_says(source(segment, report), what)
    return text


def source(segment: Segment, report: Report) -> str:
    """Return the file and the line that began a stretch."""
    if segment.opened_by is None:
        return ""
    line = report.lines.line(segment.opened_by)
    return f"{visible(segment.opened_by.file)}:{line}" if line else visible(segment.opened_by.file)


def cell(cell: Cell, timezone: str, say: English) -> str:
    """Return the text of a cell: its time, its number of stretches and its time in each state."""
    period = say.from_to(minute(cell.start), minute(cell.end), timezone)
    times = sorted(cell.spent.items(), key=lambda one: -one[1])
    return say.summary(period, cell.stretches, cell.state, times)


def lane(drawing: LaneDrawing, chart: Chart, say: English) -> str:
    """Return the summary of a lane: the service and its time in each state."""
    spent: dict[State, Duration] = {}
    for segment in drawing.lane.segments:
        if inside := Span(segment.start, segment.end).within(chart.span):
            spent[segment.state] = spent.get(segment.state, 0) + inside.length
    order = (*reversed(LADDER[1:]), *(state for state in State if state > State.DOWN))
    times = [(state, spent[state]) for state in order if state in spent]
    return say.lane(shortened(drawing.lane.service.name, say), times)


def changes(effects: Iterable[EventEffect], say: English) -> Iterator[tuple[str, State]]:
    """Yield what a line changed in words, services of which the same is to say together."""
    together: dict[tuple[State | None, State, str | None], list[str]] = {}
    for effect in effects:
        key = (effect.before, effect.after, effect.inherited_from)
        together.setdefault(key, []).append(visible(effect.service))
    for (before, after, via), names in together.items():
        state = say.states[after]
        if before is None:
            change = say.stated_as(state)
        elif before is after:
            change = say.still(state)
        else:
            change = f"{say.states[before]} → {state}{say.via(visible(via)) if via else ''}"
        yield say.services_are(names, change), after


def event(event: Event, timezone: str, say: English) -> str:
    """Return an event on one line: its time, its phase and what happened."""
    at = event.at
    when = f"{say.date(at.best, timezone)} {moment(at, timezone, say)}" if at else "?"
    phase = f" [{say.phases[event.phase.value]}]" if event.phase else ""
    return f"{when}{phase} {shortened(event.what, say)}"


def shortened(text: str, say: English, longest: int = LONGEST) -> str:
    """Return a text as a picture may show it: on one line, and cut where it is endless.

    It is not cut for so little that the note of it would be longer.
    """
    if len(text) > longest:
        note = say.more_characters(len(text) - longest)
        if len(text) - longest > len(note):
            return f"{visible(text[:longest])}{note}"
    return visible(text)
