"""What is drawn: geometry, contrast, labels, and that no text of a file gets out of its place."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from outage_cli.languages.en import CATALOGUE
from outage_cli.model.screen import Screen
from outage_cli.model.state import State
from outage_cli.model.story import Story
from outage_cli.pipeline import ReportRequest, show
from outage_cli.readers.native.yaml import read
from outage_cli.readers.source import Source
from outage_cli.writers.chart import labels as chart_words
from outage_cli.writers.chart import mermaid, svg
from outage_cli.writers.findings import text
from outage_cli.writers.json import report as json
from outage_cli.writers.page import html, markdown
from tests.test_chart import NOW

SVG = "{http://www.w3.org/2000/svg}"

DAY = """
title: One day
timezone: Asia/Seoul
services:
  power: Power
  web: {name: Web, requires: [power]}
  mail: Mail
window: 2024-01-01
events:
  - {at: 2024-01-01 06:00, what: The fuse goes, down: power, phase: started}
  - {at: 2024-01-01 12:00 ± 1h, what: Half of it is back, partial: power}
  - {at: 2024-01-01 18:00, what: All of it is back, up: power}
maintenance:
  - {services: [mail], from: 2024-01-01 12:00, to: 2024-01-01 18:00, what: New disks}
"""

EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>]]>--></style></svg>"
    "</title></desc>\"' onload='alert(3)' `x` | **b** [r](javascript:alert(4)) [red]r[/red] "
    "%%{init: {}}%% : ; # , #quot; \\u202Eevil \\u2066 \\e[31mred\\e]0;own\\a \\u0001 \\uFFFE "
    "\\nsection two\\nclick a href x"
)
HOSTILE = f"""
title: {'"'}{EVIL.replace('"', chr(92) + '"')}{'"'}
timezone: Asia/Seoul
sources:
  - {{name: bad, url: "javascript:alert(5)", note: "<b>"}}
  - {{name: worse, url: "https://e.org/\\"onclick=alert(6) x=\\""}}
  - {{name: good, url: "https://example.org/a?b=1&c=2"}}
services:
  a: {{name: {'"'}{EVIL.replace('"', chr(92) + '"')}{'"'}}}
  b: {{name: {'"'}{EVIL.replace('"', chr(92) + '"')}{'"'}, requires: [a]}}
events:
  - {{at: ~2024-01-01 10:00, what: {'"'}{EVIL.replace('"', chr(92) + '"')}{'"'}, down: a,
     phase: started, source: "javascript:alert(7)"}}
  - {{at: 2024-01-01 12:00, what: "{"x" * 1_000_000}", up: a}}
"""


def story(source: str, window: str | None = None) -> Story:
    reading = read(Source("story.yaml", source.encode()))
    assert not [each for each in reading.problems if each.is_error], reading.problems
    told = show([reading], ReportRequest(NOW, window=window))
    assert isinstance(told, Story), told
    return told


def picture(source: str) -> ET.Element:
    return ET.fromstring(svg.show(story(source), Screen()))  # noqa: S314 - it is our own


# Geometry


def test_bars_stand_where_their_times_are() -> None:
    told = story(DAY, "2024-01-01")
    drawn = ET.fromstring(svg.show(told, Screen()))  # noqa: S314
    lanes = [each for each in drawn.iter(f"{SVG}g") if each.get("class") == "lane"]
    assert len(lanes) == 3
    hour = (svg.WIDTH - svg.LABELS - svg.RIGHT) / 24

    def x(each: ET.Element) -> float:
        return float(each.attrib["x"]) - svg.LABELS

    def boxes(lane: ET.Element) -> list[tuple[float, float, float]]:
        """Return from which to which hour each bar is, and how high."""
        return [
            (
                round(x(each) / hour, 2),
                round((x(each) + float(each.attrib["width"])) / hour, 2),
                round(float(each.attrib["height"]) / svg.BAR, 2),
            )
            for each in lane.iter(f"{SVG}rect")
        ]  # fmt: skip

    power, web, mail = map(boxes, lanes)
    assert power == [(6, 11, 1), (11, 13, 0.7), (11, 13, 1), (13, 18, 0.7)]
    assert web == power
    assert mail == [(12, 18, 1)]


def test_every_state_has_a_shape_of_its_own() -> None:
    shapes = set()
    for state in set(State) - {State.UP}:
        pattern = state if state in svg._PATTERNED else None  # noqa: SLF001 - what it is made of
        shapes.add((svg.HEIGHTS.get(state), pattern))
    assert len(shapes) == len(State) - 1


def test_a_picture_that_stands_alone_has_a_name_and_needs_nothing() -> None:
    drawn = picture(DAY)
    assert drawn.get("role") == "img"
    ids = (drawn.get("aria-labelledby") or "").split()
    named = {each.get("id"): each for each in drawn.iter()}
    assert [named[each].tag for each in ids] == [f"{SVG}title", f"{SVG}desc"]
    assert "Power: down 6 h, partial 6 h" in (named[ids[1]].text or "")
    written = svg.show(story(DAY), Screen())
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|<script|href=", written)
    assert set(re.findall(r"url\((.*?)\)", written)) <= {
        f"#chart-{each}" for each in ("maintenance", "unknown", "closed", "absent")
    } | {
        f"#chart-{name}-{way}"
        for name in ("down", "partial", "degraded")
        for way in ("in", "out")
    }  # fmt: skip


def test_the_line_of_up_is_where_a_service_can_be_up() -> None:
    drawn = ET.fromstring(svg.show(story(DAY, "2024-01-01"), Screen()))  # noqa: S314
    hour = (svg.WIDTH - svg.LABELS - svg.RIGHT) / 24
    lines = [each.attrib["d"] for each in drawn.iter(f"{SVG}path") if each.get("class") == "up"]
    found = [
        [
            tuple(round((float(at) - svg.LABELS) / hour, 1) for at in part)
            for part in re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", line)
        ]
        for line in lines
    ]
    up = [(0, 6), (18, 24)]
    assert found[:3] == [up, up, [(0, 12), (18, 24)]], "and then comes the legend"


# Contrast


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [svg.LIGHT, svg.DARK], ids=["light", "dark"])
def test_contrast_is_enough(colors: dict[str, str]) -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for name in ("ink", "faint"):
        assert contrast(colors[name], colors["page"]) >= 4.5, f"{name}: WCAG 1.4.3"
    for name in ("up", "down", "partial", "degraded", "maintenance", "unknown", "closed"):
        assert contrast(colors[name], colors["page"]) >= 3, f"{name}: WCAG 1.4.11"


def test_every_colour_has_one_by_day_and_one_by_night() -> None:
    assert svg.LIGHT.keys() == svg.DARK.keys()
    used = set(re.findall(r"var\(--(\w+)\)", svg.styles(CATALOGUE) + html.STYLE))
    assert used == set(svg.LIGHT)


# The page

VOID = {"meta", "link", "br", "img"}
_TAGS = (
    "html head meta link title style body a header h1 h2 p main section figure div figcaption "
    "details summary table caption thead tbody tr th td footer ul li span svg desc defs "
    "pattern path circle lineargradient stop rect g text"
)
TAGS = frozenset(_TAGS.split())
_ATTRIBUTES = (
    "lang charset http-equiv content name rel href class id aria-labelledby aria-label "
    "aria-hidden role tabindex scope xmlns viewbox width height x y cx cy r d fill fill-opacity "
    "stroke stroke-width offset stop-opacity patternunits patterntransform text-anchor"
)
ATTRIBUTES = frozenset(_ATTRIBUTES.split())


class Page(HTMLParser):
    """A page as a browser reads it: its elements, their attributes, its text."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that opens."""
        self.found.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without contents."""
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Take an element that closes."""
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self.text.append(data)


@pytest.mark.parametrize("source", [DAY, HOSTILE], ids=["a day", "hostile"])
@pytest.mark.parametrize("of", ["show", "report"])
def test_a_page_is_well_formed_and_tells_itself(source: str, of: str) -> None:
    told = story(source)
    written = html.show(told, Screen()) if of == "show" else html.report(told.report, Screen())
    page = Page(written)
    assert page.open == []
    assert {tag for tag, _ in page.found} <= TAGS
    assert {name for _, each in page.found for name in each} <= ATTRIBUTES
    for _, each in page.found:
        if "href" in each:
            assert each["href"] in {"data:,", "#after", "https://example.org/a?b=1&c=2"}
    ids = [each["id"] for _, each in page.found if "id" in each]
    assert len(ids) == len(set(ids))
    assert {one for _, each in page.found for one in each.get("aria-labelledby", "").split()} <= {
        *ids
    }
    assert "after" in ids
    headings = [each for tag, each in page.found if tag == "th"]
    assert headings
    assert all(each.get("scope") in {"row", "col"} for each in headings)
    tags = [tag for tag, _ in page.found]
    assert tags.count("table") == tags.count("caption") > 0
    reached = [each for _, each in page.found if "tabindex" in each]
    assert all(each.get("aria-label") or each.get("aria-labelledby") for each in reached)
    policy = next(each["content"] for tag, each in page.found if "http-equiv" in each)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script" not in policy


def test_a_page_shows_what_a_file_says_letter_by_letter() -> None:
    page = Page(html.show(story(HOSTILE), Screen()))
    told = "".join(page.text)
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in told
    assert "‹U+202E›evil" in told
    assert "␛[31mred␛]0;own␇" in told
    assert "… (995,000 more characters)" in told, "what is cut says so"


def test_tooltips_name_the_line_behind_a_bar() -> None:
    told = picture(DAY)
    tips = [each.text or "" for each in told.iter(f"{SVG}title")]
    assert (
        "Power down: 2024-01-01 06:00 to 2024-01-01 12:00 (11:00–13:00), 6 h (5:00–7:00). "
        "story.yaml:10: The fuse goes"
    ) in tips
    assert any(each.startswith("Web down") and "by way of power" in each for each in tips)


# Injection


def test_a_hostile_file_is_text_in_a_picture() -> None:
    written = svg.show(story(HOSTILE), Screen())
    drawn = ET.fromstring(written)  # noqa: S314 - that it can be parsed is what is asked
    assert {each.tag.removeprefix(SVG).lower() for each in drawn.iter()} <= TAGS
    names = {name.lower() for each in drawn.iter() for name in each.attrib}
    assert names <= ATTRIBUTES
    assert len(written) < 100_000
    assert "<script>alert(1)</script>" in "".join(drawn.itertext())


WORDS = r"[^:;{}<>`|\"\\\x00-\x1f]*(?:#\d+;[^:;{}<>`|\"\\\x00-\x1f]*)*"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
LINE = re.compile(
    rf"---|displayMode: compact|gantt|    (title|section) (?!\s){WORDS}"
    r"|    (dateFormat|axisFormat|todayMarker) [\w%: -]+"
    rf"|    {WORDS}:((crit|done|active|milestone), )?{TIME}, (0s|{TIME})"
)


@pytest.mark.parametrize("source", [DAY, HOSTILE], ids=["a day", "hostile"])
def test_no_text_of_a_file_is_mermaid(source: str) -> None:
    written = mermaid.show(story(source), Screen())
    for line in written.splitlines():
        assert LINE.fullmatch(line), line
    sections = [line for line in written.splitlines() if line.startswith("    section")]
    assert len(sections) == len(set(sections)) == 1 + len(story(source).report.services)


def test_no_text_of_a_file_steers_a_terminal() -> None:
    for screen in (Screen(), Screen(80), Screen(200, color=True)):
        written = text.show(story(HOSTILE), screen)
        plain = re.sub(r"\x1b\[\d*m", "", written) if screen.color else written
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
        assert plain.count("x") >= 1_000_000, "nothing of a text is lost"


def test_no_text_of_a_file_is_markup_in_markdown() -> None:
    written = markdown.show(story(HOSTILE), Screen())
    assert "<" not in written.replace("<br>", "")
    assert written.count("```") == 2, "the chart is the one block"
    rows = [line for line in written.splitlines() if line.startswith("| ")]
    bars = {len(re.findall(r"(?<!\\)\|", line)) for line in rows}
    assert len(bars) == 1, "no text opens a cell"


def test_json_has_the_whole_story() -> None:
    import json as library

    told = story(HOSTILE)
    found = library.loads(json.show(told, Screen()))
    assert [each["what"] for each in found["events"]] == [each.event.what for each in told.events]
    assert len(found["events"][1]["what"]) == 1_000_000
    assert found["title"] == told.report.title


# The terminal

WIDE = """
title: 大規模障害
timezone: Asia/Seoul
services:
  power: 판교 데이터센터의 전원 공급 장치와 냉각 장치
  web: {name: 日本語のとても長いサービスの名前です, requires: [power]}
  mail: Mail
events:
  - {at: ~2024-01-01 06:00, down: power,
     what: データセンターで火災が発生し、電源が切られた。サービスは停止した}
  - {at: 2024-01-02 18:00, what: 복구, up: [power, web]}
"""


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("color", [False, True])
def test_lanes_fit_and_start_in_the_same_column(
    columns: int,
    color: bool,  # noqa: FBT001 - what is tried
) -> None:
    for source in (WIDE, DAY):
        written = text.show(story(source), Screen(columns, color=color))
        lines = re.sub(r"\x1b\[\d*m", "", written).splitlines()
        assert max(map(cell_len, lines)) <= columns
        sign = re.compile(r"  [_▁]")
        lanes = [line for line in lines if len(line) > 9 and re.search(r"[_▁D█]{3}", line)]
        assert len(lanes) == 3
        assert len({cell_len(line[: found.start()]) for line in lanes
                    if (found := sign.search(line))}) == 1  # fmt: skip
        assert len({cell_len(line) for line in lanes}) == 1
        if columns == 200:
            assert cell_len(lanes[0]) == 200, "there is room, and it is used"


def test_a_title_is_not_cut_for_a_note_that_is_longer() -> None:
    """Cut is what is saved by it: `… (5 more characters)` takes more room than five characters."""
    what = "The command that assesses the backbone takes all of it down at once"
    written = mermaid.show(story(DAY.replace("The fuse goes", what)), Screen())
    assert f"    started {what} :milestone" in written


def test_states_differ_without_colour() -> None:
    from outage_cli.writers.chart.terminal import BLOCKS, LETTERS, VAGUE

    for signs, vague in ((BLOCKS, VAGUE[True]), (LETTERS, VAGUE[False])):
        assert len({*signs.values(), vague}) == len(State) + 1
        assert all(cell_len(sign) == 1 for sign in signs.values())


# Much


def many(outages: int, services: int) -> str:
    from datetime import UTC, datetime, timedelta

    names = "".join(f"  s{at}: Service {at}\n" for at in range(services))
    lines = []
    first = datetime(2023, 1, 1, tzinfo=UTC)
    for at in range(outages):
        start = first + timedelta(minutes=30 * at)
        end = start + timedelta(minutes=7)
        name = f"s{at % services}"
        lines.append(f"  - {{at: {start:%Y-%m-%d %H:%M}, what: fails {at}, down: {name}}}\n")
        lines.append(f"  - {{at: {end:%Y-%m-%d %H:%M}, what: back, up: {name}}}\n")
    return f"timezone: UTC\nservices:\n{names}events:\n{''.join(lines)}"


@pytest.mark.parametrize("services", [1, 40, 1000])
def test_ten_thousand_outages_are_drawn_in_few_shapes_and_told_in_full(services: int) -> None:
    told = story(many(10_000, services))
    page = Page(html.report(told.report, Screen()))
    shapes = [tag for tag, _ in page.found if tag in {"rect", "path"}]
    assert len(shapes) <= chart_words.MOST_SHAPES + 2 * chart_words.MOST_LANES + 500
    shown = "".join(page.text)
    assert "fails 0" in shown
    assert "fails 9999" in shown, "every outage stands in the table"
    parts = [tag for tag, _ in page.found if tag == "details"]
    assert len(parts) >= 10_000 / html.PAGE - 1, "and most of them are folded"
    if services > chart_words.MOST_LANES:
        assert f"… and {services - chart_words.MOST_LANES} more services" in shown
    assert len(mermaid.show(told, Screen())) <= mermaid.MOST_CHARACTERS


def test_the_command_writes_every_format(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(DAY)
    for form in ("text", "markdown", "json", "html", "svg", "mermaid"):
        run = subprocess.run(
            [sys.executable, "-m", "outage_cli.cli.main", "show", "story.yaml", "-f", form],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert "Power" in run.stdout
