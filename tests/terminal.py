"""A pseudo-terminal with the tool in it: it is drawn on, typed at and resized as by a person."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from pathlib import Path

from outage_cli.cli.watch import live_screen
from tests.cli.test_outputs import OUTAGE

LIMIT = 120
"""How many seconds a loaded machine may take for a step."""

ESCAPE = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]")


class Terminal:
    """A pseudo-terminal with the tool in it. `frame` is the last picture that was drawn whole."""

    def __init__(
        self,
        *arguments: str,
        cwd: Path,
        lines: int = 30,
        columns: int = 100,
        ambient: Mapping[str, str] | None = None,
    ) -> None:
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(self.master)
        self.resize(lines, columns)

        def control() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        away = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CI"}
        kept = {name: value for name, value in os.environ.items() if name not in away}
        self.process = subprocess.Popen(
            [*OUTAGE, *arguments],
            cwd=cwd,
            env={**kept, "TERM": "xterm-256color", **(ambient or {})},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=control,  # noqa: PLW1509 - there are no threads
        )
        os.close(slave)
        self.seen = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()

    def resize(self, lines: int, columns: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    @property
    def frame(self) -> str:
        """The last picture that was drawn whole, without colours."""
        whole = self.seen.rpartition(live_screen.END)[0].rpartition(live_screen.BEGIN)[2]
        return ESCAPE.sub("", whole).replace("\r", "")

    def read(self) -> None:
        """Take in what is drawn, if there is something."""
        ready, _, _ = select.select([self.master], [], [], 0.2)
        try:
            self.seen += self.decoder.decode(os.read(self.master, 1 << 16)) if ready else ""
        except OSError:  # the other end is closed
            return

    def wait_for(self, *texts: str, without: str = "\0") -> str:
        """Return the picture that has these texts, once it is there."""
        deadline = time.monotonic() + LIMIT
        while not (all(text in self.frame for text in texts) and without not in self.frame):
            assert time.monotonic() < deadline, f"{texts} is not in:\n{self.frame}\n{self.seen!r}"
            self.read()
        return self.frame

    def end(self) -> int:
        """Return the exit code, once everything has been read."""
        deadline = time.monotonic() + LIMIT
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            self.read()
        for _ in range(3):
            self.read()
        return self.process.returncode

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
