"""`outage explain`: every second of one service, and the lines behind it."""

import os
from pathlib import Path
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import options, run
from outage_cli.cli.choices import choice, completion, file_names, formats, not_empty
from outage_cli.cli.input_files import STDIN, readings
from outage_cli.cli.outputs import writing
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import explain

SCENARIOS = ("best", "kindest", "harshest")


class ExplainOptions(options.Options):
    """The options of `outage explain`. Its one argument names files, and then a service."""

    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE... SERVICE",
            callback=file_names,
            help="Timeline files, folders of them, or - for standard input; then the id of a "
            "service. It may be left out where there is only one.",
            show_default=False,
        ),
    ]
    format_: Annotated[list[str], formats("explanation", "table")]
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            envvar="OUTAGE_AT",
            callback=not_empty,
            help="Explain one instant: '2022-10-16 03:00', '~15:33' with its date, 'fire + 4h'.",
            show_default=False,
        ),
    ] = None
    reading: Annotated[
        str,
        typer.Option(
            "--reading",
            metavar="READING",
            envvar="OUTAGE_READING",
            callback=choice("reading", SCENARIOS),
            autocompletion=completion(SCENARIOS),
            help="List the intervals of the best, kindest or harshest reading of vague times.",
        ),
    ] = "best"


@options.takes(
    ExplainOptions,
    f"files format_ output at reading {options.SCOPE} {options.RULES} from_ keep_going "
    f"{options.LOOKS}",
)
def command(given: ExplainOptions) -> None:
    """Show every interval of one service: its bucket, its weight, and the lines behind it.

    The running sums end in the figures of `outage report`.
    """
    method = run.method_of(given)
    with run.opened(given, [given.method], _read) as opened:
        request = opened.request()._replace(needs=opened.outputs.needs())
        explanation = run.computed(
            lambda: explain(opened.timelines, request, method, given.reading, given.at)
        )
        opened.outputs.deliver(writing("explanation", explanation, language=given.lang))


def _read(given: ExplainOptions) -> tuple[list[ReadResult], dict[str, bytes]]:
    """Read the files, and tell them from the service that is named last, which is then wanted.

    A service of the files before it is meant even where a file has the same name.
    """
    *files, last = given.files
    if not files or (_is_file(last) and STDIN in files):  # standard input can be read only once
        return readings(given.files, given.from_)
    results, sources = readings(files, given.from_)
    known = {name for result in results if result.timeline for name in result.timeline.services}
    if last not in known and _is_file(last):
        return readings(given.files, given.from_)
    given.service = [last]
    return results, sources


def _is_file(name: str) -> bool:
    suffixes = tuple(suffix for reader in registry.READERS for suffix in reader.suffixes)
    return name == STDIN or name.lower().endswith(suffixes) or os.path.lexists(Path(name))
