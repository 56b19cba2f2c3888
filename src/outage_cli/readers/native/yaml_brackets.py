"""Brackets of a YAML text that are open over several lines."""

from __future__ import annotations

import re

from outage_cli.model.problem import Place
from outage_cli.readers.document import CLOSED_BY
from outage_cli.readers.source import Text

_PART = r"""(?m)"(?:[^"\\\n]|\\.)*"|(?<![^\s\[{,:])'(?:[^'\n]|'')*'|(?:^|\s)#.*$|[\[\]{}]"""
"""A text in quotes, a comment or a bracket."""

_LEADING = r"[\r\n][ \t]*[,}]"
"""A line that begins with a comma or a brace."""

_GAP = r"(?:[\r\n]+[ \t]*(?:#[^\r\n]*)?)*"
_LEFT_ALONE = r"(?m)[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$|.{2000}"
"""A block scalar, in which there are no comments, or a line that nobody wrote by hand."""


def without_comments(text: Text) -> Text:
    """Return a text without the comments that the parser takes for a part of a scalar.

    That is `{a: b # comment` where a brace or a comma begins a later line: this sign takes the
    place of the comment. Everything else keeps its place.
    """
    whole = text.text
    if " #" not in whole and "\t#" not in whole:
        return text
    if not re.search(_LEADING, whole) or re.search(_LEFT_ALONE, whole):
        return text
    opened: list[str] = []
    parts, copied, gap_end = [], 0, 0
    for token in re.finditer(_PART, whole):
        sign, start = token[0], token.start()
        if sign in CLOSED_BY:
            opened.append(sign)
        elif sign in {"]", "}"}:
            if start >= copied:  # else it has been moved
                opened = opened[:-1]
        elif sign[0] in " \t" and opened[-1:] == ["{"] and start >= gap_end:
            gap = re.compile(_GAP).match(whole, token.end())
            gap_end = gap.end() if gap else token.end()
            if whole[gap_end : gap_end + 1] in {",", "}"}:
                blank = re.sub(r"[^\r\n]", " ", whole[start + 1 : gap_end + 1])
                parts += [whole[copied:start], whole[gap_end], blank]
                copied = gap_end + 1
                opened = opened[:-1] if whole[gap_end] == "}" else opened
    return Text(text.name, "".join([*parts, whole[copied:]])) if parts else text


def unclosed(text: Text, line: int) -> tuple[str, Place] | None:
    """Return the innermost bracket that is open where a line starts, and its place."""
    opened: list[tuple[str, int]] = []
    for token in re.finditer(_PART, text.text[: text.starts[line - 1]]):
        if token[0] in CLOSED_BY:
            opened.append((token[0], token.start()))
        elif token[0] in {"]", "}"} and opened:
            opened.pop()
    if not opened:
        return None
    sign, offset = opened[-1]
    return sign, text.place(offset)
