"""The report for reviews: GitHub-flavoured Markdown, in which no text of a file is markup."""

from __future__ import annotations

import re

from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers import rows
from outage_cli.writers.rows import Table
from outage_cli.writers.words import frame, visible, what_if

_MARKUP = re.compile(r"[\\`*_{}\[\]#+!|~>$]|(?<=\d)\.(?= )|^[-=]|:(?=//)|(?<=www)\.|@")
_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def report(report: Report, screen: Screen) -> str:
    """Return the report as a heading, the table of services and the table of outages."""
    del screen  # Markdown is laid out by whoever shows it
    parts = [f"## {escape(report.title) or 'Outage report'}", escape(frame(report))]
    parts.append(_table(rows.services(report)))
    if report.periods:
        parts += ["### Periods", _table(rows.periods(report))]
    listed = rows.outages(report)
    if listed.rows:
        parts += ["### Outages", _table(listed)]
    if more := rows.more_outages(report):
        parts.append(f"… and {more} more.")
    for section in rows.sections(report):
        parts += [f"### {section.heading}", _table(section.table)]
        if section.left_out:
            parts.append(f"… and {section.left_out} more.")
    if report.what_if:
        moved = report.what_if.report
        parts += [f"### {escape(what_if(report.what_if))}", escape(frame(moved))]
        parts.append(_table(rows.services(moved)))
    return "\n\n".join(parts) + "\n"


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
