"""SARIF 2.1.0 for code scanning: the problems of `lint`, or what failed or is open in `check`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import quote

from outage_cli import __version__
from outage_cli.model.problem import ERROR, NOTE, WARNING, Place, Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.culprits import Culprits
from outage_cli.writers.native.values import escaped
from outage_cli.writers.page.words import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RELATED = 100
"""How many further places a result has; the message counts those that are left out."""

_LEVELS = {ERROR: "error", WARNING: "warning", NOTE: "note"}

Object: TypeAlias = dict[str, object]


def problems(found: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return a result for each problem, under the rule that its code names."""
    del screen, lines
    results = []
    for each in found:
        told = f"{each.message}\nhint: {each.hint}" if each.hint else each.message
        results.append(_result(each.code, _LEVELS[each.severity], told, [(each.place, "")]))
    rules = {each.code: _spelled(each.code) for each in found}
    return _written(results, rules, "`outage lint` shows the line, and what to write instead.")


def verdicts(found: Sequence[Verdict], screen: Screen, report: Report | None = None) -> str:
    """Return a result for each verdict that failed, and an open one for each undecidable.

    It stands at the line of the first outage behind it; the others are related locations.
    """
    del screen
    behind, results = Culprits(report), []
    for each in found:
        if each.ruling is Outcome.PASSED:
            continue
        offences = behind.of(each)
        told = "\n".join(
            [f"{each.service}: {each.says} ({each.computed})", *map(str, offences[:MOST_RELATED])]
        )
        if len(offences) > MOST_RELATED:
            told += f"\n… and {len(offences) - MOST_RELATED} more"
        places = [(one.place, one.words) for one in offences[:MOST_RELATED]]
        is_open = each.ruling is Outcome.UNDECIDABLE
        result = _result(each.check, "none" if is_open else "error", told, places)
        results.append(result | ({"kind": "open"} if is_open else {}))
    rules = {each.check: f"A check of {each.check} holds" for each in found}
    return _written(results, rules, "`outage explain` shows what a figure is made of.")


def _spelled(code: str) -> str:
    return f"A timeline that {code.replace('-', ' ')}" if code else "A timeline"


def _result(rule: str, level: str, told: str, places: Sequence[tuple[Place, str]]) -> Object:
    result: Object = {"ruleId": rule, "level": level, "message": {"text": _lines(told)}}
    if places:
        result["locations"] = [_location(places[0][0])]
    if places[1:]:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(place),
                **({"message": {"text": _lines(words)}} if words else {}),
            }
            for number, (place, words) in enumerate(places[1:], start=1)
        ]
    return result


def _location(place: Place) -> Object:
    """Return a location; a file as a whole has no region."""
    name = place.file.replace("\\", "/").encode("utf-8", "replace")
    scheme = "file://" if place.file.startswith("/") else ""
    found: Object = {"artifactLocation": {"uri": scheme + quote(name, safe="/~")}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            end = place.column + max(1, place.length)
            region |= {"startColumn": place.column, "endColumn": end}
        found["region"] = region
    return {"physicalLocation": found}


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
        {"ruleId": each["ruleId"], "ruleIndex": numbers[str(each["ruleId"])], **each}
        for each in results
    ]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": numbered,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _lines(text: str) -> str:
    """Return a plain-text message; where it looks like a link it is escaped as SARIF asks."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return re.sub(r"[\\\[\]]", r"\\\g<0>", shown) if "](" in shown else shown
