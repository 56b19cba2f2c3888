"""Expressions of time: what a text says by itself, without the moments that it refers to.

```text
shortly after 10 pm UTC      NoEarlier(Wall)        15:33 ± 5m         About(Wall, 5m)
between 3 and 4 pm           Between(Wall, Wall)    fire + PT4H        Shifted("fire", 4h)
```
No text makes this module raise; what is no expression is a `ProblemText`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from unicodedata import normalize

from outage_cli.model.problem import LONGEST_SHOWN, ProblemText, shortened
from outage_cli.model.span import Duration
from outage_cli.when.clock.civil_time import Wall, strict
from outage_cli.when.words.durations import FORMS, duration
from outage_cli.when.words.tongues import english


class Shifted(NamedTuple):
    """A duration after the event with the id `anchor`; None: after the event before."""

    anchor: str | None
    by: Duration


class About(NamedTuple):
    """A time give or take `margin`; None: the margin for "about" of the file."""

    of: "TimeExpression"
    margin: Duration | None


class Between(NamedTuple):
    """Some time between two times."""

    first: "TimeExpression"
    last: "TimeExpression"


class NoLater(NamedTuple):
    """A time or earlier."""

    of: "TimeExpression"


class NoEarlier(NamedTuple):
    """A time or later."""

    of: "TimeExpression"


class Open(NamedTuple):
    """`?`: not known to have happened."""


TimeExpression: TypeAlias = Wall | Shifted | About | Between | NoLater | NoEarlier | Open

LONGEST_TEXT = 200
EXAMPLES = "2022-10-15 15:19, ~15:33, 15:10..15:25, by 08:00, +4h or fire + 4h"

_MARGINS = ("±", "+/-", "+-")
_BY = r"(?P<by>(?:\d|P(?=[\dT])).*)"
_SHIFTED = rf"(?s)(?:(?P<anchor>[^\W\d][\w.-]*?)(?:\s*(?=\+)|\s+))?(?P<sign>[+−-])\s*{_BY}"
_LATER = r"(?is)(?P<by>[\w.].*?)\s*(?:\blater|\bafter(?:\s+(?P<anchor>[^\W\d][\w.-]*))?|後|뒤|후)"
_LATER_SIGNS = (" later", " after", "後", "뒤", "후")
_BETWEEN = (
    r"(?is)(?P<lead>.*?)(?:\b(?:at\s+)?some\s?time\s+)?"
    r"\bbetween\s+(?P<first>.+?)\s+and\s+(?P<last>.+)"
)
_UNKNOWN = frozenset(["-", "--", "n/a", "ongoing", "tba", "tbc", "tbd", "unknown", "未定", "미정"])


MAYBE_TIME = (
    *("am", "AM", "a.m", "A.M", "pm", "PM", "p.m", "P.M", "Uhr", "頃", "ごろ", "경", "쯤"),
    *("UTC", "GMT", "EDT", "EST", "CDT", "CST", "MDT", "MST", "PDT", "PST", "CET", "CEST", "EET"),
    *("EEST", "MEZ", "MESZ", "BST", "IST", "JST", "KST", "MSK", "+0", "-0", "- ", "– ", "— "),
    *("±", "+/-", ".."),
)
"""How a later part of a time may begin, after a space."""


def words(text: str) -> TimeExpression | ProblemText:
    """Return the expression of time that a text is, or its problem."""
    if wall := strict(text):
        return wall
    plain = normalize("NFKC", text).strip() if len(text) <= LONGEST_TEXT else ""
    if plain == "?":
        return Open()
    if wrong := _wrong_digits(text, plain):
        return wrong
    expression: TimeExpression | ProblemText | None = (
        _hedged(plain) or _shifted(plain) or strict(plain)
    )
    if expression is None and plain:
        expression = _loose(plain)
    if expression is not None:
        return expression
    shown = shortened(text)
    if plain.lower() in _UNKNOWN:
        return ProblemText(
            "not-a-moment", f"`{shown}` does not say when", 'write "?" for not known'
        )
    if plain and duration(plain) is not None:
        hour = re.fullmatch(r"(\d\d?)\s?h", plain.lower())
        clock = f"{int(hour[1]):02}:00 for the time of day, " if hour else ""
        hint = f"write {clock}+{plain} for so long after the event before"
        return ProblemText("not-a-moment", f"`{shown}` says how long, not when", hint)
    message = f"`{shown}` does not say when" if text.strip() else "nothing here says when"
    return ProblemText("not-a-moment", message, f"write it as {EXAMPLES}")


_FINER = r"(?<=\d\d[.,]\d{6})(?=\d*[1-9])\d+"


def _wrong_digits(text: str, plain: str) -> ProblemText | None:
    """Return that a text has footnotes for digits (`²:30`), or more of them than count."""
    if not text.isascii() and any(each.isdigit() and not each.isdecimal() for each in text):
        message = f"`{shortened(text)}` has raised or circled digits, which no clock shows"
        return ProblemText(
            "not-a-moment", message, "leave out the footnote, or write digits 0 to 9"
        )
    if re.search(_FINER, plain):
        hint = f"write {re.sub(_FINER, '', plain)}"
        return ProblemText("not-a-moment", f"`{shortened(text)}` is finer than a microsecond", hint)
    return None


def is_day(expression: TimeExpression | ProblemText) -> bool:
    """Whether an expression is a whole day, without a time of day."""
    return isinstance(expression, Wall) and expression.hour is None and expression.instant is None


def innermost(expression: TimeExpression) -> Wall | Shifted | Open:
    """Return the time inside all hedges; of a range, inside its first end."""
    while not isinstance(expression, Wall | Shifted | Open):
        expression = expression.first if isinstance(expression, Between) else expression.of
    return expression


def parted(text: str) -> tuple[str, str] | None:
    """Return the two ends of a range as status pages write it: `Jul 2, 13:42 - 14:52 UTC`."""
    plain = normalize("NFKC", text).strip()
    for first, last in _cuts(plain) if len(plain) <= LONGEST_TEXT else ():
        if _is_wall(first) and _is_wall(last):
            return first, last
    return None


def _is_wall(text: str) -> bool:
    """Whether a text is one time, and not a range."""
    from outage_cli.when.words.informal import lenient

    return isinstance(strict(text) or lenient(text), Wall)


_CUT = (
    r"\s+[–—-]\s+|(?<=[\w.])\s*[–—〜~～]\s*(?=\w)|(?<=\d)-(?=\d)"
    r"|\s+(?:to|until|till|bis)\s+|から|부터\s*"
)
_LED = r"^(?:from|von)\s+"
_TRAILS = r"\s*(?:まで|까지)$"
_MOST_CUTS = 8


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a text at a sign for "to"."""
    plain = re.sub(_TRAILS, "", re.sub(_LED, "", text, flags=re.IGNORECASE))
    for at, cut in enumerate(re.finditer(_CUT, plain, re.IGNORECASE)):
        if at == _MOST_CUTS:
            return
        first, last = plain[: cut.start()].strip(), plain[cut.end() :].strip()
        if first and last and not _cut_again(first):
            yield first, last


def _cut_again(first: str) -> bool:
    """Whether the first end is a range itself, so that the text has three ends or more."""
    return bool(re.search(r"\s+[–—-]\s+\d\d?:\d\d", first))


def _loose(plain: str) -> TimeExpression | ProblemText | None:
    """Return the expression of a text in no strict form."""
    from outage_cli.when.words.informal import HedgedWall, lenient

    if not plain.isascii():
        from outage_cli.when.words.tongues.eastern import SINCE

        plain = re.sub(f"^(?:{SINCE})", "", plain)
    result = lenient(plain)
    if isinstance(result, HedgedWall):
        return _HEDGES[result.hedge](result.wall)
    if isinstance(result, Wall):
        return result
    ends = parted(plain)
    return result if ends is None else _two_times(plain, *ends)


_HEDGES: Mapping[str, Callable[[Wall], TimeExpression]] = MappingProxyType(
    {"about": partial(About, margin=None), "by": NoLater, "after": NoEarlier}
)


def _two_times(text: str, first: str, last: str) -> ProblemText:
    """Return the problem of a text that has two times, with the ways to write either meaning."""
    from outage_cli.when.words.time_problems import spell

    result = between(first, last, is_one_phrase=True)
    if isinstance(result, ProblemText):
        return result
    ends = [spell(each, text) for each in result if isinstance(each, Wall)]
    hint = (
        f"write {'..'.join(ends)} for some time between the two, "
        f"or of what lasted {ends[0]} for the start and {ends[1]} for the end"
    )
    return ProblemText("not-a-moment", f"`{shortened(text)}` says more than one time", hint)


def _hedged(text: str) -> TimeExpression | ProblemText | None:
    for sign in _MARGINS:
        of, separator, margin = text.partition(sign)
        if separator:
            width = duration(margin)
            if width is None:
                return ProblemText("not-a-duration", f"`{margin}` is no margin", f"write {FORMS}")
            return _wrapped(of.strip(), partial(About, margin=width))
    first, separator, last = text.replace("…", "..").partition("..")
    if separator:
        return between(first.strip(), last.lstrip(".").strip())
    if "between" in text[:LONGEST_SHOWN].lower() and (ends := re.fullmatch(_BETWEEN, text)):
        lead = ends["lead"].strip(" ,")
        return between(f"{lead} {ends['first']}".strip(), ends["last"], is_one_phrase=True)
    if about := _led(text, english.ABOUT_BEFORE) or _about_in_the_east(text):
        return _wrapped(about, partial(About, margin=None))
    if by := _led(text, english.NO_LATER):
        return _wrapped(by, NoLater)
    if after := _led(text, english.NO_EARLIER):
        return _wrapped(after, NoEarlier)
    return None


def _about_in_the_east(text: str) -> str | None:
    """Return a Japanese or Korean text without its word for "about", None without one."""
    if text.isascii():
        return None
    from outage_cli.when.words.tongues.eastern import ABOUT_AFTER, ABOUT_BEFORE

    if about := _led(text, ABOUT_BEFORE):
        return about
    suffix = next((word for word in ABOUT_AFTER if text.endswith(word)), None)
    return text.removesuffix(suffix).strip() if suffix else None


def _led(text: str, words: tuple[str, ...]) -> str | None:
    """Return the rest of a text that starts with one of `words`, else None."""
    lowered = text.lower()
    return next((text[len(word) :].strip() for word in words if lowered.startswith(word)), None)


_HALF_DAY = r"(?i)(?<![a-z])[ap]\.?\s?m\b|午[前後]|오[전후]|上午|下午"


def between(first: str, last: str, *, is_one_phrase: bool = False) -> Between | ProblemText:
    """Return the range with two ends. A half of the day or a zone at one end holds for both.

    `3..4 pm` is from 15:00 to 16:00, `13:42..14:52 UTC` has both ends in UTC. Two ends
    that have a date each, and are not one phrase, keep their own zones (SEMANTICS T2).
    """
    ends = [words(first), words(last)]
    if isinstance(ends[0], ProblemText) and (half := re.search(_HALF_DAY, last)):
        ends[0] = words(f"{first} {half[0]}")
    elif isinstance(ends[1], ProblemText) and (half := re.search(_HALF_DAY, first)):
        ends[1] = words(f"{last} {half[0]}")
    start, end = ends
    if isinstance(start, ProblemText):
        return start
    if isinstance(end, ProblemText):
        return end
    if not isinstance(start, Wall) or not isinstance(end, Wall):
        return Between(start, end)
    if start.instant is None and end.instant is None:
        if is_one_phrase or not (start.has_date and end.has_date):
            start = start._replace(zone=start.zone or end.zone)
            end = end._replace(zone=end.zone or start.zone)
        halves = [bool(re.search(_HALF_DAY, each)) for each in (first, last)]
        if halves == [False, True]:
            start = _in_afternoon(start, before=end)
        elif halves == [True, False]:
            end = _in_afternoon(end, after=start)
    return Between(start, end)


_NOON = 12


def _in_afternoon(wall: Wall, before: Wall | None = None, after: Wall | None = None) -> Wall:
    """Return the end of a range without a half of the day in the half that the other end names."""
    if wall.hour is None or not 1 <= wall.hour < _NOON:
        return wall
    later = wall._replace(hour=wall.hour + _NOON)
    clock = (later.hour or 0, later.minute, later.second)
    if before and clock <= (before.hour or 0, before.minute, before.second):
        return later
    if after and (after.hour or 0) >= _NOON and not wall.has_date and not wall.days_on:
        return later if clock >= (after.hour or 0, after.minute, after.second) else wall
    return wall


def _wrapped(
    text: str, wrap: Callable[[TimeExpression], TimeExpression]
) -> TimeExpression | ProblemText:
    of = words(text)
    return of if isinstance(of, ProblemText) else wrap(of)


def _shifted(text: str) -> TimeExpression | ProblemText | None:
    read = re.fullmatch(_SHIFTED, text)
    if not read and any(sign in text for sign in _LATER_SIGNS):
        read = re.fullmatch(_LATER, text)
    if not read:
        return None
    by = duration(read["by"])
    if by is None:
        if not read["anchor"] or read["by"][0].isalpha():
            return None
        return ProblemText("not-a-duration", f"`{read['by']}` is no duration", f"write {FORMS}")
    sign = read.groupdict().get("sign") or "+"
    return Shifted(read["anchor"], by if sign == "+" else -by)
