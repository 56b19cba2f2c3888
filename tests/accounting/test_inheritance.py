"""Each instant of inherited downtime is attributed to one required service (SEMANTICS S5)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from outage_cli.accounting.ledger import ledger
from outage_cli.accounting.requested_services import united
from outage_cli.accounting.scope import scope_of
from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Requirement, Service
from outage_cli.model.span import SECOND
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline
from tests.strategies import ZERO, Case, timeline

UP, DEGRADED, PARTIAL, DOWN = State.UP, State.DEGRADED, State.PARTIAL, State.DOWN

Held = list[tuple[int, int, str | None]]


def services(**requires: Sequence[Requirement]) -> dict[str, Service]:
    return {name: Service(name, name, requires=tuple(needs)) for name, needs in requires.items()}


def held(timeline: Timeline, name: str, end: int = 100) -> Held:
    """Return when a service was worse than up, and by way of which it was."""
    case = Case((timeline,), 0, end, 200)
    scope = scope_of(case.timelines, case.request)
    assert not isinstance(scope, ProblemText)
    account = ledger(united(case.timelines), scope.statements, scope.window)[name]
    return [
        ((e.start - ZERO) // SECOND, (e.end - ZERO) // SECOND, e.inherited_from)
        for e in account.entries
        if e.bucket
    ]


def all_of(*names: str) -> Requirement:
    return Requirement(names, len(names))


def some_of(needed: int, *names: str) -> Requirement:
    return Requirement(names, needed)


EACH = [all_of("a"), all_of("b")]
LIST = [all_of("a", "b")]


@pytest.mark.parametrize("requires", [EACH, LIST], ids=["each", "list"])
def test_first_to_fail_holds_until_it_recovers_then_the_one_still_failing(
    requires: Sequence[Requirement],
) -> None:
    example = timeline(
        services(a=[], b=[], both=requires),
        (10, {"a": DOWN}),
        (30, {"b": DOWN}),
        (40, {"a": UP}),
        (60, {"b": UP}),
    )
    assert held(example, "both") == [(10, 40, "a"), (40, 60, "b")]


def test_worse_failure_takes_over_and_hands_back() -> None:
    example = timeline(
        services(a=[], b=[], both=EACH),
        (10, {"a": PARTIAL}),
        (30, {"b": DOWN}),
        (40, {"b": UP}),
        (60, {"a": UP}),
    )
    assert held(example, "both") == [(10, 30, "a"), (30, 40, "b"), (40, 60, "a")]


def test_of_some_the_one_that_tipped_the_scale_holds() -> None:
    example = timeline(
        services(a=[], b=[], c=[], two=[some_of(2, "a", "b", "c")]),
        (10, {"a": DOWN}),
        (20, {"b": DOWN}),
        (30, {"c": DOWN}),
        (40, {"b": UP}),
        (50, {"a": UP}),
        (60, {"c": UP}),
    )
    assert held(example, "two") == [(20, 40, "b"), (40, 50, "a")]


def test_failures_that_relieve_each_other_are_one_that_two_services_held() -> None:
    example = timeline(
        services(a=[], b=[], both=EACH),
        (10, {"a": DOWN}),
        (30, {"a": UP, "b": DOWN}),
        (50, {"b": UP}),
    )
    assert held(example, "both") == [(10, 30, "a"), (30, 50, "b")]
    case = Case((example,), 0, 100, 200)
    (both,) = (each for each in case.report().services if each.service.id == "both")
    assert len(both.best.outages) == 1


def test_holder_of_a_chain_is_the_one_that_is_required() -> None:
    example = timeline(
        services(a=[], b=[], mid=EACH, top=[all_of("mid")]),
        (10, {"a": DOWN}),
        (30, {"b": DOWN}),
        (40, {"a": UP}),
        (60, {"b": UP}),
    )
    assert held(example, "mid") == [(10, 40, "a"), (40, 60, "b")]
    assert held(example, "top") == [(10, 60, "mid")]
