"""The line that says how far a long run is: on a terminal only, late, and gone when it is done."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from outage_cli.cli import progress
from tests.cli.test_outputs import outage
from tests.terminal import LIMIT, Terminal

STORY = """\
title: The web shop
timezone: UTC
window: 2024-03
services: {shop: {name: Web shop, slo: 99%}}
events:
  - {at: 2024-03-05 09:00, what: The disk is full, down: shop}
  - {at: 2024-03-05 10:00, what: Logs deleted, up: shop}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder in which one file takes as long to read as somebody takes to write it."""
    (tmp_path / "shop.yaml").write_text(STORY, encoding="utf-8")
    os.mkfifo(tmp_path / "slow.yaml")
    return tmp_path


def until(terminal: Terminal, text: str) -> None:
    deadline = time.monotonic() + LIMIT
    while text not in terminal.seen:
        assert time.monotonic() < deadline, terminal.seen
        terminal.read()


@pytest.mark.parametrize("command", ["report", "lint", "check --exit-zero"])
def test_what_takes_long_is_shown_and_gone(
    command: str, folder: Path, terminals: list[Terminal]
) -> None:
    files = ["shop.yaml", "slow.yaml"]
    terminals.append(Terminal(*command.split(), *files, "-o", "out", cwd=folder))
    until(terminals[0], "1 of 2, ")
    until(terminals[0], "[############............]")
    until(terminals[0], ": reading slow.yaml")
    (folder / "slow.yaml").write_text(STORY, encoding="utf-8")
    assert terminals[0].end() == 0
    assert terminals[0].seen.endswith(progress.ERASE)
    assert "\n" not in terminals[0].seen
    piped = outage(*command.split(), "shop.yaml", cwd=folder)
    assert (folder / "out").read_text(encoding="utf-8") == piped.stdout


def test_errors_stand_where_the_line_was(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "slow.yaml", cwd=folder, columns=30))
    until(terminals[0], "reading slow.yaml … 1 s")
    (folder / "slow.yaml").write_text("title: [half", encoding="utf-8")
    assert terminals[0].end() == 3
    line, _, after = terminals[0].seen.rpartition(progress.ERASE)
    assert re.search(r"reading slow\.yaml … \d+ s$", line)
    assert "error[not-yaml]" in after


def test_ctrl_c_takes_the_line_away(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "slow.yaml", cwd=folder))
    until(terminals[0], "reading slow.yaml … ")
    terminals[0].type("\x03")
    assert terminals[0].end() == 130
    assert re.fullmatch(r"(\^C|\s)*", terminals[0].seen.rpartition(progress.ERASE)[2])


@pytest.mark.parametrize("ambient", [{"CI": "true"}, {"TERM": "dumb"}])
def test_nobody_looks_at_it_there(
    ambient: dict[str, str], folder: Path, terminals: list[Terminal]
) -> None:
    terminals.append(Terminal("report", "slow.yaml", "-o", "out", cwd=folder, ambient=ambient))
    with (folder / "slow.yaml").open("w", encoding="utf-8") as pipe:
        time.sleep(3 * progress.DELAY)  # a line would be there by now; its absence needs no luck
        pipe.write(STORY)
    assert terminals[0].end() == 0
    assert terminals[0].seen == ""


def test_a_name_cannot_steer_the_terminal() -> None:
    bar = progress.Bar("reading")
    bar.at(3, 12, "a\x1b]0;title\x07\u202eb.yaml")
    line = bar.line(61.2, 200)
    assert line == "[######..................] 3 of 12, 61 s: reading a?]0;title??b.yaml"


@pytest.mark.parametrize("width", [0, 1, 10, 40, 80])
def test_the_line_is_never_wider_than_the_screen(width: int) -> None:
    from rich.cells import cell_len

    for name in ("a" * 100, "장애보고서" * 20, "障害.yaml"):
        bar = progress.Bar("reading")
        bar.at(1, 2, name)
        assert cell_len(bar.line(1.0, width)) < max(1, width)


def test_a_short_run_costs_no_more_than_a_note() -> None:
    with progress.shown("adding up") as bar:  # stderr is no terminal here
        bar.at(1, 1, "x")
        assert not bar.is_drawn
