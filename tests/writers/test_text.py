"""The text of `outage check` on a terminal: its lines fit, and nothing of it is lost."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from outage_cli import pipeline
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.pipeline import ReportRequest
from outage_cli.readers.native.yaml import read
from outage_cli.readers.source import Source
from outage_cli.verdicts import targets
from outage_cli.writers.findings import text
from tests.example_reports import NOW, SHOP


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [30, 60, 80])
def test_verdicts_are_broken_between_their_words(
    width: int,
    color: bool,  # noqa: FBT001 - what is tried
) -> None:
    report = pipeline.report([read(Source("shop.yaml", SHOP.encode()))], ReportRequest(now=NOW))
    assert isinstance(report, Report)
    verdicts = list(targets.verdicts(report))
    whole, shown = (
        re.sub(r"\x1b\[[\d;]*m", "", text.verdicts(verdicts, each, report))
        for each in (Screen(color=color), Screen(width, color=color))
    )
    assert max(map(cell_len, whole.splitlines())) > 80
    assert max(map(cell_len, shown.splitlines())) <= width
    assert shown.split() == whole.split()
    first, second, *_ = shown.splitlines()
    assert re.match(r"[A-Z]+  shop: ", first)
    assert second.startswith("        "), "what goes on stands further in than a place"


@pytest.mark.parametrize("width", [30, 50, 100])
def test_the_line_of_a_problem_fits_and_has_its_sign_below(width: int) -> None:
    line = "  - {at: 2024-03-05 09:12, what: The disk of the machine is full of logs, dwon: shop}"
    source = f"title: Shop\ntimezone: UTC\nservices: {{shop: Shop}}\nevents:\n{line}\n"
    problems = read(Source("shop.yaml", source.encode())).problems
    screen = Screen(width)
    texts = text.problems(problems, screen, {"shop.yaml": source.splitlines()}).splitlines()
    at = next(at for at, shown in enumerate(texts) if shown.startswith("5 | "))
    shown, below = texts[at : at + 2]
    assert cell_len(shown) <= width
    assert below.count("^") == len("dwon")
    assert shown[below.index("^") :].startswith("dwon")
