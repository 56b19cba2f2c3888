"""Mistakes in a timeline, as values: what was read, where, and what to write instead."""

from typing import NamedTuple

ERROR = "error"
WARNING = "warning"
NOTE = "note"


IN_TIMELINES = ("nothing-happened", "circular-requires", "too-many-occurrences")
"""The codes of what keeps a report from being made and lies in the timelines, not in a request."""


class Place(NamedTuple):
    """A stretch of one line of a source. Lines and columns count from 1, columns in characters.

    Line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, or as much of it as is known."""
        return ":".join([self.file, *(str(part) for part in (self.line, self.column) if part)])

    @property
    def end_column(self) -> int:
        """The first column after the place, which is at least one character wide."""
        return self.column + max(1, self.length)


class Problem(NamedTuple):
    """One thing wrong or doubtful. Its code completes the sentence "this timeline …"."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Whether figures must not be computed from what was read (SEMANTICS X)."""
        return self.severity == ERROR


LONGEST_SHOWN = 60


def shortened(text: str) -> str:
    """Return a text as a message repeats it: its first characters, if it is long."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


class ProblemText(NamedTuple):
    """A problem without a place: returned where the source is not known."""

    code: str
    message: str
    hint: str = ""
    severity: str = ERROR

    def at(self, place: Place) -> Problem:
        """Return it as a problem at `place`."""
        return Problem(self.code, self.message, place, self.hint, self.severity)
