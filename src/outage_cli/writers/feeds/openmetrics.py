"""Figures for Prometheus, in the OpenMetrics text format: gauges, one series a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Instant, seconds
from outage_cli.model.state import State
from outage_cli.writers.page.words import visible

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class Gauge(NamedTuple):
    """A gauge: what it is called below `outage_`, without its unit; its unit, and what it is.

    One `is_bounded` has its least and its greatest as gauges of their own (SEMANTICS M7).
    """

    called: str
    unit: str
    help: str
    is_bounded: bool = False

    @property
    def name(self) -> str:
        """Its name: the unit comes last, as the format wants it."""
        return f"{self.called}_{self.unit}" if self.unit else self.called


_GAUGES = (
    Gauge("downtime", "seconds", "Downtime in the window.", is_bounded=True),
    Gauge("own", "seconds", "Downtime that the service itself accounts for.", is_bounded=True),
    Gauge("inherited", "seconds", "Downtime from what the service requires.", is_bounded=True),
    Gauge(
        "weighted_downtime", "seconds", "Downtime by the weights of the states.", is_bounded=True
    ),
    Gauge(
        "considered",
        "seconds",
        "Time that counts: what availability is a share of.",
        is_bounded=True,
    ),
    Gauge("availability", "ratio", "Share of the considered time, from 0 to 1.", is_bounded=True),
    Gauge("outages", "", "Outages in the window.", is_bounded=True),
    Gauge(
        "longest_outage",
        "seconds",
        "Longest outage in the window, ongoing ones included.",
        is_bounded=True,
    ),
    Gauge("ongoing", "", "1 where an outage had not ended as of the report, 0 elsewhere."),
    Gauge("state", "seconds", "Time in each state; the states fill the window.", is_bounded=True),
    Gauge("user_time_lost", "seconds", "Users affected times their downtime.", is_bounded=True),
    Gauge("slo_target", "ratio", "Availability that is aimed at, from 0 to 1."),
    Gauge("slo_budget", "seconds", "Error budget of the window.", is_bounded=True),
    Gauge(
        "slo_budget_remaining",
        "seconds",
        "What is left of it; negative if overdrawn.",
        is_bounded=True,
    ),
)


def _bounds(gauge: Gauge) -> Iterator[Gauge]:
    """Yield a gauge and, where it has bounds, those of its least and its greatest."""
    yield gauge
    for end in ("least", "greatest") if gauge.is_bounded else ():
        called = f"{gauge.called}_{end}"
        yield Gauge(called, gauge.unit, f"{gauge.help} The {end} that the times allow.")


_SERIES = {gauge.called: gauge for each in _GAUGES for gauge in _bounds(each)}


def report(report: Report, screen: Screen) -> str:
    """Return gauges for each service, and those of the window.

    Times are in seconds, shares go from 0 to 1, nothing is rounded. What there is none of has no
    series: a service without target no budget, one whose time nothing counts no availability.
    """
    del screen
    series: dict[str, list[str]] = {called: [] for called in _SERIES}
    for each in report.services:
        labels = _labels(each)
        for called, more, value in _figures(each):
            name = _SERIES[called].name
            series[called].append(f"outage_{name}{{{labels}{more}}} {value}")
    lines = [line for called, gauge in _SERIES.items() for line in _family(gauge, series[called])]
    start = Gauge("window_start", "seconds", "Start of the window, in Unix time.")
    end = Gauge("window_end", "seconds", "End of the window, in Unix time.")
    method = f'{{method="{_escaped(report.method.name)}"}}'
    for gauge, at in zip((start, end), report.window, strict=True):
        lines += _family(gauge, [f"outage_{gauge.name}{method} {_unix(at)}"])
    return "\n".join([*lines, "# EOF"]) + "\n"


def _figures(each: ServiceReport) -> Iterator[tuple[str, str, int | float]]:
    """Yield what a gauge is called, its further labels and its value."""
    readings = [dict(_bounded(one)) for one in each.readings]
    for (called, more), value in readings[0].items():
        yield called, more, value
        found = [one[called, more] for one in readings if (called, more) in one]
        yield f"{called}_least", more, min(found)
        yield f"{called}_greatest", more, max(found)
    yield "ongoing", "", int(any(outage.ongoing for outage in each.best.outages))
    if each.best.target:
        yield "slo_target", "", each.best.target.target / WHOLE


def _bounded(one: Figures) -> Iterator[tuple[tuple[str, str], int | float]]:
    """Yield the figures of one reading of the times, by what they are called and their labels."""
    yield ("downtime", ""), seconds(one.downtime)
    yield ("own", ""), seconds(one.own)
    yield ("inherited", ""), seconds(one.inherited)
    yield ("weighted_downtime", ""), seconds(one.weighted_downtime)
    yield ("considered", ""), seconds(one.considered)
    if one.availability.fraction is not None:
        yield ("availability", ""), one.availability.fraction
    yield ("outages", ""), len(one.outages)
    yield ("longest_outage", ""), seconds(one.longest_outage)
    for state in State:
        yield ("state", f',state="{state.word}"'), seconds(one.buckets[state])
    if one.user_time_lost is not None:
        yield ("user_time_lost", ""), seconds(one.user_time_lost)
    if one.target:
        yield ("slo_budget", ""), seconds(one.target.budget)
        yield ("slo_budget_remaining", ""), seconds(one.target.remaining)


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
