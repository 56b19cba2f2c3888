"""Annotations for GitHub: a workflow command for each problem and each verdict that did not pass.

Messages and properties are escaped as the runner of GitHub Actions reads them, so that no text of a
file can become a command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from outage_cli.model.problem import NOTE, Place, Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.culprits import Culprits
from outage_cli.writers.findings.wording import capped, message_lines, sentence
from outage_cli.writers.page.words import visible

MOST_SHOWN = 50
"""How many outages an annotation lists at most; a last line counts the others."""

MOST_ANNOTATED = 10
"""How many errors, and as many warnings and notices, of a step GitHub shows; the log has all."""

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def problems(problems: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return an annotation for each problem: its message and hint, at its place."""
    del screen, lines
    return _within_limits([_problem(problem) for problem in problems])


def verdicts(verdicts: Sequence[Verdict], screen: Screen, report: Report | None = None) -> str:
    """Return an error for each verdict that failed, a warning for each undecidable one.

    It stands at the line of the first outage behind the verdict, and lists all of them.
    """
    del screen
    culprits = Culprits(report)
    return _within_limits(
        [_verdict(each, culprits) for each in verdicts if each.ruling is not Outcome.PASSED]
    )


def _within_limits(commands: Sequence[str]) -> str:
    """Return the commands; where a kind has more than GitHub shows, the tenth counts the others."""
    numbers = Counter(command.partition(" ")[0] for command in commands)
    shown: Counter[str] = Counter()
    lines: list[str] = []
    for command in commands:
        kind = command.partition(" ")[0]
        if numbers[kind] > MOST_ANNOTATED and shown[kind] == MOST_ANNOTATED - 1:
            word = kind.removeprefix("::")
            more = numbers[kind] - shown[kind]
            text = f"{more} more {word}s are in the log: GitHub shows {MOST_ANNOTATED} of a step."
            lines.append(_command(word, Place(""), f"{more} more {word}s", [text]))
        shown[kind] += 1
        lines.append(command)
    return "".join(lines)


def _problem(problem: Problem) -> str:
    command = "notice" if problem.severity == NOTE else problem.severity
    lines = [visible(line) for line in message_lines(problem)]
    return _command(command, problem.place, visible(problem.code), lines)


def _verdict(verdict: Verdict, culprits: Culprits) -> str:
    behind = culprits.of(verdict)
    command = "error" if verdict.ruling is Outcome.FAILED else "warning"
    place = behind[0].place if behind else Place("")
    lines = [visible(sentence(verdict)), *capped([str(culprit) for culprit in behind], MOST_SHOWN)]
    title = f"{visible(verdict.check)} {'failed' if command == 'error' else 'is undecidable'}"
    return _command(command, place, title, lines)


def _command(name: str, place: Place, title: str, lines: Sequence[str]) -> str:
    """Return a workflow command on a line of its own."""
    properties: dict[str, object] = {}
    if place.file:
        properties["file"] = visible(place.file)
    if place.line:
        properties["line"] = place.line
    if place.column:
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = title
    pairs = (f"{key}={_escaped(str(value), _PROPERTY)}" for key, value in properties.items())
    return f"::{name} {','.join(pairs)}::{_escaped(chr(10).join(lines), _DATA)}\n"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
