"""The lines of plain text: what they look like, and what stands behind the words of an event.

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
from outage_cli.readers.native.plain_times import DATE
from outage_cli.readers.native.timeline import EVENT
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
_EACH_ID = re.compile(_ID)
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
"""The entries that come in lists: the key of the list, and what stands behind the first colon."""

STATES_FORM = "`service: state`, as in  naver, kakaotalk: down; line: up"


class EventAddition(NamedTuple):
    """What stands behind the words of an event: a key, its value, and where both stand."""

    key: str
    value: str
    of_key: tuple[int, int]
    of_value: tuple[int, int]
    is_listed: bool


def is_comment(line: str) -> bool:
    """Return whether a line is a comment: `#` and anything but a letter, which makes it an id."""
    return bool(_COMMENT.match(line))


def timelike(words: str) -> str | None:
    """Return what seems to belong to the time before it: the `pm` of `3:19 pm It fails`."""
    found = _TIMELIKE.match(words) if words.startswith(MAYBE_TIME) else None
    return found[0] if found else None


def ends_in_state(text: str) -> str | None:
    """Return the service of which a text seems to say a state at its end."""
    found = _STATE.search(text) if text.endswith(tuple(STATED)) else None
    return found[1] if found else None


def marked(text: str) -> tuple[int, list[re.Match[str]]]:
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


def told(text: str, start: int = 0) -> Iterator[EventAddition | int]:
    """Yield what the marks and states in a text say; lastly the offset where it says nothing."""
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
        names = list(_EACH_ID.finditer(token[3]))
        for name in names:
            begin = token.start(3) + name.start()
            span = begin, begin + len(name[0])
            says = unquoted(name[0], begin) if name[0][0] == '"' else name[0]
            yield EventAddition(token[4], says, token.span(4), span, len(names) > 1)


@lru_cache(maxsize=4096)
def behind(text: str) -> dict[str, Value] | None:
    """Return what the end of a line says, or None where it has to be looked at more closely."""
    found: dict[str, Value] = {}
    try:
        for each in told(text):
            if isinstance(each, int) or not added(found, each):
                return None
    except Misread:
        return None
    return found


@lru_cache(maxsize=4096)
def only_state(text: str) -> tuple[str, str] | None:
    """Return the state and the service that the end of a line tells of, if that is all."""
    says = behind(text) or {}
    if len(says) != 1:
        return None
    ((key, value),) = says.items()
    return (key, value) if key in STATED and isinstance(value, str) else None


@lru_cache(maxsize=1024)
def words_and_marks(text: str) -> tuple[str, dict[str, Value]] | None:
    """Return the words of an event and what the marks after them say, or None as `behind` does."""
    end, marks = marked(text)
    found: dict[str, Value] = {}
    for each in marks:
        mark = EventAddition(MARKS[each[1]], each[2], (0, 0), (0, 0), each[1] == "+")
        if not added(found, mark):
            return None
    return text[:end], found


def added(event: dict[str, Value], each: EventAddition) -> bool:
    """Add what was told, unless the event has another value under its key."""
    before = event.get(each.key)
    if before is None and each.key not in event:
        event[each.key] = [each.value] if each.is_listed else each.value
    elif isinstance(before, list) and (each.is_listed or each.key in STATED):
        before.append(each.value)
    elif isinstance(before, str) and each.key not in MARKS.values():
        event[each.key] = [before, each.value]
    else:
        return False
    return True


def says_state(key: re.Match[str], text: str) -> bool:
    """Return whether a line below an event is `service: state` and no key of the event."""
    is_known = key[1] in EVENT or key[1][0] == '"'
    return not is_known and text[key.end() :].rstrip() in STATED


def is_states(text: str) -> bool:
    """Return whether a line below an event says nothing but states."""
    if not ends_in_state(text):
        return False
    try:
        said = list(told(text))
    except Misread:
        return False
    return all(not isinstance(each, int) and each.key in STATED for each in said)
