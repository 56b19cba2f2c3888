"""The commands, each in a module of its own that is imported when it is called."""

from __future__ import annotations

from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from outage_cli import __version__, registry


class Commands(TyperGroup):
    """The commands of the registry. Their names cost nothing; each is built when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - a Context of Typer's own click
        """Return their names, in the order of the registry."""
        del ctx
        return [entry.name for entry in registry.COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Return one of them, or None."""
        entry = registry.named(cmd_name, registry.COMMANDS)
        if entry is None:  # Typer looks in `commands` for what may have been meant
            self.commands = cast("dict[str, Any]", dict.fromkeys(self.list_commands(ctx)))
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(entry.name, short_help=entry.summary)(registry.load(entry.home).command)
        return typer.main.get_command(alone)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(is_given: bool) -> None:
    if is_given:
        typer.echo(f"outage {__version__}")
        raise typer.Exit


@app.callback()
def outage(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Compute what an outage cost, from a text file that tells its story.

    Exit codes: 0 fine, 1 a check failed, 2 wrong use, 3 the input has errors, 4 undecidable.
    """
    del version
