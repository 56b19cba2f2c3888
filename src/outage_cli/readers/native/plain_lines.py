"""The first pass over a plain-text timeline: line by line, to events, headings and entries.

One match reads most lines; `EntryReader` reads an event that this match does not cover.
"""

from __future__ import annotations

import re
from typing import Any

from outage_cli.model.fast_tuples import quick
from outage_cli.model.problem import ERROR, WARNING, Place, Problem
from outage_cli.model.state import STATED
from outage_cli.readers.document import Line, Value
from outage_cli.readers.native.plain_entries import EntryReader
from outage_cli.readers.native.plain_entry_text import PlainEntry
from outage_cli.readers.native.plain_syntax import (
    LINE,
    SERVICE,
    TOP_KEY,
    ends_in_state,
    event_values,
    is_comment,
    single_state,
    time_suffix,
    words_and_marks,
)
from outage_cli.readers.native.plain_times import dated, heading, is_moment, order, tilde_first
from outage_cli.readers.source import Text
from outage_cli.when.words.expressions import MAYBE_TIME

MOST_MEANINGLESS = 1000
"""A text with more lines without a meaning is no timeline, and is not read to its end."""

_STATES = tuple(STATED)
_line = quick(Line, *Line._fields)
_NOTHING: dict[str, Value] = {}
_DATED_COMMENT = r"\s*#[#\s]*\d{4}-\d\d-\d\d\s*"
_UNDATED = "remove the `#` if the events below are of that day"
_HINT = "begin with a time (in brackets if it has several words), `key:`, `service id:` or `# `"


class LineReader:
    """Reads the lines of one text. Numbers of lines count from 0."""

    def __init__(self, text: Text) -> None:
        self.text, self.reader = text, EntryReader(text)
        self.problems: list[Problem] = []
        whole = text.text
        self.lines = re.split(r"\r\n|\r|\n", whole) if "\r" in whole else whole.split("\n")
        self.events: list[Any] = []  # a mapping or a `Line` each
        self.starts: list[int] = []  # the line of each event
        self.others: list[int] = []  # the lines of all other entries
        self.below: dict[int, list[int]] = {}  # the indented lines below a line
        self.above: int | None = None  # the line to which an indented one would belong
        self.day = ""  # of the heading
        self.latest = ""  # the clock time of the last event
        self.doubtful: dict[int, str] = {}  # services of which an event seems to state a state
        self.meaningless = 0

    def read(self) -> None:
        """Read all lines, or as many as it takes to know that the text is no timeline."""
        match, events, starts = LINE.match, self.events, self.starts
        prefix = ""
        for number, line in enumerate(self.lines):
            fields = match(line)
            if fields is None:
                if line:
                    self.other_line(number, line)
                    if self.meaningless > MOST_MEANINGLESS:
                        return
                    prefix = self.day and f"{self.day} "
                continue
            clock, bracketed, word, quoted, words, rest = fields.groups()
            at: str | None
            if clock is not None:
                at = prefix + clock
                if prefix:
                    if clock < self.latest:
                        self.add_backwards(number, clock)
                    self.latest = clock
            elif word and not (quoted or rest) and self.opens_a_day(number, line, word):
                prefix = self.day and f"{self.day} "
                continue
            else:
                at = self.at(number, bracketed if word is None else word)
            if words and bracketed is None and words.startswith(MAYBE_TIME):
                self.check_time_ends(number, clock or word or "", words)
            starts.append(number)
            self.above = number
            event = _event(at, words, rest) if words and at is not None else None
            events.append(event or self.event(number, at))

    def other_line(self, number: int, line: str) -> None:
        """Read a line that does not begin with a time in digits or brackets."""
        if line.isspace():
            return
        if is_comment(line):
            if re.fullmatch(_DATED_COMMENT, line):
                self.add_problem(
                    "comment", "is a comment and no day's heading", number, _UNDATED, WARNING
                )
        elif line[0].isspace():
            if self.above is None:
                hint = "move it to the margin, or below what it belongs to"
                self.add_problem(
                    "not-a-line", "is indented, and stands below nothing", number, hint
                )
            else:
                self.below.setdefault(self.above, []).append(number)
        elif TOP_KEY.match(line) or SERVICE.match(line):
            self.others.append(number)
            self.above = number
        elif not self.is_heading(number, line):
            self.above = number
            first, *words = line.split(None, 1)
            if is_moment(first):
                self.check_time_ends(number, first, "".join(words))
                at = self.at(number, first)
                self.starts.append(number)
                self.events.append(self.event(number, at))
            else:
                self.meaningless += 1
                if self.meaningless <= MOST_MEANINGLESS:
                    self.add_problem("not-a-line", "is no part of a timeline", number, _HINT)

    def opens_a_day(self, number: int, line: str, word: str) -> bool:
        """Return whether a line that begins like an event is a heading: `15 October 2022`."""
        return ":" not in word and word[0].isdecimal() and self.is_heading(number, line)

    def is_heading(self, number: int, line: str) -> bool:
        """Return whether a line is the heading of a day, which is then that of the lines below."""
        day = heading(line)
        if day is None:
            return False
        if not day:
            hint = "check the month and the day"
            self.add_problem("not-a-moment", f"no calendar has `{line.strip()}`", number, hint)
        self.day, self.latest, self.above = day, "", None
        return True

    def at(self, number: int, text: str) -> str | None:
        """Return the time of an event with its date; None where the event has no time."""
        text = tilde_first(text)
        if not self.day or not text:
            return text or None
        if clock := order(text):
            if clock < self.latest:
                self.add_backwards(number, text)
            self.latest = clock
        moment = dated(text, self.day)
        if moment is None:
            hint = f"write the date too, as in [{self.day} 15:19]"
            self.add_problem(
                "no-date", f"`{text}` cannot take the date of its heading", number, hint
            )
        return moment or text

    def check_time_ends(self, number: int, time: str, words: str) -> None:
        """Warn if the first words seem to belong to the time: it is one word, or in brackets."""
        more = time_suffix(words)
        whole = re.sub(r"\s+[–—-]\s+", "..", f"{time} {more}")
        if more is None or not (is_moment(whole) or is_moment(f"{self.day} {whole}")):
            return
        message = f"takes `{time}` for the time, and `{more}` for the first of its words"
        hint = f"write [{whole}] for the time, or put the words in double quotes"
        self.add_problem("several-words", message, number, hint, WARNING, len(time) + 1 + len(more))

    def add_backwards(self, number: int, shown: str) -> None:
        """Add the problem of a time that is before the one above it."""
        hour, _, rest = self.latest.partition(":")
        days = int(hour) // 24
        above = f"{int(hour) - 24 * days:02}:{rest}{'>' * days}"
        bare = shown.rstrip(" >")
        later = days if days and order(bare + ">" * days) >= self.latest else days + 1
        message = f"{shown} is before {above}, the time above it"
        when = "on that day" if later == days else "the next day"
        hint = f"write {bare}{'>' * later} if it is {when}, or put a heading with its date above"
        self.add_problem("runs-backwards", message, number, hint, length=len(shown))

    def event(self, number: int, at: str | None) -> dict[str, Value]:
        """Return any event, and note where its text seems to end in a state."""
        event = self.reader.event(self.entry(number), at)
        what, line = event.get("what"), LINE.match(self.lines[number])
        is_bare = line is None or line[5]
        if is_bare and isinstance(what, str) and (name := ends_in_state(what)):
            self.doubtful[number] = name
        return event

    def entry(self, number: int) -> PlainEntry:
        """Return a line and the indented ones below it."""
        return PlainEntry(number, tuple(self.below.get(number, ())))

    def add_problem(  # noqa: PLR0913 - a problem has as many parts
        self,
        code: str,
        message: str,
        number: int,
        hint: str,
        severity: str = ERROR,
        length: int | None = None,
    ) -> None:
        """Add a problem with the first characters of a line, or with all of it."""
        line = self.lines[number]
        column = len(line) - len(line.lstrip()) + 1
        place = Place(self.text.name, number + 1, column, length or max(1, len(line.strip())))
        self.problems.append(Problem(code, message, place, hint, severity))


def _event(at: str, words: str, rest: str | None) -> dict[str, Value] | Line | None:
    """Return an event of one line, fast; None for one that only `EntryReader` can read."""
    marks: dict[str, Value] = _NOTHING
    if "#" in words or "+" in words or "!" in words:
        split = words_and_marks(words)
        if split is None:
            return None
        words, marks = split
    if not words or words.endswith(_STATES):
        return None
    if rest is not None and not marks and (stated := single_state(rest)):
        return _line(at, words, stated[0], stated[1])
    values = _NOTHING if rest is None else event_values(rest)
    if values is None or not marks.keys().isdisjoint(values):
        return None
    return {"at": at, "what": words, **marks, **values}
