"""`outage lint`: what is wrong or doubtful in the file, with place and remedy."""

from __future__ import annotations

from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import options, terminal
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, Written
from outage_cli.model.problem import NOTE
from outage_cli.model.screen import Screen


@options.watched
def command(
    files: options.Files,
    format_: Annotated[list[str] | None, options.formats("problems", "text")] = None,
    output: options.Outputs = None,
    from_: options.From = None,
    strict: Annotated[
        bool, typer.Option("--strict", envvar="OUTAGE_STRICT", help="Fail on warnings too.")
    ] = False,
    exit_zero: options.ExitZero = False,
    watch: options.Watch = False,
    color: options.Color = "auto",
) -> None:
    """List everything wrong or doubtful in timeline files, all of it in one run.

    Exit codes: 0 no errors, 1 errors, 3 a file that cannot be read at all.
    """
    with Outputs(format_ or (), output, color, is_again=watch) as outputs:
        read, sources = readings(files, from_)
        outputs.spare(files, read, sources)
        found = [problem for reading in read for problem in reading.problems]
        lines = terminal.lines(found, sources)

        def written(name: str, screen: Screen) -> Written:
            writer = registry.load(registry.writers("problems")[name].home)
            text: Written = writer.problems(found, screen, lines)
            return text

        outputs.deliver(written)
    if exit_zero:
        return
    unreadable = [problem for each in read if not each.timeline for problem in each.problems]
    if any(problem.is_error for problem in unreadable):
        raise typer.Exit(terminal.UNREADABLE)
    counted = [each for each in found if each.is_error or (strict and each.severity != NOTE)]
    if counted:
        raise typer.Exit(terminal.FAILED)
