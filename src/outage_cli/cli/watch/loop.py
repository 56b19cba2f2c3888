"""`--watch`: a command that stays, and draws again when a file changes or a minute has passed.

Files are looked at, not listened to: that works on every file system, in containers, and for
editors that put a new file in the place of the old one. The pace follows what a look costs.
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
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Self, TextIO

import typer

from outage_cli.cli import input_files, terminal
from outage_cli.cli.outputs import is_stdout
from outage_cli.cli.watch.live_screen import Keys, LiveScreen
from outage_cli.cli.watch.run_result import RunResult

SOON, OFTEN, RARELY, SELDOM = 0.1, 0.25, 2.0, 60.0
"""How many seconds to the next look while files are being written, while they are not, and where
there are very many; and to the next report while nothing changes but the clock."""

LOOKS, REPORTS = 50, 5
"""How many times as long as a look, and a report, takes it is at least to the next."""

YOUNG, LARGE, PATIENCE = 3.0, 1 << 26, 2.0
"""How many seconds the clock of a file system may take to tell two versions of a file apart, up to
what size a younger file is told by its content, and how long to wait for the end of writing."""


class FileStamp(NamedTuple):
    """What a file is known by: its metadata, and while it is young its content too."""

    about: tuple[int, ...]
    content: bytes | None = None

    def differs(self, other: FileStamp) -> bool:
        """Whether these are two versions of the file."""
        both = self.content is not None and other.content is not None
        return self.about != other.about or (both and self.content != other.content)


class CapturedStream(io.TextIOWrapper):
    """A stream that keeps what is written, and otherwise passes for the one it stands for."""

    def __init__(self, stream: TextIO | None, descriptor: int | None = None) -> None:
        self.kept = io.BytesIO()
        self.is_terminal = stream is not None and stream.isatty()
        self.descriptor = descriptor
        super().__init__(self.kept, getattr(stream, "encoding", None) or "utf-8", "replace")

    def isatty(self) -> bool:
        """Return what the stream says that it stands for."""
        return self.is_terminal

    def fileno(self) -> int:
        """Return the number of the terminal, if it may be drawn on past what is kept."""
        if self.descriptor is None:
            raise io.UnsupportedOperation("fileno")
        return self.descriptor

    def text(self) -> str:
        """Return what has been written."""
        self.flush()
        return self.kept.getvalue().decode(self.encoding, "replace")


def watch(command: Callable[[], None], inputs: Sequence[str], outputs: Sequence[Path]) -> None:
    """Run a command again and again, until Ctrl-C (130, SEMANTICS X) or q (0) ends it.

    `inputs` are the files and folders that it reads, `outputs` the files that it writes. Wrong
    use on the first run ends it with 2, as it does without --watch.
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
        _lasting(inputs)
        command()

    first = FileStamps(inputs, outputs)
    scene = _played(run, is_first=True)
    with _in_order(), LiveScreen(inputs, outputs) if on_terminal else WatchLog() as pane:
        stay(run, first, scene, pane)


def stay(
    run: Callable[[], None], looks: FileStamps, scene: RunResult, pane: LiveScreen | WatchLog
) -> None:
    """Draw each scene when its time has come, until the pane says that it is over."""
    pane.draw(scene)
    drawn, took = time.monotonic(), 0.0
    changing: float | None = None
    while True:
        key = pane.wait(SOON if changing else max(OFTEN, min(RARELY, looks.took * LOOKS)))
        if key is Keys.QUIT:
            return
        now = time.monotonic()
        if looks.changed():
            changing = changing or now
            if now - changing < PATIENCE:
                continue  # until it has been written
        is_due = now - drawn >= max(SELDOM, took * REPORTS)
        if changing or is_due or key is Keys.AGAIN:
            changing = None
            started = time.monotonic()
            scene = _played(run)
            pane.draw(scene)
            drawn = time.monotonic()
            took = drawn - started


def _played(run: Callable[[], None], *, is_first: bool = False) -> RunResult:
    """Return what a run says. The first one may show on stderr how far it is."""
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


def _lasting(named: Iterable[str]) -> None:
    """Refuse what can be read only once."""
    for name in named:
        if name == input_files.STDIN or not _is_lasting(Path(name)):
            what = "standard input" if name == input_files.STDIN else repr(name)
            raise typer.BadParameter(
                f"{what} can be read only once: --watch takes files and folders", param_hint="FILE"
            )


def _is_lasting(path: Path) -> bool:
    """Whether a path is a file or a folder, or may become one: nothing is there."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


class FileStamps:
    """How the files were when they were looked at last, and how many seconds a look takes."""

    def __init__(self, named: Iterable[str], outputs: Iterable[Path]) -> None:
        self.named = tuple(named)
        self.written = {os.path.realpath(path) for path in outputs}
        self.took = 0.0
        self.last = self._look()

    def changed(self) -> bool:
        """Look again, and return whether something is another than at the last look."""
        before, self.last = self.last, self._look()
        return before.keys() != self.last.keys() or any(
            look.differs(before[name]) for name, look in self.last.items()
        )

    def _look(self) -> dict[str, FileStamp]:
        started = time.perf_counter()
        found = {name: _look(name) for name in self._names()}
        self.took = time.perf_counter() - started
        return found

    def _names(self) -> Iterator[str]:
        """Yield what is named, and what lies in folders, without what this run itself writes."""
        for name in self.named:
            yield name
            if Path(name).is_dir():
                paths, _ = input_files.in_folder(Path(name))
                below = map(str, paths)
                yield from (each for each in below if os.path.realpath(each) not in self.written)


def _look(name: str) -> FileStamp:
    try:
        about = Path(name).stat()
    except OSError as error:
        return FileStamp((-1, error.errno or 0))
    except ValueError:
        return FileStamp((-1,))
    if stat.S_ISDIR(about.st_mode):
        return FileStamp((-2,))  # the names in it tell more
    # A mode that changes can make a file readable; the change of the inode tells of it.
    known = (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino, about.st_dev)
    is_young = abs(time.time() - max(about.st_mtime, about.st_ctime)) < YOUNG
    if not (is_young and stat.S_ISREG(about.st_mode) and about.st_size <= LARGE):
        return FileStamp(known)
    try:
        return FileStamp(known, blake2b(Path(name).read_bytes()).digest())
    except OSError:
        return FileStamp(known)


class WatchLog:
    """Where there is no terminal: the files are written, and stderr says what is wrong."""

    def __init__(self) -> None:
        self.told = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def draw(self, scene: RunResult) -> None:
        """Say what was not said the last time."""
        if scene.told != self.told:
            terminal.say(scene.told or "outage: all is well again\n")
            self.told = scene.told

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


@contextmanager
def _in_order() -> Iterator[None]:
    """Have a closed window (SIGHUP) or a cancelled job (SIGTERM) put the terminal right too."""
    import signal

    def leave(number: int, frame: object) -> None:
        del frame
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)
    yield
