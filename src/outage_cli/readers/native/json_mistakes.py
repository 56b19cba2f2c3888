"""Why a text is not JSON, and what to write instead."""

from __future__ import annotations

import re
from json import JSONDecodeError

from outage_cli.model.problem import Problem
from outage_cli.readers.document import CLOSED_BY
from outage_cli.readers.native import mistakes
from outage_cli.readers.native.json_places import NOTATION, STRING
from outage_cli.readers.native.mistakes import MOST_SHOWN
from outage_cli.readers.source import Text

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


def not_json(text: Text, error: JSONDecodeError) -> Problem:
    """Return the problem of a text that the parser refuses."""
    whole, message = text.text, error.msg
    at = _offset(whole, error)
    opened = NOTATION.opened(whole[:at])
    closing = CLOSED_BY[whole[opened[-1]]] if opened else "the end"
    if opened and at == len(whole):
        opener = whole[opened[-1]]
        words = "`{word}` is never closed", "add `{closing}`"
        return mistakes.problem("JSON", text, opened[-1], opener, words, closing=closing)
    start, word = _word(whole, at, message)
    if start < at:
        message = "Expecting value"  # 22:00 was a number until its colon
    before = whole[:at].rstrip(" \t\r\n")
    situation = (message, before[-1:], whole[start : start + 2], word)
    words = mistakes.explanation(_MISTAKES, situation)
    if words[0].startswith("a comma before"):
        start, word = len(before) - 1, ","
    sign = whole[at : at + 1]
    word = word[:MOST_SHOWN]
    return mistakes.problem("JSON", text, start, word, words, sign=sign, closing=closing)


def _offset(whole: str, error: JSONDecodeError) -> int:
    """Return where the mistake is; the parser sometimes points at the space or comma before."""
    if error.msg == "Constant":
        atoms = re.finditer(rf"(?s){STRING}|(-?(?:NaN|Infinity))", whole)
        return next((atom.start() for atom in atoms if atom[1]), 0)
    if error.msg.startswith(("Unterminated", "Invalid")):
        return error.pos
    rest = whole[error.pos + error.msg.startswith("Illegal trailing") :]
    return len(whole) - len(rest.lstrip(" \t\r\n"))


def _word(whole: str, at: int, message: str) -> tuple[int, str]:
    """Return the word at a mistake and its start; else the one sign there."""
    if message.startswith(("Invalid", "Unterminated")) or whole[at : at + 1] in {"]", "}"}:
        return at, whole[at : at + (2 if message.startswith(r"Invalid \e") else 1)]
    behind = re.search(r'[^\s,:\[\]{}"]*\Z', whole[max(at - MOST_SHOWN, 0) : at])
    start = at - len(behind[0] if behind else "")
    ends = r'[\n,:\[\]{}"]' if message.startswith("Expecting prop") else r'[\n,\[\]{}"]'
    return mistakes.word_at(whole, start, at, ends)
