"""An independent computation of SEMANTICS M9 and of the blast radius (S5), second by second.

Written from the contract on top of `naive.py`. What one service inherits from which is followed
from the required service to the root at every second by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.method import Method
from tests.oracle import naive


class Totals(NamedTuple):
    """Seconds, and availabilities as fractions."""

    any_down: int
    all_down: int
    service_seconds: int
    mean: Fraction | None
    user_weighted: Fraction | None


def weighs(word: str, method: Method) -> bool:
    """Whether a second in a bucket is downtime."""
    return any(state.word == word and share for state, share in method.weights.items())


def totals(
    values: Mapping[str, naive.Figures], users: Mapping[str, int | None], method: Method
) -> Totals:
    """M9: look at every second of every service."""
    rows = [[weighs(word, method) for word in each.buckets] for each in values.values()]
    seconds = list(zip(*rows, strict=True))
    shares = [
        (each.availability, users[name] or 0)
        for name, each in values.items()
        if each.availability is not None
    ]
    weights = sum(weight for _, weight in shares)
    return Totals(
        any_down=sum(any(second) for second in seconds),
        all_down=sum(all(second) for second in seconds),
        service_seconds=sum(sum(second) for second in seconds),
        mean=sum((share for share, _ in shares), Fraction(0)) / len(shares) if shares else None,
        user_weighted=(
            sum((share * weight for share, weight in shares), Fraction(0)) / weights
            if weights
            else None
        ),
    )


class Inherited(NamedTuple):
    """A service, and at each second the service it inherits its downtime from, if it does."""

    service: str
    sources: Sequence[str | None]


def taken_down(
    inherited: Sequence[Inherited], handed_by: Mapping[str, Sequence[str | None]]
) -> dict[tuple[str, str], int]:
    """S5: for how many seconds who took down whom, directly or through others.

    `handed_by` says at each second whom a required service has its state from itself.
    """
    values: dict[tuple[str, str], int] = {}
    for service, sources in inherited:
        for at, source in enumerate(sources):
            upstream = source
            while upstream is not None:
                values[upstream, service] = values.get((upstream, service), 0) + 1
                upstream = handed_by[upstream][at]
    return values
