"""The native timeline as plain text: a day, then its events, one a line.

```text
title: Kakao and Naver after the fire            a key of the timeline
service kakaotalk: KakaoTalk                     an entry, its keys indented below it
  requires: pangyo
2022-10-15                                       a day
15:19 Fire in the electrical room #fire          an event
15:33~ Power cut  pangyo, kakaotalk: down        … which changes states
```
Plain text can express all that YAML can: both become the same nested values.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from outage_cli.model.event import Key
from outage_cli.model.problem import Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import Document, Line, Value, Way
from outage_cli.readers.native.keys import EVENT, EVERYTHING
from outage_cli.readers.native.plain_entries import EntryReader
from outage_cli.readers.native.plain_entry_text import PlainEntry
from outage_cli.readers.native.plain_lines import MOST_MEANINGLESS, LineReader
from outage_cli.readers.native.plain_syntax import LINE, LISTS, SERVICE, TOP_KEY
from outage_cli.readers.native.timeline import read_timeline
from outage_cli.readers.source import Source, Text

_BARE = re.compile(r'\s++([a-z]++):\s++([^\s"\[{](?:.*\S)?)\s*')
_EVENTS = "keep one of the two"
_TWO_SPACES = "put two spaces before it, or the words in double quotes"


def read(source: Source) -> ReadResult:
    """Read a native timeline from plain text."""
    return read_timeline(source, document)


def document(text: Text) -> Document | Problem:
    """Parse plain text. A line without a meaning is a problem, and reading goes on."""
    lines = LineReader(text)
    lines.read()
    if lines.meaningless > MOST_MEANINGLESS:
        message = f"has more than {MOST_MEANINGLESS} lines that are no part of a timeline"
        hint = "name another file, or say with --from what it is"
        return Problem("not-a-timeline", message, Place(text.name), hint)
    entries = _Entries(text, lines)
    data = entries.data()
    problems = (*lines.problems, *lines.reader.problems)
    return Document(data, entries.find, problems, entries.line)


class _Entries:
    """The second pass: entries of several lines, and the places of all values.

    `again` has, for each entry that is no event, how to read it once more for its places; `first`
    has the way to the first entry of those that make up a list or mapping.
    """

    def __init__(self, text: Text, lines: LineReader) -> None:
        self.text, self.lines = text, lines
        self.again: dict[Way, Callable[[EntryReader], object]] = {}
        self.first: dict[Key, Way] = {}

    def data(self) -> Value:
        """Return the nested values of the text."""
        self.add_keys_of_events()
        data: dict[str, Value] = {}
        starts, events = self.lines.starts, self.lines.events
        first = starts[0] if starts else -1
        for number in self.lines.others:
            if starts and number > first and "events" not in data:
                data["events"] = events
            self.other_entry(data, number)
        if starts and data.setdefault("events", events) is not events:
            self.lines.add_problem(
                "duplicate-key", "has events here and under `events:`", first, _EVENTS
            )
        services = data.get("services")
        for number, name in self.lines.doubtful.items():
            if isinstance(services, dict) and name in (*services, EVERYTHING):
                message = f"says a state of `{name}` only one space after its words"
                self.lines.add_problem("one-space", message, number, _TWO_SPACES)
        return data

    def add_keys_of_events(self) -> None:
        """Add the keys below events, fast where each is a bare value; else read the event again."""
        lines, again = self.lines, dict[int, int]()
        for number, below in lines.below.items():
            index = bisect_left(lines.starts, number)
            if index < len(lines.starts) and lines.starts[index] == number:
                event = lines.events[index]
                if isinstance(event, Line):
                    event = lines.events[index] = event.mapping
                keys = _bare_keys([lines.lines[line] for line in below])
                if keys and event.keys().isdisjoint(keys):
                    event.update(keys)
                else:
                    again[number] = index
        problems = lines.reader.problems
        lines.reader.problems = [it for it in problems if it.place.line - 1 not in again]
        for number, index in again.items():
            lines.doubtful.pop(number, None)
            lines.events[index] = lines.event(number, lines.events[index].get("at"))

    def other_entry(self, data: dict[str, Value], number: int) -> None:
        """Add an entry that is no event."""
        entry, line = self.lines.entry(number), self.lines.lines[number]
        if SERVICE.match(line):
            self.service(data, entry)
            return
        key = TOP_KEY.match(line)
        name = key[1] if key else ""
        if name not in LISTS:
            self.top(data, entry)
            return
        plural, first = LISTS[name]
        listed = data.setdefault(plural, [])
        if not isinstance(listed, list):
            self.add_repeated_key(plural, number)
            return
        start, way = key.end() if key else 0, (plural, len(listed))
        listed.append(self.lines.reader.item(entry, start, first, way))
        self.again[way] = lambda reader: reader.item(entry, start, first, way)
        self.first.setdefault(plural, way)

    def service(self, data: dict[str, Value], entry: PlainEntry) -> None:
        """Add a service."""
        service = self.lines.reader.service(entry)
        services = data.setdefault("services", {})
        if service is None:
            return
        name, value = service
        if not isinstance(services, dict) or name in services:
            self.add_repeated_key(name, entry.head)
            return
        services[name] = value
        self.again["services", name] = lambda reader: reader.service(entry)
        self.first.setdefault("services", ("services", name))

    def top(self, data: dict[str, Value], entry: PlainEntry) -> None:
        """Add a key of the timeline itself."""
        key = self.lines.reader.top(entry)
        if key is None:
            return
        name, value = key
        if name in data:
            self.add_repeated_key(name, entry.head)
            return
        data[name] = value
        self.again[name,] = lambda reader: reader.top(entry)

    def add_repeated_key(self, name: str, number: int) -> None:
        """Add the problem of a key that stands twice."""
        hint = "merge the two, or rename one"
        self.lines.add_problem("duplicate-key", f"has the key `{name}` twice here", number, hint)

    def line(self, way: Way) -> int:
        """Return the line of the value at the end of a way."""
        if len(way) == 2 and way[0] == "events" and isinstance(way[1], int):  # noqa: PLR2004
            starts = self.lines.starts
            return starts[way[1]] + 1 if way[1] < len(starts) else 0
        return self.find(way, False).line  # noqa: FBT003

    def find(self, way: Way, of_key: bool) -> Place:  # noqa: FBT001 - the form of Document.find
        """Return the place of the value at the end of a way, or of the key before it."""
        at = way[1] if len(way) > 1 and way[0] == "events" else None
        if isinstance(at, int) and self.lines.starts:
            return self.find_in_event(at, way, of_key=of_key)
        if len(way) == 1 and way not in self.again:
            way, of_key = self.first.get(way[0], way), True
        for length in (2, 1):
            if again := self.again.get(way[:length]):
                reader = EntryReader(self.text)
                again(reader)
                return reader.place(way, of_key=of_key)
        return Place(self.text.name)

    def find_in_event(self, at: int, way: Way, *, of_key: bool) -> Place:
        """Return the place of a value of an event; the place of an event is that of its time."""
        if at >= len(self.lines.starts):
            return Place(self.text.name)
        number = self.lines.starts[at]
        if len(way) == 2:  # noqa: PLR2004 - the event as a whole
            return Place(self.text.name, number + 1, 1, _time_length(self.lines.lines[number]))
        reader = EntryReader(self.text)
        reader.event(self.lines.entry(number), "", way[:2])
        return reader.place(way, of_key=of_key)


def _bare_keys(lines: list[str]) -> dict[str, Value] | None:
    """Return the keys in lines below an event if each is a key and a bare value, else None."""
    keys: dict[str, Value] = {}
    for line in lines:
        key = _BARE.fullmatch(line)
        if not key or key[1] not in EVENT or key[1] in keys:
            return None
        keys[key[1]] = key[2]
    return keys


def _time_length(line: str) -> int:
    match = LINE.match(line)
    ends = (match.end(1), match.end(2) + 1, match.end(3)) if match else (0,)
    return max(*ends, 1) if max(ends) > 0 else len(line.split(None, 1)[0])
