"""Annotations for GitHub: a workflow command for each problem and for each verdict that failed.

Nothing of a file can be a command: what stands in a message or a property is escaped as the runner
of GitHub Actions reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from outage_cli.model.problem import ERROR, NOTE, WARNING, Place, Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.culprits import Culprits
from outage_cli.writers.page.words import visible

MOST_SHOWN = 50
"""How many outages an annotation lists; how many more there are stands below them."""

MOST_ANNOTATED = 10
"""How many errors, and as many warnings and notices, of a step GitHub shows; the log has all."""

_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def problems(found: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return an annotation for each problem: what is wrong at its place, and what to write."""
    del screen, lines
    return _within_limits([_problem(each) for each in found])


def verdicts(found: Sequence[Verdict], screen: Screen, report: Report | None = None) -> str:
    """Return an error for each verdict that failed, a warning for each that nothing decides.

    It stands at the line of the first outage behind it, and lists the others.
    """
    del screen
    behind = Culprits(report)
    told = [_verdict(each, behind) for each in found if each.ruling is not Outcome.PASSED]
    return _within_limits(told)


def _within_limits(commands: Sequence[str]) -> str:
    """Return commands; the tenth of more of a kind says how many come that GitHub does not show."""
    numbers = Counter(each.partition(" ")[0] for each in commands)
    shown: Counter[str] = Counter()
    lines: list[str] = []
    for each in commands:
        kind = each.partition(" ")[0]
        if numbers[kind] > MOST_ANNOTATED and shown[kind] == MOST_ANNOTATED - 1:
            word = kind.removeprefix("::")
            more = numbers[kind] - shown[kind]
            told = f"{more} more {word}s are in the log: GitHub shows {MOST_ANNOTATED} of a step."
            lines.append(_command(word, Place(""), f"{more} more {word}s", [told]))
        shown[kind] += 1
        lines.append(each)
    return "".join(lines)


def _problem(each: Problem) -> str:
    told = [visible(each.message)]
    if each.hint:
        told.append(f"hint: {visible(each.hint)}")
    return _command(_COMMANDS[each.severity], each.place, visible(each.code), told)


def _verdict(each: Verdict, behind: Culprits) -> str:
    offences = behind.of(each)
    command = "error" if each.ruling is Outcome.FAILED else "warning"
    place = offences[0].place if offences else Place("")
    told = [f"{visible(each.service)}: {visible(each.says)} ({visible(each.computed)})"]
    told += (str(one) for one in offences[:MOST_SHOWN])
    if len(offences) > MOST_SHOWN:
        told.append(f"… and {len(offences) - MOST_SHOWN} more")
    title = f"{visible(each.check)} {'failed' if command == 'error' else 'is undecidable'}"
    return _command(command, place, title, told)


def _command(name: str, place: Place, title: str, told: Sequence[str]) -> str:
    """Return a workflow command on a line of its own."""
    properties: dict[str, object] = {}
    if place.file:
        properties["file"] = visible(place.file)
    if place.line:
        properties["line"] = place.line
    if place.column:
        properties |= {"col": place.column, "endColumn": place.column + max(1, place.length)}
    properties["title"] = title
    named = ",".join(f"{key}={_escaped(str(each), _PROPERTY)}" for key, each in properties.items())
    return f"::{name} {named}::{_escaped(chr(10).join(told), _DATA)}\n"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
