"""The report one sends: a page in one file that asks nothing of a network and runs no script.

It holds by day and by night, on paper, by keyboard and read aloud. No text of a file is markup, and
the page's own policy forbids all but its style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from outage_cli import __version__
from outage_cli.model.chart import Chart
from outage_cli.model.columns import STRIP
from outage_cli.model.event import Source
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.state import State
from outage_cli.model.story import Story
from outage_cli.writers import chart_words as words
from outage_cli.writers import (
    more_rows,
    rows,
    rows_promised,
    rows_story,
    rows_together,
    strips,
    svg,
)
from outage_cli.writers.rows import Column, Table
from outage_cli.writers.words import frame, visible, what_if

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
font:1rem/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif}
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
    return _page(
        report, [*_chart(report, "chart"), *_tables(report, screen), *_what_if(report, screen)]
    )


def show(story: Story, screen: Screen) -> str:
    """Return a story as a page: its events in order, then the chart."""
    del screen
    return _page(story.report, [*_events(story), *_chart(story.report, "chart")])


def _page(report: Report, body: Sequence[str]) -> str:
    title = words.shortened(report.title) or "Outage report"
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{svg.text(POLICY)}">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="color-scheme" content="light dark">',
            '<link rel="icon" href="data:,">',
            f"<title>{_text(title)}</title>",
            f"<style>{svg.styles(alone=False)}{STYLE}</style>",
            "</head>",
            "<body>",
            '<a class="skip" href="#after">Skip the chart</a>',
            f"<header><h1>{_text(title)}</h1>",
            f'<p class="frame">{_text(frame(report))}</p></header>',
            "<main>",
            *body,
            "</main>",
            *_footer(report),
            "</body>",
            "</html>\n",
        )
    )


def _chart(report: Report, name: str) -> Iterator[str]:
    """Yield the chart, and what it shows as a table for those who cannot point at it."""
    chart = report.chart
    if chart is None or not chart.lanes:
        return
    head = f"{name}-head" if name == "chart" else f"{name}-head {name}-what"
    yield f'<section><h2 id="{name}-head">States</h2>'
    yield f'<figure><div class="scroll" tabindex="0" role="region" aria-labelledby="{head}">'
    yield svg.picture(report, chart, name=name, inside=True)
    yield "</div><figcaption>The higher a bar, the worse the state. Point at a bar to see the line"
    yield "of the file behind it; the table below has the same.</figcaption></figure>"
    listed, more = _stretches(report, chart)
    if listed.rows:
        yield "<details><summary>The chart as a table</summary>"
        caption = "Stretches in which a service was not up"
        yield from _table(listed, caption if name == "chart" else f"{caption}, moved")
        if more:
            yield f'<p class="more">… and {more:,} more: ask for a shorter window.</p>'
        yield "</details>"
    yield "</section>"


def _stretches(report: Report, chart: Chart) -> tuple[Table, int]:
    """Return the stretches of the chart one by one, and how many there is no room for."""
    columns = (
        Column("service", "Service", is_text=True),
        Column("state", "State"),
        Column("from", "From"),
        Column("to", "To"),
        Column("length", "Length", is_figure=True),
        Column("by-way-of", "By way of"),
        Column("line", "Line", is_text=True),
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
            words.WORDS[each.state],
            ("← " if each.cut_before else "") + words.edge(each.start, each.starts, zone),
            "ongoing"
            if each.ongoing
            else words.edge(each.end, each.ends, zone) + (" →" if each.cut_after else ""),
            words.length(each),
            each.inherited_from or "",
            words.source(each, report),
        )
        for lane, each in found[:MOST_MARKS]
    ]
    return rows.without_empty(columns, made), max(0, len(found) - MOST_MARKS)


def _tables(report: Report, screen: Screen) -> Iterator[str]:
    """Yield the tables of a report, the same ones as on the screen."""
    yield '<div id="after">'
    yield from _section("Services", strips.lettered(rows.services(report, screen), report))
    yield from (f'<p class="more">{_text(each)}</p>' for each in strips.legend(report, screen))
    yield from _section("Totals", rows_together.totals(report))
    yield from _section("Periods", rows.periods(report, screen) if report.periods else None)
    yield from _section("Outages", rows.outages(report, MOST_ROWS))
    yield from _left_out(rows.more_outages(report, MOST_ROWS))
    yield from _section("Planned work", rows.maintenance(report))
    yield from _left_out(len(report.maintenance) - rows.MOST_OUTAGES)
    yield from _section("Blast radius", rows_together.blasts(report))
    yield from _left_out(rows_together.more_blasts(report))
    for title, table in more_rows.tables(report, is_full=screen.is_full):
        yield from _section(title, table)
    for each in rows_promised.sections(report):
        yield from _section(each.heading, each.table)
        yield from _left_out(each.left_out)
    yield "</div>"


def _left_out(more: int) -> Iterator[str]:
    if more > 0:
        yield f'<p class="more">… and {more:,} more: JSON has them all.</p>'


def _what_if(report: Report, screen: Screen) -> Iterator[str]:
    if report.what_if is None:
        return
    moved = report.what_if.report
    yield f'<section><h2 id="moved-what">{_text(what_if(report.what_if))}</h2>'
    yield f'<p class="frame">{_text(frame(moved))}</p></section>'
    yield from _chart(moved, "moved")
    yield from _section("Services, moved", strips.lettered(rows.services(moved, screen), moved))
    yield from _section("Totals, moved", rows_together.totals(moved))


def _events(story: Story) -> Iterator[str]:
    """Yield the events of a story as a table."""
    yield from _section("Events", rows_story.events(story))
    if more := rows_story.more_events(story):
        yield f'<p class="more">… and {more:,} more, elsewhere or about other services.</p>'
    yield '<div id="after"></div>'


def _section(heading: str, table: Table | None) -> Iterator[str]:
    if table is None or not table.rows:
        return
    yield f"<section><h2>{heading}</h2>"
    yield from _table(table, heading, is_told=True)
    yield "</section>"


def _table(table: Table, caption: str, *, is_told: bool = False) -> Iterator[str]:
    """Yield a table; of a long one only the first part stands open, the others are folded.

    A caption that is told by the heading above it is only read aloud.
    """
    yield from _part(table, table.rows[:PAGE], caption, "v" if is_told else "c")
    for at in range(PAGE, len(table.rows), PAGE):
        part = table.rows[at : at + PAGE]
        told = f"{at + 1:,} to {at + len(part):,} of {len(table.rows):,}"
        yield f"<details><summary>{told}</summary>"
        yield from _part(table, part, f"{caption}: {told}", "v")
        yield "</details>"


def _part(table: Table, part: Sequence[Sequence[str]], caption: str, shown: str) -> Iterator[str]:
    kinds = ["n" if each.is_figure else "w" if each.is_text else "k" for each in table.columns]
    marked = [_strip if each.key == STRIP else _text for each in table.columns]
    yield '<div class="scroll" tabindex="0" role="region" aria-label="' + _text(caption) + '">'
    yield f'<table><caption class="{shown}">{_text(caption)}</caption><thead><tr>'
    for column, kind in zip(table.columns, kinds, strict=True):
        yield f'<th scope="col" class="{kind}">{_text(column.heading)}</th>'
    yield "</tr></thead><tbody>"
    for row in part:
        cells = "".join(
            f'<th scope="row" class="{kind}">{shown(cell)}</th>'
            if at == 0
            else f'<td class="{kind}">{shown(cell)}</td>'
            for at, (cell, kind, shown) in enumerate(zip(row, kinds, marked, strict=True))
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"


def _strip(told: str) -> str:
    """Return a strip of letters: all of one width, and spaces too."""
    return f"<code>{svg.text(told.replace(' ', chr(0xA0)))}</code>"


def _footer(report: Report) -> Iterator[str]:
    yield "<footer><h2>Sources</h2><ul>"
    for source in report.sources:
        yield f"<li>{_source(source)}</li>"
    for file in report.files:
        yield f'<li class="w">{_text(file.path)} <span class="s">SHA-256 {file.sha256}</span></li>'
    yield "</ul>"
    for note in report.notes:
        yield f"<p>{_text(note)}</p>"
    yield f"<p>Written by outage {_text(__version__)}.</p></footer>"


def _source(source: Source) -> str:
    """Return who reported, with a link where there is one that leads to a page of the web."""
    told = ", ".join(each for each in (source.name, source.date) if each)
    note = f' <span class="s">{_text(source.note)}</span>' if source.note else ""
    if source.url and _LINK.match(source.url):
        link = svg.text(source.url)
        return f'<a href="{link}" rel="noopener noreferrer nofollow">{_text(told)}</a>{note}'
    return f"{_text(told)}{f' ({_text(source.url)})' if source.url else ''}{note}"


def _text(told: str) -> str:
    return svg.text(words.shortened(visible(told), LONGEST))
