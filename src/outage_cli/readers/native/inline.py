"""Values in brackets on one line: `[a, b]`, `{any: [a, b], at_worst: degraded}`, texts in quotes.

```text
value   text  |  "text"  |  [value, value]  |  {key: value, key: value}
```
A bare text goes on to the next comma or bracket; quotes are those of JSON. Nothing is no value.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from outage_cli.readers.document import DEEPEST, TOO_DEEP, Value, Way

QUOTED = r'"(?:[^"\\]|\\.)*"'
Spots: TypeAlias = dict[tuple[Way, bool], tuple[int, int]]
"""Where values and (True) their keys stand: from an offset to another."""

_SPACE = re.compile(r"\s*+")
_SCALAR = re.compile(rf'(?s)({QUOTED})|[^\s,\[\]{{}}"](?:[^,\[\]{{}}]*[^\s,\[\]{{}}])?')
_KEY = re.compile(rf'(?s)({QUOTED}|[^\s,:\[\]{{}}"][^\s,:\[\]{{}}]*+)\s*+:(?=[\s,\[\]{{}}"]|\Z)')
_CLOSED_BY = {"[": "]", "{": "}"}


class Misread(Exception):  # noqa: N818 - it tells of a mistake in a text, not in the program
    """What is wrong from one offset to another, and what to write instead."""

    def __init__(self, start: int, end: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.start, self.end, self.message, self.hint = start, end, message, hint


def unquoted(text: str, start: int = 0) -> str:
    """Return what a text in quotes says. Raises Misread where an escape in it means nothing."""
    try:
        said: str = json.loads(text, strict=False)
    except ValueError as error:
        at = start + getattr(error, "pos", 1)
        hint = r"write \\ for a backslash, or leave the quotes out"
        raise Misread(at, at + 2, "holds an escape that means nothing", hint) from None
    return re.sub("[\ud800-\udfff]", "\ufffd", said)


def value(text: str, start: int, end: int, way: Way, spots: Spots) -> Value:
    """Return the value that fills `text` from one offset to another, and note where its parts are.

    Outside brackets every text that is not wholly in quotes is taken as it is. Raises Misread.
    """
    if start == end:
        return None
    spots[way, False] = start, end
    if text[start] in _CLOSED_BY:
        reader = _ValueReader(text, end, spots)
        found, after = reader.value(start, way)
        if after < end:
            hint = "put the whole text in double quotes, or mend the brackets"
            raise Misread(after, end, "goes on after its closing bracket", hint)
        return found
    if text[start] == '"' and re.compile(rf"(?s){QUOTED}").fullmatch(text, start, end):
        return unquoted(text[start:end], start)
    return text[start:end]


class _ValueReader:
    """One value in brackets being read. Each step returns what it found and where that ends."""

    def __init__(self, text: str, end: int, spots: Spots) -> None:
        self.text, self.end, self.spots = text, end, spots

    def value(self, at: int, way: Way) -> tuple[Value, int]:
        sign = self.text[at : at + 1] if at < self.end else ""
        if len(way) > DEEPEST:
            raise Misread(at, at + 1, TOO_DEEP.message, TOO_DEEP.hint)
        if sign in {"[", "{"}:
            found, after = (self.listing if sign == "[" else self.mapping)(at, way)
            self.spots[way, False] = at, after
            return found, after
        scalar = _SCALAR.match(self.text, at, self.end)
        if not scalar:
            if sign == '"':
                raise Misread(at, self.end, "a text is never closed", 'close it with "')
            return None, at
        self.spots[way, False] = scalar.span()
        return unquoted(scalar[0], at) if scalar[1] else scalar[0], scalar.end()

    def listing(self, opened: int, way: Way) -> tuple[Value, int]:
        found: list[Value] = []
        at = self.skip(opened + 1)
        while not self.text.startswith("]", at, self.end):
            each, at = self.value(at, (*way, len(found)))
            found.append(each)
            at = self.separated(opened, at)
        return found, at + 1

    def mapping(self, opened: int, way: Way) -> tuple[Value, int]:
        found: dict[str, Value] = {}
        at = self.skip(opened + 1)
        while not self.text.startswith("}", at, self.end):
            key = _KEY.match(self.text, at, self.end)
            if not key:
                self.still_open(opened, at)
                raise Misread(at, at + 1, "expected a key", "write {key: value, key: value}")
            name = unquoted(key[1], at) if key[1][0] == '"' else key[1]
            if name in found:
                message = f"has the key `{name}` twice here"
                raise Misread(*key.span(1), message, "merge the two, or rename one")
            self.spots[(*way, name), True] = self.spots[(*way, name), False] = key.span(1)
            found[name], at = self.value(self.skip(key.end()), (*way, name))
            at = self.separated(opened, at)
        return found, at + 1

    def separated(self, opened: int, at: int) -> int:
        """Return where the next value starts, or the bracket that closes."""
        at = self.skip(at)
        self.still_open(opened, at)
        if self.text[at] == ",":
            return self.skip(at + 1)
        if self.text[at] == _CLOSED_BY[self.text[opened]]:
            return at
        raise Misread(
            at, at + 1, "expected a comma", "put a text with commas or brackets in quotes"
        )

    def still_open(self, opened: int, at: int) -> None:
        if at >= self.end:
            sign = self.text[opened]
            hint = f"close it with `{_CLOSED_BY[sign]}`, or put the text in double quotes"
            raise Misread(opened, opened + 1, f"`{sign}` is not closed", hint)

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at, self.end)
        return found.end() if found else at
