"""The way in: from argv to a command, and from whatever happens there to an exit code."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line. A closed pipe ends it quietly, Ctrl-C with 130 (SEMANTICS X)."""
    try:
        from outage_cli.cli.app import app

        app(prog_name="outage")
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except BrokenPipeError:
        _leave(0)


def _leave(code: int) -> None:
    """Exit at once, without the interpreter flushing into a pipe that nobody reads."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue  # closed already, or no file at all
    raise SystemExit(code)


if __name__ == "__main__":
    main()
