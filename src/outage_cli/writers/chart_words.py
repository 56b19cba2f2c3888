"""What a chart says in words: the same on every screen, in every tooltip and for every reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from outage_cli.model.chart import Cell, Chart, Lane, Segment, Stroke
from outage_cli.model.duration import spell, spell_range
from outage_cli.model.event import Event
from outage_cli.model.moment import Moment
from outage_cli.model.report import Report
from outage_cli.model.span import DAY, Duration, Instant, Span
from outage_cli.model.state import LADDER, State
from outage_cli.model.story import Change, Told
from outage_cli.when.zones import known, local
from outage_cli.writers.words import clock, visible

MOST_SHAPES = 6000
"""How many shapes a picture has at most: a browser scrolls through so many without a stop."""

MOST_STRETCHES = 150
"""How many stretches of one service are drawn one by one; of more there is a summary."""

MOST_LANES = 200
"""How many services a picture has room for."""

LONGEST = 300
"""How many characters of a text stand in a picture; tables have all of it."""

WORDS = {
    State.UP: "up",
    State.DEGRADED: "degraded",
    State.PARTIAL: "partial",
    State.DOWN: "down",
    State.MAINTENANCE: "maintenance",
    State.UNKNOWN: "unknown",
    State.OUT_OF_HOURS: "out of hours",
    State.NOT_IN_SERVICE: "not in service",
}


class Drawing(NamedTuple):
    """What of a lane is drawn: its strokes, or of too many of them a summary in cells."""

    lane: Lane
    strokes: tuple[Stroke, ...]
    cells: tuple[Cell, ...] = ()


def drawings(chart: Chart, room: int, *, most: int = MOST_SHAPES) -> list[Drawing]:
    """Return what to draw of each lane, with `room` for so many signs beside each other.

    Lanes share `most` shapes. One with more stretches than its share is drawn as cells, of which
    each tells how many there were.
    """
    lanes = chart.lanes[:MOST_LANES]
    share = max(12, most // max(1, len(lanes)))
    found: list[Drawing] = []
    for lane in lanes:
        strokes = tuple(each for each in lane.strokes(chart.span) if each.state is not State.UP)
        if len(strokes) <= min(share, MOST_STRETCHES):
            found.append(Drawing(lane, strokes))
        else:
            cells = lane.cells(chart.span, max(1, min(room, share)))
            found.append(Drawing(lane, (), tuple(each for each in cells if each.state)))
    return found


def more_lanes(chart: Chart) -> int:
    """Return how many services there is no room for."""
    return max(0, len(chart.lanes) - MOST_LANES)


def states(chart: Chart) -> list[State]:
    """Return the states that stand in the span, the severest first, then up."""
    start, end = chart.span
    found = {
        each.state
        for lane in chart.lanes
        for each in lane.segments
        if each.start <= end and each.end >= start
    }
    order = (*reversed(LADDER[1:]), *(state for state in State if state > State.DOWN), State.UP)
    return [state for state in order if state in found or state is State.UP]


def is_vague(chart: Chart) -> bool:
    """Whether an edge in it has bounds."""
    return any(
        each.starts.length or each.ends.length for lane in chart.lanes for each in lane.segments
    )


def frame(chart: Chart) -> str:
    """Return from when to when a chart is, and in which zone."""
    start, end = (clock(minute(at), chart.timezone) for at in chart.span)
    part = "" if covers(chart) else ", the part of the window in which things happened"
    return f"{start} to {end}, {chart.timezone}{part}"


def covers(chart: Chart) -> bool:
    """Whether a chart shows all of the window."""
    return chart.span.start <= chart.window.start and chart.window.end <= chart.span.end


def minute(at: Instant) -> Instant:
    """Return an instant to the second: an axis is not read any closer."""
    return at // 1_000_000 * 1_000_000


def moment(at: Moment, timezone: str) -> str:
    """Return a time of the story on the clocks of a zone, as vague as it is.

    `15:19`, `15:33 ± 15 min`, `by 08:00`, `after 22:00`, `15:10 to 15:25`, `some time that day`.
    """
    time = _time(at.best, timezone)
    if at.is_exact:
        return time
    if at.earliest is None:
        return f"by {time}"
    if at.latest is None:
        return f"after {time}"
    info = known(timezone)
    first, last = (local(each, info) for each in (at.earliest, at.latest))
    is_midnight = not any((first.hour, first.minute, last.hour, last.minute))
    if is_midnight and (last.date() - first.date()).days == 1:
        return "that day"
    if at.latest - at.best == at.best - at.earliest and at.latest - at.earliest < DAY:
        return f"{time} ± {spell(at.best - at.earliest)}"
    return f"{clock(at.earliest, timezone)} to {clock(at.latest, timezone)}"


def _time(at: Instant, timezone: str) -> str:
    return clock(at, timezone).partition(" ")[2]


def day(at: Instant, timezone: str) -> str:
    """Return the day of an instant on the clocks of a zone: `2022-10-15`."""
    return clock(at, timezone).partition(" ")[0]


def elapsed(each: Told) -> str:
    """Return how long after the start an event was: `start`, `+30 h 41 min`, `~+4 h`, `−5 min`."""
    since, at = each.elapsed, each.event.at
    if since is None or at is None:
        return ""
    about = "" if at.is_exact else "~"
    if not since:
        return f"{about}start"
    return f"{about}{spell(since)}" if since < 0 else f"{about}+{spell(since)}"


def edge(at: Instant, bounds: Span, timezone: str) -> str:
    """Return when a stretch began or ended, with its bounds where there are some."""
    time = clock(at, timezone)
    if not bounds.length:
        return time
    first, last = (clock(each, timezone) for each in bounds)
    if first.partition(" ")[0] == last.partition(" ")[0] == time.partition(" ")[0]:
        first, last = (each.partition(" ")[2] for each in (first, last))
    return f"{time} ({first}–{last})"


def length(segment: Segment) -> str:
    """Return how long a stretch is, with its bounds."""
    least = max(0, segment.ends.start - segment.starts.end)
    most = segment.ends.end - segment.starts.start
    words = spell(segment.end - segment.start)
    return f"{words} ({spell_range(least, most)})" if least < most else words


def segment(each: Segment, report: Report) -> str:
    """Return what a stretch is, from when to when, how long, by way of whom and by which line."""
    zone = report.timezone
    start = edge(each.start, each.starts, zone)
    end = edge(each.end, each.ends, zone)
    before = "← " if each.cut_before else ""
    after = " →" if each.cut_after else ""
    parts = [f"{before}{start} to {'ongoing' if each.ongoing else end}{after}", length(each)]
    if each.inherited_from:
        parts.append(f"by way of {visible(each.inherited_from)}")
    told = f"{WORDS[each.state]}: {', '.join(parts)}"
    if each.opened_by and each.opened_by.way:
        what = shortened(report.lines.tell(each.opened_by))
        place = source(each, report)
        told += f". {place}: {what}" if what else f". {place}"
    return told


def source(each: Segment, report: Report) -> str:
    """Return the file and the line that began a stretch."""
    if each.opened_by is None:
        return ""
    line = report.lines.line(each.opened_by)
    return f"{visible(each.opened_by.file)}:{line}" if line else visible(each.opened_by.file)


def cell(each: Cell, timezone: str) -> str:
    """Return what stands in a cell that is a summary."""
    start, end = (clock(minute(at), timezone) for at in (each.start, each.end))
    times = ", ".join(
        f"{WORDS[state]} {spell(time)}"
        for state, time in sorted(each.spent.items(), key=lambda one: -one[1])
    )
    count = f"{each.stretches} stretch{'es' if each.stretches != 1 else ''} {WORDS[each.state]}"
    return f"{start} to {end}: {count} ({times})" if times else f"{start} to {end}: {count}"


def lane(each: Drawing, chart: Chart) -> str:
    """Return what a service's lane says as a whole: how long it was in which state."""
    spent: dict[State, Duration] = {}
    for one in each.lane.segments:
        if inside := Span(one.start, one.end).within(chart.span):
            spent[one.state] = spent.get(one.state, 0) + inside.length
    words = [
        f"{WORDS[state]} {spell(spent[state])}"
        for state in (*reversed(LADDER[1:]), *(s for s in State if s > State.DOWN))
        if state in spent
    ]
    return f"{shortened(each.lane.service.name)}: {', '.join(words) or 'up all the time'}"


def changes(found: Iterable[Change]) -> Iterator[tuple[str, State]]:
    """Yield what a line changed in words, services of which the same is to say together."""
    together: dict[tuple[State | None, State, str | None], list[str]] = {}
    for each in found:
        key = (each.before, each.after, each.inherited_from)
        together.setdefault(key, []).append(visible(each.service))
    for (before, after, via), names in together.items():
        shown = ", ".join(names)
        if before is None:
            yield f"{shown}: said to be {WORDS[after]}", after
        elif before is after:
            yield f"{shown}: still {WORDS[after]}", after
        else:
            way = f" (by way of {visible(via)})" if via else ""
            yield f"{shown}: {WORDS[before]} → {WORDS[after]}{way}", after


def event(each: Event, timezone: str) -> str:
    """Return an event on one line: its time, its phase and what happened."""
    when = f"{day(each.at.best, timezone)} {moment(each.at, timezone)}" if each.at else "?"
    phase = f" [{each.phase.value}]" if each.phase else ""
    return f"{when}{phase} {shortened(each.what)}"


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text as a picture may show it: on one line, and cut where it is endless."""
    if len(text) > longest:
        return f"{visible(text[:longest])}… ({len(text) - longest:,} more characters)"
    return visible(text)
