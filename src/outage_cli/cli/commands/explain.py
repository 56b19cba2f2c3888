"""`outage explain`: every second of one service, and the lines behind it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import methods, options, progress, terminal
from outage_cli.cli.input_files import STDIN, readings
from outage_cli.cli.outputs import Outputs, writing
from outage_cli.model.problem import ProblemText
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import ReportRequest, explain

READINGS = ("best", "kindest", "harshest")


def command(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE... SERVICE",
            callback=options.named,
            help="Timeline files, folders of them, or - for standard input; then the id of a "
            "service. It may be left out where there is only one.",
            show_default=False,
        ),
    ],
    format_: Annotated[list[str] | None, options.formats("explanation", "table")] = None,
    output: options.Outputs = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            envvar="OUTAGE_AT",
            callback=options.given,
            help="Explain one instant: '2022-10-16 03:00', '~15:33' with its date, 'fire + 4h'.",
            show_default=False,
        ),
    ] = None,
    reading: Annotated[
        str,
        typer.Option(
            "--reading",
            metavar="READING",
            envvar="OUTAGE_READING",
            callback=options.choice("reading", READINGS),
            autocompletion=lambda incomplete: [
                each for each in READINGS if each.startswith(incomplete)
            ],
            help="List the intervals of the best, kindest or harshest reading of vague times.",
        ),
    ] = "best",
    window: options.WindowOf = None,
    tz: options.Zone = None,
    as_of: options.AsOf = None,
    method: options.MethodOf = "standard",
    min_outage: options.MinOutage = None,
    whole_minutes: options.WholeMinutes = False,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    lang: options.Lang = None,
    color: options.Color = "auto",
) -> None:
    """Show every interval of one service: its bucket, its weight, and the lines behind it.

    The running sums end in the figures of `outage report`.
    """
    counting = methods.method(method, min_outage, color, whole_minutes=whole_minutes)
    with Outputs(format_ or (), output, color) as outputs:
        read, sources, service = _read(what, from_)
        outputs.spare(what, read, sources, methods.in_files((method,)))
        usable = terminal.usable(read, sources, color, keep_going=keep_going)
        services = () if service is None else (service,)
        request = ReportRequest(terminal.now(), window, tz, as_of, services, needs=outputs.needs())
        with progress.shown("adding up"):
            told = explain(usable, request, counting, reading, at)
        if isinstance(told, ProblemText):
            raise terminal.refuse(told)
        outputs.deliver(writing("explanation", told, language=lang or "en"))


def _read(
    what: Sequence[str], form: str | None
) -> tuple[list[ReadResult], dict[str, bytes], str | None]:
    """Read the files, and tell them from the service that is named last.

    A service of the files before it is meant even where a file has the same name.
    """
    *files, last = what
    if not files:
        return *readings(what, form), None
    if _is_file(last) and STDIN in files:  # standard input can be read only once
        return *readings(what, form), None
    read, sources = readings(files, form)
    known = {name for each in read if each.timeline for name in each.timeline.services}
    if last not in known and _is_file(last):
        return *readings(what, form), None
    return read, sources, last


def _is_file(name: str) -> bool:
    suffixes = tuple(suffix for reader in registry.READERS for suffix in reader.suffixes)
    return name == STDIN or name.lower().endswith(suffixes) or os.path.lexists(Path(name))
