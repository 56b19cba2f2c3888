"""The report one sends: a page in one file that asks nothing of a network and runs no script.

It holds by day and by night, on paper, by keyboard and read aloud. No text of a file is markup, and
the page's own policy forbids all but its style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from outage_cli import __version__, registry
from outage_cli.model.chart import Chart
from outage_cli.model.columns import STRIP
from outage_cli.model.event import CitedSource
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.state import State
from outage_cli.model.story import Story
from outage_cli.writers.chart import labels as words
from outage_cli.writers.chart import strips, svg
from outage_cli.writers.page import details as more_rows
from outage_cli.writers.page import events as rows_story
from outage_cli.writers.page import groups, promises
from outage_cli.writers.page import services as rows
from outage_cli.writers.page.services import Column, Table
from outage_cli.writers.page.words import frame, visible, what_if

if TYPE_CHECKING:
    from outage_cli.languages.en import English

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
PAGE, MOST_ROWS = 250, 20_000
"""How many rows of a table stand open, and in each part that is folded; and how many there are."""

LONGEST = 5_000
"""How many characters a cell has room for."""

MOST_MARKS = 1_000
"""How many stretches are told as a table beside the chart."""

_LINK = re.compile(r"https?://[^\s<>\"']+\Z", re.IGNORECASE)

STYLE = """
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem;max-width:75rem;background:var(--page);color:var(--ink);
font:1rem/1.5 FONTS}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2rem 0 .5rem}
.frame,figcaption,footer,.more{color:var(--faint)}
figure{margin:0}
.scroll{overflow-x:auto}
.chart{display:block;width:100%;min-width:45rem;height:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.25rem 0 .75rem}
caption{text-align:left;color:var(--faint)}
.v{position:absolute;left:-99rem}
th,td{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top;
border-bottom:1px solid var(--line)}
th{font-weight:600;white-space:normal}
.n{text-align:right}td.n{white-space:nowrap}
.w{overflow-wrap:anywhere;min-width:13rem}
th.k,td.k{white-space:nowrap}
.s{display:block;color:var(--faint)}
summary{cursor:pointer;padding:.25rem 0}
a{color:inherit}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--ink);
outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
@media print{body{max-width:none;padding:0;font-size:9pt}.chart{min-width:0}
.scroll{overflow:visible}.skip{display:none}tr,figure{break-inside:avoid}h2,summary{break-after:avoid}
thead{display:table-header-group}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def report(report: Report, screen: Screen) -> str:
    """Return a report as a page: its chart, then its tables."""
    say: English = registry.language(screen.language)
    body = [
        *_chart(report, "chart", say),
        *_tables(report, screen, say),
        *_what_if(report, screen, say),
    ]
    return _page(report, body, say)


def show(story: Story, screen: Screen) -> str:
    """Return a story as a page: its events in order, then the chart."""
    say: English = registry.language(screen.language)
    return _page(story.report, [*_events(story, say), *_chart(story.report, "chart", say)], say)


def _page(report: Report, body: Sequence[str], say: English) -> str:
    title = words.shortened(report.title, say) or say.outage_report
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{say.code}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{svg.text(POLICY)}">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="color-scheme" content="light dark">',
            '<link rel="icon" href="data:,">',
            f"<title>{_text(title, say)}</title>",
            f"<style>{svg.styles(say, alone=False)}{_style(say)}</style>",
            "</head>",
            "<body>",
            f'<a class="skip" href="#after">{_text(say.skip_the_chart, say)}</a>',
            f"<header><h1>{_text(title, say)}</h1>",
            f'<p class="frame">{_text(frame(report, say), say)}</p></header>',
            "<main>",
            *body,
            "</main>",
            *_footer(report, say),
            "</body>",
            "</html>\n",
        )
    )


def _style(say: English) -> str:
    """Return the style sheet of a page, with the fonts and line breaks of a language."""
    return STYLE.replace("FONTS", say.fonts) + say.typesetting


def _chart(report: Report, name: str, say: English) -> Iterator[str]:
    """Yield the chart, and what it shows as a table for those who cannot point at it."""
    chart = report.chart
    if chart is None or not chart.lanes:
        return
    head = f"{name}-head" if name == "chart" else f"{name}-head {name}-what"
    yield f'<section><h2 id="{name}-head">{_text(say.states_heading, say)}</h2>'
    yield f'<figure><div class="scroll" tabindex="0" role="region" aria-labelledby="{head}">'
    yield svg.picture(report, chart, say, name=name, inside=True)
    yield f"</div><figcaption>{svg.text(say.how_to_read_the_chart)}</figcaption></figure>"
    listed, more = _stretches(report, chart, say)
    if listed.rows:
        yield f"<details><summary>{_text(say.chart_as_a_table, say)}</summary>"
        caption = say.stretches_not_up if name == "chart" else say.stretches_moved
        yield from _table(listed, caption, say)
        if more:
            yield f'<p class="more">{_text(say.more_in_less(more), say)}</p>'
        yield "</details>"
    yield "</section>"


def _stretches(report: Report, chart: Chart, say: English) -> tuple[Table, int]:
    """Return the stretches of the chart one by one, and how many there is no room for."""
    columns = (
        Column("service", say.service, is_text=True),
        Column("state", say.state),
        Column("from", say.since),
        Column("to", say.until),
        Column("length", say.length, is_figure=True),
        Column("by-way-of", say.by_way_of),
        Column("line", say.line, is_text=True),
    )
    zone = report.timezone
    found = [
        (lane, each)
        for lane in chart.lanes
        for each in lane.segments
        if each.state is not State.UP
        and each.end >= chart.span.start
        and each.start <= chart.span.end
    ]
    made = [
        (
            lane.service.name,
            say.states[each.state],
            ("← " if each.cut_before else "") + words.edge(each.start, each.starts, zone, say),
            say.ongoing
            if each.ongoing
            else words.edge(each.end, each.ends, zone, say) + (" →" if each.cut_after else ""),
            words.length(each, say),
            each.inherited_from or "",
            words.source(each, report),
        )
        for lane, each in found[:MOST_MARKS]
    ]
    return rows.without_empty(columns, made), max(0, len(found) - MOST_MARKS)


def _tables(report: Report, screen: Screen, say: English) -> Iterator[str]:
    """Yield the tables of a report, the same ones as on the screen."""
    yield '<div id="after">'
    listed = strips.lettered(rows.services(report, screen, say), report)
    yield from _section(say.services, listed, say)
    legend = strips.legend(report, screen, say)
    yield from (f'<p class="more">{_text(each, say)}</p>' for each in legend)
    yield from _section(say.totals, groups.totals(report, say), say)
    if report.periods:
        yield from _section(say.periods, rows.periods(report, screen, say), say)
    yield from _section(say.outages, rows.outages(report, say, MOST_ROWS), say)
    yield from _left_out(rows.more_outages(report, MOST_ROWS), say)
    yield from _section(say.planned_work, rows.maintenance(report, say), say)
    yield from _left_out(len(report.maintenance) - rows.MOST_OUTAGES, say)
    yield from _section(say.blast_radius, groups.blasts(report, say), say)
    yield from _left_out(groups.more_blasts(report), say)
    for title, table in more_rows.tables(report, say, is_full=screen.is_full):
        yield from _section(title, table, say)
    for each in promises.sections(report, say):
        yield from _section(each.heading, each.table, say)
        yield from _left_out(each.left_out, say)
    yield "</div>"


def _left_out(more: int, say: English) -> Iterator[str]:
    if more > 0:
        yield f'<p class="more">{_text(say.more_in_json(more), say)}</p>'


def _what_if(report: Report, screen: Screen, say: English) -> Iterator[str]:
    if report.what_if is None:
        return
    moved = report.what_if.report
    yield f'<section><h2 id="moved-what">{_text(what_if(report.what_if, say), say)}</h2>'
    yield f'<p class="frame">{_text(frame(moved, say), say)}</p></section>'
    yield from _chart(moved, "moved", say)
    listed = strips.lettered(rows.services(moved, screen, say), moved)
    yield from _section(say.services_moved, listed, say)
    yield from _section(say.totals_moved, groups.totals(moved, say), say)


def _events(story: Story, say: English) -> Iterator[str]:
    """Yield the events of a story as a table."""
    yield from _section(say.events, rows_story.events(story, say), say)
    if more := rows_story.more_events(story):
        yield f'<p class="more">{_text(say.more_elsewhere(more), say)}.</p>'
    yield '<div id="after"></div>'


def _section(heading: str, table: Table | None, say: English) -> Iterator[str]:
    if table is None or not table.rows:
        return
    yield f"<section><h2>{_text(heading, say)}</h2>"
    yield from _table(table, heading, say, is_told=True)
    yield "</section>"


def _table(table: Table, caption: str, say: English, *, is_told: bool = False) -> Iterator[str]:
    """Yield a table; of a long one only the first part stands open, the others are folded.

    A caption that is told by the heading above it is only read aloud.
    """
    yield from _part(table, table.rows[:PAGE], caption, "v" if is_told else "c", say)
    for at in range(PAGE, len(table.rows), PAGE):
        part = table.rows[at : at + PAGE]
        told = say.rows_of(at + 1, at + len(part), len(table.rows))
        yield f"<details><summary>{_text(told, say)}</summary>"
        yield from _part(table, part, f"{caption}: {told}", "v", say)
        yield "</details>"


def _part(
    table: Table, part: Sequence[Sequence[str]], caption: str, kept: str, say: English
) -> Iterator[str]:
    kinds = ["n" if each.is_figure else "w" if each.is_text else "k" for each in table.columns]
    marked = [_strip if each.key == STRIP else _text for each in table.columns]
    label = _text(caption, say)
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
    yield f'<table><caption class="{kept}">{label}</caption><thead><tr>'
    for column, kind in zip(table.columns, kinds, strict=True):
        yield f'<th scope="col" class="{kind}">{_text(column.heading, say)}</th>'
    yield "</tr></thead><tbody>"
    for row in part:
        cells = "".join(
            f'<th scope="row" class="{kind}">{shown(cell, say)}</th>'
            if at == 0
            else f'<td class="{kind}">{shown(cell, say)}</td>'
            for at, (cell, kind, shown) in enumerate(zip(row, kinds, marked, strict=True))
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"


def _strip(told: str, say: English) -> str:
    """Return a strip of letters: all of one width, and spaces too."""
    del say  # signs
    return f"<code>{svg.text(told.replace(' ', chr(0xA0)))}</code>"


def _footer(report: Report, say: English) -> Iterator[str]:
    yield f"<footer><h2>{_text(say.sources, say)}</h2><ul>"
    for source in report.sources:
        yield f"<li>{_source(source, say)}</li>"
    for file in report.files:
        digest = f'<span class="s">SHA-256 {file.sha256}</span>'
        yield f'<li class="w">{_text(file.path, say)} {digest}</li>'
    yield "</ul>"
    for note in report.notes:
        yield f"<p>{_text(note, say)}</p>"
    yield f"<p>{_text(say.written_by(__version__), say)}</p></footer>"


def _source(source: CitedSource, say: English) -> str:
    """Return who reported, with a link where there is one that leads to a page of the web."""
    date = say.period_label(source.date) if source.date else None
    told = _text(say.listed([each for each in (source.name, date) if each]), say)
    note = f' <span class="s">{_text(source.note, say)}</span>' if source.note else ""
    if source.url and _LINK.match(source.url):
        link = svg.text(source.url)
        return f'<a href="{link}" rel="noopener noreferrer nofollow">{told}</a>{note}'
    return f"{told}{say.aside(_text(source.url, say)) if source.url else ''}{note}"


def _text(told: str, say: English) -> str:
    return svg.text(words.shortened(visible(told), say, LONGEST))
