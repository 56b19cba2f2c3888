"""`outage check`: targets, claims and conditions, with verdicts and exit codes for CI."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import methods, options, progress, terminal
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, Written
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict, overall
from outage_cli.pipeline import ReportRequest, report
from outage_cli.verdicts import claims as agreement
from outage_cli.verdicts.conditions import GRAMMAR, Condition, condition, failures, unknown
from outage_cli.verdicts.targets import verdicts

EXITS = {
    Outcome.PASSED: 0,
    Outcome.FAILED: terminal.FAILED,
    Outcome.UNDECIDABLE: terminal.UNDECIDABLE,
}


KINDS = ("slo", "claims", "fail-if")
"""What there is to check."""


def _kinds(values: list[str] | None) -> list[str] | None:
    """Return the kinds of checks that are asked for; several may stand in one, with commas."""
    known = options.choice("kind of check", KINDS)
    named = [one for value in values or () for one in value.split(",") if one]
    return [one.strip() for one in named if known(one.strip())] or None


@options.watched
def command(
    files: options.Files,
    fail_if: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-if",
            metavar="CONDITION",
            help="Fail if this holds, as in 'downtime > 4h' or 'naver.availability < 99.9%'; "
            "may be given again. [env var: OUTAGE_FAIL_IF, several with ; between]",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="KIND",
            envvar="OUTAGE_ONLY",
            callback=_kinds,
            autocompletion=lambda incomplete: [one for one in KINDS if one.startswith(incomplete)],
            help=f"Check only {', '.join(KINDS[:-1])} or {KINDS[-1]}; may be given again.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[list[str] | None, options.formats("verdicts", "text", also="report")] = None,
    output: options.Outputs = None,
    window: options.WindowOf = None,
    tz: options.Zone = None,
    as_of: options.AsOf = None,
    method: options.MethodOf = "standard",
    min_outage: options.MinOutage = None,
    whole_minutes: options.WholeMinutes = False,
    service: options.Services = None,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    exit_zero: options.ExitZero = False,
    watch: options.Watch = False,
    lang: options.Lang = None,
    color: options.Color = "auto",
) -> None:
    """Hold services to their targets (slo), claims to the figures, all to your conditions.

    Exit codes: 0 all passed, 1 one failed, 3 the input has errors, 4 undecidable (no data).
    """
    ambient = os.environ.get("OUTAGE_FAIL_IF", "").split(";")
    wanted = fail_if or [text for text in ambient if text.strip()]
    conditions = [_understood(text) for text in wanted]
    counting = methods.method(method, min_outage, color, whole_minutes=whole_minutes)
    with Outputs(format_ or (), output, color, is_again=watch) as outputs:
        read, sources = readings(files, from_)
        outputs.spare(files, read, sources, methods.in_files((method,)))
        usable = terminal.usable(read, sources, color, keep_going=keep_going)
        needs = {need for each in outputs.outputs for need in _needs(each.format)}
        request = ReportRequest(terminal.now(), window, tz, as_of, tuple(service or ()))
        request = request._replace(needs=frozenset(needs))
        with progress.shown("adding up"):
            told = report(usable, request, counting)
        if isinstance(told, ProblemText):
            raise terminal.refuse(told)
        known = {name for each in usable if each.timeline for name in each.timeline.services}
        if trouble := unknown(conditions, sorted(known)):
            raise terminal.refuse(trouble)
        kinds = {
            "slo": lambda: verdicts(told),
            "claims": lambda: agreement.verdicts(told),
            "fail-if": lambda: failures(conditions, told),
        }
        found = [verdict for kind in KINDS if kind in (only or KINDS) for verdict in kinds[kind]()]
        if not found:
            what = "nothing here of that kind" if only else "no service here has an slo or a claim"
            terminal.say(f"outage: nothing to check: {what}\n = hint: {GRAMMAR}\n")
        outputs.deliver(partial(_written, found, told, lang or "en"))
    if not exit_zero:
        raise typer.Exit(EXITS[overall(found)])


def _needs(name: str) -> frozenset[str]:
    """Return what of a report a format shows beside the verdicts, which are on promises too."""
    is_report = name not in registry.writers("verdicts")
    return (registry.needs(name) if is_report else frozenset()) | {registry.PROMISES}


def _written(
    found: Sequence[Verdict], told: Report, lang: str, name: str, screen: Screen
) -> Written:
    """Return the verdicts in a format; in one that only knows reports, what they are about."""
    if writer := registry.writers("verdicts").get(name):
        text: Written = registry.load(writer.home).verdicts(found, screen, told)
    else:
        text = registry.load(registry.writers("report")[name].home).report(
            told, screen._replace(language=lang)
        )
    return text


def _understood(text: str) -> Condition:
    read = condition(text)
    if isinstance(read, ProblemText):
        raise typer.BadParameter(f"{read.message}: {read.hint}", param_hint="--fail-if")
    return read
