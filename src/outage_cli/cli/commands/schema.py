"""`outage schema`: JSON Schema of the timeline, and of what the tool writes as JSON."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from outage_cli import registry
from outage_cli.cli import shared_options
from outage_cli.cli.choices import choice, completion
from outage_cli.cli.outputs import Outputs

_NAMES = [entry.name for entry in registry.SCHEMAS]


def command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            callback=choice("schema", _NAMES),
            autocompletion=completion(_NAMES),
            help=f"{', '.join(_NAMES[:-1])} or {_NAMES[-1]}.",
            show_default=False,
        ),
    ],
    output: shared_options.Output = None,
) -> None:
    """Print the JSON Schema (2020-12) of the timeline, or of what is written with -f json.

    Editors complete and check a timeline with it.
    """
    entry = registry.named(what, registry.SCHEMAS)
    with Outputs(("json",), [output] if output else None, "never") as outputs:
        schema = registry.load(entry.home).schema(what) if entry else {}
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        outputs.deliver(lambda *_: text)
