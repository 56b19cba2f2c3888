"""Where keys, values and tables stand in a TOML text."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import cast

from outage_cli.model.event import Key
from outage_cli.readers.native.places import Branch, Notation, Scan, Scanner

TEXT = (  # also one that is never closed
    r'"""(?:[^"\\]++|\\.|"(?!""))*(?:"{3,5})?'
    r"|'''(?:[^']++|'(?!''))*(?:'{3,5})?"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"?'
    r"|'[^'\n]*+'?"
)
_BARE = r"""(?:\d{4}-\d\d-\d\d (?=\d\d:))?[^\s,\[\]{}#"'=]++"""
KEY = r"""(?:[\w-]++|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\n]*+')"""
DOT, _IS, COMMENT = r"[ \t]*+\.[ \t]*+", r"[ \t]*+=[ \t]*+", r"\#[^\n]*+"
_PATH = rf"{KEY}(?:{DOT}{KEY})*"
_NODE = rf"(?P<node>(?:(?P<path>{_PATH}){_IS})?(?:{TEXT}|{_BARE}|(?P<opened>[\[{{])))"
_HEADER = rf"(?P<header>\[\[?+)[ \t]*+(?P<name>{_PATH})[ \t]*+\]\]?+"
_LINE = rf"(?s)(?:\s++|{COMMENT})*(?:{_HEADER}|{_NODE})"
_ITEM = rf"(?s)(?:[\s,]++|{COMMENT})*(?:{_NODE}|(?P<closed>[\]}}]))"


def scan(text: str) -> Scan:
    """Return where everything stands in a text that is valid up to its end."""
    scanner, line, item, at = _Scanner(), re.compile(_LINE), re.compile(_ITEM), 0
    while match := (item if scanner.above else line).match(text, at):
        at = match.end()
        if match.lastgroup == "node":
            scanner.node(match)
        elif match.lastgroup == "closed":
            scanner.close()
        else:
            scanner.header(match)
    return Scan(scanner.top, scanner.repeated)


class _Scanner(Scanner):
    """One pass over a text with tables. `complete` are the starts of those no header may name."""

    def __init__(self) -> None:
        super().__init__()
        self.complete: set[int] = set()

    def node(self, match: re.Match[str]) -> None:
        """Note a key with its value, or an element of an array."""
        here, start, key = self.here, match.start("node"), cast("Key", len(self.here))
        if match["path"] is not None:
            *tables, (key, further) = _parts(match["path"])
            for name, at in tables:
                here = self.table(here, name, start + at)
                self.complete.add(here.start)
            start += further
        self.add(here, key, start, match["opened"])
        if match["opened"]:
            self.complete.add(start)

    def header(self, match: re.Match[str]) -> None:
        """Enter the table that a header names."""
        here, start = self.top, match.start("name")
        *tables, (key, further) = _parts(match["name"])
        for name, at in tables:
            here = self.table(here, name, start + at)
        start += further
        is_array = match["header"] == "[["
        position = here.setdefault(key, Branch(start)) if is_array else self.table(here, key, start)
        if not isinstance(position, Branch) or position.start in self.complete:
            self.repeated.append((key, start))
            position = Branch(start)
        if is_array:
            position[len(position)] = self.here = Branch(match.start("header"))
        else:
            self.here = position
        self.complete.add(self.here.start)

    def table(self, here: Branch, key: str, start: int) -> Branch:
        """Return the table of a key, which may be a new one; of several, the last one."""
        position = here.get(key)
        if position is None:
            position = here[key] = Branch(start)
        if isinstance(position, Branch) and len(position) - 1 in position:
            position = position[len(position) - 1]
        if isinstance(position, Branch):
            return position
        self.repeated.append((key, start))
        return Branch(start)


@lru_cache(maxsize=1024)
def _parts(path: str) -> tuple[tuple[str, int], ...]:
    """Return the keys in a dotted key, and the offset of each in it."""
    parts = ((part[0], part.start()) for part in re.finditer(KEY, path))
    return tuple(
        (str(tomllib.loads(f"_={key}")["_"]) if key[0] in "\"'" else key, at) for key, at in parts
    )


NOTATION = Notation(
    scan,
    key=rf"({KEY})(?:(?:{DOT}{KEY})*{_IS})?",
    token=rf"(?s){_HEADER}|{TEXT}|{COMMENT}|\[\s*+\]|{{\s*+}}|[\[\]{{}}]|{_BARE}",
)
