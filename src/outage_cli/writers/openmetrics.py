"""Figures for Prometheus, in the OpenMetrics text format: gauges, one series a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from outage_cli.model.report import Report, ServiceReport
from outage_cli.model.screen import Screen
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Instant, seconds
from outage_cli.model.state import State
from outage_cli.writers.words import visible

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class Gauge(NamedTuple):
    """A gauge: its name below `outage_`, its unit, what it is."""

    name: str
    unit: str
    help: str


_BOUNDS = "between the least and the greatest that the times allow"
_GAUGES = (
    Gauge("downtime_seconds", "seconds", "Downtime in the window, best estimate."),
    Gauge("downtime_least_seconds", "seconds", f"Least downtime: it is {_BOUNDS}."),
    Gauge("downtime_greatest_seconds", "seconds", f"Greatest downtime: it is {_BOUNDS}."),
    Gauge("considered_seconds", "seconds", "Time that counts: what availability is a share of."),
    Gauge("availability_ratio", "ratio", "Share of the considered time, from 0 to 1."),
    Gauge("availability_least_ratio", "ratio", f"Least availability: it is {_BOUNDS}."),
    Gauge("availability_greatest_ratio", "ratio", f"Greatest availability: it is {_BOUNDS}."),
    Gauge("outages", "", "Outages in the window."),
    Gauge("ongoing", "", "1 where an outage had not ended as of the report, 0 elsewhere."),
    Gauge("state_seconds", "seconds", "Time in each state; the states fill the window."),
    Gauge("slo_target_ratio", "ratio", "Availability that is aimed at, from 0 to 1."),
    Gauge("slo_budget_seconds", "seconds", "Error budget of the window."),
    Gauge("slo_budget_remaining_seconds", "seconds", "What is left of it; negative if overdrawn."),
)


def report(report: Report, screen: Screen) -> str:
    """Return gauges for each service, and those of the window.

    Times are in seconds, shares go from 0 to 1, nothing is rounded. What there is none of has no
    series: a service without target no budget, one whose time nothing counts no availability.
    """
    del screen
    series: dict[str, list[str]] = {gauge.name: [] for gauge in _GAUGES}
    for each in report.services:
        labels = _labels(each)
        for name, more, value in _figures(each):
            series[name].append(f"outage_{name}{{{labels}{more}}} {value}")
    lines = [line for gauge in _GAUGES for line in _family(gauge, series[gauge.name])]
    start = Gauge("window_start_seconds", "seconds", "Start of the window, in Unix time.")
    end = Gauge("window_end_seconds", "seconds", "End of the window, in Unix time.")
    method = f'{{method="{_escaped(report.method.name)}"}}'
    for gauge, at in zip((start, end), report.window, strict=True):
        lines += _family(gauge, [f"outage_{gauge.name}{method} {_unix(at)}"])
    return "\n".join([*lines, "# EOF"]) + "\n"


def _figures(each: ServiceReport) -> Iterator[tuple[str, str, int | float]]:
    """Yield the name of a gauge, its further labels and its value."""
    best, target = each.best, each.best.target
    least, most = each.between(lambda one: one.downtime)
    yield "downtime_seconds", "", seconds(best.downtime)
    yield "downtime_least_seconds", "", seconds(least)
    yield "downtime_greatest_seconds", "", seconds(most)
    yield "considered_seconds", "", seconds(best.considered)
    shares = [one.availability.fraction for one in each.readings]
    known = [share for share in shares if share is not None]
    if shares[0] is not None:
        yield "availability_ratio", "", shares[0]
    if known:
        yield "availability_least_ratio", "", min(known)
        yield "availability_greatest_ratio", "", max(known)
    yield "outages", "", len(best.outages)
    yield "ongoing", "", int(any(outage.ongoing for outage in best.outages))
    for state in State:
        yield "state_seconds", f',state="{state.word}"', seconds(best.buckets[state])
    if target:
        yield "slo_target_ratio", "", target.target / WHOLE
        yield "slo_budget_seconds", "", seconds(target.budget)
        yield "slo_budget_remaining_seconds", "", seconds(target.remaining)


def _family(gauge: Gauge, series: list[str]) -> Iterator[str]:
    if series:
        name = f"outage_{gauge.name}"
        yield f"# TYPE {name} gauge"
        if gauge.unit:
            yield f"# UNIT {name} {gauge.unit}"
        yield f"# HELP {name} {gauge.help}"
        yield from series


def _labels(each: ServiceReport) -> str:
    service = each.service
    labels = {
        "service": service.id,
        "name": service.name,
        "operator": service.operator,
        "group": service.group,
    }
    return ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items() if value)


def _escaped(text: str) -> str:
    return visible(text).translate(_ESCAPES)


def _unix(at: Instant) -> int | float:
    return seconds(at)
