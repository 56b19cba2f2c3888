"""A parsed file before it means anything: nested values, as written, and the way to their places.

Every scalar is the text that stands in the file: `22:00` is never 1320 and `no` is never False.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem, Trouble

Value: TypeAlias = "str | None | list[Value] | dict[str, Value]"
Way: TypeAlias = tuple[Key, ...]
"""The keys and indices that lead from the top of a document to a value in it."""

DEEPEST = 32
"""Values nested deeper than this are no timeline; the limit keeps every walk off the stack's end."""

TOO_DEEP = Trouble(
    "too-deep", f"is nested more than {DEEPEST} levels deep", "a timeline needs five or six"
)


class Document(NamedTuple):
    """What a parser made of a file. `find(way, of_key)` is the place of a value, or of its key."""

    data: Value
    find: Callable[[Way, bool], Place]
    problems: tuple[Problem, ...] = ()


def written(value: object) -> str:
    """Return how a file would have written a scalar that a parser has turned into an object."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
