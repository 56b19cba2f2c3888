"""Where outputs go: a format each, and a file or standard output."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from outage_cli.cli import input_files

FOR_PEOPLE = ("table", "text")
"""The formats that no program reads: they are in the encoding of the terminal."""

SUFFIXES = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".ics": "ical",
    ".json": "json",
    ".md": "markdown",
    ".mmd": "mermaid",
    ".ndjson": "ndjson",
    ".parquet": "parquet",
    ".sarif": "sarif",
    ".svg": "svg",
    ".tsv": "tsv",
    ".xml": "junit",
}
"""The format that the suffix of a file suggests."""


class Output(NamedTuple):
    """A format and where it goes: a file, or standard output where `path` is None."""

    format: str
    path: Path | None

    @property
    def name(self) -> str:
        """The name of the output in messages."""
        from outage_cli.writers.page.words import visible

        return visible(str(self.path)) if self.path else "standard output"


def paired(formats: Sequence[str], paths: Sequence[Path]) -> list[Output]:
    """Return the outputs: the first format goes to the first file, the second to the second.

    Raises BadParameter where their numbers differ, or two go to one place.
    """
    if len(formats) != len(paths) and (len(formats) > 1 or paths):
        raise typer.BadParameter(
            f"{len(formats)} of -f and {len(paths)} of -o: give each format a file of its own; "
            "-o - is standard output",
            param_hint="-o",
        )
    files = [None if is_stdout(path) else path for path in paths] or [None]
    outputs = [Output(*pair) for pair in zip(formats, files, strict=True)]
    places = [_place(path) for path in files]
    for at, output in enumerate(outputs):
        if places[at] in places[:at]:
            raise typer.BadParameter(
                f"two outputs would go to {output.name}: give each a file of its own",
                param_hint="-o",
            )
    return outputs


def is_stdout(path: Path) -> bool:
    """Return whether an output is standard output, under any of its names."""
    from outage_cli.cli.output_files import descriptor

    return str(path) == input_files.STDIN or descriptor(path) == 1


def _place(path: Path | None) -> object:
    """Return the identity of a place, the same for all links to it."""
    try:
        about = path and path.stat()
    except (OSError, ValueError):
        about = None
    return (about.st_dev, about.st_ino) if about else path and os.path.realpath(path)
