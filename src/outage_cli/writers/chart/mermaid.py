"""The chart as a Mermaid Gantt diagram, as GitHub and GitLab draw it. No text of a file is syntax.

Mermaid knows no zones and shows the times it is given, so it is given those of the chart's clocks;
where these change within the chart, all times have the offset of its start, and the title says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from outage_cli.model.chart import Cell, Chart, Stroke
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.span import DAY, HOUR, SECOND, Instant
from outage_cli.model.state import State
from outage_cli.model.story import Story
from outage_cli.when.clock.zones import known, local, spell_offset
from outage_cli.writers.chart import labels
from outage_cli.writers.chart.labels import LaneDrawing
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English

MOST_CHARACTERS = 45_000
"""Mermaid refuses a text of more than 50,000 characters."""

MOST_BARS, ROOM, MOST_MILESTONES, LONGEST = 400, 60, 20, 60

TAGS = {State.DOWN: "crit", State.DEGRADED: "done", State.MAINTENANCE: "done"}
"""What Mermaid has to tell bars apart; the word of the state stands on each of them."""

_PLAIN = re.compile(r"[^\w \-.,/()'+±–→←…·]|_")


def report(report: Report, screen: Screen) -> str:
    """Return the chart of a report."""
    if report.chart is None:
        raise ValueError("a report is drawn from its chart")
    return diagram(report, report.chart, screen.say)


def show(story: Story, screen: Screen) -> str:
    """Return the chart of a story."""
    return report(story.report, screen)


def diagram(report: Report, chart: Chart, say: English) -> str:
    """Return a chart as Mermaid; of what is too much, each bar sums up more, until it fits."""
    most = MOST_BARS
    while True:
        made = "\n".join(_Diagram(report, chart, most, say).lines()) + "\n"
        if len(made) <= MOST_CHARACTERS or most <= 1:
            return made
        most //= 2


def escaped(text: str, say: English, longest: int = LONGEST) -> str:
    """Return a text of which Mermaid shows every letter: what could be syntax is an entity."""
    cut = labels.shortened(text, say, longest)
    return _PLAIN.sub(lambda found: f"#{ord(found[0])};", cut).strip()


class _Diagram:
    """A diagram as it is being written. `most` is how many bars it has at most, more or less."""

    def __init__(self, report: Report, chart: Chart, most: int, say: English) -> None:
        self.report, self.chart, self.most, self.say = report, chart, most, say
        info = known(chart.timezone)
        first, last = (local(at, info).utcoffset() for at in chart.span)
        self.is_steady = first == last
        self.zone = info if self.is_steady else timezone(first or timedelta())
        self.offset = first or timedelta()
        self.sections: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Yield the diagram."""
        chart, say = self.chart, self.say
        title = self.report.title or say.states_of_services
        zone = chart.timezone if self.is_steady else f"UTC{spell_offset(self.offset)}"
        yield "---"
        yield "displayMode: compact"
        yield "---"
        yield "gantt"
        yield f"    title {escaped(title, say, 120)} ({escaped(zone, say)})"
        yield "    dateFormat YYYY-MM-DDTHH:mm:ss"
        yield f"    axisFormat {self._axis()}"
        yield "    todayMarker off"
        milestones = [each for each in chart.seen() if each.phase and each.at][:MOST_MILESTONES]
        if milestones:
            yield f"    section {say.milestones}"
            for event in milestones:
                if event.at and event.phase:
                    phase = say.phases[event.phase.value]
                    what = escaped(f"{phase} {visible(event.what)}", say)
                    yield f"    {what} :milestone, {self._time(event.at.best)}, 0s"
        drawings = labels.drawings(chart, ROOM, most=self.most)[: max(1, self.most)]
        for drawing in drawings:
            yield f"    section {self._section(drawing)}"
            yield from self._lane(drawing)
        if more := len(chart.lanes) - len(drawings):
            yield f"    section {say.more_services(more)}"
            yield f"    {say.more_bar} :done, {self._bar(*chart.span)}"

    def _section(self, drawing: LaneDrawing) -> str:
        """Return the name of a lane. Mermaid makes one of two that have the same."""
        service = drawing.lane.service
        indent = "· " * min(drawing.lane.depth, 6)
        name = escaped(indent + service.name, self.say) or escaped(service.id, self.say)
        while name in self.sections:
            name = f"{name} ({escaped(service.id, self.say)})"
        self.sections.add(name)
        return name

    def _lane(self, drawing: LaneDrawing) -> Iterator[str]:
        for cell in drawing.cells:
            yield self._cell(cell)
        for stroke in drawing.strokes:
            yield self._stroke(stroke)
        if not drawing.cells and not drawing.strokes:
            yield f"    {self.say.states[State.UP]} :active, {self._bar(*self.chart.span)}"

    def _stroke(self, stroke: Stroke) -> str:
        say, word = self.say, self.say.states[stroke.state]
        tag = TAGS.get(stroke.state)
        if not stroke.is_sure:
            other = say.states[stroke.milder]
            word = say.either(other, word) if stroke.comes else say.either(word, other)
            tag = "active"
        return f"    {word} :{f'{tag}, ' if tag else ''}{self._bar(stroke.start, stroke.end)}"

    def _cell(self, cell: Cell) -> str:
        tag = TAGS.get(cell.state)
        word = self.say.times_state(cell.stretches, self.say.states[cell.state])
        return f"    {word} :{f'{tag}, ' if tag else ''}{self._bar(cell.start, cell.end)}"

    def _bar(self, start: Instant, end: Instant) -> str:
        return f"{self._time(start)}, {self._time(max(end, start + SECOND))}"

    def _time(self, at: Instant) -> str:
        return f"{local(at, self.zone):%Y-%m-%dT%H:%M:%S}"

    def _axis(self) -> str:
        length = self.chart.span.length
        if length > 90 * DAY:
            return self.say.mermaid_dates("%Y-%m-%d")
        return self.say.mermaid_dates("%m-%d %H:%M") if length > 12 * HOUR else "%H:%M"
