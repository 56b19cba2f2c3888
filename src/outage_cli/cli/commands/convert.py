"""`outage convert`: a timeline in another notation, with nothing lost."""

from typing import Annotated

import typer

from outage_cli.cli import options, terminal
from outage_cli.cli.choices import file_names, formats
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, writing


class ConvertOptions(options.Options):
    """The options of `outage convert`."""

    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            callback=file_names,
            help="A timeline file, or - for standard input.",
            show_default=False,
        ),
    ]
    format_: Annotated[list[str], formats("timeline", "yaml")]


@options.takes(ConvertOptions, "file format_ output from_ keep_going color")
def command(given: ConvertOptions) -> None:
    """Write a timeline in another notation: YAML, JSON, TOML or plain text.

    Comments and layout are not kept; everything else is. A file with errors is not converted,
    except with --keep-going. Exit codes: 0 converted, 3 the input has errors.
    """
    with Outputs(given.format_, given.output, given.color) as outputs:  # may replace the file
        results, sources = readings((given.file,), given.from_)
        usable = terminal.usable(results, sources, given.color, keep_going=given.keep_going)
        if len(usable) > 1:
            raise typer.BadParameter("name one file, not a folder", param_hint="FILE")
        outputs.deliver(writing("timeline", usable[0].native))
