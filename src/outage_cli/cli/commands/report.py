"""`outage report`: per-service downtime and availability."""

import sys
from functools import partial
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import methods, options, progress, terminal
from outage_cli.cli.columns import Columns, passed_over
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Output, Outputs, Written
from outage_cli.model import columns as model
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.pipeline import ReportRequest, report


@options.watched
def command(
    files: options.Files,
    format_: Annotated[
        list[str] | None, options.formats("report", "table", also="verdicts")
    ] = None,
    output: options.Outputs = None,
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
    columns: Columns = None,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    watch: options.Watch = False,
    lang: options.Lang = None,
    color: options.Color = "auto",
) -> None:
    """Print what each service's outages cost: downtime, availability, and when."""
    counting = methods.method(method, min_outage, color, whole_minutes=whole_minutes)
    named = tuple(model.split(columns or ""))
    with Outputs(format_ or (), output, color, is_again=watch) as outputs:
        read, sources = readings(files, from_)
        outputs.spare(files, read, sources, methods.in_files((method,)))
        usable = terminal.usable(read, sources, color, keep_going=keep_going)
        if shift and start:
            raise typer.BadParameter("give --shift or --start, not both")
        request = ReportRequest(
            terminal.now(), window, tz, as_of, tuple(service or ()), by, shift, start
        )
        needs = _needs(outputs, named, full=full)
        request = request._replace(group_by=group_by, needs=needs)
        with progress.shown("adding up"):
            told = report(usable, request, counting)
        if isinstance(told, ProblemText):
            raise terminal.refuse(told)
        if told.milestones:
            terminal.complain(told.milestones.problems, sources, color)  # others are said already
        passed_over(columns, [each.format for each in outputs.outputs])
        parts = {"--by": by, "--group-by": group_by, "--shift": shift, "--start": start}
        _passed_over(outputs, [option for option, value in parts.items() if value])
        outputs.deliver(partial(_written, told, (full, named, lang or "en")))


def _needs(outputs: Outputs, named: tuple[str, ...], *, full: bool) -> frozenset[str]:
    """Return what of a report the outputs show: a table that somebody looks at has the chart."""
    needs = outputs.needs(full=full)
    is_drawn = any(
        each.format == "table" and model.draws(named, is_terminal=_is_terminal(outputs, each))
        for each in outputs.outputs
    )
    return needs | {registry.CHART} if is_drawn else needs


def _is_terminal(outputs: Outputs, output: Output) -> bool:
    return not terminal.screen(outputs.color, sys.stdout, output.path).is_endless


def _passed_over(outputs: Outputs, asked: list[str]) -> None:
    """Say on stderr what is asked for and has no place in a format."""
    formats = [each.format for each in outputs.outputs]
    without = [name for name in formats if registry.PARTS not in registry.needs(name)]
    if asked and without:
        names, options_ = " and ".join(without), ", ".join(asked)
        terminal.say(f"outage: {names}: the whole window only, without {options_}\n")


def _written(
    told: Report, asked: tuple[bool, tuple[str, ...], str], name: str, screen: Screen
) -> Written:
    """Return the report in a format; in one that only knows verdicts, those of `outage check`.

    Asked for are all tables or the usual ones, columns, and a language.
    """
    if writer := registry.writers("report").get(name):
        full, named, lang = asked
        wanted = screen._replace(is_full=full, columns=named, language=lang)
        text: Written = registry.load(writer.home).report(told, wanted)
    else:
        from outage_cli.verdicts import claims, targets

        module = registry.load(registry.writers("verdicts")[name].home)
        found = [*targets.verdicts(told), *claims.verdicts(told)]
        text = module.verdicts(found, screen, told)
    return text
