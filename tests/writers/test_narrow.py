"""Tables on narrow screens: columns go, names and bounds are folded, and no figure is cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from outage_cli import pipeline, registry
from outage_cli.model.comparison import Comparison
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.story import Story
from outage_cli.pipeline import ReportRequest, compare, read, show
from outage_cli.readers.source import Source
from outage_cli.writers.findings import text
from outage_cli.writers.page import terminal
from tests.example_reports import NOW, SHOP, report_on

TIMELINES = sorted((Path(__file__).parent.parent.parent / "timelines").iterdir())
WORK = """\
title: Planned work that goes on, and on
timezone: Europe/Berlin
window: 2024-03
services:
  billing-and-invoices: {name: Billing and invoices, slo: 99.95% monthly, users: 47500000}
  payments-gateway: {name: The payments gateway, requires: [billing-and-invoices], slo: 99.9%}
maintenance:
  - {services: [billing-and-invoices], from: ~2024-03-10 02:00, to: 2024-03-10 04:00, what: Upgrade}
events:
  - {at: ~2024-03-10 02:05, what: Upgrade begins, maintenance: billing-and-invoices}
  - {at: ~2024-03-10 04:40, phase: detected, what: It goes on, down: billing-and-invoices}
  - {at: ~2024-03-10 05:10, phase: acknowledged, what: Paged, down: billing-and-invoices}
  - {at: ~2024-03-21 15:10, what: Done, up: billing-and-invoices}
  - {at: ~2024-03-22 15:10, what: Half of it, partial: payments-gateway}
  - {at: ~2024-03-23 15:10, what: Whole, up: payments-gateway}
"""
STORIES = {
    **{path.name: path.read_text(encoding="utf-8") for path in TIMELINES},
    "shop.yaml": SHOP,
    "work.yaml": WORK,
}
WIDTHS = (60, 70, 80, 100)


def figures(shown: str) -> set[str]:
    return {word for word in shown.split() if re.fullmatch(r"[\d(][\d,.:–()]*", word)}


def whole(shown: str, full: str, width: int) -> None:
    """Check that a screen keeps its width, and has no figure that the endless one has not."""
    assert max(map(len, shown.splitlines())) <= width
    assert figures(shown) <= figures(full)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", STORIES)
def test_no_figure_of_a_report_is_cut(name: str, width: int) -> None:
    report = pipeline.report([read(Source(name, STORIES[name].encode()))], ReportRequest(now=NOW))
    assert isinstance(report, Report)
    full = terminal.report(report, Screen(is_full=True))
    whole(terminal.report(report, Screen(width, is_full=True)), full, width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", STORIES)
def test_no_figure_of_a_comparison_is_cut(name: str, width: int) -> None:
    methods = [registry.method(each.name) for each in registry.METHODS]
    comparison = compare(
        [read(Source(name, STORIES[name].encode()))], ReportRequest(now=NOW), methods
    )
    assert isinstance(comparison, Comparison)
    whole(
        terminal.comparison(comparison, Screen(width)),
        terminal.comparison(comparison, Screen()),
        width,
    )


@pytest.mark.parametrize("width", [*WIDTHS, 120, 200])
@pytest.mark.parametrize("language", ["en", "ja", "ko"])
@pytest.mark.parametrize("name", STORIES)
def test_no_line_of_a_chart_is_wider_than_its_screen(name: str, language: str, width: int) -> None:
    """Not by spaces either: they would begin a line, and under --watch be cut."""
    source = STORIES[name].replace("title: ", f"title: {'The same again and ' * 12}")
    readings = [read(Source(name, source.encode()))]
    report = pipeline.report(readings, ReportRequest(now=NOW, needs=registry.NEEDS))
    shown_too = show(readings, ReportRequest(now=NOW, needs=registry.NEEDS))
    assert isinstance(report, Report)
    assert isinstance(shown_too, Story)
    screen = Screen(width, color=True, language=language)
    for shown in (terminal.report(report, screen), text.show(shown_too, screen)):
        lines = re.sub(r"\x1b\[[\d;]*m", "", shown).splitlines()
        assert [line for line in lines if cell_len(line) > width] == []


def test_names_fold_at_words_and_bounds_go_under_their_figures() -> None:
    report = pipeline.report([read(Source("work.yaml", WORK.encode()))], ReportRequest(now=NOW))
    assert isinstance(report, Report)
    shown = terminal.report(report, Screen(60))
    assert "Billing and        11 d 11 h 10 min" in shown
    assert "invoices            (274:55–275:25)" in shown
    work = shown[shown.index("Planned work  ") :].split("\n\n")[0].splitlines()
    assert work[2].endswith("   1 h 55 min   11 d 11 h 10 min")
    assert work[3].endswith("(274:55–275:25)")


def test_what_is_left_of_a_budget_has_bounds_like_every_figure() -> None:
    lines = ("~2024-01-01 10:00, what: Full, down", "~2024-01-01 10:44, what: Swapped, up")
    events = "".join(f"  - {{at: {line}: web}}\n" for line in lines)
    head = "timezone: UTC\nwindow: 2024-01\nservices: {web: {name: Web, slo: 99.9%}}\nevents:\n"
    report = pipeline.report(
        [read(Source("web.yaml", f"{head}{events}".encode()))], ReportRequest(now=NOW)
    )
    assert isinstance(report, Report)
    assert "  38 s (−0:29:21–0:30:38)\n" in terminal.report(report, Screen())
    late = f"{head}{events}".replace("10:44", "19:44")
    report = pipeline.report([read(Source("web.yaml", late.encode()))], ReportRequest(now=NOW))
    assert isinstance(report, Report)
    assert re.search(r"  −8 h 59 min.* \(−9:29–−8:29\)\n", terminal.report(report, Screen()))


def test_a_pipe_gets_every_line_whole_and_as_rich_aligns_it() -> None:
    report = report_on(SHOP.replace("A bad deploy", "A bad deploy " + "of disks " * 20_000))
    line = next(each for each in terminal.report(report, Screen()).split("\n") if "A bad" in each)
    assert line.endswith("of disks " * 19_999 + "of disks")
    short = report_on(SHOP)
    coloured = re.sub("\x1b\\[[0-9;]*m", "", terminal.report(short, Screen(color=True)))
    assert [each.rstrip() for each in coloured.split("\n")] == terminal.report(
        short, Screen()
    ).split("\n")
