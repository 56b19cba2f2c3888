"""One hostile timeline through every writer of every command: nothing runs, breaks out or is lost.

Each text of it has a mark of its own, so that what is shown where can be told.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml as pyyaml
from markdown_it import MarkdownIt
from pyarrow import parquet

from outage_cli import pipeline, registry
from outage_cli.model.problem import ProblemText
from outage_cli.model.screen import Screen
from outage_cli.pipeline import ReportRequest
from outage_cli.verdicts import claims as agreement
from tests.example_reports import NOW, reading_of, verdicts_on
from tests.writers.test_injection import HOSTILE, STEERING
from tests.writers.test_pictures import ATTRIBUTES, TAGS

FILE = "a\n::error::[b](javascript:1) <i>.yaml"


def story(text: str = HOSTILE, title: str = "", *, wrong: bool = False) -> str:
    """Return a timeline whose texts are hostile: each begins with a mark, such as `mk-title`."""

    def mark(key: str) -> str:
        return f'"mk-{key} {text}"'

    down, up = (mark("unknown"), "upp") if wrong else ("web", "up")
    return f"""\
title: {mark("title" + title)}
timezone: UTC
window: 2024-03
sources:
  - {{name: {mark("source")}, date: 2024-04-01, url: "javascript:alert(9)", note: {mark("said")}}}
notes: [{mark("note")}]
services:
  web: {{name: {mark("web")}, operator: {mark("operator")}, group: {mark("group")},
    category: {mark("category")}, note: {mark("about")}, users: 1000, slo: 99.9%}}
  api: {{name: {mark("api")}, requires: [web]}}
maintenance:
  - {{services: [web], from: 2024-03-05 02:00, to: 2024-03-05 04:00, what: {mark("work")}}}
events:
  - {{at: ~2024-03-05 09:00, what: {mark("down")}, down: {down}, phase: started,
     source: {mark("from")}, tags: [{mark("tag")}], note: {mark("more")}}}
  - {{at: 2024-03-05 09:10, what: {mark("detect")}, phase: detected}}
  - {{at: 2024-03-05 11:00, what: {mark("back")}, {up}: web, phase: resolved}}
claims:
  - {{service: web, downtime: 4h, by: {mark("by")}, url: "javascript:alert(10)"}}
"""


SCREENS = {
    "": Screen(),
    "80 columns": Screen(80),
    "40 columns in colour": Screen(40, color=True),
    "full": Screen(is_full=True),
}


def made(source: str) -> Iterator[tuple[str, Any]]:
    """Yield what the tool makes of a timeline, by what it is: a report, a story, problems."""
    read = reading_of(source, FILE)
    assert not [each for each in read.problems if each.is_error], read.problems
    request = ReportRequest(now=NOW, needs=registry.NEEDS, by="week")
    methods = [registry.method(each.name) for each in registry.METHODS]
    report = pipeline.report([read], request)
    assert not isinstance(report, ProblemText)
    yield "report", report
    yield "comparison", pipeline.compare([read], request, methods)
    yield "explanation", pipeline.explain([read], request._replace(services=("web",)))
    yield "show", pipeline.show([read], request)
    yield "verdicts", [*verdicts_on(report, ["outages > 0"]), *agreement.verdicts(report)]
    yield "timeline", read.native


@cache
def texts(
    text: str = HOSTILE, title: str = "", screens: tuple[str, ...] = tuple(SCREENS)
) -> Mapping[tuple[str, str, str], str | bytes]:
    """Return what every writer makes, by what it is, the format and the screen."""
    whole = dict(made(story(text, title)))
    wrong = story(text, title, wrong=True)
    whole["problems"] = reading_of(wrong, FILE).problems
    values = {}
    for writer in registry.WRITERS:
        for kind in writer.writes:
            more = {"verdicts": (whole["report"],), "problems": ({FILE: wrong.splitlines()},)}
            for name in screens:
                write = getattr(registry.load(writer.home), kind)
                made_of = (whole[kind], SCREENS[name], *more.get(kind, ()))
                values[kind, writer.name, name] = write(*made_of)
    return values


OUTPUTS = [(kind, each.name) for each in registry.WRITERS for kind in each.writes]
TEXTS = [(kind, name) for kind, name in OUTPUTS if name != "parquet"]


def text_of(kind: str, name: str, screen: str = "") -> str:
    text = texts()[kind, name, screen]
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize(("kind", "name"), TEXTS)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_steers_a_terminal(kind: str, name: str, screen: str) -> None:
    text = text_of(kind, name, screen)
    if SCREENS[screen].color:
        text = re.sub(r"\x1b\[\d+(;\d+)*m", "", text)
    text = text.replace("\r\n", "\n") if name == "ical" else text
    text = text.replace("\t", " ") if name == "tsv" else text
    assert not STEERING.search(text), STEERING.search(text)


SHOWN = {
    ("report", "table"): "title web api work down by",
    ("report", "json"): "title web api operator group category work down by",
    ("report", "csv"): "web api operator group",
    ("report", "tsv"): "web api operator group",
    ("report", "ndjson"): "web api operator group category down",
    ("report", "markdown"): "title web api work down by detect back",
    ("report", "html"): "title web api work down by detect back source said note",
    ("report", "svg"): "title web api down detect back",
    ("report", "openmetrics"): "web api operator group",
    ("report", "ical"): "title web api work down",
    ("report", "statuspage"): "title web api about down back",
    ("report", "statuspage-maintenance"): "title web about work",
    ("show", "text"): "title web api down detect back",
    ("show", "json"): "title web api down detect back from more tag",
    ("show", "markdown"): "title web api down detect back from",
    ("show", "html"): "title web api down detect back from source said note",
    ("show", "svg"): "title web api down detect back",
    ("comparison", "table"): "title web api",
    ("comparison", "markdown"): "title web api",
    ("comparison", "csv"): "web api operator group",
    ("explanation", "table"): "web down back work",
    ("explanation", "markdown"): "web down back work",
    ("explanation", "json"): "title web operator group category down back work",
    **dict.fromkeys([("problems", name) for name in registry.writers("problems")], "unknown"),
    ("verdicts", "text"): "by",
    ("verdicts", "json"): "by",
    ("verdicts", "ndjson"): "by",
    ("verdicts", "junit"): "title web api down by",
    ("verdicts", "github"): "down by",
    ("verdicts", "sarif"): "down by",
    **dict.fromkeys(
        [("timeline", name) for name in registry.writers("timeline")],
        "title source said note web operator group category about api work down from tag more "
        "detect back by",
    ),
}
"""Whose texts an output has, at least."""


@pytest.mark.parametrize(("kind", "name"), SHOWN)
def test_nothing_that_is_shown_is_lost(kind: str, name: str) -> None:
    """Every shown text is there to its end, whatever it says; escaping takes nothing away."""
    text = text_of(kind, name)
    text = text.replace("\r\n ", "") if name == "ical" else text
    expected = SHOWN[kind, name].split()
    assert [mark for mark in expected if f"mk-{mark}" not in text] == []
    starts, ends = text.count("mk-"), text.count("python/object")
    if name not in {"svg", "html", "markdown", "text"}:  # where a chart cuts names short
        assert starts == ends


@pytest.mark.parametrize(("kind", "name"), [each for each in TEXTS if each[1] in {"table", "text"}])
def test_rich_takes_no_text_for_markup(kind: str, name: str) -> None:
    text = text_of(kind, name)
    assert text.count("[red]rich[/red]") == text.count("rich[/red]") > 0


MARKDOWN = [each for each in TEXTS if each[1] == "markdown"]


@pytest.mark.parametrize(("kind", "name"), MARKDOWN)
def test_markdown_has_tables_and_no_markup_of_a_timeline(kind: str, name: str) -> None:
    text = text_of(kind, name)
    reader = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(
        ["table", "strikethrough"]
    )
    result = list(reader.parse(text))
    result += [inner for each in result for inner in each.children or ()]
    html = [each.content for each in result if each.type in {"html_inline", "html_block"}]
    assert set(html) <= {"<br>"}
    links = [each.attrs.get("href") for each in result if each.type == "link_open"]
    assert [link for link in links if not re.match(r"https?://", str(link))] == []
    kinds = {each.type for each in result}
    assert not kinds & {"image", "s_open", "em_open", "code_block", "blockquote_open", "hr"}
    fences = [each.info for each in result if each.type == "fence"]
    assert set(fences) <= {"mermaid"}
    bars: list[int] = []  # of each row of a table: no text opens a cell
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            bars.append(len(re.findall(r"(?<!\\)\|", line)))
        elif bars:
            assert len(set(bars)) == 1
            bars = []
    shown = "".join(each.content for each in result if each.type == "text")
    assert "<script>alert(1)</script>" in shown


class Elements(HTMLParser):
    """The elements and attributes of a page, as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.tags.add(tag)
        self.attributes += ((key, value or "") for key, value in attrs)


@pytest.mark.parametrize(("kind", "name"), [each for each in TEXTS if each[1] in {"html", "svg"}])
def test_no_text_is_markup_in_a_page_or_a_picture(kind: str, name: str) -> None:
    page = Elements(text_of(kind, name))
    assert page.tags <= TAGS | {"style"}
    assert {key for key, _ in page.attributes} <= ATTRIBUTES
    links = [value for key, value in page.attributes if key == "href"]
    assert all(re.match(r"data:,$|#\w|https?://", link) for link in links), links


@pytest.mark.parametrize(("kind", "name"), [each for each in TEXTS if each[1] in {"csv", "tsv"}])
def test_no_cell_is_a_formula(kind: str, name: str) -> None:
    by = "\t" if name == "tsv" else ","
    rows = list(csv.reader(io.StringIO(text_of(kind, name)), delimiter=by))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert re.fullmatch(r"-?\d+(\.\d+)?(e-\d+)?", cell) or not re.match(
            r"\s*[=+\-@＝＋－＠]", cell
        )


def test_a_title_that_would_be_a_formula_is_none() -> None:
    source = story("x").replace('"mk-web x"', '"=1+1"').replace('"mk-operator x"', '"\\t@SUM(A1)"')
    values = dict(made(source))
    for name in ("csv", "tsv"):
        text = registry.load(registry.writers("report")[name].home).report(
            values["report"], Screen()
        )
        assert "'=1+1" in text
        assert not re.search(r"(^|[,\t])\s*[=@]", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "by"), [("csv", ";"), ("tsv", ";"), ("tsv", ",")])
def test_no_text_begins_a_formula_for_who_separates_cells_otherwise(name: str, by: str) -> None:
    """Excel goes by the semicolon where a decimal comma is usual, whatever a file is called."""
    bad = f"x{by}=1+1{by} +2{by}\\t@SUM(A1){by}-1{by} \\u00a0＝1"
    values = dict(made(story("x").replace('"mk-web x"', f'"{bad}"')))
    text = registry.load(registry.writers("report")[name].home).report(values["report"], Screen())
    assert f"x{by}'=1+1{by} '+2{by} '@SUM(A1){by}'-1{by} " in text
    cells = [cell for line in text.splitlines() for cell in line.split(by)]
    assert not [cell for cell in cells if re.match(r"[\s\"]*[=+@＝＋＠]", cell)]


def test_parquet_has_the_texts_as_they_are() -> None:
    found = texts()["report", "parquet", ""]
    assert isinstance(found, bytes)
    [row, *_] = parquet.read_table(io.BytesIO(found)).to_pylist()
    expected = pyyaml.safe_load(story())["services"]["web"]
    assert row["name"] == expected["name"]
    assert row["operator"] == expected["operator"]
    assert row["group"] == expected["group"]


def test_every_notation_is_read_back_as_the_same_timeline() -> None:
    """A tag, a quote, an escape or a colon in a text stays a part of it."""
    native = json.loads(text_of("timeline", "json"))
    assert native["title"] == pyyaml.safe_load(story())["title"]
    assert _yaml(text_of("timeline", "yaml")) == native
    assert _texts(tomllib.loads(text_of("timeline", "toml"))) == _texts(native)
    for name, suffix in (("yaml", "yaml"), ("toml", "toml"), ("plain", "outage")):
        again = reading_of(text_of("timeline", name), f"again.{suffix}")
        assert {each.code for each in again.problems} <= {"control-character"}
        assert again.native == reading_of(story(), FILE).native


def _texts(value: object) -> object:
    """Return a document with every number as its text."""
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    return [_texts(each) for each in value] if isinstance(value, list) else str(value)


def _yaml(text: str) -> object:
    """Return a document with every value as its text; a tag would make it fail."""
    loader = pyyaml.BaseLoader
    assert not re.search(r"(^|[\s\[{,])!", re.sub(r'"(\\.|[^"\\])*"', '""', text))
    return pyyaml.load(text, loader)  # noqa: S506 - it makes texts and nothing else


LONG = "x" * 1_000_000


def test_a_title_of_a_megabyte_passes_through_every_writer() -> None:
    """It is there whole, or the output says how many characters are missing."""
    for (kind, name, screen), written in texts("y", LONG, ("", "80 columns")).items():
        if isinstance(written, bytes) or "title" not in SHOWN.get((kind, name), ""):
            continue
        is_cut = re.search(r"99\d,\d{3} more characters\)", written)
        assert written.count("x") >= len(LONG) or is_cut, (kind, name, screen)


@pytest.mark.parametrize("screen", ["", "80 columns"])
def test_no_long_text_is_lost_silently(screen: str) -> None:
    """The same of every other text, at less of a length."""
    for (kind, name, _), written in texts(LONG[:20_000], "", (screen,)).items():
        if isinstance(written, bytes) or (kind, name) not in SHOWN:
            continue
        whole = "".join(written.split())
        is_cut = "morecharacters)" in whole or (kind, name) == ("problems", "text")
        assert whole.count("x") >= 20_000 or is_cut or name == "svg", (kind, name)
