"""Files that are read. What cannot be read is a problem like any other."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from outage_cli import registry
from outage_cli.cli import progress
from outage_cli.model.problem import NOTE, Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import read
from outage_cli.readers.source import Source

WRITTEN = re.compile(rb'\s*\{\s*"schema": "outage\.[a-z]+/\d')
"""How the JSON begins that this tool writes about timelines."""

STDIN = "-"
SHOWN_STDIN = "<stdin>"
MOST_READ, PART = 1 << 30, 1 << 20
"""How many bytes of one file are read, and how many at a time, where their number is not known."""


def readings(names: Sequence[str], form: str | None) -> tuple[list[ReadResult], dict[str, bytes]]:
    """Read every file that is named or lies in a folder that is, and return their bytes too.

    In a folder, hidden files and those that are no timelines are passed over, the latter noted.
    """
    with progress.shown("reading") as bar:
        results, sources = read_files(names, form, bar)
    return together(results), sources


def read_files(
    names: Sequence[str], form: str | None, bar: progress.Bar
) -> tuple[list[ReadResult], dict[str, bytes]]:
    """Read files and folders as `readings` does, each by itself, noting on a bar how far it is."""
    results: list[ReadResult] = []
    sources: dict[str, bytes] = {}
    paths = dict.fromkeys(os.path.normpath(name) if name != STDIN else name for name in names)
    for at, name in enumerate(paths):
        bar.is_quiet = name == STDIN  # who writes it may have the terminal
        bar.at(at, len(paths), name)
        for source in _sources(name, form, bar):
            if isinstance(source, Problem):
                results.append(ReadResult(None, (source,)))
            elif source.name not in sources:
                bar.is_quiet = False
                sources[source.name] = source.data
                results.append(_read(source, is_named=source.name in {name, SHOWN_STDIN}))
    return results, sources


def together(results: list[ReadResult]) -> list[ReadResult]:
    """Return results of one run: those that contradict an earlier one have that as a problem."""
    if sum(result.timeline is not None for result in results) > 1:
        from outage_cli.lint.contradictions import agreed

        return agreed(results)
    return results


def source(name: str) -> Source | Problem:
    """Return one file that is not a timeline, or why it cannot be read."""
    try:
        return _whole(name, Path(name))
    except (OSError, ValueError) as error:
        return _unreadable(name, error)


def _whole(name: str, path: Path, form: str | None = None) -> Source | Problem:
    """Return all of a file, or why it is not read."""
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            return _bounded(name, file, form)
        return _too_large(name) if about.st_size > MOST_READ else Source(name, file.read(), form)


def _bounded(name: str, file: BinaryIO, form: str | None = None) -> Source | Problem:
    """Return what a stream has, unless that is more than `MOST_READ` bytes.

    A device such as /dev/zero never ends: the bound is met before memory is full, and binary
    zeros, which no text has, are not waited for.
    """
    read: list[bytes] = []
    size = 0
    while part := file.read(PART):
        read.append(part)
        size += len(part)
        if not part.strip(b"\0"):
            return Problem("not-text", "is binary, not text", Place(name), "name a timeline file")
        if size > MOST_READ:
            return _too_large(name)
    return Source(name, b"".join(read), form)


def _too_large(name: str) -> Problem:
    message = f"has no end, or more than {MOST_READ >> 30} GiB"
    return Problem("too-large", message, Place(name), "name a timeline file, or split it")


def _read(source: Source, *, is_named: bool) -> ReadResult:
    if is_named:
        return read(source)
    if WRITTEN.match(source.data):
        return _noted(source.name)
    return _passed_over(read(source))


def _noted(name: str) -> ReadResult:
    """Return a reading of a report that was written into the folder that is read."""
    message = "is not a timeline: outage wrote it"
    return ReadResult(None, (Problem("not-a-timeline", message, Place(name), "", NOTE),))


def _passed_over(reading: ReadResult) -> ReadResult:
    """Return a reading of a file in a folder: one that is no timeline is only noted."""
    if [problem.code for problem in reading.problems] != ["not-a-timeline"]:
        return reading
    noted = (problem._replace(severity=NOTE, hint="") for problem in reading.problems)
    return reading._replace(problems=tuple(noted))


def _sources(name: str, form: str | None, bar: progress.Bar) -> Iterator[Source | Problem]:
    path = Path(name)
    try:
        if name == STDIN and sys.stdin is None:
            yield Problem(
                "cannot-read",
                "cannot be read: it is closed",
                Place(SHOWN_STDIN),
                "pipe a timeline in",
            )
        elif name == STDIN:
            yield _bounded(SHOWN_STDIN, sys.stdin.buffer, form)
        elif path.is_dir():
            yield from _in_folder(path, form, bar)
        else:
            yield _whole(name, path, form)
    except (OSError, ValueError) as error:
        yield _unreadable(name, error)


def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for reader in registry.READERS for suffix in reader.suffixes)


def in_folder(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Return the files in a folder that timelines may be in, and what cannot be looked into."""
    suffixes = _suffixes()
    unread: list[OSError] = []
    named: list[Path] = []
    for here, folders, files in os.walk(folder, onerror=unread.append):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        shown = (each for each in sorted(files) if not each.startswith("."))
        named += [Path(here, each) for each in shown if each.lower().endswith(suffixes)]
    return named, unread


def _in_folder(folder: Path, form: str | None, bar: progress.Bar) -> Iterator[Source | Problem]:
    """Yield the files of a folder and those below it; links to other folders are not followed."""
    named, unread = in_folder(folder)
    for error in unread:
        yield _unreadable(str(error.filename), error)
    if not named and not unread:
        hint = f"files of these kinds are looked for: {', '.join(_suffixes())}"
        yield Problem("no-timelines", "is a folder without timelines", Place(str(folder)), hint)
    for at, path in enumerate(sorted(named)):
        bar.at(at, len(named), str(path))
        try:
            if path.exists() and not path.is_file():
                continue  # a pipe or a device: reading it could take for ever
            yield _whole(str(path), path, form)
        except OSError as error:
            yield _unreadable(str(path), error)


def _unreadable(name: str, error: OSError | ValueError) -> Problem:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    hint = "check the name and the permissions"
    if isinstance(error, FileNotFoundError):
        hint = hint_for(Path(name))
    return Problem("cannot-read", f"cannot be read: {reason.lower()}", Place(name), hint)


def hint_for(missing: Path) -> str:
    """Return what may have been meant by the name of a file that does not exist."""
    beside = {path.name: path for path in _beside(missing)}
    close = get_close_matches(missing.name, beside, 1, 0.75)
    return f"did you mean {beside[close[0]]}?" if close else "check the name"


def _beside(path: Path) -> Iterable[Path]:
    try:
        return sorted(each for each in path.parent.iterdir() if each.suffix in _suffixes())
    except (OSError, ValueError):
        return []
