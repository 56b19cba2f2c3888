"""`--watch`: run a command again when a file changes or a minute has passed.

Files are polled: that works on every file system, in containers, and for editors that replace the
file. The longer a check takes, the less often it is made.
"""

from __future__ import annotations

import gc
import io
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Self, TextIO

import typer

from outage_cli.cli import input_files, terminal
from outage_cli.cli.destinations import is_stdout
from outage_cli.cli.watch.file_stamps import FileStamps
from outage_cli.cli.watch.keys import Key
from outage_cli.cli.watch.live_screen import LiveScreen
from outage_cli.cli.watch.run_result import RunResult

SOON, OFTEN, RARELY, SELDOM = 0.1, 0.25, 2.0, 60.0
"""Seconds to the next check while files are being written, while they are not, and at most; and to
the next report while nothing changes but the clock."""

CHECKS, REPORTS = 50, 5
"""The least time from one check, and from one report, to the next, in units of what it takes."""

PATIENCE = 2.0
"""How many seconds to wait until a file that changes has been written."""


class CapturedStream(io.TextIOWrapper):
    """A stream that keeps what is written, and otherwise answers as the one that it replaces."""

    def __init__(self, stream: TextIO | None, descriptor: int | None = None) -> None:
        self.kept = io.BytesIO()
        self.is_terminal = stream is not None and stream.isatty()
        self.descriptor = descriptor
        super().__init__(self.kept, getattr(stream, "encoding", None) or "utf-8", "replace")

    def isatty(self) -> bool:
        """Return whether the replaced stream is a terminal."""
        return self.is_terminal

    def fileno(self) -> int:
        """Return the descriptor of the terminal, if it may be drawn on directly."""
        if self.descriptor is None:
            raise io.UnsupportedOperation("fileno")
        return self.descriptor

    def text(self) -> str:
        """Return what has been written."""
        self.flush()
        return self.kept.getvalue().decode(self.encoding, "replace")


def watch(command: Callable[[], None], inputs: Sequence[str], outputs: Sequence[Path]) -> None:
    """Run a command again and again, until Ctrl-C (130, SEMANTICS X) or q (0) ends it.

    Wrong use on the first run ends it with 2, as it does without --watch.
    `inputs` are the files and folders that it reads, `outputs` the files that it writes.
    """
    is_drawn = not outputs or any(is_stdout(path) for path in outputs)
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    if is_drawn and not (on_terminal and os.environ.get("TERM") != "dumb"):
        raise typer.BadParameter(
            "it draws on a terminal, and standard output is none that can be drawn on: "
            "name a file for each -f with -o, or leave --watch out",
            param_hint="'--watch'",
        )
    gc.enable()  # this run is a long one

    def run() -> None:
        _check_lasting(inputs)
        command()

    first = FileStamps(inputs, outputs)
    result = _result_of(run, is_first=True)
    with _in_order(), LiveScreen(inputs, outputs) if on_terminal else WatchLog() as screen:
        stay(run, first, result, screen)


def stay(
    run: Callable[[], None], stamps: FileStamps, result: RunResult, screen: LiveScreen | WatchLog
) -> None:
    """Draw a result, and run again when that is due, until the screen returns the key to quit."""
    screen.draw(result)
    drawn, took = time.monotonic(), 0.0
    changing: float | None = None
    while True:
        key = screen.wait(SOON if changing else max(OFTEN, min(RARELY, stamps.took * CHECKS)))
        if key is Key.QUIT:
            return
        now = time.monotonic()
        if stamps.changed():
            changing = changing or now
            if now - changing < PATIENCE:
                continue  # until it has been written
        is_due = now - drawn >= max(SELDOM, took * REPORTS)
        if changing or is_due or key is Key.AGAIN:
            changing = None
            started = time.monotonic()
            screen.draw(_result_of(run))
            drawn = time.monotonic()
            took = drawn - started


def _result_of(run: Callable[[], None], *, is_first: bool = False) -> RunResult:
    """Return the result of a run. The first one may show its progress on stderr."""
    code = 0
    out, err = CapturedStream(sys.stdout), CapturedStream(sys.stderr, 2 if is_first else None)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            run()
        except typer.Exit as leaving:
            code = leaving.exit_code
        except typer.BadParameter as wrong:
            if is_first:
                raise
            code = wrong.exit_code
            terminal.say(f"outage: {wrong.format_message()}\n")
    return RunResult(out.text(), err.text(), code)


def _check_lasting(named: Iterable[str]) -> None:
    """Raise BadParameter for a file that can be read only once."""
    for name in named:
        if name == input_files.STDIN or not _is_lasting(Path(name)):
            what = "standard input" if name == input_files.STDIN else repr(name)
            raise typer.BadParameter(
                f"{what} can be read only once: --watch takes files and folders", param_hint="FILE"
            )


def _is_lasting(path: Path) -> bool:
    """Return whether a path is a file or a folder, or does not exist yet."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


class WatchLog:
    """Where there is no terminal: files are written, and errors go to stderr."""

    def __init__(self) -> None:
        self.errors = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def draw(self, result: RunResult) -> None:
        """Write the errors of a run, if they are not those of the last one."""
        if result.errors != self.errors:
            terminal.say(result.errors or "outage: all is well again\n")
            self.errors = result.errors

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


@contextmanager
def _in_order() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit, so that the terminal is restored."""
    import signal

    def leave(number: int, frame: object) -> None:
        del frame
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)
    yield
