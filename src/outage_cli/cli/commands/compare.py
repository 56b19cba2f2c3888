"""`outage compare`: the same outage under every accounting method."""

import os
from typing import Annotated

import typer

from outage_cli.cli import methods, options, run
from outage_cli.cli.choices import formats
from outage_cli.cli.columns import OfMethods, passed_over
from outage_cli.cli.outputs import writing
from outage_cli.model import columns as model
from outage_cli.model.method import Method
from outage_cli.pipeline import compare


class CompareOptions(options.Options):
    """The options of `outage compare`."""

    methods: Annotated[
        list[str] | None,
        typer.Option(
            "-m",
            "--method",
            metavar="METHOD",
            help="Compare these only; may be given again, also with a file.toml. "
            "[env var: OUTAGE_METHOD, compared as well]",
            show_default="all",
        ),
    ] = None
    format_: Annotated[list[str], formats("comparison", "table")]
    columns: OfMethods = None


@options.takes(
    CompareOptions,
    f"files methods min_outage whole_minutes format_ output {options.SCOPE} service columns "
    f"from_ keep_going {options.LOOKS}",
)
def command(given: CompareOptions) -> None:
    """Print what the same outage costs by every method, and what makes them differ.

    A row is what `outage report --method` says. --min-outage and --whole-minutes go with the
    methods that have such a rule already.
    """
    ambient = os.environ.get("OUTAGE_METHOD") or "standard"
    names = given.methods or [*methods.NAMES, ambient]
    compared = [_with_rules(name, given) for name in dict.fromkeys(names)]
    with run.opened(given, names) as opened:
        request = opened.request()._replace(needs=opened.outputs.needs())
        comparison = run.computed(lambda: compare(opened.timelines, request, compared))
        passed_over(given.columns, opened.formats)
        columns = tuple(model.split(given.columns or ""))
        opened.outputs.deliver(writing("comparison", comparison, columns, language=given.lang))


def _with_rules(name: str, given: CompareOptions) -> Method:
    method = methods.method(name, color=given.color)
    if not method.rules_runs:
        return method
    return methods.with_rules(method, given.min_outage, given.whole_minutes)
