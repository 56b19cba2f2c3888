"""A parsed file before it means anything: nested values, as written, and the way to their places.

Every scalar is the text that stands in the file: `22:00` is never 1320 and `no` is never False.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem, ProblemText

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Way: TypeAlias = tuple[Key, ...]
"""The keys and indices that lead from the top of a document to a value in it."""

DEEPEST = 32
"""No timeline nests as deep as this; the limit keeps every walk away from the stack's end."""

TOO_DEEP = ProblemText(
    "too-deep", f"is nested more than {DEEPEST} levels deep", "a timeline needs five or six"
)


class Line(NamedTuple):
    """An event with a time, a text and one state of one service, as most events are.

    It stands for a mapping and takes less time and memory, as a timeline may have many.
    """

    at: str
    what: str
    state: str
    service: str

    @property
    def mapping(self) -> "dict[str, Value]":
        """It as any other event is told."""
        return {"at": self.at, "what": self.what, self.state: self.service}


class Document(NamedTuple):
    """What a parser made of a file. `find(way, of_key)` is the place of a value, or of its key.

    `raw` are its values, with a `Line` for many an event; `data` has mappings only. `line(way)` is
    the line of a value, where that can be had for less than its place.
    """

    raw: Value
    find: Callable[[Way, bool], Place]
    problems: tuple[Problem, ...] = ()
    line: Callable[[Way], int] | None = None

    @property
    def data(self) -> Value:
        """The values of the file, as any notation has them."""
        top = self.raw
        events = top.get("events") if isinstance(top, dict) else None
        if not isinstance(top, dict) or not isinstance(events, list):
            return top
        return top | {"events": [_plain(each) for each in events]}


def _plain(event: "Value | Line") -> Value:
    return event.mapping if isinstance(event, Line) else event
