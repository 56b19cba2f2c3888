"""Totals of several services, groups, and the blast radius with its chains."""

from __future__ import annotations

import json
import subprocess
import sysconfig
import tracemalloc
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outage_cli import pipeline, registry
from outage_cli.accounting.inheritance import histories_of
from outage_cli.accounting.ledger import ledger
from outage_cli.accounting.requested_services import united
from outage_cli.accounting.scope import scope_of
from outage_cli.languages.en import CATALOGUE
from outage_cli.measures import requirement_paths
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service import Requirement, Service
from outage_cli.model.service_figures import Availability
from outage_cli.model.share import WHOLE
from outage_cli.model.span import SECOND
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import ReadResult
from outage_cli.model.totals import Totals
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.writers.page import groups as rows_together
from tests import strategies
from tests.oracle import naive, naive_totals
from tests.strategies import ZERO, Case, Kind, timeline

OUTAGE = Path(sysconfig.get_path("scripts"), "outage")
KAKAO = Path(__file__).parents[2] / "timelines" / "2022-10-15-kakao.yaml"
UP, PARTIAL, DOWN = State.UP, State.PARTIAL, State.DOWN


def oracle(case: Case) -> dict[str, naive.Figures]:
    as_of = None if case.as_of is None else ZERO + case.as_of * SECOND
    window = (ZERO + case.start * SECOND, ZERO + case.end * SECOND)
    return naive.figures(case.timelines, window, as_of, ZERO + case.now * SECOND, case.method)


def with_users(case: Case, users: Sequence[int | None]) -> Case:
    """Return a case in which services have users; every file says the same of them."""
    timelines = []
    for each in case.timelines:
        named = dict(zip(sorted(each.services), users, strict=False))
        services = {
            name: service._replace(users=named[name], operator="ab"[(named[name] or 0) % 2])
            for name, service in each.services.items()
        }
        timelines.append(each._replace(services=services))
    return case._replace(timelines=tuple(timelines))


def fraction(share: Availability) -> Fraction | None:
    return Fraction(share.up, share.considered) if share.considered else None


def seen(totals: Totals | None) -> naive_totals.Totals:
    assert totals
    best = totals.best
    return naive_totals.Totals(
        best.any_down // SECOND,
        best.all_down // SECOND,
        best.service_time // SECOND,
        fraction(best.mean),
        fraction(best.user_weighted),
    )


USERS = st.lists(st.sampled_from((None, 0, 1, 7, 1000)), min_size=5, max_size=5)


@strategies.tried(250)
@given(strategies.cases(Kind(ties=False)), USERS)
def test_totals_and_groups_are_those_of_the_oracle(case: Case, users: list[int | None]) -> None:
    case = with_users(case, users)
    expected = oracle(case)
    people = {name: each.users for name, each in case.services.items()}
    report = grouped(case, "operator")
    assert seen(report.totals) == naive_totals.totals(expected, people, case.method)
    for group in report.groups:
        members = {name: expected[name] for name in group.services}
        assert {case.services[name].operator for name in members} == {group.label}
        assert seen(group) == naive_totals.totals(members, people, case.method)
    assert sorted(name for each in report.groups for name in each.services) == sorted(case.services)


def grouped(case: Case, by: str) -> Report:
    request = case.request._replace(group_by=by)
    report = pipeline.report([ReadResult(each) for each in case.timelines], request, case.method)
    assert isinstance(report, Report)
    return report


@strategies.tried(250)
@given(strategies.cases())
def test_totals_keep_their_order(case: Case) -> None:
    report = grouped(case, "category")
    totals = report.totals
    assert totals
    for rolled in (totals.best, *totals.others):
        assert 0 <= rolled.all_down <= rolled.any_down <= rolled.service_time
        assert rolled.any_down <= report.window.length or totals.others
    assert totals.best.service_time == sum(each.best.downtime for each in report.services)


@strategies.tried(250)
@given(strategies.cases(Kind(ties=False)))
def test_parts_of_the_window_add_up_to_its_totals(case: Case) -> None:
    middle = (case.start + case.end) // 2
    edges = sorted({case.start, middle, case.end})
    whole = grouped(case, "operator").totals
    assert whole
    if case.as_of is None and all(each.as_of is None for each in case.timelines):
        parts = [
            grouped(case._replace(start=start, end=end), "operator").totals
            for start, end in pairwise(edges)
            if start < min(end, case.now)
        ]
        for figure in ("any_down", "all_down", "service_time"):
            found = [getattr(each.best, figure) for each in parts if each]
            assert sum(found) == getattr(whole.best, figure)


@strategies.tried(250)
@given(strategies.cases(Kind(ties=False)), USERS)
def test_blast_radius_is_that_of_the_oracle(case: Case, users: list[int | None]) -> None:
    case = with_users(case, users)
    scope = scope_of(case.timelines, case.request)
    assert not isinstance(scope, ProblemText)
    services = united(case.timelines)
    book = ledger(services, scope.statements, scope.window)
    ladders = histories_of(services, scope.statements, scope.window).ladders
    start, end = scope.window.start // SECOND, scope.window.end // SECOND

    def handed(name: str) -> list[str | None]:
        track = ladders.get(name, ())
        steps = [[step for step in track if step.at <= at * SECOND] for at in range(start, end)]
        return [each[-1].via if each and each[-1].state else None for each in steps]

    inherited = []
    for name, account in book.items():
        sources: list[str | None] = [None] * (end - start)
        for entry in account.entries:
            weights = [case.method.weight(each) for each in (entry.bucket, entry.stated)]
            if weights[0] and not weights[1]:
                for at in range(entry.start // SECOND, entry.end // SECOND):
                    sources[at - start] = entry.inherited_from
        inherited.append(naive_totals.Inherited(name, sources))
    expected = naive_totals.taken_down(inherited, {name: handed(name) for name in services})
    report = case.report()
    values: dict[tuple[str, str], int] = {}
    for each in report.blasts:
        for taken in each.took_down:
            assert taken.through[-1] == each.service
            key = (each.service, taken.service)
            values[key] = values.get(key, 0) + taken.time // SECOND
    assert values == expected
    people = {name: each.users for name, each in services.items()}
    for each in report.blasts:
        took = {name for source, name in expected if source == each.service}
        known = [number for name in took if (number := people[name]) is not None]
        assert (each.services, each.more) == (len(took), 0)
        assert each.without_users == len(took) - len(known)
        assert each.users == (sum(known) if known else None)
        mine = [taken.time for taken in each.took_down]
        assert sum(mine) == each.time[0] >= each.rooted[0]
    assert sum(each.rooted[0] for each in report.blasts) == sum(
        each.best.inherited for each in report.services
    )


@strategies.tried(250)
@given(strategies.cases(Kind(ties=False, planning=False, states=LADDER)))
def test_all_along_a_chain_are_as_bad_as_what_they_hand_down(case: Case) -> None:
    scope = scope_of(case.timelines, case.request)
    assert not isinstance(scope, ProblemText)
    services, expected = case.services, oracle(case)
    ladders = histories_of(services, scope.statements, scope.window).ladders
    start = scope.window.start // SECOND
    for name, account in ledger(services, scope.statements, scope.window).items():
        for entry in account.entries:
            if entry.inherited_from is None:
                continue
            state = naive.LADDER.index(entry.bucket.word)
            for second in range(entry.start // SECOND, entry.end // SECOND):
                chain = [entry.inherited_from]
                while higher := requirement_paths.above(chain[-1], second * SECOND, ladders):
                    chain.append(higher)
                words = [expected[each].buckets[second - start] for each in chain]
                if "unknown" not in words:  # open at as-of, which hides what is handed down
                    ranks = [naive.LADDER.index(word) for word in words]
                    assert ranks == sorted(ranks), (name, chain, words)
                    assert state <= ranks[0]


@strategies.tried(250)
@given(strategies.cases())
def test_chain_of_an_outage_goes_from_the_required_service_to_one_that_states_it(
    case: Case,
) -> None:
    report = case.report()
    services = case.services
    for each in report.services:
        for outage in each.best.outages:
            assert (outage.inherited_from is None) == (not outage.inherited_through)
            way = (each.service.id, *outage.inherited_through)
            for upper, lower in pairwise(way):
                needs = services[upper].requires
                assert lower in {name for need in needs for name in need.services}
            if outage.inherited_through and outage.started_by:
                (result,) = (
                    event
                    for one in case.timelines
                    for event in one.events
                    if event.mark == outage.started_by
                )
                assert way[-1] in {name for _, names in result.states for name in names}


def test_mean_of_unlike_windows_is_exact() -> None:
    """A third and two thirds, and a half: floating point would cut it to 49.999 %."""
    parts = [[(0, 2, WHOLE)], [(0, 1, WHOLE)], [(0, 1, WHOLE)]]
    from outage_cli.measures import totals

    down = [[totals.DowntimeSpan(*each, None) for each in one] for one in parts]
    rolled = totals._roll_up(down, [3, 3, 2], [None, None, None])  # noqa: SLF001
    assert fraction(rolled.mean) == Fraction(1, 2)
    assert rolled.mean.up * 2 == rolled.mean.considered


# Who took down whom, by hand.


def services(**requires: Sequence[Requirement]) -> dict[str, Service]:
    return {name: Service(name, name, requires=tuple(needs)) for name, needs in requires.items()}


def needs(*names: str, at_least: int = 0, at_worst: State = DOWN) -> Requirement:
    return Requirement(names, at_least or len(names), at_worst)


def taken(case: Case) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [
        (each.service, one.service, one.through, one.time // SECOND)
        for each in case.report().blasts
        for one in each.took_down
    ]


def test_maintenance_of_the_one_between_does_not_hide_the_root() -> None:
    example = timeline(
        services(power=[], database=[needs("power")], wiki=[needs("database")]),
        (5, {"database": State.MAINTENANCE}),
        (10, {"power": DOWN}),
        (20, {"power": UP}),
        (25, {"database": UP}),
    )
    assert taken(Case((example,), 0, 100, 200)) == [
        ("power", "wiki", ("database", "power"), 10),
        ("database", "wiki", ("database",), 10),
    ]


def test_own_failure_of_the_one_between_becomes_the_root() -> None:
    example = timeline(
        services(power=[], database=[needs("power")], wiki=[needs("database")]),
        (10, {"power": DOWN}),
        (20, {"database": DOWN}),
        (30, {"power": UP}),
        (50, {"database": UP}),
    )
    case = Case((example,), 0, 100, 200)
    assert taken(case) == [
        ("power", "database", ("power",), 10),
        ("power", "wiki", ("database", "power"), 10),
        ("database", "wiki", ("database",), 40),
    ]
    rooted = {each.service: each.rooted[0] // SECOND for each in case.report().blasts}
    assert rooted == {"power": 20, "database": 30}


def test_what_is_capped_below_downtime_is_not_taken_down() -> None:
    example = timeline(
        services(power=[], wiki=[needs("power", at_worst=State.DEGRADED)]),
        (10, {"power": DOWN}),
        (20, {"power": UP}),
    )
    assert taken(Case((example,), 0, 100, 200)) == []


def in_a_chain(length: int, users: int = 10) -> Case:
    """Return a case where each service requires the next one, and the last one fails."""
    names = [f"s{at}" for at in range(length)]
    chain = {
        name: Service(name, name, users=users, requires=(needs(after),))
        for name, after in pairwise(names)
    }
    chain[names[-1]] = Service(names[-1], names[-1], users=users)
    example = timeline(chain, (10, {names[-1]: DOWN}), (30, {names[-1]: UP}))
    return Case((example,), 0, 100, 200)


def test_long_chain_is_summed_up_whole_and_listed_where_it_is_near() -> None:
    report = in_a_chain(30).report()
    assert len(report.blasts) == 29
    for each in report.blasts:
        below = int(each.service.removeprefix("s"))
        near = min(below, requirement_paths.NEAR)
        assert len(each.took_down) == near
        assert (each.services, each.more, each.users) == (below, below - near, 10 * below)
        assert each.time[0] == below * 20 * SECOND
        assert each.rooted[0] == (each.time[0] if below == 29 else 0)
    (outage,) = report.services[0].best.outages
    assert outage.inherited_through == tuple(f"s{at}" for at in range(1, 11))
    assert (outage.inherited_more, outage.root) == (19, "s29")


def test_work_on_a_chain_grows_with_its_length_and_not_with_its_square() -> None:
    def peak(length: int) -> int:
        case = in_a_chain(length)
        tracemalloc.start()
        report = case.report()
        assert sum(len(each.took_down) for each in report.blasts) <= length * requirement_paths.NEAR
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(400) < 6 * peak(100)


def test_a_part_of_the_services_shows_what_they_took_down_and_what_took_them_down() -> None:
    case = in_a_chain(30)
    request = case.request._replace(services=("s3", "s20"))
    report = pipeline.report([ReadResult(each) for each in case.timelines], request, case.method)
    assert isinstance(report, Report)
    values = {each.service: (each.services, each.more) for each in report.blasts}
    assert values == {
        "s3": (3, 0),
        **{f"s{at}": (1, 0) for at in range(4, 14)},
        **{f"s{at}": (1, 1) for at in range(14, 20)},
        "s20": (20, 10),
        **{f"s{at}": (2, 1) for at in range(21, 30)},
    }


# The article of 24 October 2022: the data centre takes down Kakao and Naver, and Kakao the notices.

NOTICES = {
    "central-government": "Notices of 8 central government bodies",
    "local-governments": "Notices of 285 local governments",
    "public-institutions": "Notices of 47 public institutions",
}


def kakao(**request: Any) -> dict[str, Any]:  # noqa: ANN401 - what JSON is
    options = [each for key, value in request.items() for each in (f"--{key}", value)]
    run = subprocess.run(
        [OUTAGE, "report", KAKAO, "-f", "json", *options],
        capture_output=True,
        text=True,
        check=True,
    )
    values: dict[str, Any] = json.loads(run.stdout)
    return values


def test_kakao_file_derives_what_the_article_says() -> None:
    values = kakao()
    radius = {each["service"]: each for each in values["blast_radius"]}
    names = {each["id"]: each["name"] for each in values["services"]}
    by_pangyo = {each["service"]: each for each in radius["pangyo"]["took_down"]}
    assert {"kakaotalk", "naver"} <= by_pangyo.keys()
    assert by_pangyo["kakaotalk"]["inherited_through"] == ["pangyo"]
    assert by_pangyo["naver"]["inherited_through"] == ["pangyo"]
    assert by_pangyo["naver"]["seconds"] == 4 * 3600
    by_kakao = {each["service"]: each for each in radius["kakaotalk"]["took_down"]}
    for name, shown in NOTICES.items():
        assert names[name] == shown
        assert by_pangyo[name]["inherited_through"] == ["kakaotalk", "pangyo"]
        assert by_kakao[name]["inherited_through"] == ["kakaotalk"]
        (talk,) = (each for each in values["services"] if each["id"] == "kakaotalk")
        assert by_kakao[name]["seconds"] == talk["downtime_seconds"] == 107_820
    assert "line" not in by_pangyo | by_kakao


def test_outages_of_the_notices_lead_back_to_the_line_of_the_power_cut() -> None:
    values = kakao()
    rows = KAKAO.read_text(encoding="utf-8").splitlines()
    for service in values["services"]:
        if service["id"] in NOTICES:
            (outage,) = service["outages"]
            assert outage["inherited_through"] == ["kakaotalk", "pangyo"]
            assert "power-cut" in rows[outage["started_by"]["line"] - 1]


def test_rows_of_a_blast_radius_add_up_to_its_sum() -> None:
    """KakaoMedia may have been down by way of the data centre, and was not on the best reading."""
    reading = read(Source(str(KAKAO), KAKAO.read_bytes(), None))
    report = pipeline.report([reading], ReportRequest(ZERO))
    assert isinstance(report, Report)
    (pangyo,) = (each for each in report.blasts if each.service == "pangyo")
    (media,) = (each for each in pangyo.took_down if each.service == "kakao-media")
    assert media.time == 0 < media.greatest
    assert sum(each.time for each in pangyo.took_down) == pangyo.time[0]
    rows = [row for row in rows_together.blasts(report, CATALOGUE).rows if row[0] == "pangyo"]
    *listed, added = rows
    assert "kakao-media" in {row[1] for row in listed}
    assert len(listed) == len(pangyo.took_down) == pangyo.possible == 8
    assert added[1] == "7–8 services, added up"
    assert rows_together.more_blasts(report) == 0


def test_groups_of_the_kakao_file_are_its_operators() -> None:
    values = kakao(**{"group-by": "operator"})
    groups = {each["group"]: each for each in values["groups"]}
    assert [*groups] == ["SK C&C", "Kakao", "Naver", "YESCO", None]
    assert groups["Naver"]["any_down_seconds"] == 4 * 3600
    assert len(groups["Kakao"]["services"]) == 10
    assert (
        sum(each["service_seconds"] for each in values["groups"])
        == (values["totals"]["service_seconds"])
    )


TAGGED = b"""
timezone: UTC
window: 2024-05-13
services: {a: A, b: {name: B, requires: a}, c: C}
events:
  - {at: 2024-05-13 01:00, what: x, down: a, tags: [disk, bad luck]}
  - {at: 2024-05-13 02:00, what: x, up: a}
  - {at: 2024-05-13 03:00, what: x, down: [b, c], tags: disk}
  - {at: 2024-05-13 05:00, what: x, up: b}
  - {at: 2024-05-13 06:00, what: x, up: c}
  - {at: 2024-05-13 08:00, what: x, down: c}
  - {at: 2024-05-13 09:00, what: x, up: c, tags: [never]}
"""


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("disk", (["a", "b", "c"], 4, 0, 7)),
        ("bad luck", (["a", "b"], 1, 1, 2)),
        ("", (["c"], 1, 1, 1)),
    ],
)
def test_tag_groups_the_outages_that_its_events_began(
    label: str, expected: tuple[list[str], int, int, int]
) -> None:
    reading = read(Source("tagged.yaml", TAGGED, None))
    report = pipeline.report([reading], ReportRequest(ZERO, group_by="tag"))
    assert isinstance(report, Report)
    assert {each.label for each in report.groups} == {"disk", "bad luck", ""}
    (group,) = (each for each in report.groups if each.label == label)
    hours = [each // (3600 * SECOND) for each in group.best[:3]]
    assert ([*group.services], *hours) == expected
    assert group.best.mean.considered


def test_an_outage_inherited_until_the_window_starts_leads_back_to_its_root() -> None:
    """From the start on it is the service's own: nothing of it is inherited in the window."""
    services = {"a": Service("a", "a"), "b": Service("b", "b", requires=(Requirement(("a",), 1),))}
    example = timeline(services, (0, {"a": DOWN}), (5, {"a": UP, "b": DOWN}), (8, {"b": UP}))
    (outage,) = Case((example,), 5, 10, 20).report().services[1].best.outages
    assert outage.cut_before
    assert (outage.inherited_from, outage.inherited_through) == ("a", ("a",))


def test_blast_radius_is_worked_out_only_where_it_is_shown() -> None:
    assert [each.name for each in registry.WRITERS if registry.BLAST_RADIUS in each.needs] == [
        "table",
        "json",
        "markdown",
        "html",
    ]
    case = in_a_chain(3)
    request = case.request._replace(needs=case.request.needs - {registry.BLAST_RADIUS})
    report = pipeline.report([ReadResult(each) for each in case.timelines], request, case.method)
    assert isinstance(report, Report)
    assert report.blasts == ()
    assert case.report().blasts
    assert [each.best for each in report.services] == [
        each.best._replace(
            outages=tuple(
                one._replace(inherited_through=(), root=None) for one in each.best.outages
            )
        )
        for each in case.report().services
    ]
