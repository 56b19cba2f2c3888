"""Durations as people write them. What is not one is None, never a guess."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import normalize

from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Duration

UNITS: dict[str, Duration] = {
    word: size
    for size, words in (
        (SECOND, "s sec secs second seconds 秒 초"),
        (MINUTE, "m min mins minute minutes 分 分間 분"),
        (HOUR, "h hr hrs hour hours 時間 시간"),
        (DAY, "d day days 日 日間 일"),
        (7 * DAY, "w week weeks 週間 주"),
    )
    for word in words.split()
}
FORMS = "4h, 1 h 30 min, 90s, 2d or PT4H30M"
LONGEST = 300 * 366 * DAY

_NUMBER = r"(\d{1,12})(?:[.](\d{1,9}))?"
_PART = rf"(?i)\s*{_NUMBER}\s*([^\W\d_]+)\.?(?:\s*(?:,|and\b|と))?"
_ISO = rf"P(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
_ISO_UNITS = (7 * DAY, DAY, HOUR, MINUTE, SECOND)


def duration(text: str) -> Duration | None:
    """Return the duration that `text` says (`FORMS`), or None where it says none.

    A unit stands at most once, the greater before the smaller, as people write them.
    """
    text = normalize("NFKC", text).strip()
    if text[:1].isalpha():
        text = _in_digits(text)
    if text.startswith("P") and (iso := re.fullmatch(_ISO, text)):
        numbers = list(zip(iso.groups()[::2], iso.groups()[1::2], _ISO_UNITS, strict=True))
        parts = [(whole, rest, size) for whole, rest, size in numbers if whole]
    else:
        has_half = text.endswith(_AND_A_HALF) and not text[:-1].rstrip()[-1:].isascii()
        text = text[:-1].rstrip() if has_half else text
        parts = []
        at, pattern = 0, re.compile(_PART)
        while at < len(text):
            part = pattern.match(text, at)
            size = UNITS.get(part[3].lower()) if part else None
            if not part or size is None:
                return None
            parts.append((part[1], part[2], size))
            at = part.end()
        if has_half and parts:
            whole, rest, size = parts[-1]
            parts[-1] = whole, "5", size
            if rest:
                return None
    sizes = [size for *_, size in parts]
    if not parts or any(after >= before for before, after in pairwise(sizes)):
        return None
    length = sum(_scaled(whole, rest, size) for whole, rest, size in parts)
    return length if length <= LONGEST else None


_AND_A_HALF = ("半", "반")
"""What stands behind the unit: 4時間半, 4시간 반."""

_COUNTS = ("an?|one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _in_digits(text: str) -> str:
    """Return a duration that starts with a word for its number in digits: `two hours`."""
    for count, word in enumerate(_COUNTS, 1):
        if match := re.match(rf"(?i)(?:{word})\s+(?:(\w+)\s+and\s+a\s+half$)?", text):
            return f"{count}.5 {match[1]}" if match[1] else f"{count} {text[match.end() :]}"
    if match := re.match(r"(?i)half\s+an?\s+", text):
        return f"0.5 {text[match.end() :]}"
    return text


def _scaled(whole: str, rest: str | None, size: Duration) -> Duration:
    return int(whole) * size + (int(rest) * size // 10 ** len(rest) if rest else 0)
