"""The way in: from argv to a command, and from whatever happens there to an exit code."""

from __future__ import annotations

import gc
import os
import sys

UNWRITABLE, INTERRUPTED, BUG = 3, 130, 70


def main() -> None:
    """Run the command line and leave. A closed pipe ends it quietly, Ctrl-C with 130 (X)."""
    gc.disable()  # a run is short and makes no cycles worth the search
    try:
        from outage_cli.cli.app import app

        app(prog_name="outage")
    except SystemExit as leaving:  # Typer makes 1, "a check failed", of a closed pipe
        leave(0 if isinstance(leaving.__context__, BrokenPipeError) else leaving.code)
    except KeyboardInterrupt:
        leave(INTERRUPTED)
    except BrokenPipeError as error:  # wrong use stays wrong use where nobody reads about it
        leave(getattr(error.__context__, "exit_code", 0))
    except OSError as error:  # Typer prints help and version by itself
        _say(f"outage: cannot write standard output: {error.strerror or error}\n")
        leave(UNWRITABLE)
    except Exception as error:
        if os.environ.get("OUTAGE_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        _say(f"outage: this is a bug in outage, not in your file: {reason}\n")
        _say(" = hint: report it with what OUTAGE_DEBUG=1 prints\n")
        leave(BUG)


def leave(code: int | str | None) -> None:
    """Exit with what has been written flushed, where there is still somebody to read it.

    The interpreter is not torn down, which takes longer than most reports. Under a tracer such as
    coverage the exit is the ordinary one.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is None:  # closed by whoever started us
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            _redirect(stream.fileno())
    if sys.gettrace() or not isinstance(code, int | None):
        sys.exit(code)
    os._exit(code or 0)


def _say(text: str) -> None:
    try:
        sys.stderr.write(text)
    except (AttributeError, OSError):
        return  # nobody listens


def _redirect(descriptor: int) -> None:
    """Send what is still to be flushed nowhere: nobody reads that pipe any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


if __name__ == "__main__":
    main()
