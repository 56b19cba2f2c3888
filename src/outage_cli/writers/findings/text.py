"""Problems, verdicts and stories as text: a problem is shown with its line and its hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from outage_cli.model.problem import ERROR, NOTE, WARNING, Problem
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.wording import sentence
from outage_cli.writers.page.words import visible

if TYPE_CHECKING:
    from outage_cli.model.story import Story

Lines = Mapping[str, Sequence[str]]
"""`source name → its lines`, to show the line of a problem."""

LONGEST = 200
"""How many columns of a source's line are shown at most."""

_HANGING = 8
"""How many columns the further lines of a verdict are indented."""

_PAINT = {
    ERROR: "31;1",
    WARNING: "33;1",
    NOTE: "36;1",
    Outcome.FAILED: "31;1",
    Outcome.PASSED: "32;1",
    Outcome.UNDECIDABLE: "33;1",
}
_SIGNS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.UNDECIDABLE: "UNDECIDABLE"}


def problems(problems: Sequence[Problem], screen: Screen, lines: Lines | None = None) -> str:
    """Return problems in the order they are given, and a line that counts them."""
    parts = ["\n".join(_problem(problem, lines or {}, screen)) for problem in problems]
    return "\n\n".join([*parts, count(problems)]) + "\n"


def show(story: Story, screen: Screen) -> str:
    """Return a story: its events in order, and the chart."""
    from outage_cli.writers.page.terminal_story import text

    return text(story, screen)


def count(problems: Sequence[Problem]) -> str:
    """Return how many problems there are: `2 errors, 1 warning`."""
    severities = [problem.severity for problem in problems]
    numbers = [(severities.count(kind), kind) for kind in (ERROR, WARNING, NOTE)]
    parts = [f"{number} {kind}{'s' if number > 1 else ''}" for number, kind in numbers if number]
    return ", ".join(parts) or "no problems"


def _problem(problem: Problem, lines: Lines, screen: Screen) -> Iterable[str]:
    place, severity = problem.place, problem.severity
    kind = _painted(f"{severity}[{problem.code}]", severity, screen)
    yield f"{visible(str(place))}: {kind} {visible(problem.message)}"
    source = lines.get(place.file, ())
    if 0 < place.line <= len(source):
        gutter = " " * len(str(place.line))
        room = min(LONGEST, max(_HANGING, screen.width) - len(gutter) - len(" | "))
        before, marked, after = _cut(source[place.line - 1], place.column - 1, place.length, room)
        carets = "^" * max(1, _width(marked))
        yield f"{gutter} |"
        yield f"{place.line} | {before}{marked}{after}"
        yield f"{gutter} | {' ' * _width(before)}{_painted(carets, severity, screen)}"
    else:
        gutter = ""
    if problem.hint:
        yield f"{gutter} = hint: {visible(problem.hint)}"


def _cut(line: str, start: int, length: int, room: int) -> tuple[str, str, str]:
    """Return the parts of a line before, in and after a place, cut to `room` columns together."""
    is_wide = room < LONGEST and not line.isascii()  # an East Asian letter takes two columns
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
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text
    )


def verdicts(verdicts: Sequence[Verdict], screen: Screen, report: object = None) -> str:
    """Return a line for each verdict; below one not passed, the lines of sources behind it."""
    del report
    lines: list[str] = []
    for verdict in verdicts:
        lines += _verdict(visible(sentence(verdict)), verdict.ruling, screen)
        if verdict.ruling is not Outcome.PASSED:
            lines += [f"    {visible(str(place))}" for place in verdict.places]
    rulings = [verdict.ruling for verdict in verdicts]
    numbers = [(rulings.count(ruling), ruling.value) for ruling in Outcome]
    lines.append(", ".join(f"{number} {word}" for number, word in numbers if number))
    return "\n".join(lines) + "\n"


def _verdict(text: str, ruling: Outcome, screen: Screen) -> list[str]:
    """Return the sign and the text of a verdict, on lines that fit the screen; one for a pipe."""
    sign = _SIGNS[ruling]
    painted = f"{_painted(sign, ruling, screen)}  "
    if screen.is_endless or len(sign) + 2 + _width(text) <= screen.width:
        return [painted + text]
    from outage_cli.writers.page.wrap import folded  # few are that long

    gap = " " * _HANGING
    taken = "_" * (len(sign) + 2 - _HANGING)  # the first line has that much less room
    first, *rest = folded(taken + text, max(_HANGING, screen.width - _HANGING))
    return [painted + first[len(taken) :], *(gap + line for line in rest)]


def _painted(text: str, kind: str, screen: Screen) -> str:
    return f"\x1b[{_PAINT[kind]}m{text}\x1b[0m" if screen.color else text
