"""`--watch` as somebody at a terminal meets it: a pseudo-terminal is drawn on, typed at, resized.

Nothing here is timed: each step waits until the screen shows it, as long as a loaded machine needs.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from outage_cli.cli.watch import live_screen, loop
from outage_cli.cli.watch.file_stamps import FileStamp, FileStamps
from outage_cli.cli.watch.keys import Key
from outage_cli.cli.watch.run_result import RunResult
from tests.terminal import LIMIT, Terminal
from tests.test_outputs import OUTAGE, names, outage

STORY = """\
title: The web shop
timezone: UTC
window: 2024-03
services:
  shop: {name: Web shop}
events:
  - {at: 2024-03-05 09:00, what: The disk is full, down: shop}
  - {at: 2024-03-05 10:00, what: Logs deleted, up: shop}
"""
LONGER = STORY.replace("10:00", "11:30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(STORY, encoding="utf-8")
    return tmp_path


def renamed(path: Path, text: str) -> None:
    """Write a file as vim does: the old one goes aside, a new one takes its name."""
    aside = path.with_name(path.name + "~")
    path.rename(aside)
    path.write_text(text, encoding="utf-8")
    aside.unlink()


@pytest.mark.parametrize("command", ["report", "show", "check", "lint"])
def test_a_change_is_drawn(command: str, folder: Path, terminals: list[Terminal]) -> None:
    more = ["--fail-if", "downtime > 70m"] if command == "check" else []
    terminals.append(Terminal(command, "shop.yaml", "--watch", *more, cwd=folder))
    old, new = {
        "report": ("1 h  ", "2 h 30 min"),
        "show": ("+1 h", "+2 h 30 min"),
        "check": ("passed", "FAILED"),
        "lint": ("no problems", "unknown-service"),
    }[command]
    terminals[0].wait_for(old, "shop.yaml")
    broken = STORY.replace("down: shop", "down: shpo")
    renamed(folder / "shop.yaml", broken if command == "lint" else LONGER)
    terminals[0].wait_for(new)
    assert terminals[0].process.poll() is None


def test_a_line_that_fills_the_window_keeps_its_last_sign(
    folder: Path, terminals: list[Terminal]
) -> None:
    """At the edge the cursor stays on the last column, so what erases from there eats its sign."""
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder, columns=40))
    terminals[0].wait_for("The web shop")
    drawn = terminals[0].seen.rpartition(live_screen.END)[0].rpartition(live_screen.BEGIN)[2]
    for line in drawn.split("\r\n"):
        before, erases, _ = re.sub(r"\x1b\[[0-9;]*m", "", line).partition("\x1b[")
        assert not (before and erases), repr(line)


def test_what_is_half_written_is_told_under_the_last_good_report(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder))
    shown = terminals[0].wait_for("1 h  ", "Ctrl-C ends")
    with (folder / "shop.yaml").open("w", encoding="utf-8") as file:
        file.write("title: [half")
        file.flush()
        both = terminals[0].wait_for("error[not-yaml]", "errors, report of ")
        assert both.startswith("\n".join(shown.split("\n")[:6]))
        assert both.index("1 h  ") < both.index("error[not-yaml]")
        file.seek(0)
        file.write(LONGER)
        file.flush()
        terminals[0].wait_for("2 h 30 min", without="error")


def test_errors_have_room_under_a_report_that_fills_the_screen(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder, lines=12))
    terminals[0].wait_for("The web shop", "more below")
    (folder / "shop.yaml").write_text(STORY.replace("up: shop", "upp: shpo"), encoding="utf-8")
    frame = terminals[0].wait_for("The web shop", "error[", "report of ")
    assert frame.count("\n") == 11


def test_a_file_that_vanishes_may_come_back(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder))
    terminals[0].wait_for("1 h  ")
    (folder / "shop.yaml").unlink()
    terminals[0].wait_for("1 h  ", "cannot be read: no such file")
    (folder / "shop.yaml").write_text(LONGER, encoding="utf-8")
    terminals[0].wait_for("2 h 30 min", without="cannot be read")


def test_a_file_may_come_later(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "later.yaml", "--watch", cwd=folder))
    terminals[0].wait_for("cannot be read: no such file", "errors")
    (folder / "later.yaml").write_text(STORY, encoding="utf-8")
    terminals[0].wait_for("1 h  ", without="cannot be read")


def test_every_file_counts_and_so_do_folders_and_methods(
    folder: Path, terminals: list[Terminal]
) -> None:
    below = folder / "more"
    below.mkdir()
    (below / "one.yaml").write_text(STORY.replace("shop", "till"), encoding="utf-8")
    (folder / "ours.toml").write_text('name = "ours"\nbase = "standard"\n')
    arguments = ["shop.yaml", "more", "-m", "ours.toml", "--watch"]
    terminals.append(Terminal("report", *arguments, cwd=folder, lines=60))
    terminals[0].wait_for("Web shop", "Web till", "method ours")
    renamed(below / "one.yaml", LONGER.replace("shop", "till"))
    terminals[0].wait_for("2 h 30 min")
    (below / "two.yaml").write_text(STORY.replace("shop", "bank"), encoding="utf-8")
    terminals[0].wait_for("Web bank")
    renamed(folder / "ours.toml", 'name = "stricter"\nbase = "standard"\n')
    terminals[0].wait_for("method stricter")
    (below / "two.yaml").unlink()
    terminals[0].wait_for("Web till", without="Web bank")


def test_the_report_fits_the_window_that_changes(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder))
    terminals[0].wait_for("The web shop")
    for lines, columns in ((20, 60), (40, 160), (3, 20), (30, 90)):
        terminals[0].resize(lines, columns)
        deadline = time.monotonic() + LIMIT
        while len(terminals[0].frame.rpartition("\n")[2]) != columns:
            assert time.monotonic() < deadline, terminals[0].frame
            terminals[0].read()
        terminals[0].wait_for("The web")
        assert terminals[0].frame.count("\n") == max(4, lines) - 1


def test_a_terminal_without_a_size_has_the_usual_one(
    folder: Path, terminals: list[Terminal]
) -> None:
    """As the pseudo-terminals of containers and of `script` are, at first."""
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder, lines=0, columns=0))
    terminals[0].wait_for("1 h  ", "Ctrl-C ends")


def test_a_terminal_without_blocks_tells_states_by_letters(
    folder: Path, terminals: list[Terminal]
) -> None:
    ambient = {"PYTHONIOENCODING": "ascii"}
    terminals.append(Terminal("show", "shop.yaml", "--watch", cwd=folder, ambient=ambient))
    frame = terminals[0].wait_for("Ctrl-C ends")
    assert "D down" in frame
    assert "??" not in frame


def test_a_long_report_is_scrolled(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder, lines=10))
    terminals[0].wait_for("The web shop", "line 1, ")
    terminals[0].type("jj\x1b[B")
    terminals[0].wait_for("line 4, ", without="The web shop")
    terminals[0].type("G")
    terminals[0].wait_for("0 more below")
    terminals[0].type("g")
    terminals[0].wait_for("The web shop", "line 1, ")
    terminals[0].type("\x1b[6~")
    terminals[0].wait_for(without="The web shop")


@pytest.mark.parametrize(
    ("how", "code"), [("\x03", 130), ("q", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_it_ends_and_leaves_the_terminal_as_it_was(
    how: str | signal.Signals, code: int, folder: Path, terminals: list[Terminal]
) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder))
    terminals[0].wait_for("The web shop")
    assert termios.tcgetattr(terminals[0].master) != terminals[0].before
    if isinstance(how, str):
        terminals[0].type(how)
    else:
        terminals[0].process.send_signal(how)
    assert terminals[0].end() == code
    assert termios.tcgetattr(terminals[0].master) == terminals[0].before
    seen = terminals[0].seen
    assert seen.count(live_screen.ENTER) == seen.count(live_screen.LEAVE) == 1
    assert seen.startswith(live_screen.ENTER)
    assert seen.rpartition(live_screen.LEAVE)[2].strip() == ""
    assert names(folder) == ["shop.yaml"]


def test_it_gives_the_terminal_back_when_it_is_stopped(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", cwd=folder))
    terminals[0].wait_for("The web shop")
    terminals[0].type("\x1a")  # without a shell above it, it goes on at once
    deadline = time.monotonic() + LIMIT
    while terminals[0].seen.count(live_screen.ENTER) < 2:
        assert time.monotonic() < deadline
        terminals[0].read()
    assert live_screen.LEAVE in terminals[0].seen
    terminals[0].seen = ""
    renamed(folder / "shop.yaml", LONGER)
    terminals[0].wait_for("2 h 30 min")


def test_what_a_file_may_mend_is_waited_for(folder: Path, terminals: list[Terminal]) -> None:
    terminals.append(Terminal("report", "shop.yaml", "--watch", "-w", "2024-13", cwd=folder))
    terminals[0].wait_for("errors", "2024-13")
    assert terminals[0].process.poll() is None


def test_files_are_written_without_a_terminal(folder: Path) -> None:
    pairs = ["-f", "json", "-o", "r.json", "-f", "csv", "-o", "r.csv"]
    with subprocess.Popen(
        [*OUTAGE, "report", ".", "--watch", *pairs],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        try:
            first = until_written(folder / "r.json", "sha256")
            kept = (folder / "r.csv").stat()
            renamed(folder / "shop.yaml", f"# no figure is another\n{STORY}")
            until_written(folder / "r.json", "sha256", not_this=first)
            assert (folder / "r.csv").stat().st_ino == kept.st_ino
            assert (folder / "r.csv").stat().st_mtime_ns == kept.st_mtime_ns
            renamed(folder / "shop.yaml", LONGER)
            until_written(folder / "r.csv", "9000")
            good = (folder / "r.csv").read_text()
            renamed(folder / "shop.yaml", "title: [half")
            while "error[not-yaml]" not in process.stderr.readline():
                assert process.poll() is None
            assert (folder / "r.csv").read_text() == good
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=LIMIT)
        finally:
            process.kill()
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert names(folder) == ["r.csv", "r.json", "shop.yaml"]


def until_written(path: Path, text: str, not_this: str = "") -> str:
    deadline = time.monotonic() + LIMIT
    while True:
        told = path.read_text(encoding="utf-8") if path.exists() else ""
        if text in told and told != not_this:
            return told
        assert time.monotonic() < deadline, told
        time.sleep(0.05)


def test_files_are_written_while_a_terminal_tells_of_it(
    folder: Path, terminals: list[Terminal]
) -> None:
    arguments = ["-f", "csv", "-o", "r.csv", "--watch"]
    terminals.append(Terminal("report", "shop.yaml", *arguments, cwd=folder))
    terminals[0].wait_for("written: r.csv")
    renamed(folder / "shop.yaml", LONGER)
    until_written(folder / "r.csv", "9000")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-", "--watch", "-o", "r.json"], "standard input can be read only once"),
        (["pipe", "--watch", "-o", "r.json"], "'pipe' can be read only once"),
        (["shop.yaml", "--watch"], "it draws on a terminal, and standard output is none"),
        (
            ["shop.yaml", "--watch", "-o", "-"],
            "it draws on a terminal, and standard output is none",
        ),
        (["shop.yaml", "--watch", "-o", "shop.yaml"], "is a file that is read"),
        (["shop.yaml", "--watch", "-m", "nonsense", "-o", "r"], "is no method"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(
    arguments: list[str], said: str, folder: Path
) -> None:
    os.mkfifo(folder / "pipe")
    run = outage("report", *arguments, cwd=folder)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in " ".join(run.stderr.split())
    assert names(folder) == ["pipe", "shop.yaml"]


def test_a_terminal_that_cannot_be_drawn_on_is_refused(
    folder: Path, terminals: list[Terminal]
) -> None:
    terminals.append(
        Terminal("report", "shop.yaml", "--watch", cwd=folder, ambient={"TERM": "dumb"})
    )
    assert terminals[0].end() == 2
    assert "it draws on a terminal" in terminals[0].seen
    assert live_screen.ENTER not in terminals[0].seen


class Clock:
    """A screen on which nobody does anything; it is closed after so many waits."""

    def __init__(self, waits: int) -> None:
        self.waits = waits
        self.drawn: list[RunResult] = []

    def draw(self, result: RunResult) -> None:
        """Keep what would be drawn."""
        self.drawn.append(result)

    def wait(self, seconds: float) -> Key | None:
        """Let no time go by."""
        del seconds
        self.waits -= 1
        return None if self.waits else Key.QUIT


@pytest.mark.parametrize(("seldom", "drawn"), [(0.0, 6), (1e9, 1)])
def test_time_goes_on_for_what_is_still_down(
    seldom: float, drawn: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "SELDOM", seldom)
    monkeypatch.setattr(loop, "REPORTS", 0)
    clock: Any = Clock(6)
    runs = iter(range(100))

    def run() -> None:
        sys.stdout.write(f"{next(runs)}\n")

    looks = FileStamps([str(folder / "shop.yaml")], [])
    loop.stay(run, looks, RunResult("first", "", 0), clock)
    assert [result.output for result in clock.drawn] == [
        "first",
        *(f"{at}\n" for at in range(drawn - 1)),
    ]


def test_a_file_is_told_from_the_one_before(folder: Path) -> None:
    looks = FileStamps([str(folder)], [folder / "out.json"])
    assert not looks.changed()
    changes: Mapping[str, Any] = {
        "written": lambda: (folder / "shop.yaml").write_text(LONGER),
        "new": lambda: (folder / "new.yaml").write_text(LONGER),
        "touched": lambda: os.utime(folder / "new.yaml", (0, 0)),
        "closed": lambda: (folder / "new.yaml").chmod(0),
        "moved": lambda: (folder / "new.yaml").rename(folder / "newer.yaml"),
        "gone": (folder / "newer.yaml").unlink,
    }
    for name, change in changes.items():
        change()
        assert looks.changed(), name
        assert not looks.changed(), name
    for name in ("out.json", ".shop.yaml.swp", "4913", "shop.yaml~"):
        (folder / name).write_text("of no account")
        assert not looks.changed(), name


def test_two_versions_in_one_tick_of_the_clock_are_two() -> None:
    about = (1, 2, 3)
    assert FileStamp(about, b"one").differs(FileStamp(about, b"two"))
    assert not FileStamp(about, b"one").differs(FileStamp(about, b"one"))
    assert not FileStamp(about, b"one").differs(FileStamp(about))  # it is no longer young
    assert FileStamp(about).differs(FileStamp((1, 2, 4)))
