"""Published figures compared with the computed ones (SEMANTICS C)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outage_cli import pipeline
from outage_cli.languages import claims as claim_words
from outage_cli.languages.en import CATALOGUE
from outage_cli.model.accepted_range import SCALE, AcceptedRange
from outage_cli.model.duration import spell
from outage_cli.model.event import Claim, ClaimKind, SourceRef
from outage_cli.model.moment import Moment
from outage_cli.model.outage import Outage
from outage_cli.model.problem import ProblemText
from outage_cli.model.promises import ClaimReport, ClaimVerdict
from outage_cli.model.report import Report
from outage_cli.model.share import WHOLE
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND
from outage_cli.model.timeline import ABOUT, ReadResult, Timeline
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.when.calendar import moments
from outage_cli.when.calendar.claim_terms import accepted
from outage_cli.when.calendar.moments import TimeSettings
from outage_cli.when.clock.zones import known
from tests.oracle import naive_claims
from tests.strategies import ZERO, Case, Kind, cases, tried

KAKAO = Path(__file__).parents[2] / "timelines" / "2022-10-15-kakao.yaml"
UTC = TimeSettings(known("UTC"))


def report_on(story: str, **options: str) -> Report:
    """Return the report on a story."""
    reading = read(Source("story.yaml", story.encode()))
    assert not [each for each in reading.problems if each.is_error], reading.problems
    report = pipeline.report([reading], ReportRequest(ZERO, **options))  # type: ignore[arg-type]
    assert isinstance(report, Report), report
    return report


def findings(story: str, **options: str) -> list[str]:
    """Return the verdicts on the claims of a story."""
    return [each.finding.value for each in report_on(story, **options).claims]


# The outage this tool began with

PUBLISHED = """
agrees       pangyo      Newsweek Japan  starts ~2022-10-15 15:33
undecidable  pangyo      MSIT            starts ~2022-10-15 15:22
undecidable  kakaotalk   Kakao           starts ~2022-10-15 15:30
agrees       kakao-main  Newsweek Japan  downtime at least 30h
agrees       kakao-main  Newsweek Japan  ends ~2022-10-16 22:00
differs      kakao-main  Kakao           ends by 2022-10-16 21:30
differs      kakao-main  MSIT            ends after 2022-10-17 06:00
undecidable  naver       Newsweek Japan  downtime 4h
agrees       naver       MSIT            downtime at least 20m
agrees       naver       MSIT            downtime at most 12h
differs      naver       Naver           downtime 0m
differs      naver       Press           ends after 2022-10-17 06:00
undecidable  kakao-all   Kakao           downtime 127h30m
undecidable  kakao-all   MSIT            downtime 127h33m
differs      kakao-all   KTV             downtime at most 127h
agrees       kakao-all   Kakao           ends 2022-10-20 23:00
agrees       kakao-all   MSIT            ends ~2022-10-20 23:00
differs      kakaopay    FSS             downtime 44h
agrees       kakaopay    MSIT            ends by 2022-10-17 06:00
"""


def _line(each: ClaimReport) -> str:
    claim = each.claim
    words = f"{claim.figure.value} {claim.says}"
    return f"{each.finding.value:11}  {claim.service:10}  {claim.by or '':14}  {words}"


@pytest.mark.parametrize("options", [{}, {"window": "2022-10"}, {"window": "2022-10-16"}])
def test_every_figure_that_was_published_on_kakao_has_its_verdict(options: dict[str, str]) -> None:
    lines = [_line(each) for each in report_on(KAKAO.read_text(encoding="utf-8"), **options).claims]
    assert "\n".join(lines) == PUBLISHED.strip()


def test_the_differences_from_what_was_published_on_kakao() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "outage_cli.cli.main", "report", str(KAKAO), "-f", "json"],
        capture_output=True,
        check=True,
    )
    claims: list[dict[str, Any]] = json.loads(run.stdout)["claims"]
    seconds = {
        (each["service"], each["by"], each["says"]): each["difference_seconds"] for each in claims
    }
    assert seconds["kakao-main", "Kakao", "by 2022-10-16 21:30"] == 30 * 60
    assert seconds["kakao-main", "Newsweek Japan", "at least 30h"] == 41 * 60
    assert seconds["kakao-main", "MSIT", "after 2022-10-17 06:00"] == -8 * 3600
    assert seconds["kakao-all", "MSIT", "127h33m"] == -180
    assert seconds["kakao-all", "KTV", "at most 127h"] == 1800
    assert seconds["naver", "Naver", "0m"] == 4 * 3600
    assert seconds["kakaopay", "FSS", "44h"] == 98_820 - 44 * 3600
    (main,) = [each for each in claims if each["says"] == "at least 30h"]
    assert (main["computed"], main["computed_range"]) == (110_460, [109_560, 111_360])
    source = KAKAO.read_text(encoding="utf-8").splitlines()
    for each in claims:
        assert each["says"] in source[each["line"] - 1], "each claim names its line"


def test_claims_say_how_they_are_held_whatever_service_is_shown() -> None:
    shown = report_on(KAKAO.read_text(encoding="utf-8"), services=("naver",))  # type: ignore[arg-type]
    assert [each.claim.service for each in shown.claims] == ["naver"] * 5


# What agrees with a duration

SECONDS = st.integers(0, 10**6)


@given(SECONDS)
def test_a_figure_agrees_with_itself_as_written(seconds: int) -> None:
    exact = seconds * SECOND
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    cut = f"{hours}h {minutes}min"
    total = (exact + MINUTE // 2) // MINUTE
    rounded = f"{total // 60} hours and {total % 60} minutes"
    for words in (f"{seconds}s", f"{hours}h {minutes}min {left}s", cut, rounded, f"= {cut}"):
        result = accepted(ClaimKind.DOWNTIME, words, UTC)
        assert isinstance(result, AcceptedRange), result
        assert not result.is_below((exact, 1)), words
        assert not result.is_above((exact, 1)), words


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 5))
def test_a_share_agrees_with_itself_as_written(considered: int, down: int, decimals: int) -> None:
    up = max(0, considered - down)
    scale = 100 * 10**decimals
    cut, rounded = up * scale // considered, (2 * up * scale + considered) // (2 * considered)
    for number in {cut, rounded if rounded < scale else cut}:
        whole, rest = divmod(number, 10**decimals)
        words = f"{whole}.{rest:0{decimals}}%" if decimals else f"{whole}%"
        result = accepted(ClaimKind.AVAILABILITY, words, UTC)
        assert isinstance(result, AcceptedRange), result
        assert not result.is_below((up, considered)), words
        assert not result.is_above((up, considered)), words


@given(SECONDS.filter(bool))
def test_the_edge_agrees_where_it_is_included(seconds: int) -> None:
    edge = seconds * SECOND
    for words, below, at, above in (
        ("at least", False, True, True),
        ("more than", False, False, True),
        ("at most", True, True, False),
        ("less than", True, False, False),
    ):
        result = accepted(ClaimKind.DOWNTIME, f"{words} {seconds} s", UTC)
        assert isinstance(result, AcceptedRange)
        for value, agrees in ((edge - 1, below), (edge, at), (edge + 1, above)):
            off = result.is_below((value, 1)) or result.is_above((value, 1))
            assert off is not agrees, (words, value - edge)


def test_nobody_may_round_up_to_100_percent() -> None:
    result = accepted(ClaimKind.AVAILABILITY, "100%", UTC)
    assert isinstance(result, AcceptedRange)
    assert result.is_below((10**9 - 1, 10**9))
    assert not result.is_below((1, 1))


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("24 hours and 11 minutes", 24 * 60 + 11, 24 * 60 + 11),
        ("61時間25分", 61 * 60 + 25, 61 * 60 + 25),
        ("30時間以上", 30 * 60, None),
        ("30시간 이상", 30 * 60, None),
        ("約4時間", 216, 264),
        ("4시간가량", 216, 264),
        ("an hour and a half", 90, 90),
        ("half an hour", 30, 30),
        ("two and a half hours", 150, 150),
        ("7,650 minutes", 7650, 7650),
        ("1h15", 75, 75),
        ("20 min to 12 h", 20, 720),
        ("30..31h", 1800, 1860),
        ("4~5時間", 240, 300),
        ("between 3 and 4 hours", 180, 240),
        ("over an hour", 60, None),
        ("up to 127 hours", None, 127 * 60),
        ("nearly 4 hours", 216, 240),
        ("PT4H30M", 270, 270),
        ("none", 0, 0),
    ],
)
def test_durations_as_people_publish_them(words: str, least: int | None, most: int | None) -> None:
    result = accepted(ClaimKind.DOWNTIME, words, UTC)
    assert isinstance(result, AcceptedRange), result
    exact = least == most and bool(least)
    margins = (MINUTE // 2, MINUTE) if exact else (0, 0)
    assert result.least == (None if least is None else least * MINUTE - margins[0])
    assert result.most == (None if most is None else most * MINUTE + margins[1])


@pytest.mark.parametrize(
    "words", ["", "4", "ages", "about", "-4h", "4h 5h", "a few hours", "x" * 999]
)
def test_what_is_no_duration_is_no_duration(words: str) -> None:
    result = accepted(ClaimKind.DOWNTIME, words, UTC)
    assert isinstance(result, ProblemText)
    assert result.code == "not-a-figure"
    assert "30h 41min" in result.hint


@given(st.text(max_size=30), st.sampled_from(list(ClaimKind)))
def test_no_words_make_it_raise(words: str, figure: ClaimKind) -> None:
    assert isinstance(accepted(figure, words, UTC), AcceptedRange | ProblemText)


def test_about_is_about_the_same_wherever_the_file_does_not_say() -> None:
    assert ABOUT == moments.ABOUT == UTC.about


# Verdicts over random timelines


def _vague(case: Case, margins: Sequence[int]) -> tuple[Timeline, ...]:
    """Return the timelines of a case with their times give or take some seconds."""
    timelines = []
    for timeline in case.timelines:
        events = []
        for number, event in enumerate(timeline.events):
            margin = margins[number % len(margins)] * SECOND
            at = event.at and Moment(event.at.best, event.at.best - margin, event.at.best + margin)
            events.append(event._replace(at=at))
        timelines.append(timeline._replace(events=tuple(events)))
    return tuple(timelines)


@tried(60)
@given(
    cases(Kind(planning=False, asking=True)),
    st.lists(st.integers(0, 5), min_size=1, max_size=4),
    st.sampled_from(sorted(naive_claims.AGREES)),
    st.integers(-3, 3),
)
def test_a_claim_has_the_figure_of_the_report_and_the_verdict_of_its_bounds(
    case: Case, margins: list[int], words: str, off: int
) -> None:
    timelines = _vague(case, margins)
    before = pipeline.report([ReadResult(each) for each in timelines], case.request, case.method)
    assert isinstance(before, Report), before
    claims = []
    for number, each in enumerate(before.services):
        least, most = each.between(lambda one: one.downtime)
        stated = max(0, (least if number % 2 else most) // SECOND + off)
        claims.append((stated, least // SECOND, most // SECOND, each.best.downtime))
    written = tuple(
        Claim(
            each.service.id,
            ClaimKind.DOWNTIME,
            words.format(stated),
            SourceRef(timelines[0].file, ("claims", number)),
            window=case.request.window,
        )
        for number, (each, (stated, *_)) in enumerate(zip(before.services, claims, strict=True))
    )
    timelines = (timelines[0]._replace(claims=written), *timelines[1:])
    after = pipeline.report([ReadResult(each) for each in timelines], case.request, case.method)
    assert isinstance(after, Report), after
    assert after.services == before.services
    for claim, each, (stated, least, most, best) in zip(
        after.claims, before.services, claims, strict=True
    ):
        if claim.best is None:
            assert not each.best.considered
            assert claim.finding is ClaimVerdict.UNDECIDABLE
        elif claim.has_data:
            assert claim.best == (best, 1)
            assert claim.finding.value == naive_claims.verdict(words, stated, least, most)


@tried(30)
@given(cases(Kind(files=1)))
def test_the_starts_and_ends_of_outages_agree_with_themselves(case: Case) -> None:
    whole = case._replace(start=-20, end=case.now + 1)
    before = pipeline.report(
        [ReadResult(each) for each in case.timelines], whole.request, case.method
    )
    assert isinstance(before, Report), before
    claims: list[tuple[str, ClaimKind, int, Outage]] = []
    for each in before.services:
        for outage in (*each.best.outages[:1], *each.best.outages[-1:]):
            figure = (
                ClaimKind.ENDS if claims and claims[-1][0] == each.service.id else ClaimKind.STARTS
            )
            at = outage.start if figure is ClaimKind.STARTS else outage.end
            claims.append((each.service.id, figure, at, outage))
    written = tuple(
        Claim(name, figure, str(at // SECOND), SourceRef("0.yaml", ("claims", number)))
        for number, (name, figure, at, _) in enumerate(claims)
    )
    timelines = [case.timelines[0]._replace(claims=written)]
    after = pipeline.report([ReadResult(each) for each in timelines], whole.request, case.method)
    assert isinstance(after, Report), after
    for claim, (_, figure, at, outage) in zip(after.claims, claims, strict=True):
        assert claim.best is None or claim.best[0] == at or outage.cut_before or outage.cut_after
        if claim.best == (at, 1):
            goes_on = figure is ClaimKind.ENDS and outage.ongoing
            assert claim.finding is (ClaimVerdict.UNDECIDABLE if goes_on else ClaimVerdict.AGREES)


# Stretches of time

STORY = """\
timezone: Asia/Seoul
services: {web: Web}
events:
  - {at: 2024-03-05 09:00, what: Down, down: web}
  - {at: 2024-03-05 10:00, what: Up, up: web}
  - {at: ~2024-04-02 14:00, id: deploy, what: Down, down: web}
  - {at: 2024-04-02 15:00, id: fixed, what: Up, up: web}
claims:
"""


@pytest.mark.parametrize(
    ("claim", "finding"),
    [
        ("downtime: 1h, window: 2024-03", "agrees"),
        ("downtime: 2h, window: 2024-03", "differs"),
        ("availability: 99.866%, window: 2024-03", "agrees"),
        ("availability: 100%, window: 2024-05", "agrees"),
        ("downtime: 1h, until: deploy", "agrees"),
        ("downtime: 45 min .. 75 min, since: deploy", "agrees"),
        ("downtime: 1h, since: deploy", "undecidable"),
        # `since` an event is when it was in each reading, not one end of when it may have been.
        ("downtime: at least 45 min, since: deploy", "agrees"),
        # An outage is whole, also where the claim counts from the middle of it.
        ("starts: 2024-03-05 09:00, since: 2024-03-05 09:30", "agrees"),
        ("downtime: 30 min, since: 2024-03-05 09:30, until: 2024-03-06 00:00", "agrees"),
        ("downtime: 30 min, since: ~2024-03-05 09:30, until: 2024-03-06 00:00", "undecidable"),
        ("downtime: 15 min .. 45 min, since: ~2024-03-05 09:30, until: deploy", "agrees"),
        ("starts: 2024-03-05 09:00", "agrees"),
        ("starts: 2024-03-05 09:01", "differs"),
        ("starts: 2024-03-05", "agrees"),
        ("ends: fixed", "agrees"),
        ("ends: 2024-03-05 10:00, until: deploy", "agrees"),
        ("downtime: 0, window: fixed..fixed + 1h", "agrees"),
        ("ends: before 2024-04-02 15:00", "differs"),
        ("ends: by 2024-04-02 15:00", "agrees"),
        ("ends: after 2024-04-02 15:00", "agrees"),
        ("ends: 10:00, since: 2024-03-05 08:00, until: deploy", "agrees"),
        ("starts: 2024-05-01 00:00, window: 2024-05", "differs"),
    ],
)
def test_a_claim_is_about_its_own_stretch_of_time(claim: str, finding: str) -> None:
    story = f"{STORY}  - {{service: web, {claim}}}\n"
    assert findings(story) == [finding]
    assert findings(story, window="2024-03-05") == [finding], "whatever window is asked for"
    assert findings(story, window="2020..2029") == [finding]
    assert findings(story, timezone="America/New_York") == [finding]


def test_seconds_that_decide_are_shown() -> None:
    story = STORY.replace("2024-03-05 10:00", "2024-03-05 10:00:40")
    (claim,) = report_on(f"{story}  - {{service: web, downtime: 1h 41s, window: 2024-03}}\n").claims
    assert claim_words.computed(claim, "UTC", CATALOGUE) == ("1 h 40 s", "")
    assert claim_words.apart(claim, CATALOGUE) == "1 s less"


def test_a_window_after_as_of_is_not_known() -> None:
    story = STORY.replace("services:", "as_of: 2024-04-03\nservices:", 1)
    assert findings(f"{story}  - {{service: web, downtime: 0, window: 2025}}\n") == ["undecidable"]


def test_nothing_is_claimed_of_what_did_not_happen() -> None:
    moved = report_on(f"{STORY}  - {{service: web, downtime: 1h}}\n", shift="1d")
    assert len(moved.claims) == 1
    assert moved.what_if
    assert not moved.what_if.report.claims


def test_claims_of_two_files_are_about_the_windows_of_their_own_files() -> None:
    one = f"{STORY}  - {{service: web, downtime: 1h 30min .. 2h 30min}}\n"
    other = """\
timezone: Asia/Seoul
services: {web: Web}
events:
  - {at: 2024-06-05 09:00, what: Down, down: web}
  - {at: 2024-06-05 10:00, what: Up, up: web}
claims:
  - {service: web, downtime: 1h}
"""
    readings = [read(Source(f"{at}.yaml", each.encode())) for at, each in enumerate((one, other))]
    report = pipeline.report(readings, ReportRequest(ZERO))
    assert isinstance(report, Report)
    assert [each.finding.value for each in report.claims] == ["agrees", "agrees"]
    assert report.services[0].best.downtime == 3 * HOUR


def test_values_are_compared_exactly() -> None:
    result = accepted(ClaimKind.AVAILABILITY, "more than 99.9%", UTC)
    assert isinstance(result, AcceptedRange)
    assert result.is_below((999 * 10**12, 10**15))
    assert not result.is_below((999 * 10**12 + 1, 10**15))
    assert result.difference((WHOLE, WHOLE)) == (SCALE * WHOLE // 1000, WHOLE * SCALE)


def test_spelled_durations_can_be_claimed() -> None:
    for shorter, longer in pairwise([MINUTE, 59 * MINUTE, HOUR, 30 * HOUR, 5 * DAY, 40 * DAY]):
        result = accepted(ClaimKind.DOWNTIME, spell(longer), UTC)
        assert isinstance(result, AcceptedRange)
        assert result.is_below((shorter, 1))
        assert not result.is_below((longer, 1))
