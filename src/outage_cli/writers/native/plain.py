"""The native timeline as plain text, in the notation of docs/plain-text.md.

Dates become headings where that changes nothing: a time without a date would take the heading's, so
a timeline that has one keeps its dates in the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from outage_cli.model.screen import Screen
from outage_cli.model.state import STATED
from outage_cli.when.words.expressions import MAYBE_TIME
from outage_cli.writers.native.values import UNSEEN, Value, quoted

_NAME = re.compile(r"[^\W\d](?:[\w.-]*\w)?")
_KEY = re.compile(r"[^\W\d][\w.-]*")
_TOP_KEY = re.compile(r"[^\W\d]\w*")
_NEVER = rf"{UNSEEN}\x00-\x1f"
_SPACED = r"[ \u3000](?=\S)"
_ID = re.compile(rf'[^\s,;:"#+!\[\]{{}}{_NEVER}][^\s,;:"{_NEVER}]*')
_LINE = re.compile(rf'[^\s"\[{{{_NEVER}](?:[^\s{_NEVER}]|{_SPACED})*')
_INLINE = re.compile(
    rf'[^\s,\[\]{{}}":{_NEVER}](?:[^\s,\[\]{{}}:"{_NEVER}]|:(?=[^\s,\[\]{{}}:"])|{_SPACED})*'
)
_INLINE_KEY = re.compile(rf'[^\s,:\[\]{{}}"{_NEVER}]+')
_FULL = re.compile(
    r"(~?)(\d{4}-\d\d-\d\d) (\d?\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)", re.ASCII
)
_DATED = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_RELATIVE = re.compile(r"\?|(?:[^\W\d][\w.-]*)? ?\+ ?\d+ ?[a-z]+")
_WORD = re.compile(r"(?:[\d?~]|[+−±-]\d)\S*(?<!~)")
_MARK_OR_STATE = re.compile(rf"(?:^|.*\s)[#+!]{_NAME.pattern}|.*:\s?(?:{'|'.join(STATED)})")

_ITEMS = {"sources": ("source", "name"), "maintenance": ("maintenance", "services"),
          "claims": ("claim", "service"), "notes": ("note", "")}  # fmt: skip
_SINGULAR = {"service", *(word for word, _ in _ITEMS.values())}


def timeline(native: object, screen: Screen) -> str:
    """Return a timeline as plain text."""
    del screen
    top = cast("Value", native)
    if not isinstance(top, dict):
        return ""
    return "".join(f"{line}\n" for line in _lines(top)).lstrip("\n")


def _lines(top: dict[str, Value]) -> Iterator[str]:
    was_long = False
    for key, value in top.items():
        lines = list(_section(key, value))
        is_long = len(lines) > 1
        if (is_long or was_long) and lines[0]:
            yield ""
        yield from lines
        was_long = is_long


def _section(key: str, value: Value) -> Iterator[str]:
    if key == "events" and isinstance(value, list) and value and _all_mappings(value):
        yield from _events([each for each in value if isinstance(each, dict)])
    elif key == "services" and isinstance(value, dict) and value:
        for name, each in value.items():
            shown = name if _ID.fullmatch(name) else quoted(name)
            yield from _entry(f"service {shown}", "name", each)
    elif key in _ITEMS and isinstance(value, list) and value:
        word, first = _ITEMS[key]
        if all(isinstance(each, dict if first else str | None) for each in value):
            for each in value:
                yield from _item(word, first, each)
        else:
            yield f"{key}: {_inline(value)}"
    else:
        is_plain = _TOP_KEY.fullmatch(key) and key not in _SINGULAR
        yield _pair(key if is_plain else quoted(key), value)


def _entry(head: str, first: str, value: Value) -> Iterator[str]:
    """Yield a service: its name on its line, other keys below."""
    if not isinstance(value, dict) or not value:
        yield _pair(head, value) if value is not None else head
        return
    name = value.get(first)
    is_beside = isinstance(name, str) and len(value) > 1
    yield _pair(head, name) if is_beside else f"{head}:"
    yield from _keys((key, each) for key, each in value.items() if key != first or not is_beside)


def _item(word: str, first: str, value: Value) -> Iterator[str]:
    """Yield an element of a list: what it is about on its line, other keys below."""
    if not isinstance(value, dict):
        yield _pair(word, value)
        return
    about = value.get(first)
    yield _pair(word, None if isinstance(about, dict) else about)
    is_beside = about is not None and not isinstance(about, dict)
    yield from _keys((key, each) for key, each in value.items() if key != first or not is_beside)


def _keys(pairs: Iterable[tuple[str, Value]]) -> Iterator[str]:
    for key, value in pairs:
        is_plain = _KEY.fullmatch(key) and not (isinstance(value, str) and value in STATED)
        yield _pair(f"  {key if is_plain else quoted(key)}", value)


def _pair(key: str, value: Value) -> str:
    return f"{key}:" if value is None else f"{key}: {_value(value)}"


def _value(value: Value) -> str:
    """Return a value that goes on to the end of its line."""
    if not isinstance(value, str):
        return _inline(value)
    return value if _LINE.fullmatch(value) else quoted(value)


def _inline(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if _INLINE.fullmatch(value) else quoted(value)
    if isinstance(value, list):
        end = "," if value and value[-1] is None else ""
        return f"[{', '.join(map(_inline, value))}{end}]"
    pairs = (
        f"{key if _INLINE_KEY.fullmatch(key) else quoted(key)}: {_inline(each)}"
        for key, each in value.items()
    )
    return f"{{{', '.join(pairs)}}}"


def _all_mappings(values: list[Value]) -> bool:
    return all(isinstance(each, dict) for each in values)


# Events


def _events(events: list[dict[str, Value]]) -> Iterator[str]:
    times = [each.get("at") for each in events]
    has_headings = all(
        _RELATIVE.fullmatch(at) or _DATED.search(at) for at in times if isinstance(at, str)
    )
    day, latest = "", ""
    for event in events:
        at = event.get("at")
        full = _FULL.fullmatch(at) if has_headings and isinstance(at, str) else None
        if full and _is_day(full[2]):
            clock = full[3] if full[3][1].isdigit() else f"0{full[3]}"
            if full[2] != day or clock < latest:
                day = full[2]
                yield from ("", day)
            latest = clock
            yield from _event(event, full[1] + full[3])
        else:
            yield from _event(event, _time(event))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _time(event: dict[str, Value]) -> str:
    """Return the time of an event without a heading; brackets hold those of several words."""
    at = event.get("at")
    if not isinstance(at, str) or not _LINE.fullmatch(at) or "]" in at or at.endswith("~"):
        return "[]"
    is_one_word = _WORD.fullmatch(at) and (":" in at or at[0] in "?+")
    return at if is_one_word or _FULL.fullmatch(at) else f"[{at}]"


def _event(event: dict[str, Value], time: str) -> Iterator[str]:
    rest = dict(event)
    if time != "[]":
        rest.pop("at")
    line = time
    what = rest.get("what")
    if isinstance(what, str):
        line += f" {_words(rest.pop('what', None))}"
    line += "".join(f" {mark}" for mark in _marks(rest))
    if states := list(_states(rest)):
        line += f"  {'; '.join(states)}"
    yield line
    yield from _keys(rest.items())


def _words(value: Value) -> str:
    text = value if isinstance(value, str) else ""
    is_plain = _LINE.fullmatch(text) and not _MARK_OR_STATE.fullmatch(text)
    return text if is_plain and not text.startswith(MAYBE_TIME) else quoted(text)


def _marks(rest: dict[str, Value]) -> Iterator[str]:
    """Take the marks out of what is still to be said, and yield them."""
    for sign, key in (("#", "id"), ("!", "phase")):
        value = rest.get(key)
        if isinstance(value, str) and _NAME.fullmatch(value):
            yield f"{sign}{value}"
            del rest[key]
    tags = rest.get("tags")
    if isinstance(tags, list) and tags:
        names = [each for each in tags if isinstance(each, str) and _NAME.fullmatch(each)]
        if len(names) == len(tags):
            yield from (f"+{each}" for each in names)
            del rest["tags"]


def _states(rest: dict[str, Value]) -> Iterator[str]:
    """Take the states out of what is still to be said, and yield them."""
    for key in [key for key in rest if key in STATED]:
        value = rest[key]
        names = value if isinstance(value, list) else [value]
        are_ids = all(isinstance(each, str) and _ID.fullmatch(each) for each in names)
        if are_ids and len(names) > isinstance(value, list):
            yield f"{', '.join(cast('list[str]', names))}: {key}"
            del rest[key]
