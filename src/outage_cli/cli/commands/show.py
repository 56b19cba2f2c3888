"""`outage show`: the story of an outage, event by event, and a chart of the states."""

from typing import Annotated

from outage_cli.cli import options, run
from outage_cli.cli.choices import formats
from outage_cli.cli.outputs import writing
from outage_cli.pipeline import show


class ShowOptions(options.Options):
    """The options of `outage show`."""

    format_: Annotated[list[str], formats("show", "text")]


@options.takes(
    ShowOptions,
    f"files format_ output {options.SCOPE} service from_ keep_going watch {options.LOOKS}",
)
def command(given: ShowOptions) -> None:
    """Show what happened in order, how long after the start, and a chart of the states.

    Exit codes: 0 shown, 2 wrong use, 3 the input has errors.
    """
    with run.opened(given) as opened:
        story = run.computed(lambda: show(opened.timelines, opened.request()))
        opened.outputs.deliver(writing("show", story, language=given.lang))
