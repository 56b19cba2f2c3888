"""The accounting agrees with a second one that counts every second by itself (`tests/naive.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from hypothesis import given

from outage_cli.accounting.frames import frame, united
from outage_cli.accounting.ledger import Entry, ledger
from outage_cli.model.problem import Trouble
from outage_cli.model.report import Report, ServiceReport
from outage_cli.model.span import SECOND
from outage_cli.model.timeline import Reading
from outage_cli.pipeline import report
from tests import naive, strategies
from tests.strategies import ZERO, Case


def reported(case: Case) -> Report:
    """Return the report of a case."""
    found = report([Reading(each) for each in case.timelines], case.asked, case.method)
    assert isinstance(found, Report), found
    return found


def counted(case: Case) -> dict[str, naive.Figures]:
    """Return what the oracle makes of a case, in seconds after the strategies' zero."""
    as_of = None if case.as_of is None else ZERO + case.as_of * SECOND
    window = (ZERO + case.start * SECOND, ZERO + case.end * SECOND)
    return naive.figures(case.timelines, window, as_of, ZERO + case.now * SECOND, case.method)


def after_zero(instant: int) -> int:
    assert (instant - ZERO) % SECOND == 0
    return (instant - ZERO) // SECOND


def by_second(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(
        entry.bucket.word
        for entry in entries
        for _ in range(after_zero(entry.start), after_zero(entry.end))
    )


def agree(case: Case, name: str, real: ServiceReport, oracle: naive.Figures) -> None:
    """Assert that two accounts of one service are the same."""
    told = {bucket.word: length for bucket, length in real.buckets.items() if length}
    assert told == {word: oracle.buckets.count(word) * SECOND for word in oracle.buckets}, name
    assert real.considered == oracle.considered * SECOND, name
    assert real.downtime == oracle.downtime * SECOND, name
    assert real.own == oracle.own * SECOND, name
    assert real.inherited == oracle.inherited * SECOND, name
    up, considered = real.availability
    assert (Fraction(up, considered) if considered else None) == oracle.availability, name
    assert real.state.word == oracle.final, name


def compare(case: Case) -> None:
    framed = frame(case.timelines, case.asked)
    assert not isinstance(framed, Trouble)
    accounts = ledger(united(case.timelines), framed.told, framed.window)
    oracle = counted(case)
    for each in reported(case).services:
        name = each.service.id
        assert by_second(accounts[name].entries) == oracle[name].buckets, name
        agree(case, name, each, oracle[name])
        assert outages(each) == list(oracle[name].outages), name


def outages(real: ServiceReport) -> list[naive.Outage]:
    return [
        naive.Outage(each.start // SECOND, each.end // SECOND, each.worst.word)
        for each in real.outages
    ]


@strategies.tried(500)
@given(strategies.cases(ties=False))
def test_every_second_and_every_figure_is_that_of_the_oracle(case: Case) -> None:
    compare(case)


@strategies.tried(500)
@given(strategies.cases())
def test_times_at_one_instant_are_told_as_the_oracle_tells_them(case: Case) -> None:
    compare(case)
