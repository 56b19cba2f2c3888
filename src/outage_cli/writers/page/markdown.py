"""The page for reviews: GitHub-flavoured Markdown, in which no text of a file is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outage_cli.model.columns import STRIP
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.page.page import (
    Page,
    page_of_comparison,
    page_of_explanation,
    page_of_report,
    page_of_story,
)
from outage_cli.writers.page.strips import legend, lettered
from outage_cli.writers.page.table import Table
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.story import Story

_MARKUP = re.compile(r"[\\`*_{}\[\]#+!|~>$]|(?<=\d)\.(?= )|^[-=]|:(?=//)|(?<=www)\.|@")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def report(report: Report, screen: Screen) -> str:
    """Return a report as tables, then its chart."""
    return _document(page_of_report(report, screen), screen)


def show(story: Story, screen: Screen) -> str:
    """Return a story as a table of its events and a chart."""
    return _document(page_of_story(story, screen), screen)


def comparison(comparison: Comparison, screen: Screen) -> str:
    """Return a heading and the figures of every method as one table."""
    return _document(page_of_comparison(comparison, screen), screen)


def explanation(explanation: Explanation, screen: Screen) -> str:
    """Return what is behind the figures of one service: its intervals, or one instant of it."""
    return _document(page_of_explanation(explanation, screen), screen)


def _document(page: Page, screen: Screen) -> str:
    parts = [f"## {escape(page.title) or page.kind}", escape(page.caption)]
    for number, sentence in enumerate(page.lead):
        parts.append(f"**{escape(sentence)}**" if number == 0 else escape(sentence))
    parts += _sections(page, screen)
    parts += [escape(page.note)] if page.note else []
    if page.moved:
        parts += [f"### {escape(page.moved.title)}", escape(page.moved.caption)]
        parts += _sections(page.moved, screen)
    return "\n\n".join([*parts, *_chart(page.report, screen)]) + "\n"


def _sections(page: Page, screen: Screen) -> Iterator[str]:
    """Yield the tables under their headings; the heading of the page is that of the first."""
    for number, section in enumerate(page.sections):
        if number and section.heading:
            yield f"### {section.heading}"
        yield _table(lettered(section))
        yield from map(escape, legend(section, screen))
        if section.left_out:
            yield escape(section.left_out)


def _chart(report: Report, screen: Screen) -> list[str]:
    """Return the chart as a block that GitHub and GitLab draw."""
    if report.chart is None or not report.chart.lanes:
        return []
    from outage_cli.writers.chart.mermaid import diagram

    say = screen.say
    return [f"### {say.chart}", f"```mermaid\n{diagram(report, report.chart, say)}```"]


def escape(text: str) -> str:
    """Return a text as Markdown that shows it, letter by letter."""
    for sign, entity in _ENTITIES.items():
        text = text.replace(sign, entity)
    return _MARKUP.sub(_escaped, visible(text))


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    return f"&#{ord(sign)};" if sign in ":.@" else f"\\{sign}"


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
