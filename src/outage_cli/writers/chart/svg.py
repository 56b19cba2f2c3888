"""The chart as SVG: stands alone, needs no script, no font and no network, and tells itself aloud.

States differ by colour and by shape: the height of a bar says how bad it is, a pattern what is
planned or not known. An edge that is not known fades over all the time in which it can have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape as escaped
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import combining, east_asian_width

from outage_cli import registry
from outage_cli.model.chart import Cell, Chart, Stroke
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.story import Story
from outage_cli.when.calendar.axis import ticks
from outage_cli.when.clock.zones import known
from outage_cli.writers.chart import labels
from outage_cli.writers.chart.labels import LaneDrawing
from outage_cli.writers.chart.palette import PALETTE

if TYPE_CHECKING:
    from outage_cli.languages.en import English

WIDTH, LABELS, RIGHT = 1000, 250, 12
"""The units of a picture: how wide it is, the part of it for names, and what is free at the end."""

TOP, LANE, BAR, FOOT = 62, 26, 18, 30
PAD, INDENT, MOST_INDENT = 10, 12, 8
ROOM = 185
"""How many cells fit beside each other where a lane is summed up: one every four units."""

LEAST = 1.5
"""How wide the shortest outage is drawn: what happened can be seen."""

HEIGHTS = {State.DOWN: 1.0, State.PARTIAL: 0.7, State.DEGRADED: 0.4}
"""How high the bar of a state is, as a share of the lane; of all others it is as high as can be."""

LIGHT = {
    "page": "#ffffff",
    "ink": "#1c1c1e",
    "faint": "#5f6368",
    "line": "#c9ccd1",
    **{each.name: each.light for each in PALETTE.values()},
}
DARK = {
    "page": "#16181c",
    "ink": "#eceef1",
    "faint": "#a9afb8",
    "line": "#43484f",
    **{each.name: each.dark for each in PALETTE.values()},
}
"""The colours by day and by night. Tests hold each against its page (WCAG 1.4.3, 1.4.11)."""

_NAMES = {state: each.name for state, each in PALETTE.items()}
_PATTERNED = (State.MAINTENANCE, State.UNKNOWN, State.OUT_OF_HOURS, State.NOT_IN_SERVICE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def report(report: Report, screen: Screen) -> str:
    """Return the chart of a report."""
    if report.chart is None:
        raise ValueError("a report is drawn from its chart")
    return f"{picture(report, report.chart, screen.say)}\n"


def show(story: Story, screen: Screen) -> str:
    """Return the chart of a story."""
    return report(story.report, screen)


def picture(
    report: Report, chart: Chart, say: English, *, name: str = "chart", inside: bool = False
) -> str:
    """Return a chart as an `svg` element, whose ids begin with `name`.

    `inside` a page its parts can be reached by the keyboard; the page has the colours. One that
    stands alone is one picture, with a title and a description.
    """
    return "\n".join(_Picture(report, chart, name, say, inside=inside).lines())


def text(words: str) -> str:
    """Return a text as XML and HTML show it, in elements as in attributes."""
    return escaped(_NO_XML.sub("�", words), quote=True)


def styles(say: English, *, alone: bool = True) -> str:
    """Return the style sheet of a chart, by day and by night; alone with its own background."""
    night = _variables(DARK)
    return "\n".join(
        (
            f":root{{{_variables(LIGHT)};color-scheme:light dark}}",
            f"@media (prefers-color-scheme:dark){{:root{{{night}}}}}",
            f"@media print{{:root{{{_variables(LIGHT)}}}}}",
            f".chart{{font:12px {say.fonts}}}",
            *([".chart .page{fill:var(--page)}"] if alone else []),
            ".chart text{fill:var(--ink)}.chart .faint{fill:var(--faint)}",
            ".chart .grid{stroke:var(--line);stroke-width:1}",
            ".chart .major{stroke:var(--faint)}",
            ".chart .up{stroke:var(--up);stroke-width:2}",
            *(
                f".chart .{name}{{fill:var(--{name})}}.chart .s-{name}{{stop-color:var(--{name})}}"
                f".chart .o-{name}{{stroke:var(--{name})}}"
                for name in ("down", "partial", "degraded")
            ),
            *(
                f".chart .k-{name}{{stroke:var(--{name});fill:var(--{name})}}"
                for name in ("maintenance", "unknown", "closed", "absent")
            ),
            ".chart .edge{stroke-width:1;stroke-dasharray:3 2}",
            ".chart .best{stroke:var(--ink);stroke-width:1}",
            ".chart .frame{fill:none;stroke-width:1}",
            ".chart .mark{fill:var(--ink)}",
            ".chart a:focus,.chart g:focus{outline:2px solid var(--ink);outline-offset:1px}",
        )
    )


def _variables(colors: dict[str, str]) -> str:
    return ";".join(f"--{name}:{color}" for name, color in colors.items())


def place(at: Instant, chart: Chart) -> float:
    """Return how far to the right an instant stands, in the units of the picture."""
    inner = WIDTH - LABELS - RIGHT
    return LABELS + inner * (at - chart.span.start) / chart.span.length


Sign: TypeAlias = "State | Literal['edge'] | None"
"""What stands before a word of the legend: a state, an edge that fades, or nothing."""


class _Picture:
    """A chart as it is being drawn, line by line."""

    def __init__(
        self, report: Report, chart: Chart, name: str, say: English, *, inside: bool
    ) -> None:
        self.report, self.chart, self.name, self.inside = report, chart, name, inside
        self.say = say
        self.drawings = labels.drawings(chart, ROOM)
        self.legend = self._legend()
        rows = 1 + max((y for _, y, _, _ in self.legend), default=0)
        more = 1 if labels.more_lanes(chart) else 0
        self.bottom = TOP + LANE * (len(self.drawings) + more)
        self.height = self.bottom + FOOT + 20 * (rows - 1) + 6

    def lines(self) -> Iterator[str]:
        """Yield the picture."""
        box = f"-{PAD} -{PAD} {WIDTH + 2 * PAD} {self.height + 2 * PAD}"
        size = f'viewBox="{box}" width="{WIDTH + 2 * PAD}" height="{self.height + 2 * PAD}"'
        role = "group" if self.inside else "img"
        ids = f"{self.name}-title {self.name}-desc"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} class="chart" role="{role}" '
            f'aria-labelledby="{ids}"{self._language()}>'
        )
        say = self.say
        title = labels.shortened(self.report.title, say) or say.outage_report
        yield f'<title id="{self.name}-title">{text(say.states_of(title))}</title>'
        yield f'<desc id="{self.name}-desc">{text(self._description())}</desc>'
        if not self.inside:
            yield f"<style>{styles(say)}</style>"
            size = f'width="{WIDTH + 2 * PAD}" height="{self.height + 2 * PAD}"'
            yield f'<rect class="page" x="-{PAD}" y="-{PAD}" {size}/>'
        yield from self._definitions()
        yield f'<text x="0" y="14" class="faint">{text(labels.frame(self.chart, say))}</text>'
        yield from self._axis()
        yield from self._events()
        for row, drawing in enumerate(self.drawings):
            yield from self._lane(drawing, TOP + LANE * row)
        if more := labels.more_lanes(self.chart):
            y = TOP + LANE * len(self.drawings) + 17
            yield f'<text x="0" y="{y}">{text(say.more_services(more))}</text>'
        yield from self._signs()
        yield "</svg>"

    def _language(self) -> str:
        """Return the attribute for a voice that reads a picture which is no part of a page."""
        code = self.say.code
        return "" if self.inside or code == registry.LANGUAGES[0].name else f' lang="{code}"'

    def _description(self) -> str:
        lanes = [labels.lane(each, self.chart, self.say) for each in self.drawings[:40]]
        frame = labels.frame(self.chart, self.say)
        return self.say.description(frame, lanes, len(self.chart.lanes) - len(lanes))

    def _definitions(self) -> Iterator[str]:
        """Yield the patterns of what is planned or not known, and how edges fade."""
        name = self.name
        yield "<defs>"
        yield (
            f'<pattern id="{name}-maintenance" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path d="M1 0V6" class="k-maintenance" '
            'stroke-width="2"/></pattern>'
        )
        yield (
            f'<pattern id="{name}-unknown" width="5" height="5" patternUnits="userSpaceOnUse">'
            '<circle cx="2" cy="2" r="1" class="k-unknown" stroke="none"/></pattern>'
        )
        yield (
            f'<pattern id="{name}-closed" width="6" height="5" patternUnits="userSpaceOnUse">'
            '<path d="M0 2H6" class="k-closed" stroke-width="1"/></pattern>'
        )
        yield (
            f'<pattern id="{name}-absent" width="7" height="7" patternUnits="userSpaceOnUse">'
            '<path d="M1 1L5 5M5 1L1 5" class="k-absent" stroke-width="1"/></pattern>'
        )
        for state in HEIGHTS:
            word = _NAMES[state]
            for way, first, last in (("in", 0.1, 0.9), ("out", 0.9, 0.1)):
                yield (
                    f'<linearGradient id="{name}-{word}-{way}">'
                    f'<stop offset="0" class="s-{word}" stop-opacity="{first}"/>'
                    f'<stop offset="1" class="s-{word}" stop-opacity="{last}"/></linearGradient>'
                )
        yield "</defs>"

    def _axis(self) -> Iterator[str]:
        info = known(self.chart.timezone)
        yield '<g aria-hidden="true">'
        for tick in ticks(self.chart.span, info, 9):
            x = place(tick.at, self.chart)
            kind = "grid major" if tick.is_major else "grid"
            yield f'<path class="{kind}" d="M{x:.2f} {TOP - 8}V{self.bottom}"/>'
            at = min(max(x, LABELS + 30), WIDTH - 34)
            label = self.say.tick(tick.label)
            yield f'<text x="{at:.2f}" y="34" text-anchor="middle">{label}</text>'
        yield "</g>"

    def _events(self) -> Iterator[str]:
        """Yield a mark for each event, greater for a milestone; what shares a place is one."""
        zone = self.chart.timezone
        places: dict[int, list[int]] = {}
        seen = self.chart.seen()
        for at, event in enumerate(seen):
            if event.at:
                places.setdefault(round(place(event.at.best, self.chart) / 4), []).append(at)
        if seen:
            yield f'<text x="0" y="{TOP - 9}" class="faint">{text(self.say.events)}</text>'
        for x, numbers in places.items():
            here = [seen[at] for at in numbers]
            is_milestone = any(each.phase for each in here)
            tooltip = "\n".join(labels.event(each, zone, self.say) for each in here[:12])
            tooltip += f"\n{self.say.more_here(len(here) - 12)}" if len(here) > 12 else ""  # noqa: PLR2004
            at, y = 4 * x, TOP - 13
            shape = (
                f"M{at} {y - 7}L{at + 6} {y}L{at} {y + 7}L{at - 6} {y}Z"
                if is_milestone
                else f"M{at} {y - 3}L{at + 3} {y}L{at} {y + 3}L{at - 3} {y}Z"
            )
            yield f'<path class="mark" d="{shape}"><title>{text(tooltip)}</title></path>'

    def _lane(self, drawing: LaneDrawing, y: int) -> Iterator[str]:
        service, depth = drawing.lane.service, min(drawing.lane.depth, MOST_INDENT)
        summary = labels.lane(drawing, self.chart, self.say)
        reached = f' tabindex="0" role="img" aria-label="{text(summary)}"' if self.inside else ""
        yield f'<g class="lane"{reached}>'
        x = INDENT * depth
        room = (LABELS - 12 - x) * 10 // 68
        whole = labels.shortened(service.name, self.say)
        twig = "└ " if depth else ""
        label = cut(f"{twig}{whole}", room)
        yield f'<text x="{x}" y="{y + 16}"><title>{text(summary)}</title>{text(label)}</text>'
        yield from self._up(drawing, y)
        if drawing.cells:
            for cell in drawing.cells:
                yield from self._cell(cell, y)
        by_segment: dict[int, list[Stroke]] = {}
        for stroke in drawing.strokes:
            by_segment.setdefault(stroke.segment, []).append(stroke)
        for at, strokes in by_segment.items():
            yield "<g>"
            state = labels.segment(drawing.lane.segments[at], self.report, self.say)
            name = labels.shortened(service.name, self.say, 60)
            yield f"<title>{text(f'{name} {state}')}</title>"
            for stroke in strokes:
                yield self._sure(stroke, y) if stroke.is_sure else self._edge(stroke, y)
            yield "</g>"
        yield "</g>"

    def _up(self, drawing: LaneDrawing, y: int) -> Iterator[str]:
        """Yield the line that says that a service is up, within the window; behind a summary too.

        Where an edge lies between up and something else, it may be up.
        """
        at = max(self.chart.span.start, self.chart.window.start)
        end = min(self.chart.span.end, self.chart.window.end)
        parts: list[str] = []
        taken = [stroke for stroke in drawing.strokes if stroke.milder is not State.UP]
        for start, until in [*((stroke.start, stroke.end) for stroke in taken), (end, end)]:
            if at < min(start, end):
                first, last = (place(one, self.chart) for one in (at, min(start, end)))
                parts.append(f"M{first:.2f} {y + BAR + 2}H{last:.2f}")
            at = max(at, until)
        if parts:
            yield f'<path class="up" d="{"".join(parts)}"/>'

    def _box(self, start: Instant, end: Instant, state: State, y: int, share: float = 1) -> str:
        x, until = (place(at, self.chart) for at in (start, end))
        width = max(until - x, LEAST)
        x = min(x, WIDTH - RIGHT - width)
        tall = BAR * HEIGHTS.get(state, 1.0) * share
        return f'x="{x:.2f}" y="{y + 3 + BAR - tall:.2f}" width="{width:.2f}" height="{tall:.2f}"'

    def _paint(self, state: State) -> str:
        word = _NAMES[state]
        if state in _PATTERNED:
            return f'fill="url(#{self.name}-{word})"'
        return f'class="{word}"'

    def _sure(self, stroke: Stroke, y: int) -> str:
        box = self._box(stroke.start, stroke.end, stroke.state, y)
        return f"<rect {box} {self._paint(stroke.state)}/>"

    def _edge(self, stroke: Stroke, y: int) -> str:
        """Return an edge that fades; under it the milder state, which holds if nothing worse."""
        under = ""
        if stroke.milder is not State.UP:
            box = self._box(stroke.start, stroke.end, stroke.milder, y)
            under = f"<rect {box} {self._paint(stroke.milder)}/>"
        box = self._box(stroke.start, stroke.end, stroke.state, y)
        word = _NAMES[stroke.state]
        way = "in" if stroke.comes else "out"
        paint = (
            self._paint(stroke.state) + ' fill-opacity="0.5"'
            if stroke.state in _PATTERNED
            else f'fill="url(#{self.name}-{word}-{way})" class="edge o-{word}"'
        )
        best = ""
        if stroke.best is not None and stroke.start < stroke.best < stroke.end:
            x = place(stroke.best, self.chart)
            best = f'<path class="best" d="M{x:.2f} {y + 3}V{y + 3 + BAR}"/>'
        return f"{under}<rect {box} {paint}/>{best}"

    def _cell(self, cell: Cell, y: int) -> Iterator[str]:
        """Yield a summary: the higher, the greater the share of time in which it was not up."""
        spent = sum(cell.spent.values())
        share = 0.25 + 0.75 * min(1.0, spent / max(1, cell.end - cell.start))
        box = self._box(cell.start, cell.end, cell.state, y, share)
        summary = labels.cell(cell, self.chart.timezone, self.say)
        yield f"<rect {box} {self._paint(cell.state)}><title>{text(summary)}</title></rect>"

    def _legend(self) -> list[tuple[int, int, Sign, str]]:
        """Return where each sign of the legend stands, by column and row, and what it says."""
        say = self.say
        shown: list[tuple[Sign, str]] = [
            (state, say.states[state]) for state in labels.states(self.chart)
        ]
        if labels.is_vague(self.chart):
            shown.append(("edge", say.some_time_in_here))
        if any(each.cells for each in self.drawings):
            shown.append((None, say.summed_up))
        placed, x, y = [], 0, 0
        for sign, word in shown:
            width = 34 + 7 * len(word) + 5 * sum(_is_wide(each) for each in word)
            if x + width > WIDTH:
                x, y = 0, y + 1
            placed.append((x, y, sign, word))
            x += width
        return placed

    def _signs(self) -> Iterator[str]:
        yield '<g aria-hidden="true">'
        for x, row, sign, word in self.legend:
            y = self.bottom + 8 + 20 * row
            if sign == "edge":
                fill = f'fill="url(#{self.name}-down-in)" class="edge o-down"'
                yield f'<rect x="{x}" y="{y}" width="18" height="12" {fill}/>'
            elif sign is State.UP:
                yield f'<path class="up" d="M{x} {y + 11}h18"/>'
            elif sign is not None:
                tall = 12 * HEIGHTS.get(sign, 1.0)
                box = f'x="{x}" y="{y + 12 - tall:.1f}" width="18" height="{tall:.1f}"'
                yield f"<rect {box} {self._paint(sign)}/>"
            yield f'<text x="{x + 24}" y="{y + 11}">{text(word)}</text>'
        yield "</g>"


def _is_wide(sign: str) -> bool:
    """Whether a character is as wide as two narrow ones."""
    return east_asian_width(sign) in "WF"


def cut(label: str, room: int) -> str:
    """Return a label that fits into so many narrow characters; wide ones count as two."""
    taken = 0
    for at, sign in enumerate(label):
        taken += 0 if combining(sign) else 1 + _is_wide(sign)
        if taken > room:
            return f"{label[: max(0, at - 1)]}…"
    return label
