"""A terminal that is drawn on from the top, again and again, and left as it was found.

It is drawn on the second screen that terminals keep for that, so that what a shell showed before is
there again afterwards. A report that is longer than the screen can be scrolled.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, Self

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text

from outage_cli.cli.watch.run_result import RunResult
from outage_cli.writers.page.words import visible

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H\x1b[2J", "\x1b[?7h\x1b[?25h\x1b[?1049l"
"""The second screen, without a cursor and without wrapping; and back."""

BEGIN, CLEAR, REST, END = "\x1b[?2026h\x1b[H", "\x1b[K", "\x1b[J", "\x1b[?2026l"
"""A picture is shown at once, where the terminal knows how. What was there is cleared before a line
is drawn, not after it: when a line has filled the window the cursor stands on its last sign.
"""

LEAST_LINES = 4
ENDLESS = 1 << 40


class Keys(Enum):
    """What somebody at the terminal wants; AGAIN too where it has another size."""

    QUIT, AGAIN, UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM = range(8)


KEYS = {
    b"q": Keys.QUIT,
    b"\x04": Keys.QUIT,
    b"r": Keys.AGAIN,
    b"\x0c": Keys.AGAIN,
    b"k": Keys.UP,
    b"\x1b[A": Keys.UP,
    b"\x1bOA": Keys.UP,
    b"j": Keys.DOWN,
    b"\n": Keys.DOWN,
    b"\x1b[B": Keys.DOWN,
    b"\x1bOB": Keys.DOWN,
    b"b": Keys.PAGE_UP,
    b"\x1b[5~": Keys.PAGE_UP,
    b" ": Keys.PAGE_DOWN,
    b"\x1b[6~": Keys.PAGE_DOWN,
    b"g": Keys.TOP,
    b"\x1b[H": Keys.TOP,
    b"\x1b[1~": Keys.TOP,
    b"G": Keys.BOTTOM,
    b"\x1b[F": Keys.BOTTOM,
    b"\x1b[4~": Keys.BOTTOM,
}


KEY = re.compile(rb"\x1b(?:\[[0-9;]*[~A-Za-z]|O[A-Z])|.", re.DOTALL)


class LiveScreen:
    """The screen: the last good report, under it what is wrong now, and a line about both."""

    def __init__(self, named: Sequence[str], outputs: Sequence[Path]) -> None:
        self.named = visible(", ".join(dict.fromkeys(named)))
        written = ", ".join(str(path) for path in outputs if str(path) != "-")
        self.written = f"written: {visible(written)}\n" if written else ""
        self.good, self.told = "", ""
        self.drawn = self.at = ""
        self.is_stale = False
        self.top = 0
        self.size = _size()
        self.before: Any = None
        self.is_listening = False
        self.handler: Any = None

    def __enter__(self) -> Self:
        if hasattr(signal, "SIGTSTP"):
            self.handler = signal.signal(signal.SIGTSTP, self._stopped)
        try:
            self._enter()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        impatient = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C twice leaves nothing
        self._leave()
        signal.signal(signal.SIGINT, impatient)
        if hasattr(signal, "SIGTSTP"):
            signal.signal(signal.SIGTSTP, self.handler)

    def draw(self, scene: RunResult) -> None:
        """Show what a run said. Where it has nothing but errors, the last good report stays."""
        self.at = time.strftime("%H:%M:%S")
        self.is_stale = not scene.is_good
        if scene.is_good:
            self.good, self.drawn = scene.text or self.written, self.at
        self.told = scene.told
        self._show()

    def wait(self, seconds: float) -> Keys | None:
        """Wait for a key, and return it unless it is about scrolling, which is done here."""
        pressed = self._pressed(seconds)
        if _size() != self.size:
            self.size = _size()
            self._show()
            return Keys.AGAIN  # the width of a table is made to measure
        for key in pressed:
            if key in {Keys.QUIT, Keys.AGAIN}:
                return key
            self._scroll(key)
        if pressed:
            self._show()
        return None

    def _scroll(self, key: Keys) -> None:
        page = max(1, len(self._parts()[0]) - 1)
        self.top += {
            Keys.UP: -1,
            Keys.DOWN: 1,
            Keys.PAGE_UP: -page,
            Keys.PAGE_DOWN: page,
            Keys.TOP: -ENDLESS,
            Keys.BOTTOM: ENDLESS,
        }[key]

    def _parts(self) -> tuple[list[str], list[str], int]:
        """Return the lines of the report that are seen, those under it, and how many are left."""
        height = max(LEAST_LINES, self.size.lines) - 1
        told = _fitted(_errors_first(self.told), self.size.columns)
        lines = _fitted(self.good, self.size.columns)
        most = max(height // 2, height - len(lines) - 1) if lines else height
        if len(told) > most:
            told = [*told[: most - 1], f"… {len(told) - most + 1} more lines"]
        room = height - len(told) - bool(told and lines)
        self.top = max(0, min(self.top, len(lines) - room))
        return lines[self.top : self.top + room], told, len(lines) - self.top - room

    def _show(self) -> None:
        lines, told, more = self._parts()
        height = max(LEAST_LINES, self.size.lines) - 1
        gap = [""] if told and lines else []
        shown = [*lines, *gap, *told]
        shown += [""] * (height - len(shown))
        status = f" {self._state()} · Ctrl-C ends"
        if more > 0 or self.top:
            status += f" · ↓ ↑ line {self.top + 1}, {max(0, more)} more below"
        status = set_cell_size(f"{status} · {self.named}", self.size.columns)
        text = "".join(f"{CLEAR}{line}\x1b[0m\r\n" for line in shown)
        _write(f"{BEGIN}{text}{REST}\x1b[7m{status}\x1b[0m{END}")

    def _state(self) -> str:
        """Return when what was done, the more urgent the earlier: a narrow screen cuts the rest."""
        if not self.is_stale:
            return self.at
        return f"{self.at} errors" + (f", report of {self.drawn}" if self.drawn else "")

    def _pressed(self, seconds: float) -> list[Keys]:
        """Return the keys that are pressed while so many seconds go by, if they are known."""
        if not self.is_listening:
            time.sleep(seconds)
            return []
        ready, _, _ = select.select([0], [], [], seconds)
        pressed = os.read(0, 1024) if ready else b""
        self.is_listening = bool(pressed or not ready)  # else nobody is there any more
        return [KEYS[each] for each in KEY.findall(pressed) if each in KEYS]

    def _enter(self) -> None:
        try:
            import termios
            import tty

            self.before = termios.tcgetattr(0) if os.isatty(0) else None
            if self.before is not None:
                tty.setcbreak(0)
        except ImportError:  # of another family of systems: there are no keys
            self.before = None
        self.is_listening = self.before is not None
        _write(ENTER)

    def _leave(self) -> None:
        with suppress(OSError):  # the window may be closed
            _write(LEAVE)
        if self.before is not None:
            import termios

            with suppress(OSError, termios.error):
                termios.tcsetattr(0, termios.TCSADRAIN, self.before)

    def _stopped(self, number: int, frame: object) -> None:
        """Ctrl-Z: give the terminal back, stop, and draw again when it goes on."""
        del frame
        self._leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._stopped)
        self._enter()
        self.size = _size()
        self._show()


def _errors_first(told: str) -> str:
    """Return what stderr says, the errors first: there may not be room for all of it."""
    blocks = told.split("\n\n")
    return "\n\n".join(sorted(blocks, key=lambda block: "error[" not in block.partition("\n")[0]))


def _fitted(text: str, width: int) -> list[str]:
    """Return lines that fit a screen; those that do not are wrapped, with their colours."""
    console = Console(
        width=width, force_terminal=True, color_system="standard", legacy_windows=False
    )
    fitted: list[str] = []
    for line in text.rstrip("\n").split("\n") if text else ():
        styled = Text.from_ansi(line) if 2 * len(line) > width else None
        if styled is None or styled.cell_len <= width:
            fitted.append(line)
            continue
        with console.capture() as written:
            console.print(styled, soft_wrap=False)
        fitted += written.get().rstrip("\n").split("\n")
    return fitted


def _size() -> os.terminal_size:
    """Return the size of the terminal in columns and lines: 80 × 24 where it is not known."""
    size = os.get_terminal_size(1)
    return os.terminal_size((size.columns or 80, size.lines or 24))


def _write(text: str) -> None:
    """Write to the terminal past all buffers: a handler of signals may be what writes."""
    data = text.encode(sys.stdout.encoding or "utf-8", "replace")
    while data:
        data = data[os.write(1, data) :]
