"""JUnit XML for CI: one suite a service, one case for it and for each of its targets and claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from outage_cli.model.duration import spell
from outage_cli.model.problem import Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.verdict import Outcome, Verdict
from outage_cli.writers.findings.culprits import Culprits
from outage_cli.writers.findings.wording import capped, message_lines, sentence
from outage_cli.writers.page.words import percentage, visible

MOST_SHOWN = 1000
"""How many outages a case lists at most; a last line counts the others."""

_ELEMENTS = {Outcome.FAILED: "failure", Outcome.UNDECIDABLE: "error"}
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SIGNS = re.compile("[&<>\"']|[\ufffe\uffff]")


class Case(NamedTuple):
    """A test case. `element` is None where it passed, else `failure`, `error` or `skipped`."""

    suite: str
    name: str
    element: str | None
    kind: str
    message: str
    text: str


def verdicts(verdicts: Sequence[Verdict], screen: Screen, report: Report | None = None) -> str:
    """Return a suite for each service: a case with its figures, and a case for each verdict.

    A verdict that failed is a failure, an undecidable one an error; both list the outages behind
    them. Without verdicts and services there is one case, which passes.
    """
    del screen
    culprits = Culprits(report)
    cases = [_service(each, report, culprits) for each in report.services] if report else []
    cases += (_verdict(verdict, culprits) for verdict in verdicts)
    return _written(cases, report.title if report else "")


def problems(problems: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return a suite for each file, with a case for each problem; warnings are skipped."""
    del screen, lines
    return _written([_problem(problem) for problem in problems], "outage lint")


def _problem(problem: Problem) -> Case:
    code, place = problem.code, problem.place
    element = "failure" if problem.is_error else "skipped"
    text = f"{place}: {problem.severity}[{code}] " + "\n".join(message_lines(problem))
    name = f"{code} at {place.line}:{place.column}"
    return Case(place.file, name, element, code, problem.message, text)


def _service(service: ServiceReport, report: Report, culprits: Culprits) -> Case:
    best, name = service.best, f"figures of {service.service.name}"
    share = percentage(best.availability, report.method)
    lines = [f"downtime {spell(best.downtime)}, availability {share}"]
    lines += capped([str(culprit) for culprit in culprits.outages_of(service)], MOST_SHOWN)
    return Case(service.service.id, name, None, "", "", "\n".join(lines))


def _verdict(verdict: Verdict, culprits: Culprits) -> Case:
    check, computed = verdict.check, verdict.computed
    element = _ELEMENTS.get(verdict.ruling)
    lines = [sentence(verdict)]
    lines += capped([str(culprit) for culprit in culprits.of(verdict)], MOST_SHOWN)
    name = f"{check}: {verdict.says}"
    return Case(verdict.service, name, element, check, computed, "\n".join(lines))


def _written(cases: Sequence[Case], title: str) -> str:
    if not cases:
        cases = [Case("outage", "nothing to report", None, "", "", "")]
    suites: dict[str, list[Case]] = {}
    numbers: Counter[tuple[str, str]] = Counter()  # servers take two cases of one name for one
    for case in cases:
        numbers[case[:2]] += 1
        number = numbers[case[:2]]
        name = case.name if number == 1 else f"{case.name} ({number})"
        suites.setdefault(case.suite, []).append(case._replace(name=name))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="{_text(title or "outage")}" {_counts(cases)}>')
    for name, suite in suites.items():
        skipped = sum(case.element == "skipped" for case in suite)
        lines.append(f'  <testsuite name="{_text(name)}" {_counts(suite)} skipped="{skipped}">')
        lines += (line for case in suite for line in _case(case))
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _counts(cases: Sequence[Case]) -> str:
    failures = sum(case.element == "failure" for case in cases)
    errors = sum(case.element == "error" for case in cases)
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _case(case: Case) -> Iterator[str]:
    begin = f'    <testcase classname="{_text(case.suite)}" name="{_text(case.name)}"'
    if case.element:
        properties = f'type="{_text(case.kind)}" message="{_text(case.message)}"'
        yield f"{begin}>"
        yield f"      <{case.element} {properties}>{_lines(case.text)}</{case.element}>"
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
    """Return a text escaped for XML; characters that XML cannot hold are shown by their number."""
    return _SIGNS.sub(lambda sign: _MARKUP.get(sign[0]) or f"‹U+{ord(sign[0]):04X}›", visible(text))
