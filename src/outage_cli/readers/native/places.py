"""Where keys and values stand in a text, for parsers that do not tell.

Nothing is scanned until somebody asks; then one scan answers every question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, TypeAlias, cast

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem, ProblemText
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Value, Way
from outage_cli.readers.source import Text


class Branch(dict[Key, "Spot"]):
    """The offsets of what is in a mapping (of its keys) or in a list (of its elements)."""

    __slots__ = ("start",)

    def __init__(self, start: int) -> None:
        """Begin at the offset of the key before it, or of itself where it has none."""
        self.start = start


Spot: TypeAlias = int | Branch


class Scan(NamedTuple):
    """A tree of offsets in the shape of a document, and the keys that stood there before."""

    top: Spot
    repeated: list[tuple[str, int]]


class Notation(NamedTuple):
    """How a format is written, in patterns that are compiled when they are needed.

    `key` matches from a key, its first group, to its value; `token` matches a scalar, a bracket or
    a comment, also a text that is never closed.
    """

    scan: Callable[[str], Scan]
    key: str
    token: str

    def opened(self, text: str) -> list[int]:
        """Return the offsets of the brackets open at the end, or where one is too deep."""
        found: list[int] = []
        for token in re.finditer(self.token, text):
            if token[0] in {"[", "{"}:
                found.append(token.start())
            elif token[0] in {"]", "}"} and found:
                found.pop()
            if len(found) > DEEPEST:
                break
        return found

    def too_deep(self, text: Text) -> Problem:
        """Return the problem of a text that is known to be nested too deep."""
        found = self.opened(text.text)
        place = text.place(found[-1]) if len(found) > DEEPEST else Place(text.name)
        return TOO_DEEP.at(place)


class Places:
    """The places in one valid text."""

    def __init__(self, text: Text, notation: Notation) -> None:
        self.text, self.notation = text, notation

    @cached_property
    def scan(self) -> Scan:
        """The one scan of the text."""
        return self.notation.scan(self.text.text)

    def find(self, way: Way, of_key: bool) -> Place:  # noqa: FBT001 - the form of Document.find
        """Return the place of the value at the end of a way, or of the key before it."""
        start, end = self._span(way, of_key=of_key)
        return self.text.place(start, end - start) if end else Place(self.text.name)

    def source(self, way: Way) -> str:
        """Return a scalar as it is written."""
        start, end = self._span(way, of_key=False)
        return self.text.text[start:end]

    def problems(self) -> tuple[Problem, ...]:
        """Return the keys that stand twice, in the order of the text."""
        return tuple(self.twice(key, start) for key, start in self.scan.repeated)

    def twice(self, key: str, start: int) -> Problem:
        """Return the problem of a second key at `start`."""
        found = re.compile(self.notation.key).match(self.text.text, start)
        place = self.text.place(start, len(found[1]) if found else len(key))
        return ProblemText(
            "duplicate-key", f"has the key `{key}` twice here", "merge the two, or rename one"
        ).at(place)

    def _span(self, way: Way, *, of_key: bool) -> tuple[int, int]:
        """Return where the thing at the end of a way starts and ends; 0 and 0 if it has no text.

        A way that leads on to nothing ends where it leads to. A list or mapping stands where the
        first thing in it does.
        """
        whole, spot, has_key = self.text.text, self.scan.top, False
        for step in way:
            if not isinstance(spot, Branch) or step not in spot:
                break
            spot, has_key = spot[step], isinstance(step, str)
        of_key = of_key and has_key
        while not of_key and isinstance(spot, Branch) and spot:
            step = next(iter(spot))
            spot, of_key = spot[step], isinstance(step, str)
            has_key = of_key
        start = spot.start if isinstance(spot, Branch) else spot
        key = re.compile(self.notation.key).match(whole, start) if has_key else None
        if key and (of_key or key.end() == key.end(1)):  # the header of an empty table is its key
            return key.span(1)
        found = re.compile(self.notation.token).match(whole, key.end() if key else start)
        return found.span() if found else (0, 0)


def settled(data: object, source: Callable[[Way], str], way: Way = ()) -> Value:
    """Put text, in place, for every scalar that a parser has turned into an object.

    Raises RecursionError where values are nested too deep.
    """
    if data is None or isinstance(data, str):
        return data
    if isinstance(data, bool):
        return "true" if data else "false"
    if not isinstance(data, (dict, list)):
        return source(way)
    if len(way) == DEEPEST and data:
        raise RecursionError
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if not isinstance(value, str):  # most of them are
            data[key] = settled(value, source, (*way, key))
    return cast("Value", data)
