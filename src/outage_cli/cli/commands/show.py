"""`outage show`: the story of an outage, event by event, and a chart of the states."""

from __future__ import annotations

from typing import Annotated

from outage_cli.cli import options, progress, terminal
from outage_cli.cli.input_files import readings
from outage_cli.cli.outputs import Outputs, writing
from outage_cli.model.problem import ProblemText
from outage_cli.pipeline import ReportRequest, show


@options.watched
def command(
    files: options.Files,
    format_: Annotated[list[str] | None, options.formats("show", "text")] = None,
    output: options.Outputs = None,
    window: options.WindowOf = None,
    tz: options.Zone = None,
    as_of: options.AsOf = None,
    service: options.Services = None,
    from_: options.From = None,
    keep_going: options.KeepGoing = False,
    watch: options.Watch = False,
    lang: options.Lang = None,
    color: options.Color = "auto",
) -> None:
    """Show what happened in order, how long after the start, and a chart of the states.

    Exit codes: 0 shown, 2 wrong use, 3 the input has errors.
    """
    with Outputs(format_ or (), output, color, is_again=watch) as outputs:
        read, sources = readings(files, from_)
        outputs.spare(files, read, sources)
        usable = terminal.usable(read, sources, color, keep_going=keep_going)
        request = ReportRequest(terminal.now(), window, tz, as_of, tuple(service or ()))
        with progress.shown("adding up"):
            told = show(usable, request)
        if isinstance(told, ProblemText):
            raise terminal.refuse(told)
        outputs.deliver(writing("show", told, language=lang or "en"))
