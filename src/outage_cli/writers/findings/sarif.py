"""SARIF 2.1.0 for code scanning: the problems of `lint`, or the verdicts of `check` not passed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import quote

from outage_cli import __version__
from outage_cli.model.problem import Place, Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.culprits import Culprits
from outage_cli.writers.findings.wording import capped, message_lines, sentence
from outage_cli.writers.native.values import escaped
from outage_cli.writers.page.words import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RELATED = 100
"""How many places a result has at most; the message counts the others."""

Object: TypeAlias = dict[str, object]


def problems(problems: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return a result for each problem. Its rule is the code, its level the severity."""
    del screen, lines
    results = [
        _result(each.code, each.severity, message_lines(each), [(each.place, "")])
        for each in problems
    ]
    rules = {problem.code: _spelled(problem.code) for problem in problems}
    return _written(results, rules, "`outage lint` shows the line, and what to write instead.")


def verdicts(verdicts: Sequence[Verdict], screen: Screen, report: Report | None = None) -> str:
    """Return a result for each verdict that failed, and an open one for each undecidable.

    It stands at the line of the first outage behind the verdict; the others are related locations.
    """
    del screen
    culprits = Culprits(report)
    results = [_verdict(each, culprits) for each in verdicts if each.ruling is not Outcome.PASSED]
    rules = {verdict.check: f"A check of {verdict.check} holds" for verdict in verdicts}
    return _written(results, rules, "`outage explain` shows what a figure is made of.")


def _spelled(code: str) -> str:
    return f"A timeline that {code.replace('-', ' ')}" if code else "A timeline"


def _verdict(verdict: Verdict, culprits: Culprits) -> Object:
    behind = culprits.of(verdict)
    lines = [sentence(verdict), *capped([str(culprit) for culprit in behind], MOST_RELATED)]
    is_open = verdict.ruling is Outcome.UNDECIDABLE
    result = _result(verdict.check, "none" if is_open else "error", lines, behind[:MOST_RELATED])
    return result | ({"kind": "open"} if is_open else {})


def _result(
    rule: str, level: str, lines: Sequence[str], places: Sequence[tuple[Place, str]]
) -> Object:
    text = _message("\n".join(lines))
    result: Object = {"ruleId": rule, "level": level, "message": {"text": text}}
    if places:
        result["locations"] = [_location(places[0][0])]
    if places[1:]:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(place),
                **({"message": {"text": _message(words)}} if words else {}),
            }
            for number, (place, words) in enumerate(places[1:], start=1)
        ]
    return result


def _location(place: Place) -> Object:
    """Return a location; a file as a whole has no region."""
    name = place.file.replace("\\", "/").encode("utf-8", "replace")
    scheme = "file://" if place.file.startswith("/") else ""
    location: Object = {"artifactLocation": {"uri": scheme + quote(name, safe="/~")}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            region |= {"startColumn": place.column, "endColumn": place.end_column}
        location["region"] = region
    return {"physicalLocation": location}


def _written(results: Sequence[Object], rules: dict[str, str], help_: str) -> str:
    driver: Object = {
        "name": "outage",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": says},
                "fullDescription": {"text": f"{says}. {help_}"},
                "help": {"text": help_},
            }
            for rule, says in rules.items()
        ],
    }
    numbers = {rule: number for number, rule in enumerate(rules)}
    numbered = [
        {"ruleId": result["ruleId"], "ruleIndex": numbers[str(result["ruleId"])], **result}
        for result in results
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": numbered,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _message(text: str) -> str:
    """Return a plain-text message; where it looks like a link it is escaped as SARIF asks."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return re.sub(r"[\\\[\]]", r"\\\g<0>", shown) if "](" in shown else shown
