"""`outage lint`: what is wrong or doubtful in the file, with place and remedy."""

from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import options, terminal
from outage_cli.cli.choices import formats
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, Written
from outage_cli.model.problem import NOTE
from outage_cli.model.screen import Screen


class LintOptions(options.Options):
    """The options of `outage lint`."""

    format_: Annotated[list[str], formats("problems", "text")]
    strict: Annotated[
        bool, typer.Option("--strict", envvar="OUTAGE_STRICT", help="Fail on warnings too.")
    ] = False


@options.takes(LintOptions, "files format_ output from_ strict exit_zero watch color")
def command(given: LintOptions) -> None:
    """List everything wrong or doubtful in timeline files, all of it in one run.

    Exit codes: 0 no errors, 1 errors, 3 a file that cannot be read at all.
    """
    with Outputs(given.format_, given.output, given.color, is_again=given.watch) as outputs:
        results, sources = readings(given.files, given.from_)
        outputs.spare(given.files, results, sources)
        problems = [problem for result in results for problem in result.problems]
        lines = terminal.lines(problems, sources)

        def written(name: str, screen: Screen) -> Written:
            writer = registry.load(registry.writers("problems")[name].home)
            text: Written = writer.problems(problems, screen, lines)
            return text

        outputs.deliver(written)
    if given.exit_zero:
        return
    if any(problem.is_error for each in results if not each.timeline for problem in each.problems):
        raise typer.Exit(terminal.UNREADABLE)
    if any(each.is_error or (given.strict and each.severity != NOTE) for each in problems):
        raise typer.Exit(terminal.FAILED)
