"""The report one sends: a page in one file that asks nothing of a network and runs no script.

It holds by day and by night, on paper, by keyboard and read aloud. No text of a file is markup, and
the page's own policy forbids all but its style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from outage_cli import __version__
from outage_cli.model.columns import STRIP
from outage_cli.model.event import CitedSource
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.story import Story
from outage_cli.writers.chart import labels, svg
from outage_cli.writers.page.page import Page, page_of_report, page_of_story
from outage_cli.writers.page.states import stretches
from outage_cli.writers.page.strips import legend, lettered
from outage_cli.writers.page.table import Table
from outage_cli.writers.page.words import visible

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
    page = page_of_report(report, screen, outages=MOST_ROWS)
    body = [*_chart(report, "chart", screen.say), '<div id="after">']
    body += [*_sections(page, screen), "</div>"]
    if page.moved:
        body += _moved(page.moved, screen)
    return _document(page, body, screen.say)


def show(story: Story, screen: Screen) -> str:
    """Return a story as a page: its events in order, then the chart."""
    page = page_of_story(story, screen)
    body = [*_sections(page, screen), '<div id="after"></div>']
    body += _chart(story.report, "chart", screen.say)
    return _document(page, body, screen.say)


def _document(page: Page, body: Sequence[str], say: English) -> str:
    title = labels.shortened(page.title, say) or page.kind
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
            f'<p class="frame">{_text(page.caption, say)}</p></header>',
            "<main>",
            *body,
            "</main>",
            *_footer(page.report, say),
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
    listed, more = stretches(report, chart, say)
    if listed.rows:
        yield f"<details><summary>{_text(say.chart_as_a_table, say)}</summary>"
        caption = say.stretches_not_up if name == "chart" else say.stretches_moved
        yield from _table(listed, caption, say)
        if more:
            yield f'<p class="more">{_text(say.more_in_less(more), say)}</p>'
        yield "</details>"
    yield "</section>"


def _moved(page: Page, screen: Screen) -> Iterator[str]:
    """Yield what would have been at another time."""
    say: English = screen.say
    yield f'<section><h2 id="moved-what">{_text(page.title, say)}</h2>'
    yield f'<p class="frame">{_text(page.caption, say)}</p></section>'
    yield from _chart(page.report, "moved", say)
    yield from _sections(page, screen)


def _sections(page: Page, screen: Screen) -> Iterator[str]:
    """Yield the tables of a page under their headings."""
    say: English = screen.say
    for section in page.sections:
        if section.table.rows:
            yield f"<section><h2>{_text(section.heading, say)}</h2>"
            yield from _table(lettered(section), section.heading, say, is_headed=True)
            yield "</section>"
        for text in (*legend(section, screen), section.left_out):
            if text:
                yield f'<p class="more">{_text(text, say)}</p>'


def _table(table: Table, caption: str, say: English, *, is_headed: bool = False) -> Iterator[str]:
    """Yield a table; of a long one only the first part stands open, the others are folded.

    A caption that repeats the heading above it is only read aloud.
    """
    yield from _part(table, table.rows[:PAGE], caption, "v" if is_headed else "c", say)
    for at in range(PAGE, len(table.rows), PAGE):
        part = table.rows[at : at + PAGE]
        numbers = say.rows_of(at + 1, at + len(part), len(table.rows))
        yield f"<details><summary>{_text(numbers, say)}</summary>"
        yield from _part(table, part, f"{caption}: {numbers}", "v", say)
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


def _strip(letters: str, say: English) -> str:
    """Return a strip of letters: all of one width, and spaces too."""
    del say  # signs
    return f"<code>{svg.text(letters.replace(' ', chr(0xA0)))}</code>"


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
    name = _text(say.listed([each for each in (source.name, date) if each]), say)
    note = f' <span class="s">{_text(source.note, say)}</span>' if source.note else ""
    if source.url and _LINK.match(source.url):
        link = svg.text(source.url)
        return f'<a href="{link}" rel="noopener noreferrer nofollow">{name}</a>{note}'
    return f"{name}{say.aside(_text(source.url, say)) if source.url else ''}{note}"


def _text(text: str, say: English) -> str:
    return svg.text(labels.shortened(visible(text), say, LONGEST))
