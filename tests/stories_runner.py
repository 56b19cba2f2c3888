"""Markdown pages as tests: their files are written, their commands run, their screens compared.

A page runs in a folder of its own, its commands in the order in which they are read:

- A fenced block whose info string has a second word is a file of that name (`yaml kakao.yaml`).
- A `console` block holds lines `$ command`, each followed by all that it prints, and by
  `[exit N]` when it fails. A command goes on over a trailing backslash and through a heredoc.
- Every other block is only read. The repository's `timelines/` is there as a copy.

Blank lines after a screen are layout and not compared; everything else is, byte for byte.
"""

import difflib
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TIMEOUT_SECONDS = 60.0

_FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,}|~{3,}) *(?P<info>[^`]*)$")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; `first` is the line number of its first line, counted from 1."""

    info: Sequence[str]
    first: int
    indent: int
    lines: Sequence[str]


@dataclass(frozen=True)
class Command:
    """A command and the screen that the page promises, which fills the lines `start` to `end`."""

    line: int
    text: str
    start: int
    end: int
    indent: int
    screen: Sequence[str]


@dataclass(frozen=True)
class Surprise:
    """A command whose screen was not the promised one."""

    command: Command
    screen: Sequence[str]


def pages() -> list[Path]:
    """Return every page of the repository that is run, README first."""
    return [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]


def surprises(page: Path, timeout: float = TIMEOUT_SECONDS) -> list[Surprise]:
    """Run a page and return what was not as it says.

    Raises:
        ValueError: A block of the page is not closed, or a screen has no command.
    """
    with tempfile.TemporaryDirectory(prefix="story-") as name:
        folder = Path(name)
        if (ROOT / "timelines").is_dir():
            shutil.copytree(ROOT / "timelines", folder / "timelines")
        return [
            Surprise(command, screen)
            for command in _commands_after_files(page, folder)
            if (screen := run(command.text, folder, timeout)) != list(command.screen)
        ]


def difference(page: Path, found: Sequence[Surprise]) -> str:
    """Return a unified diff for each surprise, headed by the place of its command."""
    shown = page.relative_to(ROOT) if page.is_relative_to(ROOT) else page
    return "\n\n".join(
        "\n".join(
            (
                f"{shown}:{surprise.command.line}: $ {surprise.command.text}",
                *difflib.unified_diff(
                    surprise.command.screen, surprise.screen, "promised", "printed", lineterm=""
                ),
            )
        )
        for surprise in found
    )


def rewrite(page: Path, found: Sequence[Surprise]) -> None:
    """Put the screens that were printed in the place of those that were promised."""
    lines = _lines(page)
    for surprise in reversed(found):  # from the end, so that earlier line numbers stay true
        command = surprise.command
        lines[command.start : command.end] = [
            " " * command.indent + row if row else "" for row in surprise.screen
        ]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _commands_after_files(page: Path, folder: Path) -> Iterator[Command]:
    """Give the commands of a page; the files above a command are there when it is given."""
    for block in blocks(page):
        match block.info:
            case ["console", *_]:
                yield from commands(page, block)
            case [_, name, *_]:
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("".join(f"{row}\n" for row in block.lines), encoding="utf-8")


def blocks(page: Path) -> Iterator[Block]:
    lines = iter(enumerate(_lines(page), start=1))
    for number, line in lines:
        if not (fence := _FENCE.match(line)):
            continue
        indent, marks = len(fence["indent"]), fence["marks"]
        body: list[str] = []
        for _, inner in lines:
            if (row := inner.strip()).startswith(marks) and not row.strip(marks[0]):
                break
            body.append(inner[min(indent, len(inner) - len(inner.lstrip(" "))) :])
        else:
            raise ValueError(f"{page}:{number}: this block is never closed")
        yield Block(fence["info"].split(), number + 1, indent, body)


def commands(page: Path, block: Block) -> Iterator[Command]:
    rows = block.lines
    at = 0
    while at < len(rows):
        if not rows[at].startswith("$ "):
            raise ValueError(f"{page}:{block.first + at}: a screen without a command")
        first, at = at, _end_of_command(rows, at)
        text = "\n".join(rows[first:at]).removeprefix("$ ")
        start = at
        while at < len(rows) and not rows[at].startswith("$ "):
            at += 1
        screen = _without_blank_end(rows[start:at])
        place = block.first - 1  # from here on an index into the page's lines
        yield Command(
            line=block.first + first,
            text=text,
            start=place + start,
            end=place + start + len(screen),
            indent=block.indent,
            screen=screen,
        )


def _end_of_command(rows: Sequence[str], at: int) -> int:
    """Return where the screen of the command at `at` starts."""
    while rows[at].endswith("\\") and at + 1 < len(rows):
        at += 1
    if heredoc := _HEREDOC.search(rows[at]):
        while at + 1 < len(rows) and rows[at].strip() != heredoc[2]:
            at += 1
    return at + 1


def run(text: str, folder: Path, timeout: float) -> list[str]:
    """Return the screen of a command, its exit code as the last line when it is not 0."""
    shell = subprocess.Popen(
        ["/bin/sh", "-c", text],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        printed, _ = shell.communicate(timeout=timeout)
        code = shell.returncode
        ending = [f"[exit {code if code > 0 else 128 - code}]"] if code else []
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        printed, _ = shell.communicate()
        ending = [f"[no end after {timeout:g} s]"]
    screen = printed.decode("utf-8", "backslashreplace").split("\n")
    return [*_without_blank_end(screen), *ending]


def _environment(folder: Path) -> dict[str, str]:
    """Return all that a command sees of the world: it inherits the PATH, and a coverage run."""
    scripts = sysconfig.get_path("scripts")
    coverage = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}
    return {
        **coverage,
        "PATH": os.pathsep.join((scripts, os.environ.get("PATH", os.defpath))),
        "HOME": str(folder),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",  # stdout and stderr in the order in which a terminal shows them
        "TZ": "UTC",
    }


def _without_blank_end(rows: Sequence[str]) -> list[str]:
    kept = list(rows)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _lines(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").removesuffix("\n").split("\n")
