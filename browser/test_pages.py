"""The pages in a real browser: `make browser`. Nothing here runs in `make test`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.chromium import Page, browser, found
from outage_cli.writers.chart import svg
from tests.writers.test_pictures import DAY, HOSTILE, many

ROOT = Path(__file__).parent.parent
SHOTS = os.environ.get("SHOTS")
"""A folder to leave screenshots in."""

pytestmark = pytest.mark.skipif(not found(), reason="there is no Chromium here")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser() as started:
        yield started


def written(
    source: str | Path, folder: Path, command: str = "report", *more: str, form: str = "html"
) -> Path:
    """Return a page that the tool has written."""
    if isinstance(source, str):
        (folder / "story.yaml").write_text(source, encoding="utf-8")
        source = folder / "story.yaml"
    target = folder / f"page.{form}"
    run = [sys.executable, "-m", "outage_cli.cli.main", command, str(source), "-f", form]
    subprocess.run([*run, "-o", str(target), *more], check=True, stderr=subprocess.DEVNULL)
    return target


KAKAO = ROOT / "timelines/2022-10-15-kakao.yaml"


@pytest.mark.parametrize("command", ["report", "show"])
@pytest.mark.parametrize("source", [KAKAO, DAY, HOSTILE], ids=["kakao", "a day", "hostile"])
@pytest.mark.parametrize("colors", ["light", "dark"])
def test_a_page_renders_and_asks_for_nothing(
    page: Page, tmp_path: Path, source: str | Path, command: str, colors: str
) -> None:
    file = written(source, tmp_path, command)
    features = [{"name": "prefers-color-scheme", "value": colors}]
    page.call("Emulation.setEmulatedMedia", features=features)
    page.open(file.as_uri())
    background = page.ask("getComputedStyle(document.body).backgroundColor")
    palette = svg.LIGHT if colors == "light" else svg.DARK
    wanted = [int(palette["page"][at : at + 2], 16) for at in (1, 3, 5)]
    assert background == f"rgb({', '.join(map(str, wanted))})"
    assert page.ask("document.scripts.length") == 0
    assert page.ask("document.querySelectorAll('svg .lane').length") >= 2
    asked = page.requests()
    assert asked[0] == file.as_uri()
    assert all(each.startswith("data:") for each in asked[1:]), asked
    assert page.complaints() == []
    assert page.ask("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        name = source.stem if isinstance(source, Path) else ("day" if source == DAY else "hostile")
        page.shot(Path(SHOTS) / f"{name}-{command}-{colors}.png")


BOXES = """[...document.querySelectorAll('svg .lane')].map(
  lane => [...lane.querySelectorAll('rect')].map(rect => {
    const box = rect.getBoundingClientRect();
    return [box.left, box.right, box.height];
  }))"""


def test_bars_are_seen_where_their_times_are(page: Page, tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(DAY)
    target = tmp_path / "page.html"
    run = [sys.executable, "-m", "outage_cli.cli.main", "show", "story.yaml", "-w", "2024-01-01"]
    subprocess.run([*run, "-f", "html", "-o", target], cwd=tmp_path, check=True)
    page.open(target.as_uri())
    left, right = page.ask(
        "(() => { const box = document.querySelector('svg .up').getBoundingClientRect();"
        "return [box.left, box.right]; })()"
    )
    hour = (right - left) / 24
    power, _, mail = page.ask(BOXES)
    seen = [(round((a - left) / hour, 1), round((b - left) / hour, 1)) for a, b, _ in power]
    assert seen == [(6, 11), (11, 13), (11, 13), (13, 18)]
    assert [(round((a - left) / hour, 1), round((b - left) / hour, 1)) for a, b, _ in mail] == [
        (12, 18)
    ]
    assert power[0][2] > power[3][2], "what is down stands higher than what is partly so"


def test_the_page_has_names_for_those_who_do_not_see_it(page: Page, tmp_path: Path) -> None:
    page.open(written(KAKAO, tmp_path).as_uri())
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    roles: dict[str, list[str]] = {}
    for each in nodes:
        if not each.get("ignored"):
            name = each.get("name", {}).get("value", "")
            roles.setdefault(each["role"]["value"], []).append(name)
    assert len(roles["heading"]) >= 4
    assert len(roles["main"]) == 1
    for role in ("img", "image", "table", "region", "heading", "link"):
        assert all(roles.get(role, ["-"])), f"each {role} has a name"
    lanes = [each for each in (*roles.get("img", ()), *roles.get("image", ())) if each]
    assert any(each.startswith("KakaoTalk: down") for each in lanes)
    assert any(each.startswith("States of services") for each in roles["group"])
    assert len(roles["columnheader"]) > 8
    assert len(roles["rowheader"]) > 17


def test_the_keyboard_reaches_everything(page: Page, tmp_path: Path) -> None:
    page.open(written(KAKAO, tmp_path).as_uri())
    seen = []
    for _ in range(24):
        for kind in ("rawKeyDown", "keyUp"):
            page.call("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
        seen.append(
            page.ask("(e => e.getAttribute('aria-label') || e.textContent)(document.activeElement)")
        )
    assert seen[0] == "Skip the chart"
    assert any(each.startswith("KakaoTalk: down") for each in seen)
    assert any(each.startswith("The chart as a table") for each in seen)


def test_a_picture_that_stands_alone_renders(page: Page, tmp_path: Path) -> None:
    file = written(HOSTILE, tmp_path, "show", form="svg")
    page.open(file.as_uri())
    assert page.requests() == [file.as_uri()]
    assert page.complaints() == []
    assert page.ask("document.querySelectorAll('.lane').length") == 2


def test_ten_thousand_outages_can_be_scrolled(page: Page, tmp_path: Path) -> None:
    page.open(written(many(10_000, 40), tmp_path).as_uri())
    assert page.complaints() == []
    slowest = page.call(
        "Runtime.evaluate",
        awaitPromise=True,
        returnByValue=True,
        expression="""new Promise(done => { let last = performance.now(), slowest = 0, at = 0;
        const step = now => { slowest = Math.max(slowest, now - last); last = now;
        scrollBy(0, innerHeight); if (++at < 60) requestAnimationFrame(step); else done(slowest); };
        requestAnimationFrame(step); })""",
    )["result"]["value"]
    print(f"slowest frame: {slowest:.0f} ms")  # noqa: T201 - for who runs it; times are no law
    assert page.ask("scrollY") > 0
    assert page.ask("document.querySelectorAll('*').length") < 150_000


def test_it_prints(page: Page, tmp_path: Path) -> None:
    page.open(written(KAKAO, tmp_path).as_uri())
    told = page.call("Page.printToPDF", printBackground=False, paperWidth=8.27, paperHeight=11.69)
    assert len(told["data"]) > 20_000
