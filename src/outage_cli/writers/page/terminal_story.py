"""A story for the terminal: its events day by day, then the chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from outage_cli.model.screen import Screen
from outage_cli.model.story import Story, StoryEvent
from outage_cli.writers.chart import labels, terminal
from outage_cli.writers.chart.terminal import NARROWEST, paint, wrapped
from outage_cli.writers.page.words import frame, visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def text(story: Story, screen: Screen) -> str:
    """Return the events of a story in the order of time, then the chart."""
    say: English = screen.say
    report = story.report
    parts = wrapped(visible(report.title), screen, "", "1") if report.title else []
    parts += wrapped(frame(report, say), screen, "", "2")
    parts.append("")
    parts += _events(story, screen, say)
    if story.left_out:
        parts.append(say.more_elsewhere(story.left_out))
    if report.chart and report.chart.lanes:
        parts += ["", *terminal.chart(report.chart, screen, say)]
    return "\n".join(line.rstrip() for line in parts) + "\n"


def _events(story: Story, screen: Screen, say: English) -> Iterator[str]:
    """Yield the events under the days on which they were."""
    zone = story.report.timezone
    moments = [each.event.at for each in story.events]
    whens = [labels.moment(at, zone, say) if at else "?" for at in moments]
    sinces = [labels.elapsed(each, say) for each in story.events]
    first = max((cell_len(when) for when in whens), default=0)
    second = max((cell_len(since) for since in sinces), default=0)
    left = 2 + first + 2 + second + 2
    if screen.width - left < NARROWEST * 3:  # the time has a line for itself
        left = 4
    today = None
    for story_event, when, since in zip(story.events, whens, sinces, strict=True):
        at = story_event.event.at
        day = say.day_heading(at.best, zone) if at else say.not_known_when
        if day != today:
            yield paint(day, "1", screen)
            today = day
        head = f"  {set_cell_size(when, first)}  {' ' * (second - cell_len(since))}{since}  "
        if left == 4:  # noqa: PLR2004 - too narrow, see above
            yield head
            head = " " * left
        body = [
            *_what_happened(story_event, screen, left, say),
            *_changes(story_event, screen, left, say),
        ]
        yield head + body[0]
        yield from (" " * left + line for line in body[1:])


def _what_happened(
    story_event: StoryEvent, screen: Screen, left: int, say: English
) -> Iterator[str]:
    phase = f"[{say.phases[story_event.event.phase.value]}] " if story_event.event.phase else ""
    yield from wrapped(phase + visible(story_event.event.what), screen, " " * left)


def _changes(story_event: StoryEvent, screen: Screen, left: int, say: English) -> Iterator[str]:
    for change, state in labels.changes(story_event.changes, say):
        yield from wrapped(change, screen, " " * left, terminal.COLORS.get(state, ""))
