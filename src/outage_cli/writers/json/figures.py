"""The figures of a service in the JSON, each under the keys that the catalogue gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from outage_cli.model import figure_catalogue
from outage_cli.model.figure import Figure, bounds
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.state import STATES

_FIRST = (
    *(f"{state.word}_time" for state in STATES),
    *("considered", "downtime", "own", "inherited", "weighted_downtime", "availability"),
    *("user_time_lost", "slo", "budget", "budget_left", "slo_met", "burn_rate"),
    *("mtbf", "downtime_per_failure", "longest_outage"),
    *("whole_outages", "left_out", "mean_outage", "median_outage", "p90_outage"),
    "longest_whole_outage",
)
"""The figures whose order in the JSON is frozen; others come last."""


class JsonKey(NamedTuple):
    """Where a figure stands: its object, empty for that of the service, and its key there.

    `range_home` and `range_key` are the same for its bounds; the key is empty where it has none.
    """

    figure: Figure
    home: str
    key: str
    range_home: str
    range_key: str


@cache
def json_keys() -> tuple[JsonKey, ...]:
    """Return where the figures stand, in the order of the JSON."""
    keys = []
    for figure in figure_catalogue.in_order(_FIRST):
        if figure.json:
            home, _, key = figure.json.rpartition(".")
            range_home, _, range_key = (figure.json_range or "").rpartition(".")
            keys.append(JsonKey(figure, home, key, range_home, range_key))
    return tuple(keys)


def of_service(service: ServiceReport) -> dict[str, Any]:
    """Return the figures of a service; bounds are the least and the greatest value.

    An object is null where its first figure always has a value, and the service lacks what that
    needs: without a target there is no `slo`.
    """
    written: dict[str, Any] = {}
    for place, numbers in _numbers(json_keys(), service.readings):
        best = numbers[0]
        if place.home and place.home not in written:
            written[place.home] = None if best is None and place.figure.is_total else {}
        home = written[place.home] if place.home else written
        if home is None:
            continue
        home[place.key] = best
        if place.range_key:
            ranges = home
            if place.range_home != place.home:
                ranges = written.setdefault(place.range_home, {})
            ends = bounds(numbers)
            ranges[place.range_key] = None if ends is None else [*ends]
    return written


def of_scenarios(keys: Sequence[str], scenarios: Sequence[Figures]) -> dict[str, Any]:
    """Return some figures, by key, on one level, whatever their objects in a service."""
    by_key = {place.figure.key: place for place in json_keys()}
    written: dict[str, Any] = {}
    for place, numbers in _numbers([by_key[key] for key in keys], scenarios):
        written[place.key] = numbers[0]
        if place.range_key:
            ends = bounds(numbers)
            written[place.range_key] = None if ends is None else [*ends]
    return written


def _numbers(
    keys: Sequence[JsonKey], scenarios: Sequence[Figures]
) -> Iterable[tuple[JsonKey, Sequence[Any]]]:
    """Return each place with the values of its figure, going through each scenario once."""
    columns = [
        [place.figure.kind.number(place.figure.of(scenario)) for place in keys]
        for scenario in scenarios
    ]
    return zip(keys, zip(*columns, strict=True), strict=True)
