"""The figures of SEMANTICS K once more, from seconds and not from edges. Slow, and nowhere clever.

Like `naive.py`, whose buckets it starts from, it is written from the contract. All times are whole
seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.event import Phase
from outage_cli.model.method import Method, Treatment
from outage_cli.model.share import WHOLE
from outage_cli.model.span import SECOND
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
    buckets: Sequence[str], start: int, told: Sequence[tuple[int, int]], method: Method
) -> int:
    """Add up, second by second, the users that were told last; of two at once the later line."""
    lost = 0
    for at, bucket in enumerate(buckets, start):
        users = [number for instant, number in told if instant <= at]
        if weight(bucket, method) and users:
            lost += users[-1]
    return lost


def phases(timeline: Timeline, as_of: int | None) -> dict[Phase, int]:
    """When each phase was reached: the first time; of mitigated and resolved the last."""
    found: dict[Phase, list[int]] = {}
    for event in timeline.events:
        at = event.at.best // SECOND if event.at else None
        if event.phase and at is not None and (as_of is None or at <= as_of):
            found.setdefault(event.phase, []).append(at)
    last = {Phase.MITIGATED, Phase.RESOLVED}
    return {phase: (max if phase in last else min)(at) for phase, at in found.items()}


def times(impact: tuple[int | None, int | None], told: Mapping[Phase, int]) -> dict[str, int]:
    """The differences of K, where both ends are known."""
    start, end = impact
    detected = told.get(Phase.DETECTED)
    pairs = {
        "time_to_detect": (start, detected),
        "time_to_acknowledge": (detected, told.get(Phase.ACKNOWLEDGED)),
        "time_to_mitigate": (start, told.get(Phase.MITIGATED)),
        "time_to_repair": (detected, end),
        "time_to_recover": (start, end),
    }
    return {
        name: until - since
        for name, (since, until) in pairs.items()
        if since is not None and until is not None
    }
