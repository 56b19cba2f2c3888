"""Accounting methods of somebody's own, in files."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli import registry
from outage_cli.cli import input_files
from outage_cli.model.method import Method
from outage_cli.model.problem import Problem


def is_file(name: str) -> bool:
    """Whether a method is named as a file is."""
    return name.lower().endswith(".toml") or "/" in name or "\\" in name


def read(name: str) -> tuple[Method | None, Sequence[Problem], dict[str, bytes]]:
    """Return the method in a file, None with errors; its problems, and its bytes by name."""
    from outage_cli.readers.native import method as reader

    source = input_files.source(name)
    if isinstance(source, Problem):
        return None, [source], {}
    known = {entry.name: registry.method(entry.name) for entry in registry.METHODS}
    method, problems = reader.read(source, known)
    return method, problems, {source.name: source.data}
