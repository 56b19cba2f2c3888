"""JUnit XML for CI: one suite a service, one case for it and for each of its targets and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from outage_cli.model.duration import spell
from outage_cli.model.problem import NOTE, Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.culprits import Culprits
from outage_cli.writers.page.words import percentage, visible

MOST_SHOWN = 1000
"""How many outages a case lists; how many more there are stands below them."""

_ELEMENTS = {Outcome.FAILED: "failure", Outcome.UNDECIDABLE: "error"}
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SIGNS = re.compile("[&<>\"']|[\ufffe\uffff]")


class Case(NamedTuple):
    """A test case. `element` is None where it passed; `message` and `text` say why it did not."""

    suite: str
    name: str
    element: str | None
    kind: str
    message: str
    text: str


def verdicts(found: Sequence[Verdict], screen: Screen, report: Report | None = None) -> str:
    """Return a suite for each service: what it lost, and a case for each verdict on it.

    A verdict that failed is a failure, one that nothing decides an error; both name the outages
    with their lines. Where there is nothing to report one case says so, and passes.
    """
    del screen
    behind = Culprits(report)
    cases = [_service(each, report, behind) for each in report.services] if report else []
    cases += (_verdict(each, behind) for each in found)
    return _written(cases, report.title if report else "")


def problems(found: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return a suite for each file with a case for each problem in it; warnings are skipped."""
    del screen, lines
    cases = []
    for each in found:
        element = "failure" if each.is_error else "skipped"
        name = f"{each.code} at {each.place.line}:{each.place.column}"
        severity = "note" if each.severity == NOTE else each.severity
        text = f"{each.place}: {severity}[{each.code}] {each.message}"
        text += f"\nhint: {each.hint}" if each.hint else ""
        cases.append(Case(each.place.file, name, element, each.code, each.message, text))
    return _written(cases, "outage lint")


def _service(each: ServiceReport, report: Report | None, behind: Culprits) -> Case:
    best = each.best
    lines = [f"downtime {spell(best.downtime)}"]
    if report:
        lines[0] += f", availability {percentage(best.availability, report.method)}"
    lines += _listed([str(one) for one in behind.all(each)])
    return Case(each.service.id, f"figures of {each.service.name}", None, "", "", "\n".join(lines))


def _verdict(each: Verdict, behind: Culprits) -> Case:
    name = f"{each.check}: {each.says}"
    element = _ELEMENTS.get(each.ruling)
    lines = [f"{each.service}: {each.says} ({each.computed})"]
    lines += _listed([str(one) for one in behind.of(each)])
    return Case(each.service, name, element, each.check, each.computed, "\n".join(lines))


def _listed(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_SHOWN
    return [*lines[:MOST_SHOWN], f"… and {more} more"] if more > 0 else lines


def _written(cases: Sequence[Case], title: str) -> str:
    if not cases:
        cases = [Case("outage", "nothing to report", None, "", "", "")]
    suites: dict[str, list[Case]] = {}
    known: dict[tuple[str, str], int] = {}  # servers take two cases of one name for one
    for case in cases:
        number = known[case[:2]] = known.get(case[:2], 0) + 1
        name = case.name if number == 1 else f"{case.name} ({number})"
        suites.setdefault(case.suite, []).append(case._replace(name=name))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="{_text(title or "outage")}" {_counts(cases)}>')
    for name, those in suites.items():
        skipped = sum(case.element == "skipped" for case in those)
        lines.append(f'  <testsuite name="{_text(name)}" {_counts(those)} skipped="{skipped}">')
        lines += (line for case in those for line in _case(case))
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counts(cases: Sequence[Case]) -> str:
    failures = sum(case.element == "failure" for case in cases)
    errors = sum(case.element == "error" for case in cases)
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _case(case: Case) -> Iterator[str]:
    begin = f'    <testcase classname="{_text(case.suite)}" name="{_text(case.name)}"'
    if case.element:
        said = f'type="{_text(case.kind)}" message="{_text(case.message)}"'
        yield f"{begin}>"
        yield f"      <{case.element} {said}>{_lines(case.text)}</{case.element}>"
        yield "    </testcase>"
    elif case.text:
        yield f"{begin}>"
        yield f"      <system-out>{_lines(case.text)}</system-out>"
        yield "    </testcase>"
    else:
        yield f"{begin}/>"


def _lines(text: str) -> str:
    return "\n".join(_text(line) for line in text.split("\n"))


def _text(text: str) -> str:
    """Return a text as XML that shows it; what XML cannot hold is shown by its number."""
    return _SIGNS.sub(
        lambda found: _MARKUP.get(found[0]) or f"‹U+{ord(found[0]):04X}›", visible(text)
    )
