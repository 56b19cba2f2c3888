"""An independent computation of the figures of SEMANTICS K, second by second.

Like `naive.py`, whose buckets it starts from, it is written from the contract. All times are whole
seconds.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.model.event import AS_OF, Phase
from outage_cli.model.method import Method, Treatment
from outage_cli.model.service import Service
from outage_cli.model.share import WHOLE
from outage_cli.model.span import SECOND
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline

BESIDE = {"not_in_service", "out_of_hours", "unknown"}


class Worst(NamedTuple):
    """A window, by its first second, and what is lost and considered in it."""

    availability: Fraction
    considered: int
    start: int


def considered(bucket: str, method: Method) -> bool:
    """M2: whether a second counts at all."""
    return bucket not in BESIDE and not (
        bucket == "maintenance" and method.maintenance is Treatment.EXCLUDE
    )


def weight(bucket: str, method: Method) -> Fraction:
    """M4: what a second weighs."""
    shares = {state.word: Fraction(share, WHOLE) for state, share in method.weights.items()}
    return shares.get(bucket, Fraction(0))


def worst(buckets: Sequence[str], length: int, method: Method) -> Worst | None:
    """Look at the window that begins at every second, and keep the lowest availability."""
    found: list[Worst] = []
    for start in range(len(buckets) - length + 1):
        inside = [each for each in buckets[start : start + length] if considered(each, method)]
        if inside:
            lost = sum((weight(each, method) for each in inside), Fraction(0))
            found.append(Worst(1 - lost / len(inside), len(inside), start))
    return min(found, key=lambda one: (one.availability, -one.considered, one.start), default=None)


def user_seconds(
    buckets: Sequence[str], start: int, result: Sequence[tuple[int, int]], method: Method
) -> int:
    """Add up, second by second, the users that were told last; of two at once the later line."""
    lost = 0
    for at, bucket in enumerate(buckets, start):
        users = [number for instant, number in result if instant <= at]
        if weight(bucket, method) and users:
            lost += users[-1]
    return lost


def phases(timeline: Timeline, as_of: int | None) -> dict[Phase, int]:
    """When each phase was reached: the first time; of mitigated and resolved the last."""
    values: dict[Phase, list[int]] = {}
    for event in timeline.events:
        at = event.at.best // SECOND if event.at else None
        if event.phase and at is not None and (as_of is None or at <= as_of):
            values.setdefault(event.phase, []).append(at)
    last = {Phase.MITIGATED, Phase.RESOLVED}
    return {phase: (max if phase in last else min)(at) for phase, at in values.items()}


def times(impact: tuple[int | None, int | None], values: Mapping[Phase, int]) -> dict[str, int]:
    """The differences of K, where both ends are known."""
    start, end = impact
    detected = values.get(Phase.DETECTED)
    pairs = {
        "time_to_detect": (start, detected),
        "time_to_acknowledge": (detected, values.get(Phase.ACKNOWLEDGED)),
        "time_to_mitigate": (start, values.get(Phase.MITIGATED)),
        "time_to_repair": (detected, end),
        "time_to_recover": (start, end),
    }
    return {
        name: until - since
        for name, (since, until) in pairs.items()
        if since is not None and until is not None
    }


# The figures of one service, from its ledger


class Run(NamedTuple):
    """An outage: how long it lasted, and what is known of its end."""

    length: int
    ongoing: bool
    whole: bool


def users_at(service: Service, timelines: Sequence[Timeline]) -> list[tuple[int, int]] | None:
    """Return from when on how many users are affected; None where nobody says."""
    result = sorted(
        (
            (event.at.best, event.users[service.id])
            for timeline in timelines
            for event in timeline.events
            if event.at and service.id in event.users
        ),
        key=lambda one: one[0],
    )
    if service.users is None and not result:
        return None
    return [(-(1 << 62), service.users or 0), *result]


def reckoned(
    entries: Sequence[LedgerEntry],
    service: Service,
    users: Sequence[tuple[int, int]] | None,
    method: Method,
) -> dict[str, Fraction | None]:
    """Return every figure of K by its name: durations in microseconds, shares of one, counts."""

    def weigh(state: State) -> Fraction:
        return weight(state.word, method)

    def time(chosen: Callable[[LedgerEntry], bool]) -> Fraction:
        return Fraction(sum(each.end - each.start for each in entries if chosen(each)))

    values: dict[str, Fraction | None] = {
        state.word: time(lambda one, state=state: one.bucket is state)  # type: ignore[misc]
        for state in State
    }
    counted = time(lambda one: considered(one.bucket.word, method))
    down = time(lambda one: weigh(one.bucket) > 0)
    own = time(lambda one: weigh(one.bucket) > 0 and weigh(one.stated) > 0)
    lost = sum(((each.end - each.start) * weigh(each.bucket) for each in entries), Fraction(0))
    runs = list(_runs(entries, method))
    whole = sorted(run.length for run in runs if run.whole)
    values |= {
        "considered": counted,
        "downtime": down,
        "own": own,
        "inherited": down - own,
        "weighted_downtime": Fraction(math.floor(lost)),
        "availability": 1 - lost / counted if counted else None,
        "outages": Fraction(len(runs)),
        "mtbf": (counted - down) / len(runs) if runs else None,
        "downtime_per_failure": down / len(runs) if runs else None,
        "longest_outage": Fraction(max((run.length for run in runs), default=0)),
        "longest_is_ongoing": Fraction(
            any(run.ongoing and run.length == max(one.length for one in runs) for run in runs)
        ),
        "whole_outages": Fraction(len(whole)),
        "mean": Fraction(sum(whole), len(whole)) if len(whole) > 1 else None,
        "median": statistics.median([Fraction(each) for each in whole]) if whole else None,
        "p90": Fraction(whole[math.ceil(len(whole) * Fraction(9, 10)) - 1]) if whole else None,
        "longest_whole": Fraction(whole[-1]) if whole else None,
        "user_time_lost": None if users is None else _user_time(entries, users, method),
    }
    if service.slo is None:
        return values | dict.fromkeys(("budget", "budget_left", "burn_rate"))
    allowed = (1 - Fraction(service.slo, WHOLE)) * counted
    return values | {
        "budget": Fraction(math.floor(allowed)),
        "budget_left": Fraction(math.floor(allowed - lost)),
        "burn_rate": lost / allowed if allowed else None,
    }


def _runs(entries: Sequence[LedgerEntry], method: Method) -> Iterator[Run]:
    """Yield the outages (M5). One that was over when the window starts is none."""
    for is_down, group in groupby(entries, lambda one: weight(one.bucket.word, method) > 0):
        run = list(group)
        first, last = run[0], run[-1]
        if not is_down or (first.start == last.end and first.cut_before):
            continue
        cut = last.cut_after
        ongoing = not cut and (last.closed_by is None or last.closed_by.way == AS_OF)
        length = sum(each.end - each.start for each in run)
        yield Run(length, ongoing, whole=not (ongoing or cut or first.cut_before))


def _user_time(
    entries: Sequence[LedgerEntry], users: Sequence[tuple[int, int]], method: Method
) -> Fraction:
    """Add up users × microseconds while something weighs."""
    lost = 0
    for entry in entries:
        if weight(entry.bucket.word, method):
            for (start, number), (end, _) in pairwise([*users, (1 << 62, 0)]):
                lost += number * max(0, min(end, entry.end) - max(start, entry.start))
    return Fraction(lost)


def lowest(entries: Sequence[LedgerEntry], length: int, method: Method) -> Fraction | None:
    """Return the lowest availability over a length, trying each window that an entry bounds."""
    begin, end = entries[0].start, entries[-1].end
    edges = {at for each in entries for at in (each.start, each.end)}
    starts = {*edges, *(at - length for at in edges)}
    found = []
    for start in (at for at in starts if begin <= at and at + length <= end):
        inside = [
            (each.bucket.word, max(0, min(each.end, start + length) - max(each.start, start)))
            for each in entries
        ]
        counted = sum(time for bucket, time in inside if considered(bucket, method))
        lost = sum((time * weight(bucket, method) for bucket, time in inside), Fraction(0))
        if counted:
            found.append(1 - lost / counted)
    return min(found, default=None)
