"""The option `--columns`: which columns of the services are shown, and in which order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated

import typer

from outage_cli.model import columns

VARIABLE = "OUTAGE_COLUMNS"
NAMES: Mapping[str, str] = {**columns.SERVICES, **columns.PERIODS}
"""What can be asked for, and what it is."""

CHOSEN = ("table", "markdown", "html")
"""The formats that show what is asked for; the others have all that there is."""


def _chosen(value: str | None) -> str | None:
    """Return what was asked for, once every name is known and a column is left."""
    if value is None:
        return None
    names = columns.split(value)
    if not names:
        raise typer.BadParameter(f"it is empty: choose from {', '.join(NAMES)}")
    for name in map(columns.bare, names):
        if name not in NAMES and name != columns.ALL:
            close = get_close_matches(name, [*NAMES, columns.ALL], 1)
            meant = f"did you mean {close[0]}? There are" if close else "choose from"
            raise typer.BadParameter(f"{name!r} is no column: {meant} {', '.join(NAMES)}.")
    usual = ("service", "downtime")
    if not columns.resolved(names, usual, columns.SERVICES, ("service",)).keys:
        raise typer.BadParameter(f"{value!r} leaves no column: name one that is to stay")
    return value


def completed(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the names that the last one of a list can become."""
    before, comma, last = incomplete.rpartition(",")
    sign = last[:1] if last[:1] in ("+", "-") else ""
    for name, told in NAMES.items():
        if name.startswith(columns.bare(last)):
            yield f"{before}{comma}{sign}{name}", told


Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAMES",
        envvar=VARIABLE,
        callback=_chosen,
        autocompletion=completed,
        help="Show these columns of the services and periods, in this order: 'downtime,slo'; or "
        "the usual ones with and without some: '+users,-seconds'; or 'all'. "
        "For table, markdown and html.",
        show_default=False,
    ),
]


def is_ambient(value: str | None) -> bool:
    """Whether the environment asks, and so for whatever command and format comes."""
    return value is not None and os.environ.get(VARIABLE) == value
