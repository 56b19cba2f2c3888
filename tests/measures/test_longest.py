"""The longest outage counts open ones, and is the same length on every surface (SEMANTICS K)."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from outage_cli import registry
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.verdicts.conditions import figures
from outage_cli.writers.feeds import openmetrics
from outage_cli.writers.json import report as json_writer
from outage_cli.writers.page import columns, details
from outage_cli.writers.sheet import csv as csv_writer
from tests import example_reports

OPEN = """\
timezone: UTC
window: 2024-05-13
as_of: 2024-05-14 00:00
services: {web: Web, blog: Blog}
events:
  - {at: 2024-05-13 08:00, what: It fails, down: web}
  - {at: 2024-05-13 09:00, what: It is back, up: web}
  - {at: 2024-05-13 14:00, what: It fails again, down: web}
"""
"""The service `web` has one outage of 1 h, and one that goes on after 10 h; `blog` has none."""

HOUR = 3600


@pytest.fixture
def report() -> Report:
    return example_reports.report_on(OPEN)


def test_every_surface_has_the_open_outage_as_the_longest(report: Report) -> None:
    web, blog = report.services
    best = web.best
    assert best.longest_outage == 10 * HOUR * 1_000_000
    assert figures()["longest_outage"].of(best) == best.longest_outage
    rows = list(csv.DictReader(StringIO(csv_writer.report(report, Screen()))))
    names = ("longest_outage_seconds", "longest_outage_seconds_min", "longest_outage_seconds_max")
    assert [[row[name] for name in names] for row in rows] == [["36000"] * 3, ["0"] * 3]
    written = json.loads(json_writer.report(report, Screen()))["services"]
    assert [one["longest_outage_seconds"] for one in written] == [10 * HOUR, 0]
    assert [one["longest_outage_seconds_range"] for one in written] == [[10 * HOUR] * 2, [0, 0]]
    gauges = openmetrics.report(report, Screen())
    for name in ("longest_outage", "longest_outage_least", "longest_outage_greatest"):
        assert f'outage_{name}_seconds{{service="web",name="Web"}} 36000\n' in gauges
        assert f'outage_{name}_seconds{{service="blog",name="Blog"}} 0\n' in gauges
    assert blog.best.longest_outage == 0


def test_the_statistics_leave_out_what_is_open(report: Report) -> None:
    lengths = json.loads(json_writer.report(report, Screen()))["services"][0]["outage_lengths"]
    assert (lengths["n"], lengths["left_out"]) == (1, 1)
    assert lengths["median_seconds"] == lengths["p90_seconds"] == lengths["max_seconds"] == HOUR


@pytest.mark.parametrize(
    ("language", "cell"),
    [("en", "10 h, ongoing"), ("ja", "10時間、継続中"), ("ko", "10시간, 진행 중")],
)
def test_tables_say_that_it_is_ongoing(language: str, cell: str, report: Report) -> None:
    say = registry.language(language)
    table = columns.services(report, Screen(columns=("longest",)), say)
    assert table.rows[0][1] == cell
    (failures,) = (
        table for title, table in details.tables(report, say, is_full=True) if title == say.failures
    )
    at = [column.key for column in failures.columns].index("longest")
    assert failures.rows[0][at] == cell


def test_an_outage_that_the_window_cuts_counts_as_far_as_it_shows() -> None:
    cut = example_reports.report_on(OPEN.replace("2024-05-14 00:00", "2024-05-15 00:00"))
    (web, _) = cut.services
    assert web.best.longest_outage == 10 * HOUR * 1_000_000
    say = registry.language("en")
    assert columns.services(cut, Screen(columns=("longest",)), say).rows[0][1] == "10 h"
