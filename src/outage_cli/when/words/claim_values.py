"""Figures as people publish them: `4h`, `about 30 hours`, `at least 99.95%`, `30時間以上`.

What is said becomes the values that agree with it. What cannot be read is a `ProblemText`, never a
guess. The rules (SEMANTICS C):

```text
4h                [3:59:30 … 4:01:00)   to the minute: rounded or cut, both are common
8 min 7 s         [8:06.5 … 8:08)       to the second where seconds are written
99.95%            [99.945 … 99.96)      to the decimals written, rounded or cut
100%              100                   nothing was down: nobody may round up to it
about 4h          [3:36 … 4:24]         within 10 %, and at least as far as it is written
about 90%         [89 … 91]             within 10 % of what is missing, and at least as far
at least 4h       [4:00 …               as written, to the microsecond
more than 4h      (4:00 …               the edge itself does not agree
20 min to 12 h    [0:20 … 12:00]        both ends agree
```
"""

import re
from typing import NamedTuple
from unicodedata import normalize

from outage_cli.model.accepted_range import SCALE, AcceptedRange
from outage_cli.model.problem import ProblemText, shortened
from outage_cli.model.span import MINUTE, SECOND, Duration
from outage_cli.when.words.durations import duration
from outage_cli.when.words.tongues import eastern, english

DURATIONS = "4h, 30h 41min, about 4h, at least 30h, more than 30h, at most 12h or 20 min to 12 h"
SHARES = "99.95%, 0.9995, about 99.9%, at least 99.9%, less than 99.9% or 99.5% to 99.9%"
LONGEST_TEXT = 200
ABOUT = 10
"""What "about" is: within a tenth (SEMANTICS C)."""

EQUAL, NEAR, ALMOST, AT_LEAST, AT_MOST, MORE, LESS = "=", "~", "-", ">=", "<=", ">", "<"

_LEADING = sorted(
    (
        (word, sign)
        for table in (english.COMPARISONS_BEFORE, eastern.COMPARISONS_BEFORE)
        for sign, words in table.items()
        for word in words
    ),
    key=lambda pair: -len(pair[0]),
)
_TRAILING = sorted(
    (
        (word, sign)
        for table in (english.COMPARISONS_AFTER, eastern.COMPARISONS_AFTER)
        for sign, words in table.items()
        for word in words
    ),
    key=lambda pair: -len(pair[0]),
)
_COUNTS = {
    "a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11",
    "twelve": "12",
}  # fmt: skip
_COUNTED = rf"\b({'|'.join(_COUNTS)})\s+(?=[a-z])"
_HALF = r"(\d+)\s+and\s+a\s+half\s+(days?|hours?|minutes?)"
_AND_A_HALF = r"(\d+)\s+(day|hour|minute)s?\s+and\s+a\s+half"
_HALVED = r"\bhalf\s+(?:a|an)\s+(day|hour|minute)"
_CLOCKED = r"(\dh)(\d\d)$"
_GROUPED = r"(?<=\d),(?=\d{3}(?!\d))"
_ZERO = ("0", "none", "no downtime", "nothing")
_SECONDS = r"(?i)\d(?:[.](\d+))?\s*(?:s|secs?|seconds?|秒|초)(?![^\W\d_])"
_PERCENT = r"(\d{1,3})(?:[.](\d{1,7}))?\s*(?:%|percent|per cent|パーセント|퍼센트|프로)"
_FRACTION = r"([01])[.](\d{1,9})"
_RANGE = (
    r"(?:between\s+)?(?P<low>\d.*?)"
    r"\s*(?:\.\.+|…|–|—|〜|~|\bto\b|\band\b|から|에서|(?<=[\w%])\s*-\s*(?=\d))\s*(?P<high>\d.*)"
)
_BARE = r"\d+(?:[.]\d+)?"
_DIGITS = r"^\d+(?:[.]\d+)?\s*"


class ClaimedValue(NamedTuple):
    """What a text says of a figure, and how fine: a unit of its last digit. Two ends of a range."""

    low: int
    high: int
    unit: int


def accepted_value(says: str, *, is_share: bool) -> AcceptedRange | ProblemText:
    """Return what agrees with a published length or share of time, or `not-a-figure`."""
    plain = normalize("NFKC", says).strip().lower() if len(says) <= LONGEST_TEXT else ""
    sign, rest = _compared(plain)
    value = _value(rest, is_share=is_share)
    if value is None and sign != EQUAL and (plain_value := _value(plain, is_share=is_share)):
        sign, value = EQUAL, plain_value
    if value is None:
        return _unreadable(says, is_share=is_share)
    return _accepting(sign, value, SCALE if is_share else 1)


def compared(says: str) -> tuple[str, str]:
    """Return the comparison that the words of a claim make, and what they compare with."""
    return _compared(normalize("NFKC", says[:LONGEST_TEXT]).strip().lower())


def _compared(text: str) -> tuple[str, str]:
    """Return the comparison that a text makes, and what it compares with."""
    for word, sign in _LEADING:
        rest = text.removeprefix(word)
        if rest != text and not (word[-1].isalpha() and word.isascii() and rest[:1].isalpha()):
            _, inner = _compared(rest.strip()) if sign == EQUAL else (sign, rest.strip())
            return sign, inner
    for word, sign in _TRAILING:
        rest = text.removesuffix(word)
        if rest != text and not (word.isascii() and word.isalpha() and rest[-1:].isalpha()):
            inner_sign, inner = _compared(rest.strip())
            return (inner_sign if sign == EQUAL else sign), inner
    return EQUAL, text


def _value(text: str, *, is_share: bool) -> ClaimedValue | None:
    """Return the one value that a text says, or the two ends of a range."""
    single = _share(text) if is_share else _lasting(text)
    if single is not None:
        return ClaimedValue(single[0], single[0], single[1])
    read = re.fullmatch(_RANGE, _spelled_out(text))
    if read is None:
        return None
    low, high = read["low"].strip(), read["high"].strip()
    if re.fullmatch(_BARE, low):
        low += re.sub(_DIGITS, "", high)
    first, last = (_share(each) if is_share else _lasting(each) for each in (low, high))
    if first is None or last is None or first[0] > last[0]:
        return None
    return ClaimedValue(first[0], last[0], min(first[1], last[1]))


def _lasting(text: str) -> tuple[Duration, Duration] | None:
    """Return a duration and its precision: to the minute unless it has seconds (SEMANTICS C)."""
    if text in _ZERO:
        return 0, 0
    text = _spelled_out(text)
    length = duration(text.upper() if text.startswith("p") and text[1:2] != "m" else text)
    if length is None:
        return None
    finest = re.search(_SECONDS, text) if "s" in text or not text.isascii() else None
    if not finest:
        return length, MINUTE
    return length, SECOND // 10 ** min(6, len(finest[1] or ""))


def _spelled_out(text: str) -> str:
    """Return a text with its numbers in digits: `an hour and a half`, `7,650 min`, `1h15`."""
    if " " in text:
        if "half" in text:
            text = re.sub(_HALVED, r"0.5 \1", text)
        text = re.sub(_COUNTED, lambda match: _COUNTS[match[1]] + " ", text)
    if "half" in text:
        text = text.replace("and 1 half", "and a half")
        text = re.sub(_AND_A_HALF, r"\1.5 \2s", re.sub(_HALF, r"\1.5 \2", text))
    if "," in text:
        text = re.sub(_GROUPED, "", text)
    return re.sub(_CLOCKED, r"\1 \2 min", text) if text[-1:].isdigit() else text


def _share(text: str) -> tuple[int, int] | None:
    """Return a share in parts of `SCALE`, and its precision: the decimals written."""
    if read := re.fullmatch(_PERCENT, text):
        unit = SCALE // 100 // 10 ** len(read[2] or "")
    elif read := re.fullmatch(_FRACTION, text):
        unit = SCALE // 10 ** len(read[2])
    else:
        return None
    value = int(read[1] + (read[2] or "")) * unit
    return (value, unit) if value <= SCALE else None


def _accepting(sign: str, value: ClaimedValue, scale: int) -> AcceptedRange:
    low, high, unit = value
    ends = (low, high)
    if sign == AT_LEAST:
        return AcceptedRange((low, low), low, None, scale=scale)
    if sign == MORE:
        return AcceptedRange((high, high), high, None, excludes_least=True, scale=scale)
    if sign == AT_MOST:
        return AcceptedRange((high, high), None, high, scale=scale)
    if sign == LESS:
        return AcceptedRange((low, low), None, low, excludes_most=True, scale=scale)
    # A tenth of a duration; of a share a tenth of what is missing, for 90 % is not about 99 %.
    below = (scale - low if scale > 1 else low) // ABOUT
    above = (scale - high if scale > 1 else high) // ABOUT
    if sign == ALMOST:
        return AcceptedRange(ends, low - below, high, excludes_most=True, scale=scale)
    least, most = low - unit // 2, high + unit
    if sign == NEAR:
        least = min(least, low - below)
        if above >= unit:
            return AcceptedRange(ends, max(0, least), high + above, scale=scale)
    elif low < high or unit == 0 or (scale > 1 and low == scale):
        return AcceptedRange(ends, low, high, scale=scale)
    if scale > 1:
        most = min(most, scale)  # below 100 % something was down
    return AcceptedRange(ends, max(0, least), most, excludes_most=True, scale=scale)


def _unreadable(says: str, *, is_share: bool) -> ProblemText:
    shown = shortened(says)
    forms = SHARES if is_share else DURATIONS
    if is_share and re.fullmatch(r"\s*\d{1,3}(\.\d+)?\s*", says):
        forms = f"{says.strip()}% or {SHARES.partition(', ')[2]}"
    kind = "share of time" if is_share else "length of time"
    return ProblemText("not-a-figure", f"`{shown}` is no {kind}", f"write {forms}")
