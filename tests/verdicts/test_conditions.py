"""Conditions: how they are written, and the messages for those that are not understood."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outage_cli import pipeline
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.span import HOUR, MINUTE
from outage_cli.model.verdict import Verdict
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.verdicts.conditions import Condition, condition, failures, figures
from tests.strategies import ZERO

STORY = """\
timezone: UTC
window: 2024-03
services:
  shop: {name: Shop, slo: 99.9%, users: 9000}
  pay: {name: Pay, slo: {target: 99%, per: day}}
  blog: Blog
events:
  - {at: 2024-03-05 09:00, what: Down, down: [shop, pay]}
  - {at: 2024-03-05 09:30, what: Up, up: [shop, pay]}
  - {at: 2024-03-06 09:00, what: Down, degraded: blog}
  - {at: 2024-03-06 10:00, what: Up, up: blog}
"""


def verdicts(*texts: str) -> list[Verdict]:
    """Return the verdicts of some conditions on the story."""
    report = pipeline.report([read(Source("story.yaml", STORY.encode()))], ReportRequest(ZERO))
    assert isinstance(report, Report)
    conditions = [condition(text) for text in texts]
    assert not [each for each in conditions if isinstance(each, ProblemText)], conditions
    return list(failures([each for each in conditions if isinstance(each, Condition)], report))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("downtime >= 30 min", "shop failed, pay failed, blog passed"),
        ("downtime > 30 min", "shop passed, pay passed, blog passed"),
        ("all.downtime >= 30 min", "shop passed, pay passed, blog passed"),
        ("degraded_time = 1h", "shop passed, pay passed, blog failed"),
        ("shop.user_time_lost >= 4500 user-h", "shop failed"),
        ("user_time_lost > 4.5k user-hours", "shop passed"),
        ("user_time_lost ≥ 270,000 user-minutes", "shop failed"),
        # 99.9 % of 744 h leaves 44:38.4; 99 % of a day 14:24.
        ("budget_used > 67%", "shop failed, pay failed"),
        ("shop.budget_used > 68%", "shop passed"),
        ("pay.burn_rate > 2.08", "pay failed"),
        ("pay.burn_rate > 2.09", "pay passed"),
        ("pay.budget_left < -15 min", None),
        ("budget_left < 0", "shop passed, pay failed"),
        ("blog.budget_left < 0", "blog undecidable"),
        ("pay.user_time_lost > 0", "pay undecidable"),
        ("considered < 744h", "shop passed, pay passed, blog passed"),
        # One outage a service: there is no mean of it; blog was degraded only.
        ("mtbf < 744h", "shop failed, pay failed, blog passed"),
        ("downtime_per_failure > 29m", "shop failed, pay failed, blog passed"),
        ("median_outage >= 30m", "shop failed, pay failed, blog passed"),
        ("p90 > 30m", "shop passed, pay passed, blog passed"),
        ("shop.mean > 1m", "shop undecidable"),
        ("budget > 44m", "shop failed, pay passed"),
    ],
)
def test_conditions_hold_or_do_not(text: str, expected: str | None) -> None:
    if expected is None:
        assert isinstance(condition(text), ProblemText)
        return
    assert ", ".join(f"{one.service} {one.ruling.value}" for one in verdicts(text)) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("downtime > 4", "downtime > 4h"),
        ("naver.downtime > 4", "naver.downtime > 4h"),
        ("4h < downtime", "downtime > 4h"),
        ("4h >= naver.downtime", "naver.downtime <= 4h"),
        ("downtime more than 4h", "downtime > 4h"),
        ("naver.availability below 99.9%", "naver.availability < 99.9%"),
        ("availability < 99.9", "availability < 99.9%"),
        ("budget_used > 50", "budget_used > 50%"),
        ("user_time_lost > 1000", "user_time_lost > 1000 user-h"),
    ],
)
def test_what_was_meant_is_a_condition(text: str, meant: str) -> None:
    result = condition(text)
    assert isinstance(result, ProblemText)
    assert result.hint == f"did you mean '{meant}'?"
    assert isinstance(condition(meant), Condition)


@pytest.mark.parametrize("name", figures())
def test_every_figure_says_how_its_value_is_written(name: str) -> None:
    result = condition(f"{name} > much")
    assert isinstance(result, ProblemText)
    example = result.hint.removeprefix("write ").removeprefix("a percentage such as ")
    example = example.removeprefix("a number such as ").partition(" or ")[0].partition(",")[0]
    assert isinstance(condition(f"{name} > {example.replace('a whole number', '3')}"), Condition)


@given(st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(condition(text), Condition | ProblemText)


@given(st.integers(1, 10**9), st.sampled_from(["", "k", "M", "G"]), st.sampled_from(["min", "h"]))
def test_user_time_is_read_exactly(number: int, size: str, unit: str) -> None:
    result = condition(f"user_time_lost > {number}{size} user-{unit}")
    assert isinstance(result, Condition)
    times = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}[size]
    assert result.value == Fraction(number * times * (HOUR if unit == "h" else MINUTE))
