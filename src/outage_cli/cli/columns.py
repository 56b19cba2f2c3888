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
"""The formats that show a choice of columns; the others have all of them."""


def of_reports() -> dict[str, str]:
    """Return the columns of a report by name, with a description each."""
    return columns.services() | columns.PERIODS


def of_methods() -> dict[str, str]:
    """Return the columns of a comparison by name, with a description each."""
    return columns.METHODS


def is_ambient(value: str | None) -> bool:
    """Return whether the environment names the columns, which is meant for all commands."""
    ambient = columns.split(os.environ.get(VARIABLE, ""))
    return value is not None and set(columns.split(value)) <= set(ambient)


def passed_over(value: str | None, formats: Iterable[str]) -> None:
    """Say on stderr which formats do not show a choice of columns, if the command line has one."""
    own = [name for name in formats if name not in CHOSEN]
    if value and own and not is_ambient(value):
        terminal.say(f"outage: {' and '.join(own)}: all there is, without --columns\n")


def _checked(value: str, known: Mapping[str, str]) -> str | None:
    """Return the names of columns, all of which are known. Raises BadParameter.

    Those of other commands are left out if they come from the environment.
    """
    names = columns.split(value)
    if is_ambient(value):
        elsewhere = {*of_reports(), *of_methods()} - {*known}
        names = [name for name in names if columns.bare(name) not in elsewhere]
        if not names:
            return None
    if not names:
        raise typer.BadParameter(f"it is empty: choose from {', '.join(known)}")
    for name in map(columns.bare, names):
        if name not in known and name != columns.ALL:
            close = get_close_matches(name, [*known, columns.ALL], 1)
            hint = f"did you mean {close[0]}? There are" if close else "choose from"
            raise typer.BadParameter(f"{name!r} is no column: {hint} {', '.join(known)}.")
    about = ("service",)
    if not columns.resolved(names, about, known, about).keys:
        raise typer.BadParameter(f"{value!r} leaves no column: name one that is to stay")
    return ",".join(names)


def completed(incomplete: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a list of names with each completion of its last one."""
    before, comma, last = incomplete.rpartition(",")
    sign = last[:1] if last[:1] in ("+", "-") else ""
    for name, description in known.items():
        if name.startswith(columns.bare(last)):
            yield f"{before}{comma}{sign}{name}", description


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
