"""A parsed file before it means anything: nested values, as written, and the way to their places.

Every scalar is the text that stands in the file: `22:00` is never 1320 and `no` is never False.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem, Trouble

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Way: TypeAlias = tuple[Key, ...]
"""The keys and indices that lead from the top of a document to a value in it."""

DEEPEST = 32
"""No timeline nests as deep as this; the limit keeps every walk away from the stack's end."""

TOO_DEEP = Trouble(
    "too-deep", f"is nested more than {DEEPEST} levels deep", "a timeline needs five or six"
)


class Document(NamedTuple):
    """What a parser made of a file. `find(way, of_key)` is the place of a value, or of its key.

    `line(way)` is the line of a value, where that can be had for less than its place.
    """

    data: Value
    find: Callable[[Way, bool], Place]
    problems: tuple[Problem, ...] = ()
    line: Callable[[Way], int] | None = None
