"""The report for reviews: GitHub-flavoured Markdown, in which no text of a file is markup."""

from __future__ import annotations

import re

from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.story import Story
from outage_cli.writers import rows, rows_together
from outage_cli.writers.rows import Table
from outage_cli.writers.words import frame, visible, what_if

_MARKUP = re.compile(r"[\\`*_{}\[\]#+!|~>$]|(?<=\d)\.(?= )|^[-=]|:(?=//)|(?<=www)\.|@")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def report(report: Report, screen: Screen) -> str:
    """Return the report as a heading, the table of services and the table of outages."""
    del screen  # Markdown is laid out by whoever shows it
    parts = [f"## {escape(report.title) or 'Outage report'}", escape(frame(report))]
    parts.append(_table(rows.services(report)))
    if (listed := rows_together.totals(report)).rows:
        parts += ["### Totals", _table(listed)]
    if report.periods:
        parts += ["### Periods", _table(rows.periods(report))]
    listed = rows.outages(report)
    if listed.rows:
        parts += ["### Outages", _table(listed)]
    if more := rows.more_outages(report):
        parts.append(f"… and {more} more.")
    if (listed := rows_together.blasts(report)).rows:
        parts += ["### Blast radius", _table(listed)]
    if more := rows_together.more_blasts(report):
        parts.append(f"… and {more} more.")
    if report.what_if:
        moved = report.what_if.report
        parts += [f"### {escape(what_if(report.what_if))}", escape(frame(moved))]
        parts.append(_table(rows.services(moved)))
        if (listed := rows_together.totals(moved)).rows:
            parts.append(_table(listed))
    return "\n\n".join([*parts, *_chart(report)]) + "\n"


def show(story: Story, screen: Screen) -> str:
    """Return a story as a table of its events and a Mermaid chart."""
    del screen
    from outage_cli.writers import rows_story

    told = story.report
    parts = [f"## {escape(told.title) or 'What happened'}", escape(frame(told))]
    parts.append(_table(rows_story.events(story)))
    if more := rows_story.more_events(story):
        parts.append(f"… and {more} more.")
    return "\n\n".join([*parts, *_chart(told)]) + "\n"


def _chart(report: Report) -> list[str]:
    """Return the chart as a block that GitHub and GitLab draw."""
    if report.chart is None or not report.chart.lanes:
        return []
    from outage_cli.writers.mermaid import diagram

    return ["### Chart", f"```mermaid\n{diagram(report, report.chart)}```"]


def escape(text: str) -> str:
    """Return a text as Markdown that shows it, letter by letter."""
    for sign, entity in _ENTITIES.items():
        text = text.replace(sign, entity)
    return _MARKUP.sub(
        lambda found: f"\\{found[0]}" if found[0] not in ":.@" else f"&#{ord(found[0])};",
        visible(text),
    )


def _table(table: Table) -> str:
    head = " | ".join(column.heading for column in table.columns)
    rule = " | ".join("---:" if column.is_figure else "---" for column in table.columns)
    body = [" | ".join(escape(cell) for cell in row) for row in table.rows]
    return "\n".join(f"| {line} |" for line in (head, rule, *body))
