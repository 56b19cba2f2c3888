"""The option `--columns`: which columns of a table are shown, and in which order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from outage_cli.cli import terminal
from outage_cli.model import columns

VARIABLE = "OUTAGE_COLUMNS"
CHOSEN = ("table", "markdown", "html")
"""The formats that show what is asked for; the others have all that there is."""


def of_reports() -> dict[str, str]:
    """Return what can be asked for of a report, by name, and what it is."""
    return columns.services() | columns.PERIODS


def of_methods() -> dict[str, str]:
    """Return what can be asked for of a comparison, by name, and what it is."""
    return columns.METHODS


def is_ambient(value: str | None) -> bool:
    """Whether the environment asks, and so for whatever command and format comes."""
    said = columns.split(os.environ.get(VARIABLE, ""))
    return value is not None and set(columns.split(value)) <= set(said)


def passed_over(value: str | None, formats: Iterable[str]) -> None:
    """Say on stderr which formats have columns of their own, if somebody has asked for some."""
    own = [each for each in formats if each not in CHOSEN]
    if value and own and not is_ambient(value):
        terminal.say(f"outage: {' and '.join(own)}: all there is, without --columns\n")


def _checked(value: str, known: Mapping[str, str]) -> str | None:
    """Return what was asked for, once every name is known.

    The environment asks every command, so what it says of another one's columns is passed over.
    """
    names = columns.split(value)
    if is_ambient(value):
        elsewhere = {*of_reports(), *of_methods()} - {*known}
        names = [each for each in names if columns.bare(each) not in elsewhere]
        if not names:
            return None
    if not names:
        raise typer.BadParameter(f"it is empty: choose from {', '.join(known)}")
    for name in map(columns.bare, names):
        if name not in known and name != columns.ALL:
            close = get_close_matches(name, [*known, columns.ALL], 1)
            meant = f"did you mean {close[0]}? There are" if close else "choose from"
            raise typer.BadParameter(f"{name!r} is no column: {meant} {', '.join(known)}.")
    about = ("service",)
    if not columns.resolved(names, about, known, about).keys:
        raise typer.BadParameter(f"{value!r} leaves no column: name one that is to stay")
    return ",".join(names)


def completed(incomplete: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the names that the last one of a list can become."""
    before, comma, last = incomplete.rpartition(",")
    sign = last[:1] if last[:1] in ("+", "-") else ""
    for name, told in known.items():
        if name.startswith(columns.bare(last)):
            yield f"{before}{comma}{sign}{name}", told


def _option(known: Callable[[], Mapping[str, str]], of: str, usual: str, formats: str) -> Any:  # noqa: ANN401
    def checked(value: str | None) -> str | None:
        return None if value is None else _checked(value, known())

    def offered(incomplete: str) -> Iterator[tuple[str, str]]:
        return completed(incomplete, known())

    return typer.Option(
        "--columns",
        metavar="NAMES",
        envvar=VARIABLE,
        callback=checked,
        autocompletion=offered,
        help=f"Show these columns of {of}, in this order: '{usual}'; or the usual ones with and "
        f"without some: '+between,-seconds'; or 'all'. For {formats}.",
        show_default=False,
    )


Columns = Annotated[
    str | None,
    _option(of_reports, "the services and periods", "downtime,slo", "table, markdown and html"),
]
OfMethods = Annotated[
    str | None,
    _option(of_methods, "the comparison", "availability,outages", "table and markdown"),
]
