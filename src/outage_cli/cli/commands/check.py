"""`outage check`: targets, claims and conditions, with verdicts and exit codes for CI."""

import os
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from outage_cli import pipeline, registry
from outage_cli.cli import options, run, terminal
from outage_cli.cli.choices import choice, completion, formats
from outage_cli.cli.outputs import Written
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict, overall
from outage_cli.verdicts import claims, targets
from outage_cli.verdicts.conditions import GRAMMAR, Condition, condition, failures, unknown

EXITS = {
    Outcome.PASSED: 0,
    Outcome.FAILED: terminal.FAILED,
    Outcome.UNDECIDABLE: terminal.UNDECIDABLE,
}


KINDS = ("slo", "claims", "fail-if")
"""What there is to check."""


def _kinds(values: list[str] | None) -> list[str] | None:
    """Return the kinds of checks that are asked for; several may stand in one, with commas."""
    known = choice("kind of check", KINDS)
    names = [name.strip() for value in values or () for name in value.split(",") if name]
    return [name for name in names if known(name)] or None


class CheckOptions(options.Options):
    """The options of `outage check`."""

    fail_if: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-if",
            metavar="CONDITION",
            help="Fail if this holds, as in 'downtime > 4h' or 'naver.availability < 99.9%'; "
            "may be given again. [env var: OUTAGE_FAIL_IF, several with ; between]",
            show_default=False,
        ),
    ] = None
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="KIND",
            envvar="OUTAGE_ONLY",
            callback=_kinds,
            autocompletion=completion(KINDS),
            help=f"Check only {', '.join(KINDS[:-1])} or {KINDS[-1]}; may be given again.",
            show_default=False,
        ),
    ] = None
    format_: Annotated[list[str], formats("verdicts", "text", also="report")]


@options.takes(
    CheckOptions,
    f"files fail_if only format_ output {options.SCOPE} {options.RULES} service from_ keep_going "
    f"exit_zero watch {options.LOOKS}",
)
def command(given: CheckOptions) -> None:
    """Hold services to their targets (slo), claims to the figures, all to your conditions.

    Exit codes: 0 all passed, 1 one failed, 3 the input has errors, 4 undecidable (no data).
    """
    conditions = _conditions(given)
    method = run.method_of(given)
    with run.opened(given, [given.method]) as opened:
        request = _request(opened)
        report = run.computed(lambda: pipeline.report(opened.timelines, request, method))
        verdicts = _verdicts(opened, given, conditions, report)
        opened.outputs.deliver(partial(_written, verdicts, report, given.lang))
    if not given.exit_zero:
        raise typer.Exit(EXITS[overall(verdicts)])


def _conditions(given: CheckOptions) -> list[Condition]:
    """Return the conditions of the command line, else those of the environment."""
    ambient = os.environ.get("OUTAGE_FAIL_IF", "").split(";")
    return [_understood(text) for text in given.fail_if or filter(str.strip, ambient)]


def _request(opened: run.Run) -> pipeline.ReportRequest:
    """Return the request of what the outputs show beside the verdicts, which need promises."""
    names = [name for name in opened.formats if name not in registry.writers("verdicts")]
    needs = [registry.needs(name) for name in names]
    return opened.request()._replace(needs=frozenset({registry.PROMISES}).union(*needs))


def _verdicts(
    opened: run.Run, given: CheckOptions, conditions: list[Condition], report: Report
) -> list[Verdict]:
    """Return the verdicts of the kinds that are asked for, and say so where there are none."""
    timelines = [result.timeline for result in opened.timelines if result.timeline]
    known = {name for timeline in timelines for name in timeline.services}
    if problem := unknown(conditions, sorted(known)):
        raise terminal.refuse(problem)
    kinds = {
        "slo": lambda: targets.verdicts(report),
        "claims": lambda: claims.verdicts(report),
        "fail-if": lambda: failures(conditions, report),
    }
    only = given.only or KINDS
    verdicts = [verdict for kind in KINDS if kind in only for verdict in kinds[kind]()]
    if not verdicts:
        what = (
            "nothing here of that kind" if given.only else "no service here has an slo or a claim"
        )
        terminal.say(f"outage: nothing to check: {what}\n = hint: {GRAMMAR}\n")
    return verdicts


def _written(
    verdicts: Sequence[Verdict], report: Report, lang: str, name: str, screen: Screen
) -> Written:
    """Return the verdicts in a format; in one that only knows reports, what they are about."""
    if writer := registry.writers("verdicts").get(name):
        text: Written = registry.load(writer.home).verdicts(verdicts, screen, report)
    else:
        text = registry.load(registry.writers("report")[name].home).report(
            report, screen._replace(language=lang)
        )
    return text


def _understood(text: str) -> Condition:
    read = condition(text)
    if isinstance(read, ProblemText):
        raise typer.BadParameter(f"{read.message}: {read.hint}", param_hint="--fail-if")
    return read
