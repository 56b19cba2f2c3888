"""The report for reviews: GitHub-flavoured Markdown, in which no text of a file is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outage_cli import registry
from outage_cli.model.columns import STRIP
from outage_cli.model.comparison import Comparison
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.chart import strips
from outage_cli.writers.page import groups, promises
from outage_cli.writers.page import services as rows
from outage_cli.writers.page.services import Table
from outage_cli.writers.page.words import frame, visible, what_if, window_of

if TYPE_CHECKING:
    from outage_cli.languages.en import English
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.story import Story

_MARKUP = re.compile(r"[\\`*_{}\[\]#+!|~>$]|(?<=\d)\.(?= )|^[-=]|:(?=//)|(?<=www)\.|@")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def report(report: Report, screen: Screen) -> str:
    """Return the report as a heading, the table of services and the table of outages."""
    say: English = registry.language(screen.language)
    parts = [f"## {escape(report.title) or say.outage_report}", escape(frame(report, say))]
    parts.append(_table(strips.lettered(rows.services(report, screen, say), report)))
    parts += [escape(each) for each in strips.legend(report, screen, say)]
    if (listed := groups.totals(report, say)).rows:
        parts += [f"### {say.totals}", _table(listed)]
    if report.periods:
        parts += [f"### {say.periods}", _table(rows.periods(report, screen, say))]
    listed = rows.outages(report, say)
    if listed.rows:
        parts += [f"### {say.outages}", _table(listed)]
    if more := rows.more_outages(report):
        parts.append(say.more(more))
    parts += _planned(report, say)
    if (listed := groups.blasts(report, say)).rows:
        parts += [f"### {say.blast_radius}", _table(listed)]
    if more := groups.more_blasts(report):
        parts.append(say.more(more))
    parts += _more(report, screen, say)
    parts += _promised(report, say)
    if report.what_if:
        moved = report.what_if.report
        parts += [f"### {escape(what_if(report.what_if, say))}", escape(frame(moved, say))]
        parts.append(_table(strips.lettered(rows.services(moved, screen, say), moved)))
        if (listed := groups.totals(moved, say)).rows:
            parts.append(_table(listed))
    return "\n\n".join([*parts, *_chart(report, say)]) + "\n"


def show(story: Story, screen: Screen) -> str:
    """Return a story as a table of its events and a Mermaid chart."""
    from outage_cli.writers.page import events as rows_story

    say: English = registry.language(screen.language)
    told = story.report
    parts = [f"## {escape(told.title) or say.story}", escape(frame(told, say))]
    parts.append(_table(rows_story.events(story, say)))
    if more := rows_story.more_events(story):
        parts.append(say.more(more))
    return "\n\n".join([*parts, *_chart(told, say)]) + "\n"


def _chart(report: Report, say: English) -> list[str]:
    """Return the chart as a block that GitHub and GitLab draw."""
    if report.chart is None or not report.chart.lanes:
        return []
    from outage_cli.writers.chart.mermaid import diagram

    return [f"### {say.chart}", f"```mermaid\n{diagram(report, report.chart, say)}```"]


def _promised(report: Report, say: English) -> Iterator[str]:
    """Yield what was promised by the month, and what was published, where there is any of it."""
    for section in promises.sections(report, say):
        yield f"### {section.heading}"
        yield _table(section.table)
        if section.left_out:
            yield say.more(section.left_out)


def _planned(report: Report, say: English) -> Iterator[str]:
    if report.maintenance:
        yield f"### {say.planned_work}"
        yield _table(rows.maintenance(report, say))
    if (more := len(report.maintenance) - rows.MOST_OUTAGES) > 0:
        yield say.more(more)


def comparison(told: Comparison, screen: Screen) -> str:
    """Return a heading and the figures of every method as one table."""
    from outage_cli.writers.page import methods

    say: English = registry.language(screen.language)
    parts = [f"## {escape(told.report.title) or say.methods_compared}"]
    parts += [escape(window_of(told.report, say)), _table(methods.rows(told, screen, say))]
    return "\n\n".join(parts) + "\n"


def explanation(told: Explanation, screen: Screen) -> str:
    """Return what is behind the figures of one service: its intervals, or one instant of it."""
    from outage_cli.writers.page import explanation as explained  # only `explain` needs it

    say: English = registry.language(screen.language)
    parts = [f"## {escape(explained.title(told, say))}", escape(explained.about(told, say))]
    if one := told.instant:
        parts.append(f"**{escape(explained.verdict(told, one, say))}**")
        parts += [escape(each) for each in explained.details(told, one, say)]
        parts.append(_table(explained.voices(told, one, say)))
    else:
        parts += [_table(explained.intervals(told, say)), _table(explained.sums(told, say))]
    if contract := explained.contract(told, say):
        parts.append(escape(contract))
    return "\n\n".join(parts) + "\n"


def _more(report: Report, screen: Screen, say: English) -> Iterator[str]:
    if report.milestones or screen.is_full:
        from outage_cli.writers.page.details import tables  # few reports have them

        for title, table in tables(report, say, is_full=screen.is_full):
            yield f"### {title}"
            yield _table(table)


def escape(text: str) -> str:
    """Return a text as Markdown that shows it, letter by letter."""
    for sign, entity in _ENTITIES.items():
        text = text.replace(sign, entity)
    return _MARKUP.sub(
        lambda found: f"\\{found[0]}" if found[0] not in ":.@" else f"&#{ord(found[0])};",
        visible(text),
    )


def _strip(text: str) -> str:
    """Return a strip of letters: all of one width, and none of them markup."""
    return f"`{text}`"


def _table(table: Table) -> str:
    head = " | ".join(column.heading for column in table.columns)
    rule = " | ".join("---:" if column.is_figure else "---" for column in table.columns)
    marked = [_strip if column.key == STRIP else escape for column in table.columns]
    body = [
        " | ".join(shown(cell) for shown, cell in zip(marked, row, strict=True))
        for row in table.rows
    ]
    return "\n".join(f"| {line} |" for line in (head, rule, *body))
