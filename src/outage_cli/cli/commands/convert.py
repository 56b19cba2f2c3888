"""`outage convert`: a timeline in another notation, with nothing lost."""

from __future__ import annotations

from typing import Annotated

import typer

from outage_cli.cli import options, terminal
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, writing


def command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            callback=options.named,
            help="A timeline file, or - for standard input.",
            show_default=False,
        ),
    ],
    format_: Annotated[list[str] | None, options.formats("timeline", "yaml")] = None,
    output: options.Outputs = None,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    color: options.Color = "auto",
) -> None:
    """Write a timeline in another notation: YAML, JSON, TOML or plain text.

    Comments and layout are not kept; everything else is. A file with errors is not converted,
    except with --keep-going. Exit codes: 0 converted, 3 the input has errors.
    """
    with Outputs(format_ or (), output, color) as outputs:  # also in the place of what is read
        read, sources = readings((file,), from_)
        usable = terminal.usable(read, sources, color, keep_going=keep_going)
        if len(usable) > 1:
            raise typer.BadParameter("name one file, not a folder", param_hint="FILE")
        outputs.deliver(writing("timeline", usable[0].native))
