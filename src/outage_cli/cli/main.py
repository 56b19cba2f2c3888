"""The way in: from argv to a command, and from whatever happens there to an exit code."""

from __future__ import annotations

import gc
import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave. A closed pipe ends it quietly, Ctrl-C with 130 (X)."""
    gc.disable()  # a run is short and makes no cycles worth the search
    try:
        from outage_cli.cli.app import app

        app(prog_name="outage")
    except SystemExit as leaving:
        leave(leaving.code)
    except KeyboardInterrupt:
        leave(INTERRUPTED)
    except BrokenPipeError:
        leave(0)


def leave(code: int | str | None) -> None:
    """Exit with what has been written flushed, where there is still somebody to read it.

    The interpreter is not taken apart: that takes longer than most reports. Whoever traces the run,
    as coverage does, gets the ordinary way out.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _redirect(stream.fileno())
    if sys.gettrace() or not isinstance(code, int | None):
        sys.exit(code)
    os._exit(code or 0)


def _redirect(descriptor: int) -> None:
    """Send what is still to be flushed nowhere: nobody reads that pipe any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


if __name__ == "__main__":
    main()
