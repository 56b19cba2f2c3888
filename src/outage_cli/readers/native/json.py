"""The native timeline in JSON. Numbers stay the text in which they are written.

The standard library parses; what it refuses is explained by `json_mistakes`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from outage_cli.model.problem import WARNING, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import Document
from outage_cli.readers.native.json_places import NOTATION
from outage_cli.readers.native.places import Places, as_text
from outage_cli.readers.native.timeline import read_timeline
from outage_cli.readers.source import Source, Text

_ESCAPE = (
    r"(?s)\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    r"|(u[dD][89a-fA-F][\da-fA-F]{2})|.)"  # half a pair
)


def read(source: Source) -> ReadResult:
    """Read a native timeline from JSON (RFC 8259)."""
    return read_timeline(source, document)


def document(text: Text) -> Document | Problem:
    """Parse JSON. A mistake that spoils the text as a whole comes back as one problem."""
    halves = tuple(_halves(text)) if re.search(r"\\u[dD][89a-fA-F]", text.text) else ()
    if halves:  # their replacement has the same length, so that places stay
        whole = re.sub(_ESCAPE, lambda match: r"\ufffd" if match[1] else match[0], text.text)
        text = Text(text.name, whole)
    places = Places(text, NOTATION)
    has_repeated = False

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal has_repeated
        values = dict(pairs)
        if len(values) < len(pairs):
            has_repeated = True
            values.update(reversed(pairs))
        return values

    parser = json.JSONDecoder(
        object_pairs_hook=mapping, parse_float=str, parse_int=str, parse_constant=_refuse
    )
    try:
        data = as_text(parser.decode(text.text), places.source)
    except json.JSONDecodeError as error:
        from outage_cli.readers.native.json_mistakes import not_json

        return not_json(text, error)
    except RecursionError:
        return NOTATION.too_deep(text)
    return Document(data, places.find, halves + (places.problems() if has_repeated else ()))


def _halves(text: Text) -> Iterator[Problem]:
    for escape in re.finditer(_ESCAPE, text.text):
        if escape[1]:
            message, hint = f"holds half a character, `{escape[0]}`", "write the character itself"
            place = text.place(escape.start(), len(escape[0]))
            yield Problem("half-character", message, place, hint, WARNING)


def _refuse(name: str) -> NoReturn:
    raise json.JSONDecodeError("Constant", name, 0)
