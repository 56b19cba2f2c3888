"""The entries of a plain-text timeline: a line and what is indented below it, as nested values.

```text
15:33~ Power is cut  for… #power-cut +press  pangyo, naver: down     TIME WORDS MARKS  STATES
  note: The ministry has about 15:22,                                key: value
    other papers 15:30                                               … which goes on
```
"""

from __future__ import annotations

from outage_cli.readers.document import Value, Way
from outage_cli.readers.native.inline import Misread, unquoted
from outage_cli.readers.native.plain_entry_text import EntryText, JoinedLine, PlainEntry
from outage_cli.readers.native.plain_syntax import (
    KEY,
    LINE,
    MARKS,
    SERVICE,
    STATES_FORM,
    TOP_KEY,
    UNUSUAL_LINE,
    EventAddition,
    add_to,
    additions,
    ends_in_state,
    says_state,
    split_marks,
)


class EntryReader(EntryText):
    """Reads entries one by one, to the values of a native timeline."""

    def event(self, entry: PlainEntry, at: str | None, way: Way = ()) -> dict[str, Value]:
        """Return an event. `at` is its time with the date of the heading."""
        self.places = {}
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
            self.additions(event, line.start(6), way)
        for self.line in below:
            self.key(event, way, is_event=True)
        return event

    def words(self, event: dict[str, Value], start: int, end: int, way: Way) -> None:
        """Read the words of an event and the marks behind them, or states without words."""
        text = self.line.text[start:end].rstrip()
        length, marks = split_marks(text)
        if ends_in_state(text[:length]) and not any(isinstance(it, int) for it in additions(text)):
            self.additions(event, start, way, start + len(text))
            return
        if length:
            event["what"] = text[:length]
            self.note((*way, "what"), start, start + length)
        for mark in marks:
            of_key = start + mark.start(1), start + mark.end(1)
            of_value = start + mark.start(2), start + mark.end(2)
            sign, name = mark[1], mark[2]
            addition = EventAddition(MARKS[sign], name, of_key, of_value, sign == "+")
            self.add(event, addition, way)

    def additions(
        self, event: dict[str, Value], start: int, way: Way, end: int | None = None
    ) -> None:
        """Read marks and states from an offset of the line on."""
        text = self.line.text[:end]
        try:
            for addition in additions(text, start):
                if isinstance(addition, int):
                    shown = text[addition:].rstrip()
                    message = f"`{shown[:60]}` is neither a mark nor a state"
                    hint = f"two spaces end the words of an event; write {STATES_FORM}"
                    self.add_error("not-a-state", message, addition, len(text), hint)
                    return
                self.add(event, addition, way)
        except Misread as misread:
            self.add_misread(misread)

    def add(self, event: dict[str, Value], addition: EventAddition, way: Way) -> None:
        """Add the value of a mark or state to an event, and note its places."""
        key, of_value = addition.key, addition.of_value
        if not add_to(event, addition):
            self.add_repeated_key(key, addition.of_key)
            return
        now = event[key]
        self.places.setdefault(((*way, key), True), self.source_span(*addition.of_key))
        self.places.setdefault(((*way, key), False), self.source_span(*of_value))
        if isinstance(now, list):
            self.note((*way, key, len(now) - 1), *of_value)
            if len(now) == 2:  # noqa: PLR2004 - the first of two was a text by itself until now
                first = self.places[(*way, key), False]
                self.places.setdefault(((*way, key, 0), False), first)

    def key(self, into: dict[str, Value], way: Way, *, is_event: bool = False) -> None:
        """Read a line `key: value`, or below an event one with states."""
        text = self.line.text
        key = KEY.match(text)
        if is_event and (not key or says_state(key, text)):
            self.additions(into, 0, way)
            return
        if not key:  # a line that continues none above it
            message, hint = "is no `key: value`", "write a key, a colon, a space and a value"
            self.add_error("not-a-line", message, 0, len(text), hint)
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
            self.add_misread(misread)
            return
        if name in into:
            self.add_repeated_key(name, of_key or span)
            return
        if of_key:
            self.places[(*way, name), True] = self.places[(*way, name), False] = self.source_span(
                *of_key
            )
        into[name] = self.value(span, (*way, name))

    def service(self, entry: PlainEntry) -> tuple[str, Value] | None:
        """Return the id of a service and its value, which is a text if it has a name only."""
        self.places = {}
        self.line, *below = self.lines(entry)
        head = SERVICE.match(self.line.text)
        if not head:
            hint = "write `service id: name`"
            self.add_error("not-a-line", "names no service", 0, len(self.line.text), hint)
            return None
        try:
            name = unquoted(head[1], head.start(1)) if head[1][0] == '"' else head[1]
        except Misread as misread:
            self.add_misread(misread)
            return None
        way = "services", name
        self.places[way, True] = self.places[way, False] = self.source_span(*head.span(1))
        return name, self.entry(head.end(), below, way, "name" if below else None)

    def item(self, entry: PlainEntry, start: int, first: str | None, way: Way) -> Value:
        """Return an element of a list: a mapping, or (where `first` is None) a text."""
        self.places = {}
        self.line, *below = self.lines(entry)
        self.places[way, False] = self.source_span(0, start)
        value = self.entry(start, below, way, first)
        return {} if value is None and first is not None else value

    def entry(self, start: int, below: list[JoinedLine], way: Way, first: str | None) -> Value:
        """Return the value from `start` on, in a mapping with the keys below, or with `first`."""
        text = self.line.text.rstrip()
        is_mapping = text.startswith("{", start)
        if first is None or is_mapping:
            value = self.value((start, len(text)), way)
        else:
            inner = self.value((start, len(text)), (*way, first))
            value = None if inner is None else {first: inner}
        if not below:
            return value
        mapping = value if isinstance(value, dict) else {}
        for self.line in below:
            self.key(mapping, way)
        return mapping

    def top(self, entry: PlainEntry) -> tuple[str, Value] | None:
        """Return a key of the timeline itself; keys below one without a value are a mapping."""
        self.places = {}
        self.line, *below = self.lines(entry)
        key = TOP_KEY.match(self.line.text)
        if not key:
            return None
        first: dict[str, Value] = {}
        self.take(first, key[1], (key.end(), len(self.line.text.rstrip())), (), key.span(1))
        if not first:
            return None
        ((name, value),) = first.items()
        inner: dict[str, Value] = {}
        if below and value is not None:
            self.line = below[0]
            hint = f"put the text of `{name}` in double quotes, or move the line to its entry"
            self.add_error(
                "not-a-line", "has a key where none belongs", 0, len(self.line.text), hint
            )
            return name, value
        for self.line in below:
            self.key(inner, (name,))
        return name, inner if below else value
