"""Why a text is not TOML, and what to write instead."""

from __future__ import annotations

import re

from outage_cli.model.problem import Problem
from outage_cli.readers.document import CLOSED_BY
from outage_cli.readers.native import mistakes
from outage_cli.readers.native.places import Places
from outage_cli.readers.native.toml_places import COMMENT, NOTATION, TEXT, scan
from outage_cli.readers.source import Text

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
_STOP = rf"(?s){TEXT}|{COMMENT}|([,\[{{=\n])"


def not_toml(text: Text, error: str) -> Problem:
    """Return the problem of a text that the parser refuses with a message."""
    whole, (message, _, where) = text.text, error.rpartition(" (at ")
    position = re.match(r"line (\d+), column (\d+)", where)
    at = len(whole)
    if position:
        at = text.starts[int(position[1]) - 1] + int(position[2]) - 1
    if message.startswith(("Cannot", "Duplicate")):
        repeated = scan(f"{whole[:at]}]]").repeated  # closes the header that it may end in
        if repeated:
            return Places(text, NOTATION).repeated_key(*repeated[0])
    opened = NOTATION.opened(whole[:at])
    opener = whole[opened[-1]] if opened else ""
    if opened and at == len(whole) and not re.match(_OPEN_TEXT, message):
        message = "Unclosed"
    start, word = _word(whole, at, message, opened)
    line = whole[whole.rfind("\n", 0, at) + 1 : at]
    words = mistakes.explanation(_MISTAKES, (message, line, word))
    if "{opener}" in words[0] and opened:
        start, word = opened[-1], opener
    closing = CLOSED_BY.get(opener, "")
    return mistakes.problem("TOML", text, start, word, words, opener=opener, closing=closing)


def _word(whole: str, at: int, message: str, opened: list[int]) -> tuple[int, str]:
    """Return the word at a mistake and its start; else the one sign there."""
    if re.match(_OPEN_TEXT, message):
        start = _open_text(whole, at)
        return start, whole[start:at]
    if re.match(_ESCAPE, message):
        start = whole.rfind("\\", 0, at)
        return start, whole[start:at]
    if at == len(whole) or not message.startswith(
        ("Invalid value", "Expected newline", "Unclosed")
    ):
        return mistakes.word_at(whole, at, at, r"[^\w-]")
    begin = opened[-1] if opened else whole.rfind("\n", 0, at) + 1
    stops = re.finditer(_STOP, whole[begin:at])
    start = begin + max((stop.end() for stop in stops if stop[1]), default=0)
    start = at - len(whole[start:at].lstrip())
    return mistakes.word_at(whole, start, at, r"[,\]}#\n]" if opened else r"[#\n]")


def _open_text(whole: str, at: int) -> int:
    """Return where the text in quotes begins that is open `at` an offset."""
    texts = [stop for stop in re.finditer(_STOP, whole[:at]) if stop[0][0] in "\"'"]
    opening = (text.start() for text in texts if len(text[0]) == 1 or text[0][0] != text[0][-1])
    return next(opening, texts[-1].start() if texts else at)
