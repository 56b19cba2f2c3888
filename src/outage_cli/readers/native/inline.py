"""Values in brackets on one line: `[a, b]`, `{any: [a, b], at_worst: degraded}`, texts in quotes.

```text
value   text  |  "text"  |  [value, value]  |  {key: value, key: value}
```
A bare text ends at the next comma or bracket; quotes are those of JSON.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from outage_cli.readers.document import CLOSED_BY, DEEPEST, TOO_DEEP, Value, Way

QUOTED = r'"(?:[^"\\]|\\.)*"'
Spans: TypeAlias = dict[tuple[Way, bool], tuple[int, int]]
"""The start and end of values (False) and of their keys (True), as offsets."""

_SPACE = re.compile(r"\s*+")
_SCALAR = re.compile(rf'(?s)({QUOTED})|[^\s,\[\]{{}}"](?:[^,\[\]{{}}]*[^\s,\[\]{{}}])?')
_KEY = re.compile(rf'(?s)({QUOTED}|[^\s,:\[\]{{}}"][^\s,:\[\]{{}}]*+)\s*+:(?=[\s,\[\]{{}}"]|\Z)')


class Misread(Exception):  # noqa: N818 - a mistake in a text, not in the program
    """What is wrong from one offset to another, and what to write instead."""

    def __init__(self, start: int, end: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.start, self.end, self.message, self.hint = start, end, message, hint


def unquoted(text: str, start: int = 0) -> str:
    """Return the content of a text in quotes. Raises Misread where an escape is not one of JSON."""
    try:
        content: str = json.loads(text, strict=False)
    except ValueError as error:
        at = start + getattr(error, "pos", 1)
        hint = r"write \\ for a backslash, or leave the quotes out"
        raise Misread(at, at + 2, "holds an escape that means nothing", hint) from None
    return re.sub("[\ud800-\udfff]", "\ufffd", content)


def value(text: str, start: int, end: int, way: Way, spans: Spans) -> Value:
    """Return the value between two offsets of `text`, and note in `spans` where its parts are.

    Outside brackets every text that is not wholly in quotes is taken as it is. Raises Misread.
    """
    if start == end:
        return None
    spans[way, False] = start, end
    if text[start] in CLOSED_BY:
        reader = _ValueReader(text, end, spans)
        result, after = reader.value(start, way)
        if after < end:
            hint = "put the whole text in double quotes, or mend the brackets"
            raise Misread(after, end, "goes on after its closing bracket", hint)
        return result
    if text[start] == '"' and re.compile(rf"(?s){QUOTED}").fullmatch(text, start, end):
        return unquoted(text[start:end], start)
    return text[start:end]


class _ValueReader:
    """Reads one value in brackets. Each method returns a value and the offset of its end."""

    def __init__(self, text: str, end: int, spans: Spans) -> None:
        self.text, self.end, self.spans = text, end, spans

    def value(self, at: int, way: Way) -> tuple[Value, int]:
        sign = self.text[at : at + 1] if at < self.end else ""
        if len(way) > DEEPEST:
            raise Misread(at, at + 1, TOO_DEEP.message, TOO_DEEP.hint)
        if sign in {"[", "{"}:
            result, after = (self.listing if sign == "[" else self.mapping)(at, way)
            self.spans[way, False] = at, after
            return result, after
        scalar = _SCALAR.match(self.text, at, self.end)
        if not scalar:
            if sign == '"':
                raise Misread(at, self.end, "a text is never closed", 'close it with "')
            return None, at
        self.spans[way, False] = scalar.span()
        return unquoted(scalar[0], at) if scalar[1] else scalar[0], scalar.end()

    def listing(self, opened: int, way: Way) -> tuple[Value, int]:
        elements: list[Value] = []
        at = self.skip(opened + 1)
        while not self.text.startswith("]", at, self.end):
            element, at = self.value(at, (*way, len(elements)))
            elements.append(element)
            at = self.separated(opened, at)
        return elements, at + 1

    def mapping(self, opened: int, way: Way) -> tuple[Value, int]:
        values: dict[str, Value] = {}
        at = self.skip(opened + 1)
        while not self.text.startswith("}", at, self.end):
            key = _KEY.match(self.text, at, self.end)
            if not key:
                self.still_open(opened, at)
                raise Misread(at, at + 1, "expected a key", "write {key: value, key: value}")
            name = unquoted(key[1], at) if key[1][0] == '"' else key[1]
            if name in values:
                message = f"has the key `{name}` twice here"
                raise Misread(*key.span(1), message, "merge the two, or rename one")
            self.spans[(*way, name), True] = self.spans[(*way, name), False] = key.span(1)
            values[name], at = self.value(self.skip(key.end()), (*way, name))
            at = self.separated(opened, at)
        return values, at + 1

    def separated(self, opened: int, at: int) -> int:
        """Return where the next value starts, or the bracket that closes."""
        at = self.skip(at)
        self.still_open(opened, at)
        if self.text[at] == ",":
            return self.skip(at + 1)
        if self.text[at] == CLOSED_BY[self.text[opened]]:
            return at
        raise Misread(
            at, at + 1, "expected a comma", "put a text with commas or brackets in quotes"
        )

    def still_open(self, opened: int, at: int) -> None:
        if at >= self.end:
            sign = self.text[opened]
            hint = f"close it with `{CLOSED_BY[sign]}`, or put the text in double quotes"
            raise Misread(opened, opened + 1, f"`{sign}` is not closed", hint)

    def skip(self, at: int) -> int:
        space = _SPACE.match(self.text, at, self.end)
        return space.end() if space else at
