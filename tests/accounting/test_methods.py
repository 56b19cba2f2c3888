"""The accounting methods: examples of each, and properties of all."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outage_cli import pipeline, registry
from outage_cli.accounting.ledger import ledger
from outage_cli.accounting.method_rules import counted
from outage_cli.accounting.named_methods import STANDARD, STRICT
from outage_cli.accounting.requested_services import united
from outage_cli.accounting.scope import scope_of
from outage_cli.model.comparison import Comparison
from outage_cli.model.event import Maintenance
from outage_cli.model.method import Method, Treatment
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.service import Service
from outage_cli.model.service_figures import Figures
from outage_cli.model.share import WHOLE
from outage_cli.model.span import MINUTE, SECOND, Span, total, union
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import compare
from tests import strategies
from tests.oracle import naive, naive_methods
from tests.strategies import ZERO, Case, Kind
from tests.test_laws import WITH_AS_OF, figures, worsened

EXAMPLES = 80
NAMED: list[Method] = [registry.method(each.name) for each in registry.METHODS]
PLAIN = Kind(planning=False, states=LADDER, ties=False)


def drawn(
    weights: tuple[int, ...], asides: tuple[Treatment, ...], least: int, *, whole: bool
) -> Method:
    """Return a method in which a worse state never weighs less."""
    shares = dict(zip(LADDER[1:], sorted(weights), strict=True))
    maintenance, unknown = asides
    return Method(
        "drawn",
        1,
        shares,
        maintenance,
        3,
        unknown=unknown,
        min_outage=least * SECOND,
        whole_minutes=whole,
    )


WEIGHTS = (0, 3 * WHOLE // 10, WHOLE // 2, WHOLE)
METHODS = st.one_of(
    st.sampled_from(NAMED),
    st.builds(
        drawn,
        st.tuples(*[st.sampled_from(WEIGHTS)] * 3),
        st.tuples(*[st.sampled_from(Treatment)] * 2),
        st.sampled_from((0, 0, 2, 10, 60, 90)),
        whole=st.booleans(),
    ),
)


def seconds(case: Case) -> tuple[dict[str, dict[int, naive.Second]], int, int]:
    """Return every second of a case, and which of them its window has."""
    ends = (ZERO + case.start * SECOND, ZERO + case.end * SECOND)
    as_of = None if case.as_of is None else ZERO + case.as_of * SECOND
    return naive.seconds(case.timelines, ends, as_of, ZERO + case.now * SECOND)


# The oracle


@strategies.tried(EXAMPLES * 2)
@given(strategies.cases(Kind(ties=False)), METHODS)
def test_every_method_comes_to_the_figures_of_the_oracle(case: Case, method: Method) -> None:
    values, start, end = seconds(case)
    for name, best in figures(case._replace(method=method)).items():
        expected = naive_methods.figures(values[name], start, end, method)
        assert best.considered == expected.considered * SECOND, name
        assert best.downtime == expected.downtime * SECOND, name
        assert best.weighted_downtime == expected.weighted * SECOND, name
        assert sum(each.start < each.end for each in best.outages) == expected.outages, name


@strategies.tried(EXAMPLES)
@given(strategies.cases(Kind(ties=False)), METHODS)
def test_the_audit_is_that_of_the_oracle(case: Case, method: Method) -> None:
    values, start, end = seconds(case)
    report = case._replace(method=method).report()
    works: dict[object, Maintenance] = {
        work.mark: work for each in case.timelines for work in each.maintenance
    }
    for each in report.maintenance:
        if each.what is None:
            assert each.best.announced == each.windows == each.best.overrun == 0
            assert each.best.used > 0
            continue
        work = works[each.mark]
        last = work.end.best // SECOND if work.end else end
        span = (max(work.start.best // SECOND, start), min(last, end))
        assert each.best.announced <= (span[1] - span[0]) * SECOND
        if work.end:
            assert each.best.announced == (span[1] - span[0]) * SECOND
            second = values[each.service]
            assert each.best.used == naive_methods.used(second, [span], start, end) * SECOND
            over = naive_methods.overrun(second, [span], end, method) if last <= end else 0
            assert each.best.overrun == over * SECOND


# What always holds


@strategies.tried(EXAMPLES)
@given(strategies.cases(), METHODS)
def test_buckets_sum_to_the_window_and_are_the_same_by_every_method(
    case: Case, method: Method
) -> None:
    report = case._replace(method=method).report()
    for each, same in zip(report.services, case.report().services, strict=True):
        assert sum(each.best.buckets.values()) == report.window.length
        assert each.best.buckets == same.best.buckets


@strategies.tried(EXAMPLES)
@given(strategies.cases(), METHODS)
def test_figures_stay_within_their_limits(case: Case, method: Method) -> None:
    for each in figures(case._replace(method=method)).values():
        assert 0 <= each.own <= each.downtime <= each.considered
        assert 0 <= each.weighted_downtime <= each.downtime
        assert sum(one.length for one in each.outages) == each.downtime


@strategies.tried(EXAMPLES)
@given(strategies.cases(PLAIN))
def test_strict_is_never_kinder_than_standard_where_nothing_is_planned(case: Case) -> None:
    strict = figures(case._replace(method=STRICT))
    for name, each in figures(case._replace(method=STANDARD)).items():
        assert strict[name].considered == each.considered
        assert strict[name].availability.up <= each.availability.up


@strategies.tried(EXAMPLES)
@given(strategies.cases(WITH_AS_OF), METHODS, st.data())
def test_a_worse_state_never_raises_the_availability(
    case: Case, method: Method, data: st.DataObject
) -> None:
    case = case._replace(method=method)
    name, worse = worsened(case, data)
    before, after = figures(case)[name], figures(worse)[name]
    assert before.considered == after.considered
    assert before.availability.up >= after.availability.up


@strategies.tried(EXAMPLES)
@given(strategies.cases(Kind(ties=False)), METHODS, st.data())
def test_parts_of_a_window_sum_to_the_whole(
    case: Case, method: Method, data: st.DataObject
) -> None:
    """However it is split: a run is as long in each part as it is over all of them."""
    case = case._replace(method=method, as_of=case.now)
    case = case._replace(end=max(case.start + 2, min(case.end, case.now)))
    if case.start + 2 > case.now:
        return
    at = data.draw(st.integers(case.start + 1, case.end - 1))
    whole = figures(case)
    first, second = figures(case._replace(end=at)), figures(case._replace(start=at))
    for name, each in whole.items():
        assert each.downtime == first[name].downtime + second[name].downtime
        assert each.considered == first[name].considered + second[name].considered


@strategies.tried(EXAMPLES)
@given(strategies.cases(), METHODS)
def test_what_is_counted_sums_to_the_figures(case: Case, method: Method) -> None:
    case = case._replace(method=method._replace(min_outage=0, whole_minutes=False))
    report = case.report()
    scope = scope_of(case.timelines, case.request)
    assert not isinstance(scope, ProblemText)
    book = ledger(united(case.timelines), scope.statements, scope.window)
    for each in report.services:
        lines = counted(book[each.service.id].entries, case.method)
        lengths = [one.entry.end - one.entry.start for one in lines]
        assert sum(lengths) == report.window.length
        weights = sum(one.weight * length for one, length in zip(lines, lengths, strict=True))
        assert weights // WHOLE == each.best.weighted_downtime
        is_in = [length for one, length in zip(lines, lengths, strict=True) if one.considered]
        assert sum(is_in) == each.best.considered


def figured(each: Figures) -> Figures:
    """Return figures without the way their outages came, which only a report tells."""
    outages = tuple(
        one._replace(inherited_through=(), inherited_more=0, root=None) for one in each.outages
    )
    return each._replace(outages=outages)


@strategies.tried(EXAMPLES)
@given(strategies.cases(), st.lists(METHODS, min_size=1, max_size=4))
def test_a_row_of_the_comparison_is_the_report(case: Case, methods: list[Method]) -> None:
    comparison = compare([ReadResult(each) for each in case.timelines], case.request, methods)
    assert isinstance(comparison, Comparison)
    without_roots = case.request._replace(needs=case.request.needs - {registry.BLAST_RADIUS})
    plain = pipeline.report([ReadResult(each) for each in case.timelines], without_roots, STANDARD)
    assert isinstance(plain, Report)
    assert comparison.report._replace(lines=plain.lines) == plain
    for row, method in zip(comparison.methods, methods, strict=True):
        alone: Report = case._replace(method=method).report()
        assert row.method == method
        for each, same in zip(row.services, alone.services, strict=True):
            assert [figured(one) for one in each.readings] == [
                figured(one) for one in same.readings
            ]


@strategies.tried(EXAMPLES)
@given(strategies.cases(), METHODS)
def test_what_makes_a_method_differ_adds_up(case: Case, method: Method) -> None:
    comparison = compare([ReadResult(each) for each in case.timelines], case.request, [method])
    assert isinstance(comparison, Comparison)
    for base, each, reasons in zip(
        comparison.report.services,
        comparison.methods[0].services,
        comparison.methods[0].differences,
        strict=True,
    ):
        (up, considered), (base_up, base_considered) = (
            each.best.availability,
            base.best.availability,
        )
        lost, base_lost = considered - up, base_considered - base_up
        assert sum(one.lost for one in reasons) == lost - base_lost
        assert sum(one.considered for one in reasons) * WHOLE == considered - base_considered
        assert not any(one.outages < 0 for one in reasons)


@pytest.mark.parametrize("method", NAMED, ids=lambda each: each.name)
def test_a_worse_state_never_weighs_less(method: Method) -> None:
    weights = [method.weight(state) for state in LADDER]
    assert weights == sorted(weights)
    assert weights[0] == 0
    assert weights[-1] == WHOLE


# Runs


def runs(method: Method, *spans: tuple[int, int, State]) -> Fraction:
    """Return the weighted seconds that a method leaves of an hour with some troubles."""
    lines = chain.from_iterable(
        ((start, {"a": state}), (end, {"a": State.UP})) for start, end, state in spans
    )
    timeline = strategies.timeline({"a": Service("a", "a")}, *lines)
    best = figures(Case((timeline,), 0, 3600, 4000, 4000, method))["a"]
    assert total(union(Span(each.start, each.end) for each in best.outages)) >= best.downtime
    return Fraction(best.weighted_downtime, SECOND)


def test_only_whole_minutes_of_each_run_count() -> None:
    method = STANDARD._replace(whole_minutes=True)
    assert runs(method, (10, 69, State.DOWN)) == 0
    assert runs(method, (10, 70, State.DOWN)) == 60
    assert runs(method, (10, 189, State.DOWN), (200, 261, State.DOWN)) == 180


def test_what_is_shorter_than_asked_for_does_not_count() -> None:
    method = STANDARD._replace(min_outage=5 * MINUTE)
    assert runs(method, (0, 299, State.DOWN)) == 0
    assert runs(method, (0, 300, State.DOWN)) == 300
    assert runs(method, (0, 200, State.DOWN), (200, 400, State.PARTIAL)) == 400
    assert runs(method, (0, 200, State.DOWN), (201, 400, State.PARTIAL)) == 0


def test_the_lightest_part_of_a_minute_is_left_out() -> None:
    half = {State.DOWN: WHOLE, State.PARTIAL: WHOLE // 2}
    method = STANDARD._replace(whole_minutes=True, weights=half)
    assert runs(method, (0, 30, State.PARTIAL), (30, 130, State.DOWN)) == 110
    assert runs(method, (0, 100, State.DOWN), (100, 130, State.PARTIAL)) == 110
