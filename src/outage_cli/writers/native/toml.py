"""The native timeline in TOML: a table for each event, a line for each service.

TOML has no null: a service without keys becomes `{}`, a key without a value is left out. Both read
as the same timeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from outage_cli.model.screen import Screen
from outage_cli.writers.native.values import Value, quoted

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")


def timeline(native: object, screen: Screen) -> str:
    """Return a timeline as TOML."""
    del screen
    top = cast("Value", native)
    if not isinstance(top, dict):
        return ""
    values = {key: _without_nulls(value, key) for key, value in top.items()}
    kept = {key: value for key, value in values.items() if value is not None}
    return "".join(f"{line}\n" for line in _lines(kept))


def _without_nulls(value: Value, key: str = "") -> Value:
    """Return a value without nulls in it; below the top key `services` they are empty tables."""
    if isinstance(value, dict):
        null: Value = {} if key == "services" else None
        values = {name: _without_nulls(below) for name, below in value.items()}
        filled = {name: null if below is None else below for name, below in values.items()}
        return {name: below for name, below in filled.items() if below is not None}
    if isinstance(value, list):
        return [kept for item in value if (kept := _without_nulls(item)) is not None]
    if value is None and key in {"services", "events"}:
        return {} if key == "services" else []
    return value


def _lines(top: Mapping[str, Value]) -> Iterator[str]:
    """Yield the lines of a timeline: keys without a header first, then tables with theirs."""
    headed = [key for key, value in top.items() if isinstance(value, dict) or _is_tables(value)]
    for key, value in top.items():
        if key not in headed:
            yield f"{_key(key)} = {_value(value)}"
    for key in headed:
        value = top[key]
        tables = value if isinstance(value, list) else [value]
        for table in tables:
            yield ""
            yield f"[[{_key(key)}]]" if isinstance(value, list) else f"[{_key(key)}]"
            for name, below in cast("dict[str, Value]", table).items():
                yield f"{_key(name)} = {_value(below)}"


def _is_tables(value: Value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _value(value: Value) -> str:
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {_value(below)}" for key, below in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    text = value or ""
    return text if _WHOLE.fullmatch(text) else quoted(text)


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else quoted(text)
