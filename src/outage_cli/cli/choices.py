"""What the values of options are checked with, and completed from."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

import typer

from outage_cli import registry


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


def completion(names: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what a shell asks for the names that begin with what has been typed."""
    known = list(names)

    def completed(incomplete: str) -> list[str]:
        return [name for name in known if name.startswith(incomplete)]

    return completed


def not_empty(value: Any) -> Any:  # noqa: ANN401 - a text, several or none
    """Return a value, or several, none of which may be empty.

    An environment variable that is empty is not given, which Typer sees to.
    """
    values = value if isinstance(value, list | tuple) else [value]
    if any(text is not None and not str(text).strip() for text in values):
        raise typer.BadParameter("it is empty: say what is meant, or leave it out")
    return value


def file_names(value: Any) -> Any:  # noqa: ANN401 - a text or several
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
        names += [name for name in registry.writers(also) if name not in {*names, "text"}]
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
        autocompletion=completion(names),
        help=f"Write {', '.join(names[:-1])} or {names[-1]}; with -o once for each output.",
    )
