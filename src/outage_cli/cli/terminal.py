"""The terminal, as far as commands meet it: its width and colours, and what goes to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

import typer

from outage_cli import registry
from outage_cli.model.problem import IN_TIMELINES, Problem, ProblemText
from outage_cli.model.screen import Screen
from outage_cli.model.timeline import ReadResult

FAILED, USAGE, UNREADABLE, UNDECIDABLE = 1, 2, 3, 4
EXITS = {**dict.fromkeys(IN_TIMELINES, UNREADABLE), "after-as-of": UNDECIDABLE}
"""The exits for problems that do not come from the command line."""

MOST_SHOWN = 50
"""How many problems a command that is about something else shows; `outage lint` shows them all."""


def screen(color: str, stream: TextIO | None, output: Path | None = None) -> Screen:
    """Return what a stream can show: `--color` first, then NO_COLOR and FORCE_COLOR."""
    is_terminal = output is None and stream is not None and stream.isatty()
    has_color = is_terminal and os.environ.get("TERM") != "dumb" and _has_blocks(stream)
    if os.environ.get("FORCE_COLOR"):
        has_color = True
    if os.environ.get("NO_COLOR"):
        has_color = False
    if color != "auto":
        has_color = color == "always"
    return (
        Screen(shutil.get_terminal_size().columns, has_color)
        if is_terminal
        else Screen(color=has_color)
    )


def _has_blocks(stream: TextIO | None) -> bool:
    """Whether a stream has the blocks that colour goes with: letters tell states without both."""
    try:
        "▁▃▅█░".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def complain(problems: Sequence[Problem], sources: Mapping[str, bytes], color: str) -> None:
    """Print problems to stderr."""
    if not problems:
        return
    shown = problems[:MOST_SHOWN]
    writer = registry.load(registry.writers("problems")["text"].home)
    text: str = writer.problems(shown, screen(color, sys.stderr), lines(shown, sources))
    if len(problems) > len(shown):
        text += f"… and {len(problems) - len(shown)} more: outage lint shows them all\n"
    say(text)


def say(text: str) -> None:
    """Write to stderr, as far as there is one: a diagnosis lost must not change the exit code."""
    if sys.stderr is None:
        return
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.buffer.write(text.encode(encoding, "backslashreplace"))
        sys.stderr.buffer.flush()
    except OSError:
        return


def lines(problems: Iterable[Problem], sources: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return the lines of the sources that problems are in."""
    named = {problem.place.file for problem in problems if problem.place.line}
    return {
        name: sources[name]
        .decode("utf-8-sig", "replace")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .split("\n")
        for name in named
        if name in sources
    }


def usable(
    readings: Sequence[ReadResult], sources: Mapping[str, bytes], color: str, *, keep_going: bool
) -> list[ReadResult]:
    """Return the readings to go on with, once their problems are on stderr.

    Exits with 3 where one has errors, unless it is to keep going and something is left (X).
    """
    problems = [problem for reading in readings for problem in reading.problems]
    complain(problems, sources, color)
    read = [reading for reading in readings if reading.timeline]
    if not read or (not keep_going and any(problem.is_error for problem in problems)):
        raise typer.Exit(UNREADABLE)
    return read


def refuse(trouble: ProblemText) -> typer.Exit:
    """Say on stderr why a report cannot be made as asked, and return the exit for it."""
    from outage_cli.writers.page.words import visible

    say(f"outage: {visible(trouble.message)}\n = hint: {visible(trouble.hint)}\n")
    return typer.Exit(EXITS.get(trouble.code, USAGE))
