"""Properties of the figures that hold for every timeline: the laws of SEMANTICS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from outage_cli.model.event import Event, SourceRef
from outage_cli.model.outage import Outage
from outage_cli.model.service import Requirement, Service
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.span import SECOND, Instant, Span, total, union
from outage_cli.model.state import LADDER, State
from outage_cli.model.timeline import Timeline
from tests import strategies
from tests.strategies import ZERO, Case, Kind, timeline

EXAMPLES = 80
APART = Kind(ties=False)
WITH_AS_OF = Kind(asking=True)


def figures(case: Case) -> dict[str, Figures]:
    """Return the figures of each service."""
    return {each.service.id: each.best for each in case.report().services}


def numbers(each: ServiceReport) -> dict[str, Any]:
    """Return all that is said of a service but the lines behind it."""
    best = each.best
    return {
        **best._asdict(),
        "state": each.state,
        "outages": [(one.start, one.end, one.ongoing, one.worst) for one in best.outages],
    }


def of_all(case: Case) -> dict[str, dict[str, Any]]:
    return {each.service.id: numbers(each) for each in case.report().services}


def remade(case: Case, change: Callable[[Event], Event]) -> Case:
    """Return a case with every event changed."""
    return case._replace(
        timelines=tuple(
            each._replace(events=tuple(change(event) for event in each.events))
            for each in case.timelines
        )
    )


def declaring(case: Case, services: Mapping[str, Service]) -> Case:
    """Return a case with other services in its files."""
    return case._replace(
        timelines=tuple(each._replace(services=services) for each in case.timelines)
    )


# What the numbers are


@strategies.tried(EXAMPLES)
@given(strategies.cases())
def test_buckets_sum_to_the_window(case: Case) -> None:
    report = case.report()
    for each in report.services:
        assert sum(each.best.buckets.values()) == report.window.length
        assert min(each.best.buckets.values()) >= 0


@strategies.tried(EXAMPLES)
@given(strategies.cases())
def test_own_and_inherited_are_the_downtime_and_downtime_is_what_weighs(case: Case) -> None:
    speaking = {
        name
        for each in case.timelines
        for event in each.events
        for _, names in event.states
        for name in names
    }
    for name, each in figures(case).items():
        weighing = [state for state in State if case.method.weight(state)]
        assert each.own + each.inherited == each.downtime
        assert each.downtime == sum(each.buckets[state] for state in weighing)
        assert each.own >= 0
        assert each.inherited >= 0
        assert each.inherited == 0 or case.services[name].requires
        assert each.own == 0 or name in speaking


@strategies.tried(EXAMPLES)
@given(strategies.cases())
def test_availability_lies_between_none_and_all(case: Case) -> None:
    for each in figures(case).values():
        up, considered = each.availability
        assert 0 <= up <= considered
        assert (considered == 0) == (each.considered == 0)
        assert 0 <= each.weighted_downtime <= each.downtime <= each.considered


@strategies.tried(EXAMPLES)
@given(strategies.cases())
def test_outages_stand_apart_inside_the_window_and_sum_to_the_downtime(case: Case) -> None:
    window = case.report().window
    for each in figures(case).values():
        for before, after in pairwise(each.outages):
            assert before.end < after.start
        for one in each.outages:
            assert window.start <= one.start <= one.end <= window.end
            assert one.length == one.end - one.start
        assert sum(one.length for one in each.outages) == each.downtime


# Windows


@strategies.tried(EXAMPLES)
@given(strategies.cases(), st.data())
def test_windows_add_up_wherever_one_is_split(case: Case, data: st.DataObject) -> None:
    left, right = split(case, data)
    whole, first, second = figures(case), figures(left), figures(right)
    for name, each in whole.items():
        parts = (first[name], second[name])
        for state in State:
            assert each.buckets[state] == sum(part.buckets[state] for part in parts)
        assert each.considered == sum(part.considered for part in parts)
        assert each.downtime == sum(part.downtime for part in parts)
        assert each.own == sum(part.own for part in parts)
        assert each.weighted_downtime == sum(part.weighted_downtime for part in parts)
        assert each.availability.up == sum(part.availability.up for part in parts)


@strategies.tried(EXAMPLES)
@given(strategies.cases(APART), st.data())
def test_only_an_outage_across_the_cut_is_counted_twice(case: Case, data: st.DataObject) -> None:
    left, right = split(case, data)
    cut = ZERO + right.start * SECOND
    whole, first, second = figures(case), figures(left), figures(right)
    for name, each in whole.items():
        across = sum(one.start < cut < one.end for one in each.outages)
        count = len(first[name].outages) + len(second[name].outages)
        assert count == len(each.outages) + across


def split(case: Case, data: st.DataObject) -> tuple[Case, Case]:
    """Return a case in two parts of its window, which as-of has cut."""
    end = (case.report().window.end - ZERO) // SECOND
    assume(case.start < end)
    numbers = [at for at in strategies.instants(case.timelines) if case.start <= at < end]
    anywhere = st.integers(case.start, end - 1)
    middle = data.draw(anywhere | st.sampled_from(numbers) if numbers else anywhere)
    return case._replace(end=middle), case._replace(start=middle)


@strategies.tried(EXAMPLES)
@given(strategies.cases(Kind(closed=True)), st.integers(0, 10**6))
def test_what_is_closed_gives_the_same_numbers_whenever_it_is_computed(
    case: Case, later: int
) -> None:
    assert case._replace(now=case.now + later).report() == case.report()


@strategies.tried(EXAMPLES)
@given(strategies.cases(), st.integers(0, 300))
def test_closed_outage_is_the_same_whenever_it_is_computed(case: Case, later: int) -> None:
    case = case._replace(
        as_of=None,
        timelines=tuple(each._replace(as_of=None) for each in case.timelines),
        start=min(case.start, case.now - 1),
    )
    now = ZERO + case.now * SECOND
    before, after = figures(case), figures(case._replace(now=case.now + later))
    for name in case.services:
        assert over(before[name].outages, now) == over(after[name].outages, now)


def over(outages: tuple[Outage, ...], by: Instant) -> list[Outage]:
    return [each for each in outages if each.end < by]


@strategies.tried(EXAMPLES)
@given(strategies.cases(WITH_AS_OF), st.integers(1, 60))
def test_later_as_of_changes_nothing_that_was_before(case: Case, later: int) -> None:
    as_of = case.as_of or 0
    case = case._replace(end=min(case.end, as_of))
    at_last = figures(case._replace(as_of=as_of + later))
    for name, each in figures(case).items():
        assert each._replace(outages=()) == at_last[name]._replace(outages=())
        assert edges(each) == edges(at_last[name])


def edges(each: Figures) -> list[Span]:
    return [Span(one.start, one.end) for one in each.outages]


# What makes no difference


@strategies.tried(EXAMPLES)
@given(strategies.cases(APART), st.randoms(use_true_random=False))
def test_order_of_events_with_times_of_their_own_changes_nothing(case: Case, random: Any) -> None:  # noqa: ANN401
    shuffled = [
        each._replace(events=tuple(random.sample(each.events, len(each.events))))
        for each in case.timelines
    ]
    assert case._replace(timelines=tuple(shuffled)).report() == case.report()


@strategies.tried(EXAMPLES)
@given(strategies.cases(APART))
def test_order_of_files_changes_no_number(case: Case) -> None:
    assert of_all(case._replace(timelines=case.timelines[::-1])) == of_all(case)


@strategies.tried(EXAMPLES)
@given(strategies.cases())
def test_order_of_services_and_of_what_they_require_changes_no_number(case: Case) -> None:
    turned = {
        name: service._replace(
            requires=tuple(
                need._replace(services=need.services[::-1]) for need in reversed(service.requires)
            )
        )
        for name, service in reversed(list(case.services.items()))
    }
    assert of_all(declaring(case, turned)) == of_all(case)


@strategies.tried(EXAMPLES)
@given(strategies.cases())
def test_all_of_a_list_is_each_of_its_services(case: Case) -> None:
    spelled = {
        name: service._replace(
            requires=tuple(each for need in service.requires for each in one_by_one(need))
        )
        for name, service in case.services.items()
    }
    assert of_all(declaring(case, spelled)) == of_all(case)


def one_by_one(need: Requirement) -> list[Requirement]:
    if need.needed < len(need.services):
        return [need]
    return [Requirement((name,), 1, need.at_worst) for name in need.services]


@strategies.tried(EXAMPLES)
@given(strategies.cases(), st.integers(0, 2))
def test_duplicate_of_an_incident_changes_nothing(case: Case, number: int) -> None:
    original = case.timelines[number % len(case.timelines)]
    twice = case._replace(timelines=(*case.timelines, copied(original, "copy.yaml")))
    assert of_all(twice) == of_all(case)


def copied(original: Timeline, file: str) -> Timeline:
    """Return the same timeline from another file."""

    def there(mark: SourceRef) -> SourceRef:
        return mark._replace(file=file)

    return original._replace(
        file=file,
        events=tuple(each._replace(mark=there(each.mark)) for each in original.events),
        maintenance=tuple(each._replace(mark=there(each.mark)) for each in original.maintenance),
    )


@strategies.tried(EXAMPLES)
@given(strategies.cases(WITH_AS_OF), st.data())
def test_numbers_of_a_service_do_not_depend_on_services_it_does_not_require(
    case: Case, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(case.services)))
    assert of_all(with_its_own(case, name))[name] == of_all(case)[name]


def with_its_own(case: Case, name: str) -> Case:
    """Return a case in which a service is alone with what it requires."""
    kept = {name}
    for _ in case.services:
        kept |= {
            each for one in kept for need in case.services[one].requires for each in need.services
        }

    def without(event: Event) -> Event:
        states = ((state, tuple(n for n in names if n in kept)) for state, names in event.states)
        return event._replace(states=tuple(each for each in states if each[1]))

    case = remade(case, without)
    return case._replace(
        timelines=tuple(
            each._replace(
                services={name: case.services[name] for name in case.services if name in kept},
                maintenance=tuple(
                    work._replace(services=services)
                    for work in each.maintenance
                    if (services := tuple(n for n in work.services if n in kept))
                ),
            )
            for each in case.timelines
        )
    )


# What makes numbers rise and fall


@strategies.tried(EXAMPLES)
@given(strategies.cases(Kind(requiring=False, asking=True, planning=False)))
def test_downtime_of_several_files_is_at_most_the_sum_of_each_alone(case: Case) -> None:
    """Without planned work: what one file announces, another can overrun (SEMANTICS M6)."""
    apart = [figures(case._replace(timelines=(each,))) for each in case.timelines]
    for name, each in figures(case).items():
        assert each.downtime <= sum(one[name].downtime for one in apart)


@strategies.tried(EXAMPLES)
@given(strategies.cases(Kind(requiring=False, asking=True, planning=False, states=LADDER)))
def test_another_file_never_shortens_an_outage(case: Case) -> None:
    together = figures(case)
    for alone in case.timelines:
        for name, each in figures(case._replace(timelines=(alone,))).items():
            assert together[name].downtime >= each.downtime


@strategies.tried(EXAMPLES)
@given(strategies.cases(WITH_AS_OF), st.data())
def test_worse_statement_never_lowers_the_downtime_of_its_service(
    case: Case, data: st.DataObject
) -> None:
    name, worse = worsened(case, data)
    before, after = figures(case)[name], figures(worse)[name]
    assert before.downtime <= after.downtime
    assert before.own <= after.own
    assert before.availability.up >= after.availability.up
    assert before.considered == after.considered


@strategies.tried(EXAMPLES)
@given(strategies.cases(WITH_AS_OF), st.data())
def test_worse_statement_lowers_no_downtime_where_only_the_required_speak(
    case: Case, data: st.DataObject
) -> None:
    def quiet(event: Event) -> Event:
        """Return an event that says nothing of what inherits: a statement ends that (S5)."""
        states = (
            (state, tuple(name for name in names if not case.services[name].requires))
            for state, names in event.states
        )
        return event._replace(states=tuple(each for each in states if each[1]))

    case = remade(case, quiet)
    _, worse = worsened(case, data)
    before, after = figures(case), figures(worse)
    for name, each in before.items():
        assert each.downtime <= after[name].downtime
        assert each.availability.up >= after[name].availability.up


def worsened(case: Case, data: st.DataObject) -> tuple[str, Case]:
    """Return a case with one statement on the ladder made worse, and the service it is about."""
    stated = [
        (file, number, name)
        for file, timeline in enumerate(case.timelines)
        for number, event in enumerate(timeline.events)
        for state, names in event.states
        for name in names
        if state < State.DOWN
    ]
    assume(stated)
    file, number, name = data.draw(st.sampled_from(stated))
    event = case.timelines[file].events[number]
    states = {each: state for state, names in event.states for each in names}
    states[name] = data.draw(st.sampled_from(LADDER[states[name] + 1 :]))
    worse = event._replace(states=tuple((state, (each,)) for each, state in states.items()))
    return name, remade(case, lambda each: worse if each.mark == event.mark else each)


def test_worse_statement_may_spare_a_service_that_speaks_in_between() -> None:
    """The law above needs its condition: what got worse earlier does not get worse later (S5)."""
    services = {
        "host": Service("host", "host"),
        "shop": Service("shop", "shop", requires=(Requirement(("host",), 1),)),
    }

    def downtime(first: State) -> int:
        story = timeline(
            services,
            (10, {"host": first}),
            (20, {"shop": State.UP}),
            (30, {"host": State.DOWN}),
            (90, {"host": State.UP}),
        )
        return figures(Case((story,), 0, 100, 200))["shop"].downtime // SECOND

    assert downtime(State.DEGRADED) == 60
    assert downtime(State.DOWN) == 10


# Spans

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda at: Span(at[0], sum(at)))
)


@given(SPANS)
def test_union_is_at_most_the_sum(spans: list[Span]) -> None:
    assert total(union(spans)) <= total(spans)
    assert total(union(spans)) == len({at for span in spans for at in range(*span)})


@given(SPANS)
def test_union_stands_in_order_and_nothing_in_it_touches(spans: list[Span]) -> None:
    merged = union(spans)
    for before, after in pairwise(merged):
        assert before.end < after.start
    assert union(merged) == merged


@given(SPANS, SPANS)
def test_union_does_not_depend_on_order_or_on_what_was_merged_before(
    some: list[Span], others: list[Span]
) -> None:
    assert union([*some, *others]) == union([*others, *some])
    assert union([*union(some), *others]) == union([*some, *others])
    assert union([*some, *some]) == union(some)


@given(SPANS, st.integers(0, 70), st.integers(0, 70))
def test_union_within_a_window_is_the_union_of_what_is_within(
    spans: list[Span], start: int, end: int
) -> None:
    window = Span(min(start, end), max(start, end))
    inside = [part for span in spans if (part := span.within(window))]
    cut = [part for span in union(spans) if (part := span.within(window))]
    assert total(union(inside)) == total(cut)


@given(SPANS, st.integers(0, 70))
def test_span_cut_in_two_adds_up(spans: list[Span], cut: int) -> None:
    for span in spans:
        parts = (span.within(Span(0, cut)), span.within(Span(cut, 70)))
        assert total(part for part in parts if part) == span.length
