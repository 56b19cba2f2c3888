"""Objectives with a period of their own, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outage_cli.accounting.named_methods import CONTRACT
from outage_cli.model.method import Method, Treatment
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service import Objective, Per
from outage_cli.model.share import WHOLE
from outage_cli.model.span import DAY, HOUR, SECOND
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import ReportRequest, read, report
from outage_cli.readers.source import Source
from outage_cli.verdicts.targets import verdicts
from outage_cli.when.calendar.objectives import objective
from tests import naive
from tests.strategies import ZERO, Case, Kind, cases, tried


@pytest.mark.parametrize(
    ("text", "target", "per"),
    [
        ("99.9%", 999, None),
        ("0.999", 999, None),
        ("99.9% monthly", 999, Per("month", None)),
        ("99.9% per month", 999, Per("month", None)),
        ("99.9 % a year", 999, Per("year", None)),
        ("99.9%/30d", 999, Per(None, 30 * DAY)),
        ("99.9% in any 7 days", 999, Per(None, 7 * DAY)),
        ("99.9% rolling 24h", 999, Per(None, 24 * HOUR)),
        ("99.9% per calendar quarter", 999, Per("quarter", None)),
    ],
)
def test_objectives_as_people_write_them(text: str, target: int, per: Per | None) -> None:
    assert objective(text) == Objective(target * WHOLE // 1000, per)


@pytest.mark.parametrize(
    "text", ["", "high", "99.9", "101%", "99.9% sometimes", "99.9% rolling month", "99.9% 0d"]
)
def test_what_is_no_objective(text: str) -> None:
    found = objective(text)
    assert isinstance(found, ProblemText)
    assert found.hint.startswith("write ")


def _weight(word: str, method: Method) -> Fraction:
    weights = {state.word: Fraction(share, WHOLE) for state, share in method.weights.items()}
    return weights.get(word, Fraction(0))


def _slowly(buckets: Sequence[str], length: int, method: Method) -> Fraction | None:
    """Return the lowest availability of any stretch of whole seconds, one after the other."""
    left_out = {"not_in_service", "out_of_hours", "unknown"}
    if method.maintenance is Treatment.EXCLUDE:
        left_out.add("maintenance")
    found = []
    for at in range(len(buckets) - length + 1):
        counted = [each for each in buckets[at : at + length] if each not in left_out]
        if counted:
            lost = sum((_weight(each, method) for each in counted), Fraction(0))
            found.append(1 - lost / len(counted))
    return min(found, default=None)


@tried(60)
@given(cases(Kind(asking=True)), st.integers(1, 40))
def test_the_worst_rolling_period_is_the_worst_there_is(case: Case, length: int) -> None:
    aim = Objective(WHOLE // 2, Per(None, length * SECOND))
    timelines = [
        each._replace(
            services={name: one._replace(objective=aim) for name, one in each.services.items()}
        )
        for each in case.timelines
    ]
    told = report([ReadResult(each) for each in timelines], case.asked, case.method)
    assert isinstance(told, Report), told
    longer = (told.window.start - length * SECOND, told.window.end)
    as_of = None if case.as_of is None else ZERO + case.as_of * SECOND
    now = ZERO + case.now * SECOND
    slow = naive.figures(case.timelines, longer, as_of, now, case.method)
    assert [each.service for each in told.objectives] == list(told_of(told))
    for each in told.objectives:
        share = _slowly(slow[each.service].buckets, length, case.method)
        up, considered = each.best.availability
        assert (Fraction(up, considered) if considered else None) == share
        assert each.best.target
        assert each.best.target.met is (None if share is None else share >= Fraction(1, 2))


def told_of(told: Report) -> list[str]:
    """Return the services of a report."""
    return [each.service.id for each in told.services]


STORY = """\
timezone: Europe/Berlin
services: {web: {name: Web, slo: 99.9% monthly}}
events:
  - {at: 2024-01-31 23:30, what: Down, down: web}
  - {at: 2024-02-01 00:30, what: Up, up: web}
  - {at: 2024-03-05 09:00, what: Down, down: web}
  - {at: ~2024-03-05 09:44, what: Up, up: web}
"""


def _told(story: str, **asked: str) -> Report:
    found = report([read(Source("web.yaml", story.encode()))], ReportRequest(ZERO, **asked))  # type: ignore[arg-type]
    assert isinstance(found, Report), found
    return found


def test_each_month_is_whole_and_has_the_figures_of_its_own_window() -> None:
    found = _told(STORY)
    assert [each.label for each in found.objectives] == ["2024-01", "2024-02", "2024-03"]
    for each in found.objectives:
        (month,) = _told(STORY.replace(" monthly", ""), window=each.label).services
        here, there = ((one.best, *one.others) for one in (each, month))
        whole = [one._replace(worst_windows={}) for one in there]
        assert list(here) in (whole, whole * 3), "vague times elsewhere change nothing here"


def test_the_verdict_names_the_month_and_knows_what_is_vague() -> None:
    rulings = [(each.says.rpartition(" ")[2], each.ruling.value) for each in verdicts(_told(STORY))]
    assert rulings == [("2024-01", "passed"), ("2024-02", "passed"), ("2024-03", "undecidable")]


def test_a_month_that_is_not_over_is_held_to_what_there_is_of_it() -> None:
    (*_, march) = _told(STORY, as_of="2024-03-05 09:40").objectives
    assert march.best.considered == (4 * 24 + 9) * HOUR + 40 * 60 * SECOND
    assert march.best.target
    assert march.best.target.met is False


def test_what_is_not_known_is_not_failed() -> None:
    story = (
        STORY.replace("what: Down, down: web", "what: Blind, unknown: web", 1)
        .replace("2024-02-01 00:30", "2024-03-01 00:00")
        .replace("2024-01-31 23:30", "2024-02-01 00:00")
    )
    rulings = {each.says.rpartition(" ")[2]: each for each in verdicts(_told(story))}
    assert rulings["2024-02"].ruling.value == "undecidable"
    assert rulings["2024-02"].computed == "no data"


@pytest.mark.parametrize(
    ("slo", "at", "code"),
    [
        ("{per: month}", "per: month", "missing-key"),
        ("{target: 99.9%, per: fortnight}", "fortnight", "wrong-type"),
        ("{target: lots}", "lots", "wrong-type"),
        ("99.9% sometimes", "99.9% sometimes", "wrong-type"),
        ("{target: 99.9%, by: month}", "by", "unknown-key"),
        ("[99.9%]", "99.9%]", "wrong-type"),
    ],
)
def test_a_target_that_cannot_be_read_is_told_where_it_stands(slo: str, at: str, code: str) -> None:
    story = STORY.replace("99.9% monthly", slo)
    found = [each for each in read(Source("web.yaml", story.encode())).problems if each.is_error]
    line = story.splitlines()[1]
    assert [(each.code, each.place.line) for each in found] == [(code, 2)]
    assert line[found[0].place.column - 1 :].startswith(at)


def test_a_rolling_period_counts_as_the_method_does() -> None:
    story = STORY.replace("monthly", "per 7d")
    (hour,) = _told(story).objectives
    assert hour.best.downtime == HOUR
    contract = CONTRACT._replace(min_outage=2 * HOUR)
    found = report([read(Source("web.yaml", story.encode()))], ReportRequest(ZERO), contract)
    assert isinstance(found, Report)
    assert found.objectives[0].best.weighted_downtime == 0
    assert found.objectives[0].best.target is not None
    assert found.objectives[0].best.target.met is True
