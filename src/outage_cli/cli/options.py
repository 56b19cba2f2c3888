"""The options of a command: a class of values, and a decorator that gives them to Typer."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any, TypeVar, get_type_hints

from outage_cli.cli import shared_options as shared


class Options:
    """The values of the options of a command; one that it does not take has its default.

    Typer gets the names as the parameters of the command and the annotations as declarations. A
    command with options of its own derives a class, where `format_` declares its formats.
    """

    files: shared.Files
    format_: list[str]
    output: shared.Outputs = None
    window: shared.WindowOf = None
    tz: shared.Zone = None
    as_of: shared.AsOf = None
    method: shared.MethodOf = "standard"
    min_outage: shared.MinOutage = None
    whole_minutes: shared.WholeMinutes = False
    service: shared.Services = None
    by: shared.By = None
    group_by: shared.GroupBy = None
    shift: shared.Shift = None
    start: shared.Start = None
    full: shared.Full = False
    from_: shared.From = None
    keep_going: shared.KeepGoing = False
    exit_zero: shared.ExitZero = False
    watch: shared.Watch = False
    lang: shared.Lang
    color: shared.Color = "auto"

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - options of all kinds
        vars(self).update(values)


Given = TypeVar("Given", bound=Options)

REQUIRED = ("files", "what", "file")
"""The arguments, which have no default."""

SCOPE = "window tz as_of"
RULES = "method min_outage whole_minutes"
LOOKS = "lang color"


def takes(
    kind: type[Given], names: str
) -> Callable[[Callable[[Given], None]], Callable[..., None]]:
    """Make a command of a function of `kind`: it takes the options `names`, in this order.

    With `watch` among them it stays and draws again where --watch is given.
    """

    def made(function: Callable[[Given], None]) -> Callable[..., None]:
        def command(**values: Any) -> None:  # noqa: ANN401 - options of all kinds
            if not values.get("watch"):
                function(kind(**values))
                return
            from outage_cli.cli.methods import in_files
            from outage_cli.cli.watch.loop import watch

            given = kind(**values)
            inputs = [*given.files, *in_files([given.method])]
            watch(lambda: function(kind(**values)), inputs, given.output or ())

        vars(command)["__signature__"] = _signature(kind, names.split())
        command.__doc__ = function.__doc__
        return command

    return made


def _signature(kind: type[Options], names: list[str]) -> Signature:
    hints = get_type_hints(kind, include_extras=True)
    return Signature(
        [
            Parameter(
                name,
                Parameter.KEYWORD_ONLY,
                default=Parameter.empty if name in REQUIRED else getattr(kind, name, None),
                annotation=hints[name],
            )
            for name in names
        ]
    )
