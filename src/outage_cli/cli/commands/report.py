"""`outage report`: per-service downtime and availability."""

import sys
from functools import partial
from typing import Annotated

import typer

from outage_cli import pipeline, registry
from outage_cli.cli import options, run, terminal
from outage_cli.cli.choices import formats
from outage_cli.cli.columns import Columns, passed_over
from outage_cli.cli.destinations import Output
from outage_cli.cli.outputs import Outputs, Written
from outage_cli.model import columns as model
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen


class ReportOptions(options.Options):
    """The options of `outage report`."""

    format_: Annotated[list[str], formats("report", "table", also="verdicts")]
    columns: Columns = None


@options.takes(
    ReportOptions,
    f"files format_ output {options.SCOPE} {options.RULES} service by group_by shift start full "
    f"columns from_ keep_going watch {options.LOOKS}",
)
def command(given: ReportOptions) -> None:
    """Print what each service's outages cost: downtime, availability, and when."""
    method = run.method_of(given)
    with run.opened(given, [given.method]) as opened:
        if given.shift and given.start:
            raise typer.BadParameter("give --shift or --start, not both")
        request = _request(opened, given)
        report = run.computed(lambda: pipeline.report(opened.timelines, request, method))
        if report.milestones:  # other problems are on stderr already
            terminal.complain(report.milestones.problems, opened.sources, given.color)
        passed_over(given.columns, opened.formats)
        _parts_passed_over(given, opened.formats)
        opened.outputs.deliver(partial(_written, report, given))


def _request(opened: run.Run, given: ReportOptions) -> pipeline.ReportRequest:
    columns = tuple(model.split(given.columns or ""))
    return opened.request()._replace(
        by=given.by,
        shift=given.shift,
        start=given.start,
        group_by=given.group_by,
        needs=_needs(opened.outputs, columns, full=given.full),
    )


def _needs(outputs: Outputs, columns: tuple[str, ...], *, full: bool) -> frozenset[str]:
    """Return what of a report the outputs show: a table that somebody looks at has the chart."""
    needs = outputs.needs(full=full)
    is_drawn = any(
        output.format == "table" and model.draws(columns, is_terminal=_is_terminal(outputs, output))
        for output in outputs.outputs
    )
    return needs | {registry.CHART} if is_drawn else needs


def _is_terminal(outputs: Outputs, output: Output) -> bool:
    return not terminal.screen(outputs.color, sys.stdout, output.path).is_endless


def _parts_passed_over(given: ReportOptions, names: list[str]) -> None:
    """Say on stderr which options have no place in a format."""
    parts = {"--by": given.by, "--group-by": given.group_by}
    parts |= {"--shift": given.shift, "--start": given.start}
    chosen = [option for option, value in parts.items() if value]
    without = [name for name in names if registry.PARTS not in registry.needs(name)]
    if chosen and without:
        formats, options_ = " and ".join(without), ", ".join(chosen)
        terminal.say(f"outage: {formats}: the whole window only, without {options_}\n")


def _written(report: Report, given: ReportOptions, name: str, screen: Screen) -> Written:
    """Return the report in a format; in one that only knows verdicts, those of `outage check`."""
    if writer := registry.writers("report").get(name):
        columns = tuple(model.split(given.columns or ""))
        screen = screen._replace(is_full=given.full, columns=columns, language=given.lang)
        text: Written = registry.load(writer.home).report(report, screen)
    else:
        from outage_cli.verdicts import claims, targets

        module = registry.load(registry.writers("verdicts")[name].home)
        text = module.verdicts(
            [*targets.verdicts(report), *claims.verdicts(report)], screen, report
        )
    return text
