"""The events of a story as rows of words, the same in HTML and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from outage_cli.model.story import Story, StoryEvent
from outage_cli.writers.chart import labels
from outage_cli.writers.page.table import Column, Table, without_empty
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def events(story: Story, say: English) -> Table:
    """Return one row an event, in the order of time. Columns that say nothing are left out.

    Where there is one file, a line is shown by its number alone.
    """
    columns = (
        Column("day", say.day),
        Column("time", say.time),
        Column("since-the-start", say.since_the_start, is_figure=True),
        Column("phase", say.phase),
        Column("what-happened", say.what_happened, is_text=True),
        Column("changes", say.changes, is_text=True),
        Column("source", say.source),
        Column("line", say.line, is_figure=len(story.report.files) == 1),
    )
    return without_empty(columns, [tuple(_row(each, story, say)) for each in story.events])


def _row(story_event: StoryEvent, story: Story, say: English) -> Iterator[str]:
    zone, event = story.report.timezone, story_event.event
    line = story.report.lines.line(event.mark)
    yield say.date(event.at.best, zone) if event.at else say.not_known
    yield labels.moment(event.at, zone, say) if event.at else "?"
    yield labels.elapsed(story_event, say)
    yield say.phases[event.phase.value] if event.phase else ""
    yield visible(event.what)
    yield say.one_by_one([text for text, _ in labels.changes(story_event.changes, say)])
    yield visible(event.source or "")
    if len(story.report.files) > 1:
        yield visible(f"{event.mark.file}:{line}" if line else event.mark.file)
    else:
        yield str(line or "")
