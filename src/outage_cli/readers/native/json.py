"""The native timeline in JSON. Numbers stay the text that they are written with.

The standard library parses and finds mistakes; here they get words that say what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NoReturn

from outage_cli.model.problem import WARNING, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import Document
from outage_cli.readers.native import timeline as native
from outage_cli.readers.native.places import Branch, Notation, Places, Scan, settled
from outage_cli.readers.source import Source, Text

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*"'
_ATOM = r'[^\s,:\[\]{}"]++'
_NODE = rf"(?s)[\s,]*+((?:({_STRING})\s*+:\s*+)?(?:{_STRING}|{_ATOM}|([\[{{])|([\]}}])))"
_ESCAPE = (
    r"(?s)\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"
    r"|(u[dD][89a-fA-F][\da-fA-F]{2})|.)"  # half a pair
)


def read(source: Source) -> ReadResult:
    """Read a native timeline from JSON (RFC 8259)."""
    return native.read(source, document)


def document(text: Text) -> Document | Problem:
    """Parse JSON. Troubles of the text as a whole come back as one problem."""
    halves = tuple(_halves(text)) if re.search(r"\\u[dD][89a-fA-F]", text.text) else ()
    if halves:  # what takes their place is as long, so that places stay
        whole = re.sub(_ESCAPE, lambda found: r"\ufffd" if found[1] else found[0], text.text)
        text = Text(text.name, whole)
    places = Places(text, _NOTATION)
    has_twins = False

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal has_twins
        found = dict(pairs)
        if len(found) < len(pairs):
            has_twins = True
            found.update(reversed(pairs))
        return found

    parser = json.JSONDecoder(
        object_pairs_hook=mapping, parse_float=str, parse_int=str, parse_constant=_refuse
    )
    try:
        data = settled(parser.decode(text.text), places.source)
    except json.JSONDecodeError as error:
        return _not_json(text, error)
    except RecursionError:
        return _NOTATION.too_deep(text)
    return Document(data, places.find, halves + (places.problems() if has_twins else ()))


def _halves(text: Text) -> Iterator[Problem]:
    for found in re.finditer(_ESCAPE, text.text):
        if found[1]:
            message, hint = f"holds half a character, `{found[0]}`", "write the character itself"
            place = text.place(found.start(), len(found[0]))
            yield Problem("half-character", message, place, hint, WARNING)


def _scan(text: str) -> Scan:
    top = here = Branch(0)
    above: list[Branch] = []
    repeated: list[tuple[str, int]] = []
    for node in re.finditer(_NODE, text):
        source, opened, closed = node.group(2, 3, 4)
        if closed:
            here = above.pop()
            continue
        start = node.start(1)
        key = len(here) if source is None else _decoded(source)
        spot = Branch(start) if opened else start
        if isinstance(key, str) and key in here:
            repeated.append((key, start))
        else:
            here[key] = spot
        if isinstance(spot, Branch):
            above.append(here)
            here = spot
    return Scan(top[0], repeated)


@lru_cache(maxsize=1024)
def _decoded(key: str) -> str:
    return str(json.loads(key)) if "\\" in key else key[1:-1]


_NOTATION = Notation(
    _scan,
    key=rf"(?s)({_STRING})\s*+:\s*+",
    token=rf"(?s){_STRING}?|\[\s*+\]|{{\s*+}}|[\[\]{{}}]|{_ATOM}",
)


# Mistakes

_QUOTES = 'put it in double quotes: "{word}"'
_MISTAKES = (  # what the parser says, the sign before, the sign here, the word; message; hint
    (r"Unterminated", "a text is never closed", 'close it with "'),
    (r"Invalid control.*\n.*\n\t", "a tab stands in a text", r"write it as \t"),
    (r"Invalid control", "a line ends inside a text", r'close the text with ", or write \n'),
    (r"Invalid \\u", r"\u stands without four hexadecimal digits", r"write \\ for a backslash"),
    (r"Invalid \\", "`{word}` means nothing in a text", r"write \\ for a backslash"),
    (r"Constant", "`{word}` is no number", "write null, or leave the key out"),
    (r".*\n.*\n(/[/*]|#)", "it has a comment", "remove it; YAML and TOML have comments"),
    (r".*\n.*\n'", "single quotes", "put texts and keys in double quotes"),
    (r".*\n.*\n([^\S \t\r\n]|\ufeff)", "an unusual space", "replace it with a plain one"),
    (r".*\n,\n[]}]", "a comma before the closing `{sign}`", "remove the comma"),
    (r"Extra data\n.*\n[]}]", "`{sign}` closes nothing", "remove it"),
    (r"Extra data", "it goes on after its end", "write one timeline a file, in one pair of {{ }}"),
    (r"Expecting prop.*\n.*\n[],:{[]", "expected a key", 'write "key": value'),
    (r"Expecting prop.*\n,\n\d", "a comma inside a number", "write the digits without commas"),
    (r"Expecting prop", "the key `{word}` has no quotes", _QUOTES),
    (r"Expecting ':'", "expected a colon", 'write "key": value'),
    (r"Expecting ','.*\n.*\n[]}]", "expected `{closing}`", "the bracket opened last closes first"),
    (r"Expecting ','.*\n\"\n[^\"{[]", "expected a comma", r"write \" for a quote inside a text"),
    (r"Expecting ','", "expected a comma", "put a comma between two values"),
    (r".*\n\n", "expected `{{`", "begin with {{ and end with }}"),
    (r".*\n.*\n[],}:]", "expected a value", "write one, or null"),
    (r".*\n.*\n.*\n(?i:true|false|null)$", "expected `{small}`", "write {small}"),
    (r".*\n.*\n.*\n(None|nil|undefined)$", "expected `null`", "write null"),
    (r"", "`{word}` has no quotes", _QUOTES),
)
_MOST_SHOWN = 40


def _refuse(name: str) -> NoReturn:
    raise json.JSONDecodeError("Constant", name, 0)


def _not_json(text: Text, error: json.JSONDecodeError) -> Problem:
    whole, said = text.text, error.msg
    at = _offset(whole, error)
    opened = _NOTATION.opened(whole[:at])
    closing = {"{": "}", "[": "]"}[whole[opened[-1]]] if opened else "the end"
    if opened and at == len(whole):
        message, hint = f"is not JSON: `{whole[opened[-1]]}` is never closed", f"add `{closing}`"
        return Problem("not-json", message, text.place(opened[-1]), hint)
    start, word = _word(whole, at, said)
    if start < at:
        said = "Expecting value"  # 22:00 was a number until its colon
    before = whole[:at].rstrip(" \t\r\n")
    situation = "\n".join((said, before[-1:], whole[start : start + 2], word))
    message, hint = next(words for sign, *words in _MISTAKES if re.match(sign, situation))
    if message.startswith("a comma before"):
        start, word = len(before) - 1, ","
    word = word[:_MOST_SHOWN]
    shown = {"word": word, "small": word.lower(), "sign": whole[at : at + 1], "closing": closing}
    message = f"is not JSON: {message.format(**shown)}"
    return Problem("not-json", message, text.place(start, len(word)), hint.format(**shown))


def _offset(whole: str, error: json.JSONDecodeError) -> int:
    """Return where the mistake is; the parser sometimes points at the space or comma before."""
    if error.msg == "Constant":
        atoms = re.finditer(rf"(?s){_STRING}|(-?(?:NaN|Infinity))", whole)
        return next((atom.start() for atom in atoms if atom[1]), 0)
    if error.msg.startswith(("Unterminated", "Invalid")):
        return error.pos
    rest = whole[error.pos + error.msg.startswith("Illegal trailing") :]
    return len(whole) - len(rest.lstrip(" \t\r\n"))


def _word(whole: str, at: int, said: str) -> tuple[int, str]:
    """Return what stands there without quotes, from its start; else the one sign there."""
    if said.startswith(("Invalid", "Unterminated")) or whole[at : at + 1] in {"]", "}"}:
        return at, whole[at : at + (2 if said.startswith(r"Invalid \e") else 1)]
    behind = re.search(r'[^\s,:\[\]{}"]*\Z', whole[max(at - _MOST_SHOWN, 0) : at])
    start = at - len(behind[0] if behind else "")
    ends = r'[\n,:\[\]{}"]' if said.startswith("Expecting prop") else r'[\n,\[\]{}"]'
    word = re.split(ends, whole[start:], maxsplit=1)[0].rstrip()
    return (start, word) if word else (at, whole[at : at + 1])
