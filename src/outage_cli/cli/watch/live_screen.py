"""The terminal as a screen that is drawn again and again, and restored at the end.

It is the alternate screen of the terminal, so that the output of the shell is there again
afterwards. A report that is longer than the screen can be scrolled.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text

from outage_cli.cli.watch.keys import Key, keys_in
from outage_cli.cli.watch.run_result import RunResult
from outage_cli.writers.page.words import visible

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H\x1b[2J", "\x1b[?7h\x1b[?25h\x1b[?1049l"
"""The alternate screen, without a cursor and without wrapping; and back."""

BEGIN, CLEAR, REST, END = "\x1b[?2026h\x1b[H", "\x1b[K", "\x1b[J", "\x1b[?2026l"
"""Around a drawing, which a terminal that knows the sequence shows at once; and between its lines.

A line is cleared before it is drawn: after a line as wide as the window, the cursor is on its last
character.
"""

LEAST_LINES = 4
ENDLESS = 1 << 40


class LiveScreen:
    """The last good report, under it the errors of the last run, and a status line."""

    def __init__(self, named: Sequence[str], outputs: Sequence[Path]) -> None:
        self.named = visible(", ".join(dict.fromkeys(named)))
        written = ", ".join(str(path) for path in outputs if str(path) != "-")
        self.written = f"written: {visible(written)}\n" if written else ""
        self.good, self.errors = "", ""
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

    def draw(self, result: RunResult) -> None:
        """Show the result of a run. Where it has nothing but errors, the last good report stays."""
        self.at = time.strftime("%H:%M:%S")
        self.is_stale = not result.is_good
        if result.is_good:
            self.good, self.drawn = result.output or self.written, self.at
        self.errors = result.errors
        self._show()

    def wait(self, seconds: float) -> Key | None:
        """Wait for a key, and return it unless it scrolls, which is done here."""
        pressed = self._pressed(seconds)
        if _size() != self.size:
            self.size = _size()
            self._show()
            return Key.AGAIN  # a table is as wide as the terminal
        for key in pressed:
            if key in {Key.QUIT, Key.AGAIN}:
                return key
            self._scroll(key)
        if pressed:
            self._show()
        return None

    def _scroll(self, key: Key) -> None:
        page = max(1, len(self._parts()[0]) - 1)
        self.top += {
            Key.UP: -1,
            Key.DOWN: 1,
            Key.PAGE_UP: -page,
            Key.PAGE_DOWN: page,
            Key.TOP: -ENDLESS,
            Key.BOTTOM: ENDLESS,
        }[key]

    def _parts(self) -> tuple[list[str], list[str], int]:
        """Return the visible lines of the report, those of errors, and how many lines are below."""
        height = max(LEAST_LINES, self.size.lines) - 1
        errors = _fitted(_errors_first(self.errors), self.size.columns)
        lines = _fitted(self.good, self.size.columns)
        most = max(height // 2, height - len(lines) - 1) if lines else height
        if len(errors) > most:
            errors = [*errors[: most - 1], f"… {len(errors) - most + 1} more lines"]
        room = height - len(errors) - bool(errors and lines)
        self.top = max(0, min(self.top, len(lines) - room))
        return lines[self.top : self.top + room], errors, len(lines) - self.top - room

    def _show(self) -> None:
        lines, errors, more = self._parts()
        height = max(LEAST_LINES, self.size.lines) - 1
        gap = [""] if errors and lines else []
        shown = [*lines, *gap, *errors]
        shown += [""] * (height - len(shown))
        status = f" {self._state()} · Ctrl-C ends"
        if more > 0 or self.top:
            status += f" · ↓ ↑ line {self.top + 1}, {max(0, more)} more below"
        status = set_cell_size(f"{status} · {self.named}", self.size.columns)
        text = "".join(f"{CLEAR}{line}\x1b[0m\r\n" for line in shown)
        _write(f"{BEGIN}{text}{REST}\x1b[7m{status}\x1b[0m{END}")

    def _state(self) -> str:
        """Return the time of the last run, then whether it failed: a narrow screen cuts the end."""
        if not self.is_stale:
            return self.at
        return f"{self.at} errors" + (f", report of {self.drawn}" if self.drawn else "")

    def _pressed(self, seconds: float) -> list[Key]:
        """Return the known keys that are pressed within some seconds, or sooner than that."""
        if not self.is_listening:
            time.sleep(seconds)
            return []
        ready, _, _ = select.select([0], [], [], seconds)
        pressed = os.read(0, 1024) if ready else b""
        self.is_listening = bool(pressed or not ready)  # else standard input is closed
        return keys_in(pressed)

    def _enter(self) -> None:
        try:
            import termios
            import tty

            self.before = termios.tcgetattr(0) if os.isatty(0) else None
            if self.before is not None:
                tty.setcbreak(0)
        except ImportError:  # on Windows there are no keys
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


def _errors_first(text: str) -> str:
    """Return the text of stderr, errors first: there may not be room for all of it."""
    blocks = text.split("\n\n")
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
