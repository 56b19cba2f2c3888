"""What one run of a watched command says."""

from typing import NamedTuple

from outage_cli.cli import terminal


class RunResult(NamedTuple):
    """What a run had to say: on standard output, on stderr, and with its exit code."""

    text: str
    told: str
    code: int

    @property
    def is_good(self) -> bool:
        """Whether the run came to figures, also where they are bad ones."""
        if self.code in {terminal.USAGE, terminal.UNREADABLE}:
            return False
        return bool(self.text) or not self.told
