"""Why a text is not YAML: the parser's message, or the likely mistake and what to write instead."""

from __future__ import annotations

from outage_cli.model.problem import Problem
from outage_cli.readers.document import CLOSED_BY
from outage_cli.readers.native.yaml_brackets import unclosed
from outage_cli.readers.source import Text


def not_yaml(text: Text, parser_message: str, offset: int) -> Problem:
    """Return the problem of a text that the parser refuses `offset` bytes from its start."""
    place = text.place(text.offset(min(offset, len(text.data))))
    line = text.line(place.line)
    message = f"is not YAML: {parser_message}".replace(": parse error", " from here on")
    hint = "check the indentation, brackets and quotes here and above"
    if "containers as keys" in parser_message:
        message = "is not a timeline: a key here is a mapping or a list"
        hint = "write a word before the colon, as in `down: naver`"
    elif opened := unclosed(text, place.line):
        sign, place = opened
        message, hint = f"is not YAML: `{sign}` is not closed", f"close it with `{CLOSED_BY[sign]}`"
    elif line[: len(line) - len(line.lstrip())].count("\t"):
        message, hint = "is not YAML: a tab indents this line", "indent with spaces"
    elif line.rstrip().endswith(": ?"):
        hint = 'put the question mark in quotes: "?"'
    elif line.count(": ") > 1 or "colon" in parser_message:
        hint = "put a text that holds `: ` in quotes"
    elif line.lstrip().startswith(("@", "`", "%")) or ": %" in line:
        hint = "put a text that starts with a special character in quotes"
    return Problem("not-yaml", message, place, hint)
