"""What a run writes: one output or several, each in its format, opened before the work begins.

A file is written beside the old one and takes its place when all outputs are whole; whatever goes
wrong before that leaves every old file as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self, TypeAlias

import typer

from outage_cli import registry
from outage_cli.cli import input_files, progress, terminal
from outage_cli.model.problem import ProblemText
from outage_cli.model.screen import Screen
from outage_cli.model.timeline import ReadResult

if TYPE_CHECKING:
    from outage_cli.cli.output_files import PendingFile

Written: TypeAlias = "str | bytes | ProblemText"
"""What a writer makes: a text, bytes, or why it cannot."""

FOR_PEOPLE = ("table", "text")
"""The formats that no program reads: their letters are those that the environment asks for."""


_KEPT: list[object] = []
"""What was written last, until the process is gone: to take a report apart first takes time."""


SUFFIXES = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".ics": "ical",
    ".json": "json",
    ".md": "markdown",
    ".mmd": "mermaid",
    ".ndjson": "ndjson",
    ".parquet": "parquet",
    ".sarif": "sarif",
    ".svg": "svg",
    ".tsv": "tsv",
    ".xml": "junit",
}
"""The format that people expect of a file by its name."""


class Output(NamedTuple):
    """A format and where it goes: a file, or standard output where `path` is None."""

    format: str
    path: Path | None

    @property
    def shown(self) -> str:
        """The output as a diagnosis names it."""
        from outage_cli.writers.page.words import visible

        return visible(str(self.path)) if self.path else "standard output"


def paired(formats: Sequence[str], paths: Sequence[Path]) -> list[Output]:
    """Return the outputs: the first format goes to the first file, the second to the second.

    Raises BadParameter where their numbers differ, or two go to one place.
    """
    if len(formats) != len(paths) and (len(formats) > 1 or paths):
        raise typer.BadParameter(
            f"{len(formats)} of -f and {len(paths)} of -o: give each format a file of its own; "
            "-o - is standard output",
            param_hint="-o",
        )
    wanted = [None if is_stdout(path) else path for path in paths] or [None]
    outputs = [Output(*each) for each in zip(formats, wanted, strict=True)]
    places = [_place(path) for path in wanted]
    for at, output in enumerate(outputs):
        if places[at] in places[:at]:
            raise typer.BadParameter(
                f"two outputs would go to {output.shown}: give each a file of its own",
                param_hint="-o",
            )
    return outputs


def is_stdout(path: Path) -> bool:
    """Whether an output is standard output by one of its names."""
    from outage_cli.cli.output_files import descriptor

    return str(path) == input_files.STDIN or descriptor(path) == 1


def _place(path: Path | None) -> object:
    """Return what tells one place from another, also where links of either kind lead there."""
    try:
        about = path and path.stat()
    except (OSError, ValueError):
        about = None
    return (about.st_dev, about.st_ino) if about else path and os.path.realpath(path)


class Outputs:
    """The outputs of a run, opened on entering and, unless delivered, gone without a trace."""

    def __init__(
        self,
        formats: Sequence[str],
        paths: Sequence[Path] | None,
        color: str,
        *,
        is_again: bool = False,
    ) -> None:
        """Pair formats and files. A run that `is_again` there leaves files that stay the same."""
        self.outputs = paired(formats, paths or ())
        self.color = color
        self.is_again = is_again
        self.drafts: dict[Output, PendingFile] = {}

    def __enter__(self) -> Self:
        """Open every file, or exit with 3 saying which one cannot be written."""
        if not any(output.path for output in self.outputs):
            return self
        from outage_cli.cli.output_files import PendingFile  # most runs write no file

        _leave_in_order()
        for output in self.outputs:
            if output.path:
                with self._diagnosed(output):
                    self.drafts[output] = PendingFile(output.path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was begun and not delivered."""
        self._drop()

    def spare(
        self,
        named: Sequence[str],
        found: Sequence[ReadResult],
        sources: Mapping[str, bytes],
        besides: Iterable[str] = (),
    ) -> None:
        """Exit with 2 where an output would take the place of what was read (`overwritten`)."""
        paths = [output.path for output in self.outputs if output.path]
        if not paths:
            return
        from outage_cli.cli.output_files import overwritten

        for path in paths:
            if overwritten(path, named, found, sources, besides):
                raise typer.BadParameter(
                    f"{str(path)!r} is a file that is read: name another one to write to",
                    param_hint="'-o' / '--output'",
                )

    def needs(self, *, full: bool = False) -> frozenset[str]:
        """Return what of a report any of the outputs shows (`registry.NEEDS`)."""
        needs = (registry.needs(output.format, full=full) for output in self.outputs)
        return frozenset().union(*needs)

    def _expected(self) -> None:
        """Say on stderr where a file will not be what its name says, for want of -f."""
        for output in self.outputs:
            name = SUFFIXES.get(output.path.suffix.lower()) if output.path else None
            if name and output.format in FOR_PEOPLE:
                about = f"{output.shown} has the {output.format} of a terminal in it"
                terminal.say(f"outage: {about}; for another format say so: -f {name}\n")

    def deliver(self, written: Callable[[str, Screen], Written]) -> None:
        """Write what `written` makes for each format and screen; exit saying what went wrong."""
        _KEPT[:] = [written]
        shown: list[tuple[Output, str | bytes]] = []
        for at, output in enumerate(self.outputs):
            screen = terminal.screen(self.color, sys.stdout, output.path)
            with progress.shown("writing") as bar:
                bar.at(at, len(self.outputs), output.format)
                text = written(output.format, screen)
            if isinstance(text, ProblemText):
                self._drop()
                raise terminal.refuse(text)
            if output.path:
                with self._diagnosed(output):
                    self.drafts[output].write(text, unless_same=self.is_again)
            else:
                shown.append((output, text))
        for output, draft in self.drafts.items():
            with self._diagnosed(output):
                draft.replace()
        self._expected()
        for output, text in shown:
            with suppress(BrokenPipeError), self._diagnosed(output):
                _show(
                    text, output.format
                )  # a reader who leaves early ends nothing: a failed check has failed (X)

    @contextmanager
    def _diagnosed(self, output: Output) -> Iterator[None]:
        """Exit with 3 and a line that says why an output cannot be written."""
        try:
            yield
        except BrokenPipeError:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            self._drop()
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            terminal.say(f"outage: cannot write {output.shown}: {reason}\n")
            raise typer.Exit(terminal.UNREADABLE) from None

    def _drop(self) -> None:
        for draft in self.drafts.values():
            draft.drop()


def writing(
    what: str, told: object, columns: tuple[str, ...] = (), *, language: str = "en"
) -> Callable[[str, Screen], Written]:
    """Return what writes a value in any of the formats that can write a `what`.

    The columns and the language that are asked for go to each format with its screen.
    """

    def written(name: str, screen: Screen) -> Written:
        module = registry.load(registry.writers(what)[name].home)
        wanted = screen._replace(columns=columns, language=language)
        text: Written = getattr(module, what)(told, wanted)
        return text

    return written


def _show(text: str | bytes, name: str) -> None:
    """Write to standard output: for people as a terminal shows it, data as UTF-8, as in a file."""
    if sys.stdout is None:
        raise OSError("it is closed")
    if isinstance(text, str):
        is_read = name in FOR_PEOPLE or sys.stdout.isatty()
        text = text.encode((is_read and sys.stdout.encoding) or "utf-8", "replace")
    elif sys.stdout.isatty():
        raise ValueError("this format is not text: name a file with -o")
    sys.stdout.flush()
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def _leave_in_order() -> None:
    """Have a job that is cancelled, or whose window is closed, remove what it has begun."""
    import signal

    def leave(number: int, frame: object) -> NoReturn:
        del frame
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            with suppress(ValueError):  # only a main thread has signals
                signal.signal(number, leave)
