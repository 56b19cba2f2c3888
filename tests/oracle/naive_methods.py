"""An independent computation of SEMANTICS M4 and M6, second by second: methods and the audit.

Slow, and nowhere clever; it shares with the code it is an oracle for only the model's values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.method import Method, Treatment
from outage_cli.model.share import WHOLE
from tests.oracle.naive import LADDER, Second


class Figures(NamedTuple):
    """What a method says of one service, in seconds."""

    considered: int
    downtime: int
    weighted: Fraction
    outages: int


def figures(values: Mapping[int, Second], start: int, end: int, method: Method) -> Figures:
    """Return the figures of a window, by the seconds around it too: a run may begin before it."""
    weights = {at: _weight(each, method) for at, each in values.items()}
    counted = dict(weights)
    outages = 0
    for run in _runs(weights):
        inside = [at for at in run if start <= at < end]
        if len(run) * 10**6 < method.min_outage or (method.whole_minutes and len(run) < 60):
            for at in run:
                counted[at] = Fraction(0)
            continue
        outages += bool(inside)
        if method.whole_minutes:
            lightest = sorted(run, key=lambda at: (weights[at], -at))
            for at in lightest[: len(run) % 60]:
                counted[at] = Fraction(0)
    window = range(start, end)
    return Figures(
        considered=sum(_is_considered(values[at], method) for at in window),
        downtime=sum(counted[at] > 0 for at in window),
        weighted=sum((counted[at] for at in window), Fraction(0)),
        outages=outages,
    )


def _runs(weights: Mapping[int, Fraction]) -> Iterator[list[int]]:
    run: list[int] = []
    for at in sorted(weights):
        if weights[at]:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _weight(each: Second, method: Method) -> Fraction:
    """M4: on the ladder what the state weighs; beside it nothing, unless the method counts it."""
    word = each.bucket
    if word == "maintenance" and method.maintenance is Treatment.COUNT:
        word = "down" if each.worked_on else max(each.stated, each.inherited, key=LADDER.index)
    if word == "unknown" and method.unknown is Treatment.COUNT:
        word = "down"
    weights = {state.word: Fraction(share, WHOLE) for state, share in method.weights.items()}
    return weights.get(word, Fraction(0)) if word in LADDER else Fraction(0)


def _is_considered(each: Second, method: Method) -> bool:
    if each.bucket == "maintenance":
        return method.maintenance is not Treatment.EXCLUDE
    if each.bucket == "unknown":
        return method.unknown is not Treatment.EXCLUDE
    return each.bucket in LADDER


def used(values: Mapping[int, Second], spans: list[tuple[int, int]], start: int, end: int) -> int:
    """M6: the announced seconds in which the service was not up, or stated to be worked on."""
    return sum(
        any(first <= at < last for first, last in spans) and _is_not_up(values[at])
        for at in range(start, end)
    )


def overrun(
    values: Mapping[int, Second], spans: list[tuple[int, int]], end: int, method: Method
) -> int:
    """M6: the seconds of downtime that go on from the end of a window on."""
    found = 0
    for _, last in spans:
        at = last
        if not _is_not_up(values[at - 1]):
            continue
        while at < end and values[at].bucket != "maintenance" and _weight(values[at], method):
            found += 1
            at += 1
    return found


def _is_not_up(each: Second) -> bool:
    is_bad = each.worked_on or each.stated != "up" or each.inherited != "up"
    return is_bad and each.bucket not in {"not_in_service", "unknown"}
