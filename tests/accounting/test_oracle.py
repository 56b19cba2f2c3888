"""The accounting agrees with an independent one, second by second (`tests/oracle/naive.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given

from outage_cli.accounting.ledger import ledger
from outage_cli.accounting.requested_services import united
from outage_cli.accounting.scope import scope_of
from outage_cli.model.event import Maintenance, SourceRef
from outage_cli.model.problem import ProblemText
from outage_cli.model.service import InService, Requirement, Service
from outage_cli.model.span import SECOND
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import Timeline
from tests import strategies
from tests.oracle import naive
from tests.strategies import ZERO, Case, Kind, moment, timeline

UP, DEGRADED, PARTIAL, DOWN = State.UP, State.DEGRADED, State.PARTIAL, State.DOWN


def oracle(case: Case) -> dict[str, naive.Figures]:
    """Return what the second accounting makes of a case."""
    as_of = None if case.as_of is None else ZERO + case.as_of * SECOND
    window = (ZERO + case.start * SECOND, ZERO + case.end * SECOND)
    return naive.figures(case.timelines, window, as_of, ZERO + case.now * SECOND, case.method)


def buckets(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the bucket of each second, by service, as the ledger has it."""
    scope = scope_of(case.timelines, case.request)
    assert not isinstance(scope, ProblemText)
    accounts = ledger(united(case.timelines), scope.statements, scope.window)
    return {
        name: tuple(
            entry.bucket.word
            for entry in account.entries
            for _ in range(0, entry.end - entry.start, SECOND)
        )
        for name, account in accounts.items()
    }


def figures(case: Case) -> dict[str, naive.Figures]:
    """Return what the real accounting makes of a case, in the words of the other one."""
    by_second = buckets(case)
    values: dict[str, naive.Figures] = {}
    for each in case.report().services:
        best = each.best
        for bucket, length in best.buckets.items():
            assert length == by_second[each.service.id].count(bucket.word) * SECOND
        up, considered = best.availability
        values[each.service.id] = naive.Figures(
            buckets=by_second[each.service.id],
            considered=best.considered // SECOND,
            downtime=best.downtime // SECOND,
            own=best.own // SECOND,
            inherited=best.inherited // SECOND,
            availability=Fraction(up, considered) if considered else None,
            outages=tuple(
                naive.Outage(one.start // SECOND, one.end // SECOND, one.worst.word)
                for one in best.outages
            ),
            final=each.state.word,
        )
    return values


def lasting(outages: Sequence[naive.Outage]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in outages if each.start < each.end]


@strategies.tried(500)
@given(strategies.cases(Kind(ties=False)))
def test_every_second_and_every_figure_is_that_of_the_oracle(case: Case) -> None:
    expected, values = oracle(case), figures(case)
    for name in case.services:
        assert values[name] == expected[name], name


@strategies.tried(400)
@given(strategies.cases())
def test_later_line_wins_at_one_instant_as_it_does_in_the_oracle(case: Case) -> None:
    expected, values = oracle(case), figures(case)
    for name in case.services:
        assert lasting(values[name].outages) == lasting(expected[name].outages), name
        same = expected[name]._replace(outages=values[name].outages)
        assert values[name] == same, name


SHORT = Kind(requiring=False, planning=False, files=1, states=LADDER, seconds=(4,))


@strategies.tried(300)
@given(strategies.cases(SHORT))
def test_outages_of_no_length_are_those_of_the_oracle(case: Case) -> None:
    expected, values = oracle(case), figures(case)
    for name in case.services:
        starts = [each.start for each in values[name].outages]
        assert starts == [each.start for each in expected[name].outages], name


# Stories that random ones have told. Each once had two answers.


def services(**requires: Sequence[Requirement]) -> dict[str, Service]:
    return {name: Service(name, name, requires=tuple(needs)) for name, needs in requires.items()}


def case_of(*timelines: Timeline, end: int = 100, now: int = 200, as_of: int | None = None) -> Case:
    return Case(timelines, 0, end, now, as_of)


def downtime(case: Case, name: str) -> int:
    """Return the downtime that both accountings find."""
    found, expected = figures(case)[name], oracle(case)[name]
    assert found.downtime == expected.downtime
    assert found == expected
    return found.downtime


def needs(*names: str, at_least: int = 0, at_worst: State = DOWN) -> Requirement:
    return Requirement(names, at_least or len(names), at_worst)


EACH, ALL = [needs("b"), needs("c")], [needs("b", "c")]


def test_failure_is_inherited_although_an_older_one_no_longer_is() -> None:
    for requires in (EACH, ALL):
        example = timeline(
            services(a=requires, b=[], c=[]),
            (10, {"b": DOWN}),
            (20, {"a": UP}),
            (30, {"c": DOWN}),
            (40, {"c": UP}),
            (50, {"b": UP}),
        )
        assert downtime(case_of(example), "a") == 20  # 10 to 20 from b, 30 to 40 from c


def test_failure_is_inherited_although_another_ends_at_that_instant() -> None:
    for requires in (EACH, ALL):
        example = timeline(
            services(a=requires, b=[], c=[]),
            (10, {"b": DOWN}),
            (20, {"a": UP}),
            (30, {"b": UP, "c": DOWN}),
            (40, {"c": UP}),
        )
        assert downtime(case_of(example), "a") == 20


def test_worse_failure_is_inherited_anew_though_at_worst_caps_it() -> None:
    example = timeline(
        services(a=[needs("b", at_worst=PARTIAL)], b=[]),
        (10, {"b": PARTIAL}),
        (20, {"a": UP}),
        (30, {"b": DOWN}),
        (40, {"b": UP}),
    )
    assert downtime(case_of(example), "a") == 20


def test_getting_better_is_no_failure_to_inherit() -> None:
    for stated in (10, 20):
        example = timeline(
            services(a=[needs("b")], b=[]),
            (10, {"b": DOWN}),
            (stated, {"a": UP}),
            (30, {"b": PARTIAL}),
            (40, {"b": UP}),
        )
        assert downtime(case_of(example), "a") == stated - 10


def test_last_of_any_to_fail_is_inherited_although_a_statement_came_after_the_first() -> None:
    example = timeline(
        services(a=[needs("b", "c", at_least=1)], b=[], c=[]),
        (10, {"b": DOWN}),
        (20, {"a": UP}),  # on c alone
        (30, {"c": DOWN}),
        (40, {"c": UP}),
    )
    assert downtime(case_of(example), "a") == 10


def test_failover_at_one_instant_is_no_outage() -> None:
    for order in (("b", "c"), ("c", "b")):
        example = timeline(
            services(a=[needs(*order, at_least=1)], b=[], c=[]),
            (10, {"b": DOWN}),
            (20, {"b": UP, "c": DOWN}),
            (30, {"c": UP}),
        )
        found = figures(case_of(example))["a"]
        assert found.outages == oracle(case_of(example))["a"].outages == ()


def test_what_is_stated_at_the_instant_of_a_failure_leaves_no_outage_of_no_length() -> None:
    example = timeline(services(a=[needs("b")], b=[]), (10, {"a": UP, "b": DOWN}), (20, {"b": UP}))
    found = figures(case_of(example))["a"]
    assert found.outages == oracle(case_of(example))["a"].outages == ()


def test_a_state_that_was_over_at_once_is_not_inherited_for_any_longer() -> None:
    example = timeline(
        services(a=[needs("b")], b=[]),
        (10, {"b": PARTIAL}),
        (20, {"a": UP}),
        (30, {"b": DOWN}),
        (30, {"b": PARTIAL}),
        (40, {"b": UP}),
    )
    assert downtime(case_of(example), "a") == 10


def test_as_of_of_one_file_is_no_statement_about_a_service() -> None:
    known = services(a=[needs("b")], b=[needs("c")], c=[])
    first = timeline(known, (5, {"b": DEGRADED}))._replace(as_of=moment(20))
    second = timeline(known, (10, {"c": DOWN}), file="1.yaml")._replace(as_of=moment(50))
    assert downtime(case_of(first, second), "a") == 40


def test_what_is_said_at_as_of_is_not_after_it() -> None:
    example = timeline(services(a=[]), (10, {"a": DOWN}), (50, {"a": UP}))
    assert figures(case_of(example, as_of=50))["a"].final == "up"


def test_planned_work_that_is_open_at_as_of_is_the_state_a_service_is_left_in() -> None:
    work = Maintenance(("a",), moment(10), None, SourceRef("0.yaml", ("maintenance", 0)))
    example = timeline(services(a=[]))._replace(maintenance=(work,))
    assert figures(case_of(example, as_of=50))["a"].final == "maintenance"


def test_end_of_service_ends_an_outage() -> None:
    retired = Service("a", "a", in_service=InService(None, moment(20)))
    case = case_of(timeline({"a": retired}, (10, {"a": DOWN})), now=50)
    assert downtime(case, "a") == 10
    assert [each.ongoing for each in case.report().services[0].best.outages] == [False]
