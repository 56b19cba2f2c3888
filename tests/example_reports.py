"""Example timelines and their reports, verdicts and problems, for the tests of the writers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from outage_cli import pipeline, registry
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.timeline import ReadResult
from outage_cli.model.verdict import Verdict
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.verdicts.conditions import Condition, condition, failures
from outage_cli.verdicts.targets import verdicts

NOW = 1_735_689_600_000_000
"""2025-01-01T00:00Z, in microseconds."""

KAKAO = Path(__file__).parent.parent / "timelines" / "2022-10-15-kakao.yaml"

SHOP = """\
title: The web shop in March
timezone: Europe/Berlin
window: 2024-03
services:
  shop: {name: Web shop, operator: Müller & Co., slo: 99.95%}
  payments: {name: Payments, requires: [shop]}
maintenance:
  - {services: [shop], from: 2024-03-10 02:00, to: 2024-03-10 04:00, what: "Upgrade; at last, all"}
events:
  - {at: 2024-03-05 09:12, what: The disk is full, partial: shop}
  - {at: 2024-03-05 09:20, what: Nothing answers, down: shop}
  - {at: ~2024-03-05 09:40, what: Logs deleted, up: shop}
  - {at: 2024-03-19 22:50, id: deploy, what: A bad deploy, down: shop}
  - {at: +25m, what: Rolled back, up: shop}
  - {at: deploy + 1h, what: A queue of payments is worked off, degraded: payments}
"""

SCREEN = Screen()


def reading_of(text: str = SHOP, name: str = "shop.yaml") -> ReadResult:
    return read(Source(name, text.encode("utf-8", "surrogatepass")))


def report_on(text: str = SHOP, **request: Any) -> Report:  # noqa: ANN401 - fields of ReportRequest
    report = pipeline.report(
        [reading_of(text)], ReportRequest(now=NOW, needs=registry.NEEDS)._replace(**request)
    )
    assert isinstance(report, Report), report
    return report


def verdicts_on(report: Report, conditions: Sequence[str] = ()) -> list[Verdict]:
    """Return the verdicts on the targets of a report, and on conditions."""
    read: list[Condition] = []
    for text in conditions:
        found = condition(text)
        assert not isinstance(found, ProblemText), found
        read.append(found)
    return [*verdicts(report), *failures(read, report)]


def write(name: str, report: Report) -> str:
    """Return a report as a writer has it; verdicts of it from one that knows no reports."""
    if name in registry.writers("report"):
        text: str = registry.load(registry.writers("report")[name].home).report(report, SCREEN)
        return text
    return write_verdicts(name, verdicts_on(report), report)


def write_verdicts(name: str, verdicts: Sequence[Verdict], report: Report | None = None) -> str:
    """Return verdicts as a writer has them."""
    home = registry.writers("verdicts")[name].home
    text: str = registry.load(home).verdicts(verdicts, SCREEN, report)
    return text


def write_problems(name: str, text: str, file: str = "shop.yaml") -> str:
    """Return the problems of a timeline as a writer has them."""
    problems = reading_of(text, file).problems
    output: str = registry.load(registry.writers("problems")[name].home).problems(problems, SCREEN)
    return output
