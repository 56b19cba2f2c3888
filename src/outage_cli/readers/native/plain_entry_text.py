"""The text of one entry of plain text: its lines, joined where they go on, and the places in it.

An entry is read a second time when its places are needed; the first time they are discarded.
"""

from __future__ import annotations

from typing import NamedTuple

from outage_cli.model.problem import Place, Problem
from outage_cli.readers.document import Value, Way
from outage_cli.readers.native.inline import Misread, Spans, value
from outage_cli.readers.native.plain_syntax import KEY, is_comment, is_states
from outage_cli.readers.source import Text


class PlainEntry(NamedTuple):
    """The number of a line that is not indented, and those of the indented ones below it."""

    head: int
    below: tuple[int, ...] = ()


class JoinedLine(NamedTuple):
    """A line with those in which it goes on. `parts` are pairs of offsets: here, in the source."""

    text: str
    parts: tuple[tuple[int, int], ...]

    def source(self, offset: int) -> int:
        """Return the offset in the source of a character of this line."""
        start, begin = next(part for part in reversed(self.parts) if part[0] <= offset)
        return begin + offset - start


class EntryText:
    """The entry that is read now: its line, the places in it, and the problems of all entries."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.places: Spans = {}
        self.line = JoinedLine("", ((0, 0),))

    def lines(self, entry: PlainEntry, *, is_event: bool = False) -> list[JoinedLine]:
        """Return the lines of an entry, each with those in which it goes on."""
        lines: list[tuple[str, list[tuple[int, int]]]] = []
        for number in (entry.head, *entry.below):
            whole = self.text.line(number + 1)
            text = whole.strip() if lines else whole.rstrip()
            if lines and is_comment(text):
                continue
            start = self.text.starts[number] + (len(whole) - len(whole.lstrip()) if lines else 0)
            if not lines or KEY.match(text) or (is_event and is_states(text)):
                lines.append((text, [(0, start)]))
            else:
                before, parts = lines[-1]
                lines[-1] = f"{before} {text}", [*parts, (len(before) + 1, start)]
        return [JoinedLine(text, tuple(parts)) for text, parts in lines]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the line as one of the source."""
        return self.line.source(start), self.line.source(max(end - 1, start)) + 1

    def note(self, way: Way, start: int, end: int) -> None:
        """Note where a value stands in the line."""
        self.places[way, False] = self.source_span(start, end)

    def place(self, way: Way, *, of_key: bool) -> Place:
        """Return the place of the value at the end of a way, or of the nearest one around it."""
        span = self.places.get((way, of_key))
        for length in range(len(way), -1, -1):
            span = span or self.places.get((way[:length], False))
        if span is not None:
            return self.text.place(span[0], span[1] - span[0])
        return Place(self.text.name)

    def add_error(self, code: str, message: str, start: int, end: int, hint: str) -> None:
        """Add an error in a span of the line."""
        first, last = self.source_span(start, max(end, start + 1))
        self.problems.append(Problem(code, message, self.text.place(first, last - first), hint))

    def add_repeated_key(self, key: str, span: tuple[int, int]) -> None:
        """Add the problem of a key that the entry has already."""
        message = f"has the key `{key}` twice here"
        self.add_error("duplicate-key", message, *span, "merge the two, or rename one")

    def add_misread(self, misread: Misread) -> None:
        """Add the problem of a value."""
        self.add_error("not-plain", misread.message, misread.start, misread.end, misread.hint)

    def value(self, span: tuple[int, int], way: Way) -> Value:
        """Return the value in a span of the line, and note where it is and where its parts are."""
        spans: Spans = {}
        try:
            result = value(self.line.text, *span, way, spans) if span[0] < span[1] else None
        except Misread as misread:
            self.add_misread(misread)
            return None
        self.places.update({key: self.source_span(*span) for key, span in spans.items()})
        return result
