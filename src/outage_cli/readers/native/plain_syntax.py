"""The syntax of lines of plain text, and what stands behind the words of an event.

```text
15:33~ Power is cut for safety #power-cut +press  pangyo, naver: down; line: up
TIME   WORDS                   MARKS              STATES
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from outage_cli.model.state import STATED
from outage_cli.readers.document import Value
from outage_cli.readers.native.inline import QUOTED, Misread, unquoted
from outage_cli.readers.native.keys import EVENT
from outage_cli.readers.native.plain_times import DATE
from outage_cli.when.words.expressions import MAYBE_TIME

NAME = r"[^\W\d](?:[\w.-]*\w)?"
_ID = rf'(?:{QUOTED}|[^\s,;:"#+!\[\]{{}}][^\s,;:"]*+)'
_WORD = r"[^\W\d][\w-]*+"
_CLOCK = r"\d\d:\d\d(?::\d\d)?"

_REST = rf"\s*+(?:({QUOTED})(?=\s*\Z|\s*\t|\s\s|\s[#+!])|(\S++(?:[^\S\t]\S++)*))?\s*+(\S.*)?"
LINE = re.compile(
    rf"(?:({_CLOCK})|\[([^\]]*+)\]|((?:~?{DATE} (?=\d?\d:\d\d))?(?:[\d?~]|[+−±-]\d)\S*+))(?=\s|\Z)"
    + _REST
)
"""An event: a clock, a time in brackets or one of another kind, then its words and what follows."""

UNUSUAL_LINE = re.compile(rf"()()(\S++){_REST}")
"""An event whose time begins with a word: `午後3時19分`, `noon`."""

TOP_KEY = re.compile(rf"(?s)({QUOTED}|[^\W\d]\w*+):(?:\s++(?=\S)|\s*\Z)")
SERVICE = re.compile(rf"(?s)service\s++({_ID})\s*+(?::(?:\s++(?=\S)|\s*\Z)|\Z)")
KEY = re.compile(rf"(?s)({QUOTED}|[^\W\d][\w.-]*+):(?:\s++(?=\S)|\s*\Z)")
_MARK = re.compile(rf"([#+!])({NAME})")
_LAST = re.compile(r"(?s)(.*\S)?\s*+(?<!\S)(\S++)\s*")
_TOKEN = re.compile(
    rf"\s*+(?:([#+!])({NAME})(?=[\s,;]|\Z)"
    rf"|({_ID}(?:\s*+,\s*+{_ID})*)\s*+:\s*+({_WORD})(?=[\s,;]|\Z))\s*+[,;]?+\s*+"
)
_ANY_ID = re.compile(_ID)
MARKS = {"#": "id", "!": "phase", "+": "tags"}
_COMMENT = re.compile(r"\s*+#(?!\w)")
_STATE = re.compile(rf"(?:^|\s)({_ID})\s?:\s?(?:{'|'.join(STATED)})$")

_TIMELIKE = re.compile(
    r"(?:[ap]\.?m\b\.?|Uhr\b|(?:UTC|GMT|[ECMP][SD]T|CES?T|EES?T|MES?Z|[BIJK]ST|MSK)\b|頃|ごろ|경|쯤"
    r"|[+-]0\d:?\d\d|(?:±|\+/-)\s?\d\S*+|\.\.\s?\d\S*+|[–—-]\s\d\d?:\d\d)(?![\w.])",
    re.IGNORECASE,
)

LISTS: dict[str, tuple[str, str | None]] = {
    "note": ("notes", None),
    "source": ("sources", "name"),
    "maintenance": ("maintenance", "services"),
    "claim": ("claims", "service"),
}
"""The entries that make up lists: the key of the list, and that of the value in the first line."""

STATES_FORM = "`service: state`, as in  naver, kakaotalk: down; line: up"


class EventAddition(NamedTuple):
    """A value that a mark or state adds to an event, its key, and the spans of both."""

    key: str
    value: str
    of_key: tuple[int, int]
    of_value: tuple[int, int]
    is_listed: bool


def is_comment(line: str) -> bool:
    """Return whether a line is a comment: `#` and anything but a letter, which makes it an id."""
    return bool(_COMMENT.match(line))


def time_suffix(words: str) -> str | None:
    """Return the first words if they seem to belong to a time: the `pm` of `3:19 pm It fails`."""
    suffix = _TIMELIKE.match(words) if words.startswith(MAYBE_TIME) else None
    return suffix[0] if suffix else None


def ends_in_state(text: str) -> str | None:
    """Return the service of which a text seems to state a state at its end."""
    state = _STATE.search(text) if text.endswith(tuple(STATED)) else None
    return state[1] if state else None


def split_marks(text: str) -> tuple[int, list[re.Match[str]]]:
    """Return where the words of an event end, and the marks behind: `#fire +press !resolved`."""
    marks: list[re.Match[str]] = []
    end = len(text)
    while end and (last := _LAST.fullmatch(text, 0, end)):
        mark = _MARK.fullmatch(text, *last.span(2))
        if not mark:
            break
        marks.insert(0, mark)
        end = last.end(1) if last[1] else 0
    return end, marks


def additions(text: str, start: int = 0) -> Iterator[EventAddition | int]:
    """Yield what marks and states add to an event; then the offset of the first text that is none.

    Raises Misread.
    """
    at = start
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token or (token[4] in EVENT and token[4] not in STATED):
            yield at
            return
        at = token.end()
        if token[1]:
            sign = token[1]
            yield EventAddition(MARKS[sign], token[2], token.span(1), token.span(2), sign == "+")
            continue
        names = list(_ANY_ID.finditer(token[3]))
        for name in names:
            begin = token.start(3) + name.start()
            span = begin, begin + len(name[0])
            service = unquoted(name[0], begin) if name[0][0] == '"' else name[0]
            yield EventAddition(token[4], service, token.span(4), span, len(names) > 1)


@lru_cache(maxsize=4096)
def event_values(text: str) -> dict[str, Value] | None:
    """Return the keys and values in the end of a line, or None where it has a mistake."""
    values: dict[str, Value] = {}
    try:
        for addition in additions(text):
            if isinstance(addition, int) or not add_to(values, addition):
                return None
    except Misread:
        return None
    return values


@lru_cache(maxsize=4096)
def single_state(text: str) -> tuple[str, str] | None:
    """Return the state and the service in the end of a line, if there is nothing else in it."""
    values = event_values(text) or {}
    if len(values) != 1:
        return None
    ((key, value),) = values.items()
    return (key, value) if key in STATED and isinstance(value, str) else None


@lru_cache(maxsize=1024)
def words_and_marks(text: str) -> tuple[str, dict[str, Value]] | None:
    """Return the words of an event and the values of its marks, or None if two contradict."""
    end, marks = split_marks(text)
    values: dict[str, Value] = {}
    for mark in marks:
        addition = EventAddition(MARKS[mark[1]], mark[2], (0, 0), (0, 0), mark[1] == "+")
        if not add_to(values, addition):
            return None
    return text[:end], values


def add_to(event: dict[str, Value], addition: EventAddition) -> bool:
    """Add a value to an event; return False if the event has another one with its key."""
    key, value, *_, is_listed = addition
    before = event.get(key)
    if before is None and key not in event:
        event[key] = [value] if is_listed else value
    elif isinstance(before, list) and (is_listed or key in STATED):
        before.append(value)
    elif isinstance(before, str) and key not in MARKS.values():
        event[key] = [before, value]
    else:
        return False
    return True


def says_state(key: re.Match[str], text: str) -> bool:
    """Return whether a line below an event is `service: state` and no key of the event."""
    is_known = key[1] in EVENT or key[1][0] == '"'
    return not is_known and text[key.end() :].rstrip() in STATED


def is_states(text: str) -> bool:
    """Return whether a line below an event has states and nothing else."""
    if not ends_in_state(text):
        return False
    try:
        values = list(additions(text))
    except Misread:
        return False
    return all(not isinstance(value, int) and value.key in STATED for value in values)
