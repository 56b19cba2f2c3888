"""The entries of a plain-text timeline: a line and what is indented below it, as nested values.

```text
15:33~ Power is cut  for… #power-cut +press  pangyo, naver: down     TIME WORDS MARKS  STATES
  note: The ministry has about 15:22,                                key: value
    other papers 15:30                                               … which goes on
```
An entry is read twice where its places are asked for: places are noted then, and thrown away now.
"""

from __future__ import annotations

from typing import NamedTuple

from outage_cli.model.problem import Place, Problem
from outage_cli.readers.document import Value, Way
from outage_cli.readers.native.inline import Misread, Spots, unquoted, value
from outage_cli.readers.native.plain_line import (
    KEY,
    LINE,
    MARKS,
    SERVICE,
    STATES_FORM,
    TOP_KEY,
    UNUSUAL_LINE,
    EventAddition,
    added,
    ends_in_state,
    is_comment,
    is_states,
    marked,
    says_state,
    told,
)
from outage_cli.readers.source import Text


class PlainEntry(NamedTuple):
    """The index of a line that is not indented, and those of the indented ones below it."""

    head: int
    below: tuple[int, ...] = ()


class JoinedLine(NamedTuple):
    """A line with those that it goes on in, and how its offsets lead to those of the source."""

    text: str
    parts: tuple[tuple[int, int], ...]

    def source(self, offset: int) -> int:
        """Return the offset in the source of a character of this line."""
        start, begin = next(each for each in reversed(self.parts) if each[0] <= offset)
        return begin + offset - start


class EntryReader:
    """Entries being read. `spots` are places in the latest one, `problems` are those of all."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.spots: Spots = {}
        self.line = JoinedLine("", ((0, 0),))

    # Events

    def event(self, entry: PlainEntry, at: str | None, way: Way = ()) -> dict[str, Value]:
        """Return an event. `at` is what its time says, since that depends on the heading."""
        self.spots = {}
        self.line, *below = self.lines(entry, is_event=True)
        line = LINE.match(self.line.text) or UNUSUAL_LINE.match(self.line.text)
        if not line:
            return {}
        time = line.span(1) if line[1] else line.span(2) if line[2] else line.span(3)
        self.note(way, line.start(), max(time[1], line.start() + 1))
        event: dict[str, Value] = {}
        if at is not None and time[0] >= 0:
            event["at"] = at
            self.note((*way, "at"), *time)
        if line[4]:
            self.take(event, "what", line.span(4), way)
        elif line[5]:
            self.words(event, *line.span(5), way)
        if line[6]:
            self.behind(event, line.start(6), way)
        for self.line in below:
            self.key(event, way, is_event=True)
        return event

    def words(self, event: dict[str, Value], start: int, end: int, way: Way) -> None:
        """Read the words of an event and the marks behind them; states may stand there alone."""
        text = self.line.text[start:end].rstrip()
        length, marks = marked(text)
        if ends_in_state(text[:length]) and all(not isinstance(each, int) for each in told(text)):
            self.behind(event, start, way, start + len(text))
            return
        if length:
            event["what"] = text[:length]
            self.note((*way, "what"), start, start + length)
        for mark in marks:
            of_key = start + mark.start(1), start + mark.end(1)
            of_value = start + mark.start(2), start + mark.end(2)
            self.add(
                event, EventAddition(MARKS[mark[1]], mark[2], of_key, of_value, mark[1] == "+"), way
            )

    def behind(self, event: dict[str, Value], start: int, way: Way, end: int | None = None) -> None:
        """Read marks and states from an offset of the line on."""
        text = self.line.text[:end]
        try:
            for each in told(text, start):
                if isinstance(each, int):
                    shown = text[each:].rstrip()
                    message = f"`{shown[:60]}` is neither a mark nor a state"
                    hint = f"two spaces end the words of an event; write {STATES_FORM}"
                    self.say("not-a-state", message, each, len(text), hint)
                    return
                self.add(event, each, way)
        except Misread as misread:
            self.misread(misread)

    def add(self, event: dict[str, Value], each: EventAddition, way: Way) -> None:
        """Add what a mark or state says to an event, and note its places."""
        if not added(event, each):
            self.twice(each.key, each.of_key)
            return
        now = event[each.key]
        self.spots.setdefault(((*way, each.key), True), self.spans(*each.of_key))
        self.spots.setdefault(((*way, each.key), False), self.spans(*each.of_value))
        if isinstance(now, list):
            self.note((*way, each.key, len(now) - 1), *each.of_value)
            if len(now) == 2:  # noqa: PLR2004 - the first of two was a text by itself until now
                first = self.spots[(*way, each.key), False]
                self.spots.setdefault(((*way, each.key, 0), False), first)

    # Keys and values

    def key(self, into: dict[str, Value], way: Way, *, is_event: bool = False) -> None:
        """Read a line `key: value`, or below an event one that says states."""
        text = self.line.text
        key = KEY.match(text)
        if is_event and (not key or says_state(key, text)):
            self.behind(into, 0, way)
            return
        if not key:  # only a line that nothing above it can go on in
            message, hint = "is no `key: value`", "write a key, a colon, a space and a value"
            self.say("not-a-line", message, 0, len(text), hint)
            return
        self.take(into, key[1], (key.end(), len(text.rstrip())), way, key.span(1))

    def take(
        self,
        into: dict[str, Value],
        key: str,
        span: tuple[int, int],
        way: Way,
        of_key: tuple[int, int] | None = None,
    ) -> None:
        """Put the value in a span of the line under a key, and note both places."""
        try:
            name = unquoted(key) if key[0] == '"' else key
        except Misread as misread:
            self.misread(misread)
            return
        if name in into:
            self.twice(name, of_key or span)
            return
        if of_key:
            self.spots[(*way, name), True] = self.spots[(*way, name), False] = self.spans(*of_key)
        into[name] = self.value(span, (*way, name))

    def value(self, span: tuple[int, int], way: Way) -> Value:
        """Return the value in a span of the line, and note where it is and where its parts are."""
        found: Spots = {}
        try:
            says = value(self.line.text, *span, way, found) if span[0] < span[1] else None
        except Misread as misread:
            self.misread(misread)
            return None
        self.spots.update({where: self.spans(*each) for where, each in found.items()})
        return says

    def service(self, entry: PlainEntry) -> tuple[str, Value] | None:
        """Return the id of a service and what is said of it; its name alone is a text."""
        self.spots = {}
        self.line, *below = self.lines(entry)
        head = SERVICE.match(self.line.text)
        if not head:
            hint = "write `service id: name`"
            self.say("not-a-line", "names no service", 0, len(self.line.text), hint)
            return None
        try:
            name = unquoted(head[1], head.start(1)) if head[1][0] == '"' else head[1]
        except Misread as misread:
            self.misread(misread)
            return None
        way = "services", name
        self.spots[way, True] = self.spots[way, False] = self.spans(*head.span(1))
        return name, self.entry(head.end(), below, way, "name" if below else None)

    def item(self, entry: PlainEntry, start: int, first: str | None, way: Way) -> Value:
        """Return an element of a list: a mapping, or (where `first` is None) a text."""
        self.spots = {}
        self.line, *below = self.lines(entry)
        self.spots[way, False] = self.spans(0, start)
        says = self.entry(start, below, way, first)
        return {} if says is None and first is not None else says

    def entry(self, start: int, below: list[JoinedLine], way: Way, first: str | None) -> Value:
        """Return what stands from `start` on, under the key `first` if any, with the keys below."""
        text = self.line.text.rstrip()
        is_mapping = text.startswith("{", start)
        if first is None or is_mapping:
            says = self.value((start, len(text)), way)
        else:
            inner = self.value((start, len(text)), (*way, first))
            says = None if inner is None else {first: inner}
        if not below:
            return says
        found = says if isinstance(says, dict) else {}
        for self.line in below:
            self.key(found, way)
        return found

    def top(self, entry: PlainEntry) -> tuple[str, Value] | None:
        """Return a key of the timeline itself; keys below one without a value are a mapping."""
        self.spots = {}
        self.line, *below = self.lines(entry)
        key = TOP_KEY.match(self.line.text)
        if not key:
            return None
        found: dict[str, Value] = {}
        self.take(found, key[1], (key.end(), len(self.line.text.rstrip())), (), key.span(1))
        if not found:
            return None
        (name, says), *_ = found.items()
        inner: dict[str, Value] = {}
        if below and says is not None:
            self.line = below[0]
            hint = f"put the text of `{name}` in double quotes, or move the line to its entry"
            self.say("not-a-line", "has a key where none belongs", 0, len(self.line.text), hint)
            return name, says
        for self.line in below:
            self.key(inner, (name,))
        return name, inner if below else says

    # Lines and places

    def lines(self, entry: PlainEntry, *, is_event: bool = False) -> list[JoinedLine]:
        """Return the lines of an entry, each with those that it goes on in."""
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

    def spans(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the line as one of the source."""
        return self.line.source(start), self.line.source(max(end - 1, start)) + 1

    def note(self, way: Way, start: int, end: int) -> None:
        """Note where a value stands in the line."""
        self.spots[way, False] = self.spans(start, end)

    def place(self, way: Way, *, of_key: bool) -> Place:
        """Return the place in the latest entry of what a way leads to, as far as it does."""
        spot = self.spots.get((way, of_key))
        for length in range(len(way), -1, -1):
            spot = spot or self.spots.get((way[:length], False))
        if spot is not None:
            return self.text.place(spot[0], spot[1] - spot[0])
        return Place(self.text.name)

    def say(self, code: str, message: str, start: int, end: int, hint: str) -> None:
        """Note an error in a span of the line."""
        first, last = self.spans(start, max(end, start + 1))
        self.problems.append(Problem(code, message, self.text.place(first, last - first), hint))

    def twice(self, key: str, span: tuple[int, int]) -> None:
        """Note a key that the entry has already."""
        message = f"has the key `{key}` twice here"
        self.say("duplicate-key", message, *span, "merge the two, or rename one")

    def misread(self, misread: Misread) -> None:
        """Note what is wrong with a value."""
        self.say("not-plain", misread.message, misread.start, misread.end, misread.hint)
