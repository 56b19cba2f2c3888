"""The native timeline in TOML. Numbers, dates and times stay the text in which they are written.

The standard library parses; what it refuses is explained by `toml_mistakes`.
"""

from __future__ import annotations

import re
import tomllib

from outage_cli.model.problem import Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Document
from outage_cli.readers.native.places import Places, as_text
from outage_cli.readers.native.timeline import read_timeline
from outage_cli.readers.native.toml_places import COMMENT, DOT, KEY, NOTATION, TEXT
from outage_cli.readers.source import Source, Text

_MANY_DOTS = rf"(?m)^(?:[^.\n]*+\.){{{DEEPEST}}}"
_DEEP = rf"(?s)({KEY}(?:{DOT}{KEY}){{{DEEPEST}}})|{TEXT}|{COMMENT}|[\w-]++"
_FLOAT = r"\.[0-9]|[eE][+-]?[0-9]|[ \t]*="
_VAST = rf"(?s)(?<![\w.+-])([+-]?[1-9](?:_?[0-9]){{4300,}}+)(?!{_FLOAT})|{TEXT}|{COMMENT}"


def read(source: Source) -> ReadResult:
    """Read a native timeline from TOML 1.0."""
    return read_timeline(source, document)


def document(text: Text) -> Document | Problem:
    """Parse TOML. A mistake that spoils the text as a whole comes back as one problem."""
    places = Places(text, NOTATION)
    if re.search(_MANY_DOTS, text.text):  # the parser takes the square of their number
        for match in re.finditer(_DEEP, text.text):
            if match[1]:
                return TOO_DEEP.at(text.place(match.start(), len(match[1])))
    try:
        data = as_text(_parsed(text.text), places.source)
    except tomllib.TOMLDecodeError as error:
        from outage_cli.readers.native.toml_mistakes import not_toml

        return not_toml(text, str(error))
    except RecursionError:
        return NOTATION.too_deep(text)
    return Document(data, places.find)


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # too many digits for Python: a zero of the same length takes their place
        return tomllib.loads(re.sub(_VAST, _zero, text), parse_float=str)


def _zero(match: re.Match[str]) -> str:
    return f"0b{'0' * (len(match[1]) - 2)}" if match[1] else match[0]
