"""The accounting method of a command: by name, or from a file."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import typer

from outage_cli import registry
from outage_cli.cli import method_files, terminal
from outage_cli.model.method import Method
from outage_cli.model.span import Duration
from outage_cli.when.words.durations import FORMS, duration

NAMES = [entry.name for entry in registry.METHODS]


def method(
    name: str, min_outage: str | None = None, color: str = "auto", *, whole_minutes: bool = False
) -> Method:
    """Return the method `name`, with the rules for runs of the command line.

    Exits with 3 where it is in a file that has errors.
    """
    base = registry.method(name) if name in NAMES else _own(name, color)
    return with_rules(base, min_outage, whole_minutes)


def in_files(names: Iterable[str]) -> list[str]:
    """Return those of the methods that lie in a file of that name."""
    return [name for name in names if name not in NAMES]


def with_rules(method: Method, min_outage: str | None, whole_minutes: bool) -> Method:
    """Return a method with the rules for runs of the command line."""
    if min_outage is not None:
        method = method._replace(min_outage=_lasting(min_outage))
    if whole_minutes:
        method = method._replace(whole_minutes=True)
    return method


def _own(name: str, color: str) -> Method:
    if not method_files.is_file(name):
        close = get_close_matches(name, NAMES, 1)
        hint = f"did you mean {close[0]}?" if close else f"choose from {', '.join(NAMES)}"
        message = f"{name!r} is no method: {hint}{'' if close else ', or name a file.toml'}"
        raise typer.BadParameter(message, param_hint="'-m' / '--method'")
    own, problems, sources = method_files.read(name)
    terminal.complain(problems, sources, color)
    if own is None:
        raise typer.Exit(terminal.UNREADABLE)
    return own


def _lasting(text: str) -> Duration:
    length = 0 if text.strip() == "0" else duration(text)
    if length is None:
        message = f"{text!r} does not say how long: write {FORMS}"
        raise typer.BadParameter(message, param_hint="'--min-outage'")
    return length
