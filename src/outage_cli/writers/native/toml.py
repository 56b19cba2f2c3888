"""The native timeline in TOML: a table for each event, a line for each service.

TOML has no word for nothing: a service of which nothing is said becomes `{}`, a key without a value
is left out. Both mean the same to whoever reads timelines.
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
    found: dict[str, Value] = {key: _said(value, key) for key, value in top.items()}
    kept = {key: said for key, said in found.items() if said is not None}
    return "".join(f"{line}\n" for line in _lines(kept))


def _said(value: Value, key: str = "") -> Value:
    """Return a value without what says nothing; below `services` that is an empty table."""
    if isinstance(value, dict):
        found: dict[str, Value] = {}
        for name, each in value.items():
            said = _said(each)
            if said is not None or key == "services":
                found[name] = {} if said is None else said
        return found
    if isinstance(value, list):
        return [said for each in value if (said := _said(each)) is not None]
    if value is None and key in {"services", "events"}:
        return {} if key == "services" else []
    return value


def _lines(top: Mapping[str, Value]) -> Iterator[str]:
    """Yield the lines of a timeline: what needs no header has to stand above what does."""
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
            for name, each in cast("dict[str, Value]", table).items():
                yield f"{_key(name)} = {_value(each)}"


def _is_tables(value: Value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _value(value: Value) -> str:
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    text = value or ""
    return text if _WHOLE.fullmatch(text) else quoted(text)


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else quoted(text)
