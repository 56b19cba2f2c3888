"""How far a long run is: a line on stderr that comes late, and is gone when the run goes on.

It is drawn when the alarm of the system goes off, by the run itself: a short run has no thread and
imports nothing, a long one does no more than note where it is. Pipes, CI and dumb terminals never
see it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

DELAY, PACE = 0.7, 0.2
"""After how many seconds a run is a long one, and how often it is drawn then."""

CELLS, FIRST_WIDE = 24, 0x1100
"""How long a bar is, and the first character that may take two columns."""

ERASE = "\r\x1b[K"


class Bar:
    """What is being done, and how much of it is done: `done` of `total`, with `name` in work.

    A bar without a total has no end that is known: it says how long it has taken.
    """

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.done, self.total, self.name = 0, 0, ""
        self.is_quiet = False
        self.is_drawn = False

    def at(self, done: int, total: int, name: str) -> None:
        """Note where the work is."""
        self.done, self.total, self.name = done, total, name

    def line(self, seconds: float, width: int) -> str:
        """Return the line, cut to a width in columns."""
        named = "".join(character if character.isprintable() else "?" for character in self.name)
        text = f"{self.doing} {named}".rstrip()
        if self.total > 1:
            filled = CELLS * self.done // self.total
            bar = "#" * filled + "." * (CELLS - filled)
            text = f"[{bar}] {self.done} of {self.total}, {seconds:.0f} s: {text}"
        else:
            text += f" … {seconds:.0f} s"
        return _cut(text, width - 1)


class _Run:
    """When the first stage of this run has begun, on the clock that never goes back."""

    began: float | None = None


@contextmanager
def shown(doing: str) -> Iterator[Bar]:
    """Show a stage of the work, such as "reading", for as long as it is in work."""
    bar = Bar(doing)
    _Run.began = began = _Run.began or time.monotonic()
    terminal = _terminal()
    if terminal is None:
        yield bar
        return
    import signal

    def draw(number: int, frame: FrameType | None) -> None:
        """Draw past all buffers: the run may be in the middle of filling one."""
        del number, frame
        if bar.is_quiet:
            return
        with suppress(OSError):
            width = os.get_terminal_size(terminal).columns or 80  # 0 where nobody has told it
            line = bar.line(time.monotonic() - began, width)
            bar.is_drawn = True  # before it is: Ctrl-C may come in between
            os.write(terminal, f"{ERASE}{line}".encode(sys.stderr.encoding, "replace"))

    try:
        before = signal.signal(signal.SIGALRM, draw)
    except ValueError:  # only a main thread has signals
        yield bar
        return
    wait = max(0.001, began + DELAY - time.monotonic())
    signal.setitimer(signal.ITIMER_REAL, wait, PACE)
    try:
        yield bar
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if bar.is_drawn:
            with suppress(OSError):
                os.write(terminal, ERASE.encode())


def _terminal() -> int | None:
    """Return the terminal that stderr is, by its number, if somebody may look at it."""
    if sys.stderr is None or not sys.stderr.isatty() or os.name != "posix":
        return None
    if os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return None
    with suppress(OSError, ValueError):
        return sys.stderr.fileno()
    return None


def _cut(text: str, width: int) -> str:
    """Return as much of a text as surely fits: a line that wraps could not be erased."""
    taken = 0
    for at, character in enumerate(text):
        taken += 2 if ord(character) >= FIRST_WIDE and character != "…" else 1
        if taken > width:
            return text[:at]
    return text
