"""Where keys and values stand in a text, for parsers that do not say.

Nothing is scanned before a place is needed; then one scan finds them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, TypeAlias, cast

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem, ProblemText
from outage_cli.readers.document import CLOSED_BY, DEEPEST, TOO_DEEP, Value, Way
from outage_cli.readers.source import Text


class Branch(dict[Key, "Position"]):
    """The offsets of the keys of a mapping, or of the elements of a list."""

    __slots__ = ("start",)

    def __init__(self, start: int) -> None:
        """Begin at the offset of its key, or of itself where it has none."""
        self.start = start


Position: TypeAlias = int | Branch


class Scan(NamedTuple):
    """A tree of offsets in the shape of a document, and the keys that stand twice."""

    top: Position
    repeated: list[tuple[str, int]]


class Scanner:
    """One pass over a text, with the mapping or list at which it has arrived, and those above."""

    def __init__(self) -> None:
        self.top = self.here = Branch(0)
        self.above: list[Branch] = []
        self.repeated: list[tuple[str, int]] = []

    def add(self, branch: Branch, key: Key, start: int, opened: str | None) -> Branch:
        """Note a key or an element, enter a bracket that opens there, and return `here`."""
        position = Branch(start) if opened else start
        if isinstance(key, str) and key in branch:
            self.repeated.append((key, start))
        else:
            branch[key] = position
        if isinstance(position, Branch):
            self.above.append(self.here)
            self.here = position
        return self.here

    def close(self) -> Branch:
        """Leave a bracket that is closed, and return `here`."""
        self.here = self.above.pop()
        return self.here


class Notation(NamedTuple):
    """How a format is written, in patterns that are compiled when they are needed.

    `key` matches a key, its first group, and what follows up to its value; `token` matches a
    scalar, a bracket or a comment, also a text that is never closed.
    """

    scan: Callable[[str], Scan]
    key: str
    token: str

    def opened(self, text: str) -> list[int]:
        """Return the offsets of the brackets open at the end, or where one is too deep."""
        opened: list[int] = []
        for token in re.finditer(self.token, text):
            if token[0] in CLOSED_BY:
                opened.append(token.start())
            elif token[0] in {"]", "}"} and opened:
                opened.pop()
            if len(opened) > DEEPEST:
                break
        return opened

    def too_deep(self, text: Text) -> Problem:
        """Return the problem of a text that is known to be nested too deep."""
        opened = self.opened(text.text)
        place = text.place(opened[-1]) if len(opened) > DEEPEST else Place(text.name)
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
        """Return a problem for each key that stands twice, in the order of the text."""
        return tuple(self.repeated_key(key, start) for key, start in self.scan.repeated)

    def repeated_key(self, key: str, start: int) -> Problem:
        """Return the problem of a second key at `start`."""
        match = re.compile(self.notation.key).match(self.text.text, start)
        place = self.text.place(start, len(match[1]) if match else len(key))
        return ProblemText(
            "duplicate-key", f"has the key `{key}` twice here", "merge the two, or rename one"
        ).at(place)

    def _span(self, way: Way, *, of_key: bool) -> tuple[int, int]:
        """Return where the value at the end of a way starts and ends; 0 and 0 if it has no text.

        A way that does not exist to its end counts as far as it exists. The place of a list or
        mapping is that of its first key or element.
        """
        whole, position, has_key = self.text.text, self.scan.top, False
        for step in way:
            if not isinstance(position, Branch) or step not in position:
                break
            position, has_key = position[step], isinstance(step, str)
        of_key = of_key and has_key
        while not of_key and isinstance(position, Branch) and position:
            step = next(iter(position))
            position, of_key = position[step], isinstance(step, str)
            has_key = of_key
        start = position.start if isinstance(position, Branch) else position
        key = re.compile(self.notation.key).match(whole, start) if has_key else None
        if key and (of_key or key.end() == key.end(1)):  # the header of an empty table is its key
            return key.span(1)
        token = re.compile(self.notation.token).match(whole, key.end() if key else start)
        return token.span() if token else (0, 0)


def as_text(data: object, source: Callable[[Way], str], way: Way = ()) -> Value:
    """Replace, in place, every scalar that a parser has turned into an object by its text.

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
            data[key] = as_text(value, source, (*way, key))
    return cast("Value", data)
