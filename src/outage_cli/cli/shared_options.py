"""The options that several commands share, each declared once for Typer."""

import os
from pathlib import Path
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import language
from outage_cli.cli.choices import choice, completion, file_names, not_empty
from outage_cli.model.totals import GROUPINGS
from outage_cli.when.calendar.windows import UNITS

_INPUTS = [entry.name for entry in registry.READERS]

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        callback=file_names,
        help="Timeline files, folders of them, or - for standard input.",
        show_default=False,
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        envvar="OUTAGE_FROM",
        callback=choice("input format", _INPUTS),
        autocompletion=completion(_INPUTS),
        help=f"Read the files as {', '.join(_INPUTS)}, whatever they are called.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        envvar="OUTAGE_OUTPUT",
        help="Write to a file, whole or not at all.",
        show_default=False,
    ),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        envvar="OUTAGE_OUTPUT",
        help="Write to a file, whole or not at all; may be given again, for each -f once.",
        show_default=False,
    ),
]
WindowOf = Annotated[
    str | None,
    typer.Option(
        "-w",
        "--window",
        metavar="WINDOW",
        envvar="OUTAGE_WINDOW",
        callback=not_empty,
        help="Look at 2022, 2022-Q4, 2022-10, 2022-W41, 2022-10-15, A..B (times or event ids) "
        "or 'last 30d'.",
        show_default="the file's",
    ),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--tz",
        metavar="ZONE",
        envvar="OUTAGE_TZ",
        callback=not_empty,
        help="Lay out windows and show times in this IANA zone.",
        show_default="the file's",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        envvar="OUTAGE_AS_OF",
        callback=not_empty,
        help="Close here what is still open; nothing after it counts. Or 'now'.",
        show_default="the file's, else now",
    ),
]
Services = Annotated[
    list[str] | None,
    typer.Option(
        "-s",
        "--service",
        metavar="ID",
        envvar="OUTAGE_SERVICE",
        callback=not_empty,
        help="Show this service only; may be given again.",
        show_default=False,
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="UNIT",
        envvar="OUTAGE_BY",
        callback=choice("unit", UNITS),
        help=f"Split the window by {', '.join(UNITS[:-1])} or {UNITS[-1]}.",
        show_default=False,
    ),
]
GroupBy = Annotated[
    str | None,
    typer.Option(
        "--group-by",
        metavar="WHAT",
        envvar="OUTAGE_GROUP_BY",
        callback=choice("grouping", GROUPINGS),
        autocompletion=completion(GROUPINGS),
        help=f"Add up services by {', '.join(GROUPINGS[:-1])} or {GROUPINGS[-1]} too.",
        show_default=False,
    ),
]
Full = Annotated[
    bool,
    typer.Option(
        "--full",
        envvar="OUTAGE_FULL",
        help="Show more tables: failures and MTBF, error budgets and burn, worst windows.",
    ),
]
Shift = Annotated[
    str | None,
    typer.Option(
        "--shift",
        metavar="BY",
        envvar="OUTAGE_SHIFT",
        callback=not_empty,
        help="What if: move the whole outage by 2d, or to the 'next weekday', and show both.",
        show_default=False,
    ),
]
Start = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="TIME",
        envvar="OUTAGE_START",
        callback=not_empty,
        help="What if: move the whole outage so that it starts then, and show both.",
        show_default=False,
    ),
]
_METHODS = [entry.name for entry in registry.METHODS]
MethodOf = Annotated[
    str,
    typer.Option(
        "-m",
        "--method",
        metavar="METHOD",
        envvar="OUTAGE_METHOD",
        autocompletion=completion(_METHODS),
        help=f"Count by {', '.join(_METHODS[:-1])} or {_METHODS[-1]}, or as a file.toml says.",
    ),
]
MinOutage = Annotated[
    str | None,
    typer.Option(
        "--min-outage",
        metavar="LENGTH",
        envvar="OUTAGE_MIN_OUTAGE",
        callback=not_empty,
        help="Leave out outages shorter than 5m, or than what you say.",
        show_default="the method's",
    ),
]
WholeMinutes = Annotated[
    bool,
    typer.Option(
        "--whole-minutes",
        envvar="OUTAGE_WHOLE_MINUTES",
        help="Count only the whole minutes of each outage.",
    ),
]
KeepGoing = Annotated[
    bool,
    typer.Option(
        "--keep-going",
        envvar="OUTAGE_KEEP_GOING",
        help="Leave out what has errors and use the rest.",
    ),
]
Watch = Annotated[
    bool,
    typer.Option(
        "--watch",
        envvar="OUTAGE_WATCH",
        help="Stay, and draw again when a file changes; Ctrl-C ends it.",
    ),
]
ExitZero = Annotated[
    bool,
    typer.Option("--exit-zero", envvar="OUTAGE_EXIT_ZERO", help="Exit with 0 after printing."),
]


def _language(value: str | None) -> str:
    """Return the language of the option, else that of the environment."""
    return choice("language", language.CODES)(value) or language.ambient(os.environ)


Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="CODE",
        envvar="OUTAGE_LANG",
        callback=_language,
        autocompletion=completion(language.CODES),
        help="Write tables, pages and charts in "
        f"{', '.join(f'{it.name} ({it.summary})' for it in registry.LANGUAGES)}; "
        "data such as JSON and CSV stays as it is.",
        show_default="that of LC_ALL, LC_MESSAGES or LANG",
    ),
]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        metavar="WHEN",
        envvar="OUTAGE_COLOR",
        callback=choice("answer to when", ("auto", "always", "never")),
        help="Colour the output: auto, always or never.",
    ),
]
