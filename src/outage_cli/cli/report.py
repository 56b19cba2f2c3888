"""`outage report`: per-service downtime and availability."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import methods, options, terminal
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
    method: options.MethodOf = "standard",
    min_outage: options.MinOutage = None,
    whole_minutes: options.WholeMinutes = False,
    service: options.Services = None,
    by: options.By = None,
    group_by: options.GroupBy = None,
    shift: options.Shift = None,
    start: options.Start = None,
    full: options.Full = False,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    color: options.Color = "auto",
) -> None:
    """Print what each service's outages cost: downtime, availability, and when."""
    counting = methods.method(method, min_outage, color, whole_minutes=whole_minutes)
    read, sources = readings(files, from_)
    usable = terminal.usable(read, sources, color, keep_going=keep_going)
    if shift and start:
        raise typer.BadParameter("give --shift or --start, not both")
    asked = Asked(terminal.now(), window, tz, as_of, tuple(service or ()), by, shift, start)
    chosen = registry.writers("report")[format_]
    screen = terminal.screen(color, sys.stdout, output)._replace(is_full=full)
    charted = chosen.draws or (format_ == "table" and not screen.is_endless)
    told = report(usable, asked._replace(group_by=group_by, charted=charted), counting)
    if isinstance(told, Trouble):
        raise terminal.refuse(told)
    if told.milestones:
        terminal.complain(told.milestones.problems, sources, color)  # the others are said already
    terminal.deliver(registry.load(chosen.home).report(told, screen), output)
