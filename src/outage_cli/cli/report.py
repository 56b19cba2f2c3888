"""`outage report`: per-service downtime and availability."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import options, terminal
from outage_cli.cli.files import readings
from outage_cli.model.problem import Trouble
from outage_cli.pipeline import Asked, report


def command(
    files: options.Files,
    format_: Annotated[str, options.formats("report", "table")] = "table",
    output: options.Output = None,
    window: options.WindowOf = None,
    tz: options.Zone = None,
    as_of: options.AsOf = None,
    service: options.Services = None,
    by: options.By = None,
    group_by: options.GroupBy = None,
    shift: options.Shift = None,
    start: options.Start = None,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    color: options.Color = "auto",
) -> None:
    """Print what each service's outages cost: downtime, availability, and when."""
    read, sources = readings(files, from_)
    usable = terminal.usable(read, sources, color, keep_going=keep_going)
    if shift and start:
        raise typer.BadParameter("give --shift or --start, not both")
    asked = Asked(terminal.now(), window, tz, as_of, tuple(service or ()), by, shift, start)
    chosen = registry.writers("report")[format_]
    screen = terminal.screen(color, sys.stdout, output)
    charted = chosen.draws or (format_ == "table" and not screen.is_endless)
    told = report(usable, asked._replace(group_by=group_by, charted=charted))
    if isinstance(told, Trouble):
        raise terminal.refuse(told)
    terminal.deliver(registry.load(chosen.home).report(told, screen), output)
