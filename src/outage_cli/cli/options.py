"""The options that commands share: the same letter, words and environment variable everywhere."""

import os
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from outage_cli import registry
from outage_cli.cli import language
from outage_cli.model.totals import GROUPINGS
from outage_cli.when.calendar.windows import UNITS


def choice(option: str, names: Iterable[str]) -> Callable[[str | None], str | None]:
    """Return a callback that lets only `names` pass, and says which one was meant."""
    known = list(names)

    def chosen(value: str | None) -> str | None:
        if value is None or value in known:
            return value
        close = get_close_matches(value, known, 1)
        meant = f"did you mean {close[0]}? There are" if close else "choose from"
        raise typer.BadParameter(f"{value!r} is no {option}: {meant} {', '.join(known)}.")

    return chosen


def watched(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that stays and draws again where --watch is given."""

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 - options of all kinds
        if not given["watch"]:
            command(**given)
            return
        from outage_cli.cli.watch.loop import watch

        watch(command, given)

    return run


def given(value: Any) -> Any:  # noqa: ANN401 - a text, several or none
    """Return a value, or several, none of which may be empty.

    An environment variable that is empty is not given, which Typer sees to.
    """
    named = value if isinstance(value, list | tuple) else [value]
    if any(each is not None and not str(each).strip() for each in named):
        raise typer.BadParameter("it is empty: say what is meant, or leave it out")
    return value


def named(value: Any) -> Any:  # noqa: ANN401 - a text or several
    """Return the names of files, none of which may be empty: that would be the current folder."""
    names = value if isinstance(value, list | tuple) else [value]
    if "" in names:
        raise typer.BadParameter(
            "the name of a file is empty: name a timeline file, a folder, or - for standard input",
            param_hint="FILE",
        )
    return value


def formats(of: str, default: str, also: str | None = None) -> Any:  # noqa: ANN401
    """Return the option `-f` of a command that writes a `report`, `problems` or `verdicts`.

    It may be given once for each output. With `also` it takes the formats of those too.
    """
    own = registry.writers(of)
    names = list(own)
    if also:
        names += [each for each in registry.writers(also) if each not in {*names, "text"}]
    check = choice("output format", names)

    def chosen(ctx: typer.Context, values: list[str] | None) -> list[str | None]:
        """Return the formats; one that the environment sets for other commands is passed over."""
        source = ctx.get_parameter_source("format_")
        is_ambient = source is not None and source.name == "ENVIRONMENT"
        return [
            default
            if is_ambient and value not in own and registry.named(value, registry.WRITERS)
            else check(value)
            for value in values or [default]
        ]

    return typer.Option(
        "-f",
        "--format",
        metavar="FORMAT",
        envvar="OUTAGE_FORMAT",
        show_default=default,
        callback=chosen,
        autocompletion=lambda incomplete: [each for each in names if each.startswith(incomplete)],
        help=f"Write {', '.join(names[:-1])} or {names[-1]}; with -o once for each output.",
    )


_INPUTS = [entry.name for entry in registry.READERS]

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        callback=named,
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
        autocompletion=lambda incomplete: [each for each in _INPUTS if each.startswith(incomplete)],
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
        callback=given,
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
        callback=given,
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
        callback=given,
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
        callback=given,
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
        autocompletion=lambda incomplete: [
            each for each in GROUPINGS if each.startswith(incomplete)
        ],
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
        callback=given,
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
        callback=given,
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
        autocompletion=lambda incomplete: [
            each for each in _METHODS if each.startswith(incomplete)
        ],
        help=f"Count by {', '.join(_METHODS[:-1])} or {_METHODS[-1]}, or as a file.toml says.",
    ),
]
MinOutage = Annotated[
    str | None,
    typer.Option(
        "--min-outage",
        metavar="LENGTH",
        envvar="OUTAGE_MIN_OUTAGE",
        callback=given,
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
    """Return the language that is asked for, else that of the environment."""
    return choice("language", language.CODES)(value) or language.ambient(os.environ)


Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="CODE",
        envvar="OUTAGE_LANG",
        callback=_language,
        autocompletion=lambda incomplete: [
            each for each in language.CODES if each.startswith(incomplete)
        ],
        help="Write tables, pages and charts in "
        f"{', '.join(f'{each.name} ({each.summary})' for each in registry.LANGUAGES)}; "
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
