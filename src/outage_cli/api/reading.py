"""Timelines from files, folders and texts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from outage_cli import registry
from outage_cli.cli import input_files
from outage_cli.cli.progress import Bar
from outage_cli.model.problem import Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import read as read_source
from outage_cli.readers.source import Source

Input: TypeAlias = "str | os.PathLike[str] | ReadResult"
"""A file, a folder, the text of a timeline (it has a line end), or what `read` returned."""

TEXT_NAME = "<text>"
"""The name of a text that nobody has named."""


class TimelineError(Exception):
    """Timelines from which no figures can be computed; `problems` says why, as values.

    As a text it is what `outage lint` prints.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return the problems, each with its place and a hint."""
        from outage_cli.model.screen import Screen
        from outage_cli.writers.findings.text import problems

        return problems(self.problems, Screen()).rstrip("\n")


def read(
    path_or_text: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - as the option is called
    name: str | None = None,
) -> ReadResult:
    """Return one timeline, and its problems as values.

    A `str` with a line end in it is the text of a timeline; any other is the path of a file.
    `format` is the input format, as in `--from`, where the name or the text do not show it. `name`
    is what problems call the source.

    Raises:
        FileNotFoundError: There is no such file.
        OSError: It cannot be read; IsADirectoryError for a folder, which `report` takes.
        ValueError: There is no such format.
    """
    if format is not None and registry.named(format, registry.READERS) is None:
        known = ", ".join(reader.name for reader in registry.READERS)
        raise ValueError(f"{format!r} is no input format: choose from {known}")
    if is_text(path_or_text):
        data = str(path_or_text).encode("utf-8", "surrogatepass")
        return read_source(Source(name or TEXT_NAME, data, format))
    path = existing(path_or_text)
    return read_source(Source(name or str(path), path.read_bytes(), format))


def read_all(timelines: Input | Sequence[Input]) -> list[ReadResult]:
    """Return all timelines of files, folders, texts and results; problems between them too."""
    several = [timelines] if isinstance(timelines, str | os.PathLike | ReadResult) else timelines
    results = [result for source in several for result in _read_one(source)]
    return input_files.together(results)


def _read_one(source: Input) -> list[ReadResult]:
    if isinstance(source, ReadResult):
        return [source]
    if is_text(source):
        return [read(source)]
    path = existing(source)
    if not path.is_dir():
        return [read(path)]
    return input_files.read_files([str(path)], None, Bar("reading"))[0]


def is_text(source: object) -> bool:
    """Whether a value is the text of a timeline; raises TypeError if it is no path either."""
    if not isinstance(source, str | os.PathLike):
        kind = type(source).__name__
        raise TypeError(f"a path, a text or what read() returned is expected, not {kind}")
    return isinstance(source, str) and ("\n" in source or "\r" in source)


def existing(source: str | os.PathLike[str]) -> Path:
    """Return a path at which there is something; raises FileNotFoundError with a hint."""
    path = Path(source)
    if not path.exists():
        hint = input_files.hint_for(path)
        raise FileNotFoundError(2, f"no such file; {hint}; a text has a line end", str(path))
    return path
