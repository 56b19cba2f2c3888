"""The result of one run of a watched command."""

from typing import NamedTuple

from outage_cli.cli import terminal


class RunResult(NamedTuple):
    """The text on standard output and on stderr, and the exit code."""

    output: str
    errors: str
    code: int

    @property
    def is_good(self) -> bool:
        """Return whether the run has a report, also where a check in it failed."""
        if self.code in {terminal.USAGE, terminal.UNREADABLE}:
            return False
        return bool(self.output) or not self.errors
