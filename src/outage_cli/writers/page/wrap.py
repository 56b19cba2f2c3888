"""Texts on lines of a screen: broken between words, and where Japanese has none between letters.

Japanese and Chinese break at any letter but before closing and after opening marks; Korean breaks
between words, as English does. What is longer than a line is broken anywhere.
"""

from __future__ import annotations

import re
from functools import cache

from rich.cells import cell_len

_NO_START = "、。，．・：；？！）」』】〕〉》〜ー…々%)]},.!?:;"
_NO_END = "（「『【〔〈《([{"
_EASTERN = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"


@cache
def _breaks() -> re.Pattern[str]:
    """Return where a word may be broken: beside a letter, but for the marks around it."""
    marks = rf"(?![{re.escape(_NO_START)}])(?<![{re.escape(_NO_END)}])"
    return re.compile(rf"(?<=[{_EASTERN}])(?=\S){marks}|(?<=\S)(?=[{_EASTERN}]){marks}")


def taken(text: str) -> int:
    """Return how many columns a text takes; most texts are plain, and need no look at each sign."""
    return len(text) if text.isascii() else cell_len(text)


def has_eastern(text: str) -> bool:
    """Whether letters of Japanese or Chinese are in a text, which may be broken between them."""
    return not text.isascii() and any(sign >= "\u3000" and not _is_hangul(sign) for sign in text)


def _is_hangul(sign: str) -> bool:
    return "\uac00" <= sign <= "\ud7af"


def folded(text: str, room: int) -> list[str]:
    """Return a text in lines of at most `room` columns, broken where its language allows it."""
    if taken(text) <= room:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        gap = " " if line else ""
        for part in [word] if word.isascii() else _breaks().split(word):
            size = taken(part)
            if line and used + len(gap) + size <= room:
                line, used = f"{line}{gap}{part}", used + len(gap) + size
            else:
                lines += [line] if line else []
                *whole, line = _broken(part, room) if size > room else [part]
                lines += whole
                used = taken(line)
            gap = ""
    return [*lines, line]


def _broken(word: str, room: int) -> list[str]:
    """Return a word that is wider than a line in parts that are not; nothing is left out."""
    parts, used = [""], 0
    for sign in word:
        size = taken(sign)
        if parts[-1] and used + size > room:
            parts.append("")
            used = 0
        parts[-1] += sign
        used += size
    return parts
