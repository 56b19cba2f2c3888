"""The outputs of a run, each in its format, opened before the work begins.

A file is written beside the old one and replaces it when all outputs are complete; an error before
that leaves every old file as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self, TypeAlias

import typer

from outage_cli import registry
from outage_cli.cli import progress, terminal
from outage_cli.cli.destinations import FOR_PEOPLE, SUFFIXES, Output, paired
from outage_cli.model.problem import ProblemText
from outage_cli.model.screen import Screen
from outage_cli.model.timeline import ReadResult

if TYPE_CHECKING:
    from outage_cli.cli.output_files import PendingFile

Written: TypeAlias = "str | bytes | ProblemText"
"""The result of a writer: a text, bytes, or the problem that prevents it."""

_KEPT: list[object] = []
"""Keeps the last report until the process ends, because freeing it takes time."""


class Outputs:
    """The outputs of a run, opened on entering; without `deliver` no trace is left of them."""

    def __init__(
        self,
        formats: Sequence[str],
        paths: Sequence[Path] | None,
        color: str,
        *,
        is_again: bool = False,
    ) -> None:
        """Pair formats and files. With `is_again`, files whose content is the same are kept."""
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
        """Remove the drafts that were not delivered."""
        self._drop()

    def spare(
        self,
        named: Sequence[str],
        results: Sequence[ReadResult],
        sources: Mapping[str, bytes],
        besides: Iterable[str] = (),
    ) -> None:
        """Exit with 2 where an output would replace an input (`overwritten`)."""
        paths = [output.path for output in self.outputs if output.path]
        if not paths:
            return
        from outage_cli.cli.output_files import overwritten

        for path in paths:
            if overwritten(path, named, results, sources, besides):
                raise typer.BadParameter(
                    f"{str(path)!r} is a file that is read: name another one to write to",
                    param_hint="'-o' / '--output'",
                )

    def needs(self, *, full: bool = False) -> frozenset[str]:
        """Return the parts of a report that any of the outputs shows (`registry.NEEDS`)."""
        needs = (registry.needs(output.format, full=full) for output in self.outputs)
        return frozenset().union(*needs)

    def _note_suffixes(self) -> None:
        """Say on stderr which files have another format than their suffix suggests."""
        for output in self.outputs:
            suggested = SUFFIXES.get(output.path.suffix.lower()) if output.path else None
            if suggested and output.format in FOR_PEOPLE:
                about = f"{output.name} has the {output.format} of a terminal in it"
                terminal.say(f"outage: {about}; for another format say so: -f {suggested}\n")

    def deliver(self, write: Callable[[str, Screen], Written]) -> None:
        """Write what `write` returns for each format and screen; exit with a message on errors."""
        _KEPT[:] = [write]
        printed: list[tuple[Output, str | bytes]] = []
        for at, output in enumerate(self.outputs):
            screen = terminal.screen(self.color, sys.stdout, output.path)
            with progress.shown("writing") as bar:
                bar.at(at, len(self.outputs), output.format)
                text = write(output.format, screen)
            if isinstance(text, ProblemText):
                self._drop()
                raise terminal.refuse(text)
            if output.path:
                with self._diagnosed(output):
                    self.drafts[output].write(text, unless_same=self.is_again)
            else:
                printed.append((output, text))
        for output, draft in self.drafts.items():
            with self._diagnosed(output):
                draft.replace()
        self._note_suffixes()
        for output, text in printed:
            # Where the reader leaves early, the exit code stays that of the command (SEMANTICS X).
            with suppress(BrokenPipeError), self._diagnosed(output):
                _print(text, output.format)

    @contextmanager
    def _diagnosed(self, output: Output) -> Iterator[None]:
        """Exit with 3 and a message where an output cannot be written."""
        try:
            yield
        except BrokenPipeError:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            self._drop()
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            terminal.say(f"outage: cannot write {output.name}: {reason}\n")
            raise typer.Exit(terminal.UNREADABLE) from None

    def _drop(self) -> None:
        for draft in self.drafts.values():
            draft.drop()


def writing(
    kind: str, value: object, columns: tuple[str, ...] = (), *, language: str = "en"
) -> Callable[[str, Screen], Written]:
    """Return the function that writes a value of a kind (`registry.Writer`) in a format.

    The columns and the language go to each format with its screen.
    """

    def write(format_name: str, screen: Screen) -> Written:
        module = registry.load(registry.writers(kind)[format_name].home)
        text: Written = getattr(module, kind)(
            value, screen._replace(columns=columns, language=language)
        )
        return text

    return write


def _print(text: str | bytes, format_name: str) -> None:
    """Write to standard output: text for people in the encoding of the terminal, data as UTF-8."""
    if sys.stdout is None:
        raise OSError("it is closed")
    if isinstance(text, str):
        is_read = format_name in FOR_PEOPLE or sys.stdout.isatty()
        text = text.encode((is_read and sys.stdout.encoding) or "utf-8", "replace")
    elif sys.stdout.isatty():
        raise ValueError("this format is not text: name a file with -o")
    sys.stdout.flush()
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def _leave_in_order() -> None:
    """Turn SIGTERM and SIGHUP into SystemExit, so that drafts are removed."""
    import signal

    def leave(number: int, frame: object) -> NoReturn:
        del frame
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            with suppress(ValueError):  # only a main thread has signals
                signal.signal(number, leave)
