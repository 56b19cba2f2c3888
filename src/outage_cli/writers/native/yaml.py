"""The native timeline in YAML: sections in block style, their entries in flow style.

A text is quoted where a parser of YAML 1.2 or 1.1 would read structure, null or a truth value.
Numbers, dates and times stay bare: readers of timelines keep them as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from outage_cli.model.screen import Screen
from outage_cli.writers.native.values import UNSEEN, Value, quoted

WIDTH = 100

_LISTS = ("sources", "events", "maintenance", "claims", "notes")
_NEVER = rf"{UNSEEN}\x00-\x1f"
_FIRST = r"(?:[\w(/~+±$€£<]|-(?=\d))"
_BARE = re.compile(
    rf"{_FIRST}(?:[^\s,\[\]{{}}?:#{_NEVER}]|:(?=[^\s,\[\]{{}}?:#{_NEVER}])| (?=[^\s#]))*"
)
_BARE_LINE = re.compile(rf"{_FIRST}(?:[^\s:#{_NEVER}]|:(?=[^\s:#{_NEVER}])| (?=[^\s#]))*")
"""Texts that need no quotes: anywhere, and outside braces."""

_WORDS = re.compile(r"~|null|true|false|yes|no|on|off|y|n|[-+]?\.?(?:inf|nan)", re.IGNORECASE)


def timeline(native: object, screen: Screen) -> str:
    """Return a timeline as YAML."""
    del screen
    top = cast("Value", native)
    if not isinstance(top, dict) or not top:
        return f"{_flow(top)}\n"
    return "".join(f"{line}\n" for line in _sections(top))


def _sections(top: dict[str, Value]) -> Iterator[str]:
    """Yield the lines of a timeline, with a blank line around each section of several lines."""
    was_long = False
    for number, (key, value) in enumerate(top.items()):
        name, lines = _scalar(key), list(_section(key, value))
        is_long = bool(lines)
        if number and (is_long or was_long):
            yield ""
        yield f"{name}:" if is_long or value is None else f"{name}: {_line(value)}"
        yield from lines
        was_long = is_long


def _section(key: str, value: Value) -> Iterator[str]:
    """Yield the lines below a key; none if the value stands on the line of the key."""
    if isinstance(value, dict):
        for name, below in value.items():
            lead = f"  {_scalar(name)}:"
            yield lead if below is None else _wrapped(f"{lead} ", below)
    elif isinstance(value, list) and (key in _LISTS or any(map(_is_collection, value))):
        for item in value:
            yield "  -" if item is None else _wrapped("  - ", item)


def _wrapped(lead: str, value: Value) -> str:
    """Return `lead` and a value; a mapping that is too long is broken before keys."""
    if not isinstance(value, dict) or not value:
        return lead + _line(value)
    pairs = _pairs(value)
    line = f"{lead}{{{', '.join(pairs)}}}"
    if len(line) <= WIDTH:
        return line
    lines, indent = [f"{lead}{{"], " " * (len(lead) + 1)
    for number, pair in enumerate(pairs):
        end = "}" if number == len(pairs) - 1 else ","
        if number and len(lines[-1]) + len(pair) + len(end) >= WIDTH:
            lines.append(indent + pair + end)
        else:
            lines[-1] += (" " if number and not lines[-1].endswith("{") else "") + pair + end
    return "\n".join(lines)


def _line(value: Value) -> str:
    """Return a value as it is written outside braces."""
    if isinstance(value, str) and _BARE_LINE.fullmatch(value) and not _WORDS.fullmatch(value):
        return value
    return _flow(value)


def _flow(value: Value) -> str:
    """Return a value as it is written inside braces."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return f"{{{', '.join(_pairs(value))}}}"


def _pairs(mapping: dict[str, Value]) -> list[str]:
    return [f"{_scalar(key)}: {_flow(value)}" for key, value in mapping.items()]


def _scalar(text: str) -> str:
    return text if _BARE.fullmatch(text) and not _WORDS.fullmatch(text) else quoted(text)


def _is_collection(value: Value) -> bool:
    return isinstance(value, list | dict)
