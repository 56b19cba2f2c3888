"""Mistakes in TOML and JSON: from the message of the parser to words that say what to do.

A table of mistakes is searched from its start: the first pattern that matches the situation (the
message of the parser, then what stands around the mistake, a line each) has the message and the
hint, in which names in braces stand for parts of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from outage_cli.model.problem import Problem
from outage_cli.readers.source import Text

Mistakes: TypeAlias = tuple[tuple[str, str, str], ...]
"""Pattern of the situation, message, hint."""

MOST_SHOWN = 40
"""How many characters of a word are shown."""


def explanation(mistakes: Mistakes, situation: Sequence[str]) -> tuple[str, str]:
    """Return the message and the hint for a situation."""
    lines = "\n".join(situation)
    return next((message, hint) for sign, message, hint in mistakes if re.match(sign, lines))


def problem(
    notation: str, text: Text, start: int, word: str, words: tuple[str, str], **parts: str
) -> Problem:
    """Return the problem of a text that is not of a notation, from a message and a hint.

    They may name the `word` at `start`, its lower case (`small`), and any of `parts`.
    """
    shown = {"word": word[:MOST_SHOWN], "small": word.lower(), **parts}
    message, hint = (template.format(**shown) for template in words)
    code, message = f"not-{notation.lower()}", f"is not {notation}: {message}"
    return Problem(code, message, text.place(start, len(word)), hint)


def word_at(whole: str, start: int, at: int, ends: str) -> tuple[int, str]:
    """Return the word from `start` up to what `ends` it; where it is empty, the one sign `at`."""
    word = re.split(ends, whole[start:], maxsplit=1)[0].rstrip()
    return (start, word) if word else (at, whole[at : at + 1])
