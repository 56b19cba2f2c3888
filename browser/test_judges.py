"""What other programs say of the pages and the charts: axe-core, and Mermaid's own parser.

`make browser` fetches both, once; without them nothing is judged here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.chromium import Page, browser, found
from browser.test_pages import ROOT, written
from tests.writers.test_hostile import story
from tests.writers.test_pictures import DAY, HOSTILE, many

AXE = ROOT / ".browser" / "axe-core" / "axe.min.js"
MERMAID = ROOT / ".browser" / "mermaid" / "dist" / "mermaid.min.js"
TIMELINES = sorted((ROOT / "timelines").glob("*.*"))

pytestmark = pytest.mark.skipif(not found(), reason="there is no Chromium here")
SOURCES: dict[str, str | Path] = {
    **{each.stem: each for each in TIMELINES},
    "a day": DAY,
    "hostile": HOSTILE,
    "hostile in every text": story(),
    "forty services": many(400, 40),
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser() as started:
        yield started


@pytest.mark.skipif(not AXE.exists(), reason="axe-core was not fetched")
@pytest.mark.parametrize("command", ["report", "show"])
@pytest.mark.parametrize("source", [*SOURCES, "moved", "long tables"])
@pytest.mark.parametrize("colors", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(
    page: Page, tmp_path: Path, source: str, command: str, colors: str
) -> None:
    more = ("--shift", "2d") if source == "moved" and command == "report" else ()
    by = ("--by", "day") if source == "long tables" and command == "report" else ()
    file = written(SOURCES.get(source, SOURCES["forty services"]), tmp_path, command, *more, *by)
    features = [{"name": "prefers-color-scheme", "value": colors}]
    page.call("Emulation.setEmulatedMedia", features=features)
    page.open(file.as_uri())
    page.ask("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.ask(f"{AXE.read_text(encoding='utf-8')};0")
    told = json.loads(page.ask("axe.run(document).then(told => JSON.stringify(told.violations))"))
    said = [
        f"{each['id']} ({each['impact']}): {each['help']}: {node['html'][:200]}"
        for each in told
        for node in each["nodes"][:3]
    ]
    assert said == []


@pytest.mark.skipif(not MERMAID.exists(), reason="mermaid was not fetched")
@pytest.mark.parametrize("source", SOURCES)
def test_mermaid_reads_and_draws_the_chart(page: Page, tmp_path: Path, source: str) -> None:
    chart = written(SOURCES[source], tmp_path, "show", form="mermaid").read_text(encoding="utf-8")
    (tmp_path / "empty.html").write_text("<!doctype html><meta charset=utf-8><body>")
    page.open((tmp_path / "empty.html").as_uri())
    page.ask(f"{MERMAID.read_text(encoding='utf-8')};0")
    drawn = page.ask(
        "(async () => { mermaid.initialize({startOnLoad: false, securityLevel: 'strict'});"
        f"const chart = {json.dumps(chart)};"
        "const told = await mermaid.parse(chart);"
        "const {svg} = await mermaid.render('chart', chart);"
        "document.body.innerHTML = svg;"
        "const all = name => [...document.querySelectorAll(name)].map(one => one.textContent);"
        "return {kind: told.diagramType, bars: document.querySelectorAll('rect.task').length,"
        " sections: all('.sectionTitle'), title: all('.titleText'),"
        " scripts: document.querySelectorAll('script,img,a,iframe').length}; })()"
    )
    assert drawn["kind"] == "gantt"
    assert drawn["scripts"] == 0
    assert page.complaints() == []
    bars = re.findall(r"^    [^:\n]+ :(?!milestone)", chart, re.MULTILINE)
    milestones = re.findall(r" :milestone,", chart)
    assert drawn["bars"] == len(bars) + len(milestones)
    sections = re.findall(r"^    section (.*)$", chart, re.MULTILINE)
    wanted = [plain(each) for each in sections]
    assert [plain(each) for each in drawn["sections"]] == wanted


def plain(text: str) -> str:
    """Return a text as it is shown: entities as what they stand for, without spaces."""
    shown = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)
    return "".join(shown.split())


@pytest.mark.skipif(not MERMAID.exists(), reason="mermaid was not fetched")
def test_what_is_no_diagram_would_be_seen(page: Page, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<!doctype html><body>")
    page.open((tmp_path / "empty.html").as_uri())
    page.ask(f"{MERMAID.read_text(encoding='utf-8')};0")
    assert page.ask("mermaid.parse('gantt\\n  x', {suppressErrors: true})") is False


def test_the_tool_is_the_one_of_this_tree() -> None:
    run = [sys.executable, "-c", "import outage_cli; print(outage_cli.__file__)"]
    assert str(ROOT) in subprocess.run(run, check=True, capture_output=True, text=True).stdout
