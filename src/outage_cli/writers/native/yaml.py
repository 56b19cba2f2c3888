"""The native timeline in YAML: sections in lines of their own, what is in them in braces.

Quotes stand where a parser of YAML 1.2 or 1.1 would take a text for structure, for nothing or for
a truth value. Numbers, dates and times stay bare: readers of timelines keep them as text.
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
    """Yield the lines of a timeline, its longer sections set apart."""
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
    """Yield what stands below a key; nothing where the value stands beside it."""
    if isinstance(value, dict):
        for name, each in value.items():
            lead = f"  {_scalar(name)}:"
            yield lead if each is None else _wrapped(f"{lead} ", each)
    elif isinstance(value, list) and (key in _LISTS or any(map(_is_collection, value))):
        for each in value:
            yield "  -" if each is None else _wrapped("  - ", each)


def _wrapped(lead: str, value: Value) -> str:
    """Return a value behind `lead`, a mapping broken before the keys that do not fit."""
    if not isinstance(value, dict) or not value:
        return lead + _line(value)
    pairs = [f"{_scalar(key)}: {_flow(each)}" for key, each in value.items()]
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
    """Return a value outside braces."""
    if isinstance(value, str) and _BARE_LINE.fullmatch(value) and not _WORDS.fullmatch(value):
        return value
    return _flow(value)


def _flow(value: Value) -> str:
    """Return a value as it may stand in braces."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return "{" + ", ".join(f"{_scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"


def _scalar(text: str) -> str:
    return text if _BARE.fullmatch(text) and not _WORDS.fullmatch(text) else quoted(text)


def _is_collection(value: Value) -> bool:
    return isinstance(value, list | dict)
