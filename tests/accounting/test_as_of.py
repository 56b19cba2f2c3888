"""As-of is an instant: the best estimate of a vague time, the end of a day (SEMANTICS T5, T6)."""

from typing import Any

import pytest

from outage_cli import pipeline
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import MINUTE
from outage_cli.pipeline import ReportRequest
from outage_cli.when.clock.zones import rfc3339
from tests.example_reports import NOW, SHOP, reading_of, report_on


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2024-03-05 09:30", "2024-03-05T09:30:00+01:00"),
        ("~2024-03-05 09:30", "2024-03-05T09:30:00+01:00"),
        ("2024-03-05 09:30 ± 5m", "2024-03-05T09:30:00+01:00"),
        ("2024-03-05 09:20..2024-03-05 09:30", "2024-03-05T09:25:00+01:00"),
        ("by 2024-03-05 09:30", "2024-03-05T09:30:00+01:00"),
        ("after 2024-03-05 09:30", "2024-03-05T09:30:00+01:00"),
        ("2024-03-05", "2024-03-06T00:00:00+01:00"),
        ("5 March 2024", "2024-03-06T00:00:00+01:00"),
    ],
)
def test_as_of_is_the_best_estimate_and_of_a_day_its_end(text: str, clock: str) -> None:
    for report in (report_on(as_of=text), report_on(f'as_of: "{text}"\n{SHOP}')):
        assert report.as_of is not None
        assert rfc3339(report.as_of, report.timezone) == clock


def test_as_of_may_be_the_present() -> None:
    report = report_on(as_of="now")
    assert (report.as_of, report.as_of_is_now) == (NOW, True)


def test_as_of_may_be_the_time_of_an_event() -> None:
    at, later = (report_on(as_of=each).as_of for each in ("deploy", "deploy + 20m"))
    assert at is not None
    assert later == at + 20 * MINUTE


@pytest.mark.parametrize(
    "options",
    [
        {"as_of": "22:00>"},
        {"as_of": "+4h"},
        {"as_of": "16일 오후 3시"},
        {"start": "15:19"},
        {"window": "12:00..13:00"},
        {"window": "+4h..+5h"},
    ],
)
def test_what_is_refused_on_the_command_line_is_named(options: dict[str, Any]) -> None:
    """There is no line of a file to show it in, and several options may be given at once."""
    (text,) = options.values()
    report = pipeline.report([reading_of()], ReportRequest(now=NOW)._replace(**options))
    assert isinstance(report, ProblemText)
    assert f"`{text}`" in report.message
    assert report.hint
