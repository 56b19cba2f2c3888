"""The native timeline as plain text: a day, then what happened on it, one event a line.

```text
title: Kakao and Naver after the fire            a key of the timeline
service kakaotalk: KakaoTalk                     an entry, its keys indented below it
  requires: pangyo
2022-10-15                                       a day
15:19 Fire in the electrical room #fire          an event
15:33~ Power cut  pangyo, kakaotalk: down        … which changes states
```
What YAML can say, plain text can: both become the same nested values. One match reads most lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from outage_cli.model.event import Key
from outage_cli.model.problem import ERROR, WARNING, Place, Problem
from outage_cli.model.quick import quick
from outage_cli.model.state import STATED
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import Document, Line, Value, Way
from outage_cli.readers.native import timeline as native
from outage_cli.readers.native.plain_entries import EntryReader, PlainEntry
from outage_cli.readers.native.plain_line import (
    LINE,
    LISTS,
    SERVICE,
    TOP_KEY,
    behind,
    ends_in_state,
    is_comment,
    only_state,
    timelike,
    words_and_marks,
)
from outage_cli.readers.native.plain_times import dated, heading, is_moment, order, spelled
from outage_cli.readers.source import Source, Text
from outage_cli.when.words.expressions import MAYBE_TIME

MOST_MEANINGLESS = 1000
"""A text with so many lines that mean nothing is no timeline, and is not read to its end."""

_STATES = tuple(STATED)
_line = quick(Line, *Line._fields)
_NOTHING: dict[str, Value] = {}
_DATED_COMMENT = r"\s*#[#\s]*\d{4}-\d\d-\d\d\s*"
_BARE = re.compile(r'\s++([a-z]++):\s++([^\s"\[{](?:.*\S)?)\s*')
_UNDATED = "remove the `#` if the events below are of that day"
_EVENTS = "keep one of the two"
_TWO_SPACES = "put two spaces before it, or the words in double quotes"
_HINT = "begin with a time (in brackets if it has several words), `key:`, `service id:` or `# `"


def read(source: Source) -> ReadResult:
    """Read a native timeline from plain text."""
    return native.read(source, document)


def document(text: Text) -> Document | Problem:
    """Parse plain text. A line that means nothing is a problem, and reading goes on."""
    parser = _Parser(text)
    parser.read()
    if parser.meaningless > MOST_MEANINGLESS:
        message = f"has more than {MOST_MEANINGLESS} lines that are no part of a timeline"
        hint = "name another file, or say with --from what it is"
        return Problem("not-a-timeline", message, Place(text.name), hint)
    data = parser.data()
    return Document(data, parser.find, (*parser.problems, *parser.reader.problems), parser.line)


class _Parser:
    """One text being read: first its lines one by one, then what more than one line is about."""

    def __init__(self, text: Text) -> None:
        self.text, self.reader = text, EntryReader(text)
        self.problems: list[Problem] = []
        whole = text.text
        self.lines = re.split(r"\r\n|\r|\n", whole) if "\r" in whole else whole.split("\n")
        self.events: list[Any] = []  # a mapping or a `Line` each
        self.starts: list[int] = []  # the line of each event
        self.others: list[int] = []  # the lines of all other entries
        self.below: dict[int, list[int]] = {}  # the indented lines below a line
        self.above: int | None = None  # the line that an indented one would belong to
        self.day = ""  # of the heading
        self.latest = ""  # the clock time above
        self.doubtful: dict[int, str] = {}  # services of which an event seems to say a state
        self.meaningless = 0
        self.again: dict[
            Way, Callable[[EntryReader], object]
        ] = {}  # how to read an entry once more
        self.first: dict[Key, Way] = {}  # of the entries that make up a list or mapping

    # Lines

    def read(self) -> None:
        match, events, starts = LINE.match, self.events, self.starts
        prefix = ""
        for number, line in enumerate(self.lines):
            found = match(line)
            if found is None:
                if line:
                    self.other(number, line)
                    if self.meaningless > MOST_MEANINGLESS:
                        return
                    prefix = self.day and f"{self.day} "
                continue
            clock, said, word, quoted, words, rest = found.groups()
            at: str | None
            if clock is not None:
                at = prefix + clock
                if prefix:
                    if clock < self.latest:
                        self.backwards(number, clock)
                    self.latest = clock
            elif word and not (quoted or rest) and self.opens_a_day(number, line, word):
                prefix = self.day and f"{self.day} "
                continue
            else:
                at = self.at(number, said if word is None else word)
            if words and said is None and words.startswith(MAYBE_TIME):
                self.goes_on(number, clock or word or "", words)
            starts.append(number)
            self.above = number
            event = _event(at, words, rest) if words and at is not None else None
            events.append(event or self.event(number, at))

    def other(self, number: int, line: str) -> None:
        """Read a line that does not begin as most events do."""
        if line.isspace():
            return
        if is_comment(line):
            if re.fullmatch(_DATED_COMMENT, line):
                self.say("comment", "is a comment and no day's heading", number, _UNDATED, WARNING)
        elif line[0].isspace():
            if self.above is None:
                hint = "move it to the margin, or below what it belongs to"
                self.say("not-a-line", "is indented, and stands below nothing", number, hint)
            else:
                self.below.setdefault(self.above, []).append(number)
        elif TOP_KEY.match(line) or SERVICE.match(line):
            self.others.append(number)
            self.above = number
        elif not self.headed(number, line):
            self.above = number
            first, *words = line.split(None, 1)
            if is_moment(first):
                self.goes_on(number, first, "".join(words))
                at = self.at(number, first)
                self.starts.append(number)
                self.events.append(self.event(number, at))
            else:
                self.meaningless += 1
                if self.meaningless <= MOST_MEANINGLESS:
                    self.say("not-a-line", "is no part of a timeline", number, _HINT)

    def opens_a_day(self, number: int, line: str, word: str) -> bool:
        """Return whether a line that begins like an event is a heading: `15 October 2022`."""
        return ":" not in word and word[0].isdecimal() and self.headed(number, line)

    def headed(self, number: int, line: str) -> bool:
        """Return whether a line is the heading of a day; from here on it is that day."""
        day = heading(line)
        if day is None:
            return False
        if not day:
            hint = "check the month and the day"
            self.say("not-a-moment", f"no calendar has `{line.strip()}`", number, hint)
        self.day, self.latest, self.above = day, "", None
        return True

    def at(self, number: int, text: str) -> str | None:
        """Return what the time of an event says; None where it has none."""
        text = spelled(text)
        if not self.day or not text:
            return text or None
        if clock := order(text):
            if clock < self.latest:
                self.backwards(number, text)
            self.latest = clock
        moment = dated(text, self.day)
        if moment is None:
            hint = f"write the date too, as in [{self.day} 15:19]"
            self.say("no-date", f"`{text}` cannot take the date of its heading", number, hint)
        return moment or text

    def goes_on(self, number: int, time: str, words: str) -> None:
        """Warn of words that seem to belong to the time: outside brackets it has one word only."""
        more = timelike(words)
        whole = re.sub(r"\s+[–—-]\s+", "..", f"{time} {more}")
        if more is None or not (is_moment(whole) or is_moment(f"{self.day} {whole}")):
            return
        message = f"takes `{time}` for the time, and `{more}` for the first of its words"
        hint = f"write [{whole}] for the time, or put the words in double quotes"
        self.say("several-words", message, number, hint, WARNING, len(time) + 1 + len(more))

    def backwards(self, number: int, shown: str) -> None:
        hour, _, rest = self.latest.partition(":")
        days = int(hour) // 24
        above = f"{int(hour) - 24 * days:02}:{rest}{'>' * days}"
        bare = shown.rstrip(" >")
        later = days if days and order(bare + ">" * days) >= self.latest else days + 1
        message = f"{shown} is before {above}, the time above it"
        when = "on that day" if later == days else "the next day"
        hint = f"write {bare}{'>' * later} if it is {when}, or put a heading with its date above"
        self.say("runs-backwards", message, number, hint, length=len(shown))

    def event(self, number: int, at: str | None) -> dict[str, Value]:
        """Return an event that takes a closer look."""
        event = self.reader.event(self.entry(number), at)
        what, line = event.get("what"), LINE.match(self.lines[number])
        is_bare = line is None or line[5]
        if is_bare and isinstance(what, str) and (name := ends_in_state(what)):
            self.doubtful[number] = name
        return event

    def entry(self, number: int) -> PlainEntry:
        return PlainEntry(number, tuple(self.below.get(number, ())))

    def say(  # noqa: PLR0913 - a problem has as many parts
        self,
        code: str,
        message: str,
        number: int,
        hint: str,
        severity: str = ERROR,
        length: int | None = None,
    ) -> None:
        """Note a problem with a line: its first characters, or all of it."""
        line = self.lines[number]
        column = len(line) - len(line.lstrip()) + 1
        place = Place(self.text.name, number + 1, column, length or max(1, len(line.strip())))
        self.problems.append(Problem(code, message, place, hint, severity))

    # Entries

    def data(self) -> Value:
        """Return the nested values of the text."""
        self.events_with_keys()
        data: dict[str, Value] = {}
        first = self.starts[0] if self.starts else -1
        for number in self.others:
            if self.starts and number > first and "events" not in data:
                data["events"] = self.events
            self.other_entry(data, number)
        if self.starts and data.setdefault("events", self.events) is not self.events:
            self.say("duplicate-key", "has events here and under `events:`", first, _EVENTS)
        services = data.get("services")
        for number, name in self.doubtful.items():
            if isinstance(services, dict) and name in (*services, native.EVERYTHING):
                message = f"says a state of `{name}` only one space after its words"
                self.say("one-space", message, number, _TWO_SPACES)
        return data

    def events_with_keys(self) -> None:
        """Add what is said below events: in the fast way, or by reading them once more."""
        again: dict[int, int] = {}
        for number, below in self.below.items():
            index = bisect_left(self.starts, number)
            if index < len(self.starts) and self.starts[index] == number:
                event = self.events[index]
                if isinstance(event, Line):
                    event = self.events[index] = event.mapping
                keys = _keys([self.lines[each] for each in below])
                if keys and event.keys().isdisjoint(keys):
                    event.update(keys)
                else:
                    again[number] = index
        reader = self.reader
        reader.problems = [each for each in reader.problems if each.place.line - 1 not in again]
        for number, index in again.items():
            self.doubtful.pop(number, None)
            at = self.events[index].get("at")
            self.events[index] = self.event(number, at)

    def other_entry(self, data: dict[str, Value], number: int) -> None:
        """Add an entry that is no event."""
        entry, line = self.entry(number), self.lines[number]
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
            self.twice(plural, number)
            return
        start, way = key.end() if key else 0, (plural, len(listed))
        listed.append(self.reader.item(entry, start, first, way))
        self.again[way] = lambda reader: reader.item(entry, start, first, way)
        self.first.setdefault(plural, way)

    def service(self, data: dict[str, Value], entry: PlainEntry) -> None:
        found = self.reader.service(entry)
        services = data.setdefault("services", {})
        if found is None:
            return
        name, says = found
        if not isinstance(services, dict) or name in services:
            self.twice(name, entry.head)
            return
        services[name] = says
        self.again["services", name] = lambda reader: reader.service(entry)
        self.first.setdefault("services", ("services", name))

    def top(self, data: dict[str, Value], entry: PlainEntry) -> None:
        found = self.reader.top(entry)
        if found is None:
            return
        name, says = found
        if name in data:
            self.twice(name, entry.head)
            return
        data[name] = says
        self.again[name,] = lambda reader: reader.top(entry)

    def twice(self, name: str, number: int) -> None:
        hint = "merge the two, or rename one"
        self.say("duplicate-key", f"has the key `{name}` twice here", number, hint)

    # Places

    def line(self, way: Way) -> int:
        """Return the line of the value at the end of a way."""
        if len(way) == 2 and way[0] == "events" and isinstance(way[1], int):  # noqa: PLR2004
            return self.starts[way[1]] + 1 if way[1] < len(self.starts) else 0
        return self.find(way, False).line  # noqa: FBT003

    def find(self, way: Way, of_key: bool) -> Place:  # noqa: FBT001 - the form of Document.find
        """Return the place of the value at the end of a way, or of the key before it."""
        at = way[1] if len(way) > 1 and way[0] == "events" else None
        if isinstance(at, int) and self.starts:
            if at >= len(self.starts):
                return Place(self.text.name)
            number = self.starts[at]
            if len(way) == 2:  # noqa: PLR2004 - an event as a whole stands where its time does
                return Place(self.text.name, number + 1, 1, _time_length(self.lines[number]))
            reader = EntryReader(self.text)
            reader.event(self.entry(number), "", way[:2])
            return reader.place(way, of_key=of_key)
        if len(way) == 1 and way not in self.again:
            way, of_key = self.first.get(way[0], way), True
        for length in (2, 1):
            if again := self.again.get(way[:length]):
                reader = EntryReader(self.text)
                again(reader)
                return reader.place(way, of_key=of_key)
        return Place(self.text.name)


def _event(at: str, words: str, rest: str | None) -> dict[str, Value] | Line | None:
    """Return an event of one line in the fast way, or None where it takes a closer look."""
    marks: dict[str, Value] = _NOTHING
    if "#" in words or "+" in words or "!" in words:
        split = words_and_marks(words)
        if split is None:
            return None
        words, marks = split
    if not words or words.endswith(_STATES):
        return None
    if rest is not None and not marks and (alone := only_state(rest)):
        return _line(at, words, alone[0], alone[1])
    says = _NOTHING if rest is None else behind(rest)
    if says is None:
        return None
    return {"at": at, "what": words, **marks, **says} if marks.keys().isdisjoint(says) else None


def _keys(lines: list[str]) -> dict[str, Value] | None:
    """Return what lines below an event say if each is a key and a bare value, else None."""
    found: dict[str, Value] = {}
    for line in lines:
        key = _BARE.fullmatch(line)
        if not key or key[1] not in native.EVENT or key[1] in found:
            return None
        found[key[1]] = key[2]
    return found


def _time_length(line: str) -> int:
    found = LINE.match(line)
    ends = (found.end(1), found.end(2) + 1, found.end(3)) if found else (0,)
    return max(*ends, 1) if max(ends) > 0 else len(line.split(None, 1)[0])
