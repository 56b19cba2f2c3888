"""The native timeline in TOML. Numbers, dates and times stay the text that they are written with.

The standard library parses and finds mistakes; here they get words that say what to do.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import cast

from outage_cli.model.event import Key
from outage_cli.model.problem import Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Document
from outage_cli.readers.native import timeline as native
from outage_cli.readers.native.places import Branch, Notation, Places, Scan, settled
from outage_cli.readers.source import Source, Text

_TEXT = (  # also one that is never closed
    r'"""(?:[^"\\]++|\\.|"(?!""))*(?:"{3,5})?'
    r"|'''(?:[^']++|'(?!''))*(?:'{3,5})?"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"?'
    r"|'[^'\n]*+'?"
)
_BARE = r"""(?:\d{4}-\d\d-\d\d (?=\d\d:))?[^\s,\[\]{}#"'=]++"""
_KEY = r"""(?:[\w-]++|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\n]*+')"""
_DOT, _IS, _COMMENT = r"[ \t]*+\.[ \t]*+", r"[ \t]*+=[ \t]*+", r"\#[^\n]*+"
_PATH = rf"{_KEY}(?:{_DOT}{_KEY})*"
_NODE = rf"(?P<node>(?:(?P<path>{_PATH}){_IS})?(?:{_TEXT}|{_BARE}|(?P<opened>[\[{{])))"
_HEADER = rf"(?P<header>\[\[?+)[ \t]*+(?P<name>{_PATH})[ \t]*+\]\]?+"
_LINE = rf"(?s)(?:\s++|{_COMMENT})*(?:{_HEADER}|{_NODE})"
_ITEM = rf"(?s)(?:[\s,]++|{_COMMENT})*(?:{_NODE}|(?P<closed>[\]}}]))"

_MANY_DOTS = rf"(?m)^(?:[^.\n]*+\.){{{DEEPEST}}}"
_DEEP = rf"(?s)({_KEY}(?:{_DOT}{_KEY}){{{DEEPEST}}})|{_TEXT}|{_COMMENT}|[\w-]++"
_FLOAT = r"\.[0-9]|[eE][+-]?[0-9]|[ \t]*="
_VAST = rf"(?s)(?<![\w.+-])([+-]?[1-9](?:_?[0-9]){{4300,}}+)(?!{_FLOAT})|{_TEXT}|{_COMMENT}"


def read(source: Source) -> ReadResult:
    """Read a native timeline from TOML 1.0."""
    return native.read(source, document)


def document(text: Text) -> Document | Problem:
    """Parse TOML. Troubles of the text as a whole come back as one problem."""
    places = Places(text, _NOTATION)
    if re.search(_MANY_DOTS, text.text):  # the parser takes the square of their number
        for found in re.finditer(_DEEP, text.text):
            if found[1]:
                return TOO_DEEP.at(text.place(found.start(), len(found[1])))
    try:
        data = settled(_parsed(text.text), places.source)
    except tomllib.TOMLDecodeError as error:
        return _not_toml(text, str(error))
    except RecursionError:
        return _NOTATION.too_deep(text)
    return Document(data, places.find)


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # digits by the thousand: a zero as long as they are will do
        zeros = re.compile(_VAST)
        tame = zeros.sub(lambda it: f"0b{'0' * (len(it[1]) - 2)}" if it[1] else it[0], text)
        return tomllib.loads(tame, parse_float=str)


class _Scanner:
    """One pass over a valid text: where every key, element and table stands."""

    def __init__(self) -> None:
        self.top = self.here = Branch(0)
        self.above: list[Branch] = []
        self.complete: set[int] = set()  # starts of tables that no header may name again
        self.repeated: list[tuple[str, int]] = []

    def scan(self, text: str) -> Scan:
        line, item, at = re.compile(_LINE), re.compile(_ITEM), 0
        while found := (item if self.above else line).match(text, at):
            at = found.end()
            if found.lastgroup == "node":
                self.node(found)
            elif found.lastgroup == "closed":
                self.here = self.above.pop()
            else:
                self.header(found)
        return Scan(self.top, self.repeated)

    def node(self, found: re.Match[str]) -> None:
        here, start, key = self.here, found.start("node"), cast("Key", len(self.here))
        if found["path"] is not None:
            *tables, (key, further) = _parts(found["path"])
            for name, at in tables:
                here = self.table(here, name, start + at)
                self.complete.add(here.start)
            start += further
        if isinstance(key, str) and key in here:
            self.repeated.append((key, start))
        here[key] = spot = Branch(start) if found["opened"] else start
        if isinstance(spot, Branch):
            self.complete.add(start)
            self.above.append(self.here)
            self.here = spot

    def header(self, found: re.Match[str]) -> None:
        here, start = self.top, found.start("name")
        *tables, (key, further) = _parts(found["name"])
        for name, at in tables:
            here = self.table(here, name, start + at)
        start += further
        is_array = found["header"] == "[["
        spot = here.setdefault(key, Branch(start)) if is_array else self.table(here, key, start)
        if not isinstance(spot, Branch) or spot.start in self.complete:
            self.repeated.append((key, start))
            spot = Branch(start)
        if is_array:
            spot[len(spot)] = self.here = Branch(found.start("header"))
        else:
            self.here = spot
        self.complete.add(self.here.start)

    def table(self, here: Branch, key: str, start: int) -> Branch:
        """Return the table that a key leads to, made if need be: of several, the last one."""
        spot = here.get(key)
        if spot is None:
            spot = here[key] = Branch(start)
        if isinstance(spot, Branch) and len(spot) - 1 in spot:
            spot = spot[len(spot) - 1]
        if isinstance(spot, Branch):
            return spot
        self.repeated.append((key, start))
        return Branch(start)


@lru_cache(maxsize=1024)
def _parts(path: str) -> tuple[tuple[str, int], ...]:
    """Return the keys of a dotted key, and how far into it they start."""
    parts = ((part[0], part.start()) for part in re.finditer(_KEY, path))
    return tuple(
        (str(tomllib.loads(f"_={key}")["_"]) if key[0] in "\"'" else key, at) for key, at in parts
    )


_NOTATION = Notation(
    lambda text: _Scanner().scan(text),
    key=rf"({_KEY})(?:(?:{_DOT}{_KEY})*{_IS})?",
    token=rf"(?s){_HEADER}|{_TEXT}|{_COMMENT}|\[\s*+\]|{{\s*+}}|[\[\]{{}}]|{_BARE}",
)


# Mistakes

_QUOTES = 'put it in quotes: "{word}"'
_OPEN_TEXT = r"""Unterminated|Expected ("'"|"'''")|(Illegal|Found invalid) character '\\n'"""
_ESCAPE = r"Unescaped|Invalid hex|Escaped"
_MISTAKES = (  # what the parser says, the line until there, the word there; message; hint
    (_OPEN_TEXT, "a text is never closed", "close it with the quotes that it starts with"),
    (_ESCAPE, "`{word}` means nothing in a text", r"write \\ for a backslash"),
    (r"Illegal|Found", "an invisible character", "remove it"),
    (r"Cannot|Duplicate", "a table is defined twice", "write each table in one place"),
    (r"Expected '='.*\n *- ", "expected `=`", "begin each event with a line [[events]]"),
    (r"Expected '='", "expected `=`", "write key = value"),
    (r"Expected '\]", "expected `]`", "write [services] or [[events]]"),
    (r"Invalid (stat|init).*\n.*\n\w", "the key `{word}` has no quotes", _QUOTES),
    (r"Invalid init.*\n.*\{", "expected a key", "keep {{ }} on one line, no comma at its end"),
    (r"Invalid (stat|init)", "expected a key", "write key = value"),
    (r".*\n.*\n(?i:true|false)$", "expected `{small}`", "write {small}"),
    (r".*\n.*\n(?i:null|none|nil)$", "`{word}` means nothing", "leave the key out"),
    (r".*\n.*\n\d\d:\d\d$", "`{word}` is not a time", _QUOTES + ", or write {word}:00"),
    (r".*\n.*\n[^\s\"'=[\]{},][^\"'=[\]{}]*$", "`{word}` has no quotes", _QUOTES),
    (r"Unclosed.*\n.*\n[\"'][^=]*$", "expected a comma", "put a comma between two values"),
    (r"Unclosed", "`{opener}` is never closed", "add `{closing}`"),
    (r"Expected newline", "expected the end of the line", "begin a new line, or use quotes"),
    (r"", "expected a value", "write one, or leave the key out"),
)
_STOP = rf"(?s){_TEXT}|{_COMMENT}|([,\[{{=\n])"
_MOST_SHOWN = 40


def _not_toml(text: Text, told: str) -> Problem:
    whole, (said, _, where) = text.text, told.rpartition(" (at ")
    found = re.match(r"line (\d+), column (\d+)", where)
    at = text.starts[int(found[1]) - 1] + int(found[2]) - 1 if found else len(whole)
    if said.startswith(("Cannot", "Duplicate")):
        scan = _Scanner().scan(f"{whole[:at]}]]")  # closes the header that it may end in
        if scan.repeated:
            return Places(text, _NOTATION).twice(*scan.repeated[0])
    opened = _NOTATION.opened(whole[:at])
    opener = whole[opened[-1]] if opened else ""
    if opened and at == len(whole) and not re.match(_OPEN_TEXT, said):
        said = "Unclosed"
    start, word = _word(whole, at, said, opened)
    line = whole[whole.rfind("\n", 0, at) + 1 : at]
    situation = f"{said}\n{line}\n{word}"
    message, hint = next(words for sign, *words in _MISTAKES if re.match(sign, situation))
    if "{opener}" in message and opened:
        start, word = opened[-1], opener
    shown = {"word": word[:_MOST_SHOWN], "small": word.lower(), "opener": opener}
    shown["closing"] = {"{": "}", "[": "]"}.get(opener, "")
    message = f"is not TOML: {message.format(**shown)}"
    return Problem("not-toml", message, text.place(start, len(word)), hint.format(**shown))


def _word(whole: str, at: int, said: str, opened: list[int]) -> tuple[int, str]:
    """Return what stands there without quotes, from its start; else the one sign there."""
    start, ends = at, r"[^\w-]"
    if re.match(_OPEN_TEXT, said):
        texts = [each for each in re.finditer(_STOP, whole[:at]) if each[0][0] in "\"'"]
        opening = (each.start() for each in texts if len(each[0]) == 1 or each[0][0] != each[0][-1])
        start = next(opening, texts[-1].start() if texts else at)
        return start, whole[start:at]
    if re.match(_ESCAPE, said):
        start = whole.rfind("\\", 0, at)
        return start, whole[start:at]
    if at < len(whole) and said.startswith(("Invalid value", "Expected newline", "Unclosed")):
        begin = opened[-1] if opened else whole.rfind("\n", 0, at) + 1
        ends = r"[,\]}#\n]" if opened else r"[#\n]"
        stops = re.finditer(_STOP, whole[begin:at])
        start = begin + max((each.end() for each in stops if each[1]), default=0)
        start = at - len(whole[start:at].lstrip())
    word = re.split(ends, whole[start:], maxsplit=1)[0].rstrip()
    return (start, word) if word else (at, whole[at : at + 1])
