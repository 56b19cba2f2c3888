"""`outage compare`: the same outage under every accounting method."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from outage_cli.cli import methods, options, progress, terminal
from outage_cli.cli.columns import OfMethods, passed_over
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, writing
from outage_cli.model import columns as model
from outage_cli.model.method import Method
from outage_cli.model.problem import ProblemText
from outage_cli.pipeline import ReportRequest, compare


def command(
    files: options.Files,
    method: Annotated[
        list[str] | None,
        typer.Option(
            "-m",
            "--method",
            metavar="METHOD",
            help="Compare these only; may be given again, also with a file.toml. "
            "[env var: OUTAGE_METHOD, compared as well]",
            show_default="all",
        ),
    ] = None,
    min_outage: options.MinOutage = None,
    whole_minutes: options.WholeMinutes = False,
    format_: Annotated[list[str] | None, options.formats("comparison", "table")] = None,
    output: options.Outputs = None,
    window: options.WindowOf = None,
    tz: options.Zone = None,
    as_of: options.AsOf = None,
    service: options.Services = None,
    columns: OfMethods = None,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    lang: options.Lang = None,
    color: options.Color = "auto",
) -> None:
    """Print what the same outage costs by every method, and what makes them differ.

    A row is what `outage report --method` says. --min-outage and --whole-minutes go with the
    methods that have such a rule already.
    """
    ambient = os.environ.get("OUTAGE_METHOD") or "standard"
    wanted = method or [*methods.NAMES, ambient]
    counting = [methods.method(each, color=color) for each in dict.fromkeys(wanted)]
    ruled = [_ruled(each, min_outage, whole_minutes) for each in counting]
    with Outputs(format_ or (), output, color) as outputs:
        read, sources = readings(files, from_)
        outputs.spare(files, read, sources, methods.in_files(wanted))
        usable = terminal.usable(read, sources, color, keep_going=keep_going)
        request = ReportRequest(
            terminal.now(), window, tz, as_of, tuple(service or ()), needs=outputs.needs()
        )
        with progress.shown("adding up"):
            told = compare(usable, request, ruled)
        if isinstance(told, ProblemText):
            raise terminal.refuse(told)
        passed_over(columns, [each.format for each in outputs.outputs])
        chosen = tuple(model.split(columns or ""))
        outputs.deliver(writing("comparison", told, chosen, language=lang or "en"))


def _ruled(method: Method, min_outage: str | None, whole_minutes: bool) -> Method:
    return methods.with_rules(method, min_outage, whole_minutes) if method.rules_runs else method
