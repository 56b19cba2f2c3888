"""The worst window of a length, compared with a search second by second."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from outage_cli.measures.worst_windows import WeightedSpan, WorstSpan, worst
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Span
from tests.strategies import tried

drawn = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from((0, 3 * WHOLE // 10, WHOLE)), st.booleans()),
    min_size=1,
    max_size=8,
)


def _pieces(result: list[tuple[int, int, bool]]) -> list[WeightedSpan]:
    found: list[WeightedSpan] = []
    at = 100
    for length, weight, counts in result:
        found.append(WeightedSpan(at, at + length, weight if counts else 0, counts))
        at += length
    return found


def _slowly(stretches: list[WeightedSpan], length: int) -> Fraction | None:
    """Look at every window that starts at a whole instant: all edges are whole."""
    units = [each for each in stretches for _ in range(each.start, each.end)]
    shares = []
    for at in range(len(units) - length + 1):
        inside = units[at : at + length]
        if counted := sum(each.is_considered for each in inside):
            shares.append(Fraction(sum(each.weight for each in inside), counted * WHOLE))
    return max(shares, default=None)


@tried(100)
@given(drawn, st.integers(1, 40))
def test_no_window_is_worse_than_the_worst(
    result: list[tuple[int, int, bool]], length: int
) -> None:
    stretches = _pieces(result)
    found, slowly = worst(stretches, length), _slowly(stretches, length)
    assert (None if found is None else Fraction(found.lost, found.considered * WHOLE)) == slowly
    if found:
        assert found.window.length == length
        assert stretches[0].start <= found.window.start
        assert found.window.end <= stretches[-1].end


def test_the_worst_hour_holds_both_outages_where_they_lie_closer_than_an_hour() -> None:
    result = [
        WeightedSpan(0, 50, 0),
        WeightedSpan(50, 60, WHOLE),
        WeightedSpan(60, 80, 0),
        WeightedSpan(80, 95, WHOLE),
    ]
    assert worst([*result, WeightedSpan(95, 500, 0)], 60) == WorstSpan(Span(35, 95), 25 * WHOLE, 60)


def test_there_is_no_window_longer_than_what_is_known() -> None:
    assert worst([WeightedSpan(0, 50, WHOLE)], 51) is None
    assert worst([WeightedSpan(0, 50, 0, is_considered=False)], 50) is None
    assert worst([], 1) is None
