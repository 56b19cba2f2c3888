"""A parsed file: nested values, as they are written, and how to find their places.

Every scalar is the text that stands in the file: `22:00` is never 1320 and `no` is never False.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem, ProblemText

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Way: TypeAlias = tuple[Key, ...]
"""The keys and indices that lead from the top of a document to a value in it."""

CLOSED_BY = {"[": "]", "{": "}"}
"""What closes each bracket, in every notation."""

DEEPEST = 32
"""How deep values may be nested. The limit keeps every walk from the end of the stack."""

TOO_DEEP = ProblemText(
    "too-deep", f"is nested more than {DEEPEST} levels deep", "a timeline needs five or six"
)


class Line(NamedTuple):
    """An event with a time, a text and one state of one service, as most events are.

    It stands for a mapping, and takes less time and memory.
    """

    at: str
    what: str
    state: str
    service: str

    @property
    def mapping(self) -> "dict[str, Value]":
        """The event as a mapping."""
        return {"at": self.at, "what": self.what, self.state: self.service}


class Document(NamedTuple):
    """The parsed file. `find(way, of_key)` returns the place of a value, or of its key.

    `raw` are the values, in which an event may be a `Line`; `data` has mappings only. `line(way)`
    returns the line of a value, if that is cheaper to find than its place.
    """

    raw: Value
    find: Callable[[Way, bool], Place]
    problems: tuple[Problem, ...] = ()
    line: Callable[[Way], int] | None = None

    @property
    def data(self) -> Value:
        """The values of the file, with every event as a mapping."""
        top = self.raw
        events = top.get("events") if isinstance(top, dict) else None
        if not isinstance(top, dict) or not isinstance(events, list):
            return top
        return top | {"events": [_as_mapping(event) for event in events]}


def _as_mapping(event: "Value | Line") -> Value:
    return event.mapping if isinstance(event, Line) else event
