"""The native timeline as plain text, in the notation of docs/plain-text.md.

Dates become headings, unless the timeline has a time without a date: that would take the date of
the heading, so the dates stay in the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
        yield from _events([event for event in value if isinstance(event, dict)])
    elif key == "services" and isinstance(value, dict) and value:
        for name, service in value.items():
            yield from _service(f"service {name if _ID.fullmatch(name) else quoted(name)}", service)
    elif key in _ITEMS and isinstance(value, list) and value:
        word, first = _ITEMS[key]
        if all(isinstance(item, dict if first else str | None) for item in value):
            for item in value:
                yield from _item(word, first, item)
        else:
            yield f"{key}: {_inline(value)}"
    else:
        is_plain = _TOP_KEY.fullmatch(key) and key not in _SINGULAR
        yield _pair(key if is_plain else quoted(key), value)


def _service(head: str, service: Value) -> Iterator[str]:
    """Yield the lines of a service: its name on the first one, other keys below."""
    if not isinstance(service, dict) or not service:
        yield _pair(head, service) if service is not None else head
        return
    name = service.get("name")
    is_beside = isinstance(name, str) and len(service) > 1
    yield _pair(head, name) if is_beside else f"{head}:"
    yield from _keys(service, without="name" if is_beside else None)


def _item(word: str, first: str, item: Value) -> Iterator[str]:
    """Yield the lines of an element of a list: the key `first` beside `word`, others below."""
    if not isinstance(item, dict):
        yield _pair(word, item)
        return
    value = item.get(first)
    is_beside = value is not None and not isinstance(value, dict)
    yield _pair(word, value if is_beside else None)
    yield from _keys(item, without=first if is_beside else None)


def _keys(mapping: Mapping[str, Value], without: str | None = None) -> Iterator[str]:
    """Yield a line for each key, but none for the key `without`."""
    for key, value in mapping.items():
        if key == without:
            continue
        is_plain = _KEY.fullmatch(key) and not (isinstance(value, str) and value in STATED)
        yield _pair(f"  {key if is_plain else quoted(key)}", value)


def _pair(key: str, value: Value) -> str:
    return f"{key}:" if value is None else f"{key}: {_value(value)}"


def _value(value: Value) -> str:
    """Return a value as it is written up to the end of a line."""
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
        f"{key if _INLINE_KEY.fullmatch(key) else quoted(key)}: {_inline(below)}"
        for key, below in value.items()
    )
    return f"{{{', '.join(pairs)}}}"


def _all_mappings(values: list[Value]) -> bool:
    return all(isinstance(value, dict) for value in values)


# Events


def _events(events: list[dict[str, Value]]) -> Iterator[str]:
    times = [event.get("at") for event in events]
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
    """Return the time of an event that has no heading; several words stand in brackets."""
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
    yield from _keys(rest)


def _words(value: Value) -> str:
    text = value if isinstance(value, str) else ""
    is_plain = _LINE.fullmatch(text) and not _MARK_OR_STATE.fullmatch(text)
    return text if is_plain and not text.startswith(MAYBE_TIME) else quoted(text)


def _marks(rest: dict[str, Value]) -> Iterator[str]:
    """Yield the id, phase and tags of an event as marks, and remove them from `rest`."""
    for sign, key in (("#", "id"), ("!", "phase")):
        value = rest.get(key)
        if isinstance(value, str) and _NAME.fullmatch(value):
            yield f"{sign}{value}"
            del rest[key]
    tags = rest.get("tags")
    if isinstance(tags, list) and tags:
        names = [tag for tag in tags if isinstance(tag, str) and _NAME.fullmatch(tag)]
        if len(names) == len(tags):
            yield from (f"+{name}" for name in names)
            del rest["tags"]


def _states(rest: dict[str, Value]) -> Iterator[str]:
    """Yield the states of an event, and remove them from `rest`."""
    for key in [key for key in rest if key in STATED]:
        value = rest[key]
        names = value if isinstance(value, list) else [value]
        are_ids = all(isinstance(name, str) and _ID.fullmatch(name) for name in names)
        if are_ids and len(names) > isinstance(value, list):
            yield f"{', '.join(cast('list[str]', names))}: {key}"
            del rest[key]
