"""Problems, verdicts and stories for people: a problem has its line, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from outage_cli.model.problem import ERROR, NOTE, WARNING, Problem
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.model.story import Story

Lines = Mapping[str, Sequence[str]]
"""The lines of each source by its name, for showing the one that a problem is in."""

LONGEST = 200
"""How many columns of a source's line are shown at most."""

_HANGING = 8
"""How far in a verdict goes on."""

_PAINT = {
    ERROR: "31;1",
    WARNING: "33;1",
    NOTE: "36;1",
    Outcome.FAILED: "31;1",
    Outcome.PASSED: "32;1",
    Outcome.UNDECIDABLE: "33;1",
}
_SIGNS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.UNDECIDABLE: "UNDECIDABLE"}


def problems(found: Sequence[Problem], screen: Screen, lines: Lines | None = None) -> str:
    """Return problems in the order they are given, and a line that counts them."""
    told = ["\n".join(_problem(each, lines or {}, screen)) for each in found]
    return "\n\n".join([*told, count(found)]) + "\n"


def show(story: Story, screen: Screen) -> str:
    """Return a story: its events in order, and the chart."""
    from outage_cli.writers.page.terminal_story import text

    return text(story, screen)


def count(found: Sequence[Problem]) -> str:
    """Return how many problems there are: `2 errors, 1 warning`."""
    numbers = [
        (sum(each.severity == kind for each in found), kind) for kind in (ERROR, WARNING, NOTE)
    ]
    parts = [f"{number} {kind}{'s' if number > 1 else ''}" for number, kind in numbers if number]
    return ", ".join(parts) or "no problems"


def _problem(each: Problem, lines: Lines, screen: Screen) -> Iterable[str]:
    place = each.place
    kind = _painted(f"{each.severity}[{each.code}]", each.severity, screen)
    yield f"{visible(str(place))}: {kind} {visible(each.message)}"
    source = lines.get(place.file, ())
    if 0 < place.line <= len(source):
        gutter = " " * len(str(place.line))
        room = min(LONGEST, max(_HANGING, screen.width) - len(gutter) - len(" | "))
        before, marked, after = _cut(source[place.line - 1], place.column - 1, place.length, room)
        carets = "^" * max(1, _width(marked))
        yield f"{gutter} |"
        yield f"{place.line} | {before}{marked}{after}"
        yield f"{gutter} | {' ' * _width(before)}{_painted(carets, each.severity, screen)}"
    else:
        gutter = ""
    if each.hint:
        yield f"{gutter} = hint: {visible(each.hint)}"


def _cut(line: str, start: int, length: int, room: int) -> tuple[str, str, str]:
    """Return what stands before, in and after a place, the whole no longer than a screen bears."""
    is_wide = room < LONGEST and not line.isascii()  # a letter of East Asia takes two columns
    if is_wide and (len(line) > room or _width(visible(line)) > room):
        room //= 2
    first = max(0, start - room // 2) if len(line) > room else 0
    shown = line[first : first + max(1, room - bool(first))]
    before, marked = shown[: start - first], shown[start - first : start - first + length]
    return (
        ("…" if first else "") + visible(before),
        visible(marked),
        visible(shown[start - first + length :]),
    )


def _width(text: str) -> int:
    """Return how many columns a text takes: two for the wide characters of East Asia."""
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )


def verdicts(found: Sequence[Verdict], screen: Screen, report: object = None) -> str:
    """Return one line a verdict, and for what failed the lines of the sources behind it."""
    del report
    told: list[str] = []
    for each in found:
        said = f"{visible(each.service)}: {visible(each.says)} ({visible(each.computed)})"
        told += _beside(_SIGNS[each.ruling], said, each.ruling, screen)
        if each.ruling is not Outcome.PASSED:
            told += [f"    {visible(str(place))}" for place in each.places]
    numbers = [(sum(each.ruling is ruling for each in found), ruling.value) for ruling in Outcome]
    told.append(", ".join(f"{number} {word}" for number, word in numbers if number))
    return "\n".join(told) + "\n"


def _beside(sign: str, said: str, ruling: Outcome, screen: Screen) -> list[str]:
    """Return what a verdict says, on lines that fit a screen; a pipe gets it on one."""
    painted = f"{_painted(sign, ruling, screen)}  "
    if screen.is_endless or len(sign) + 2 + _width(said) <= screen.width:
        return [painted + said]
    from outage_cli.writers.page.wrap import folded  # few are that long

    gap = " " * _HANGING
    taken = "_" * (len(sign) + 2 - _HANGING)  # the first line has so much less room
    first, *rest = folded(taken + said, max(_HANGING, screen.width - _HANGING))
    return [painted + first[len(taken) :], *(gap + line for line in rest)]


def _painted(text: str, kind: str, screen: Screen) -> str:
    return f"\x1b[{_PAINT[kind]}m{text}\x1b[0m" if screen.color else text
