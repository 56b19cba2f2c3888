"""Figures for Prometheus, in the OpenMetrics text format: gauges, one series a service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from outage_cli.model import figure_catalogue
from outage_cli.model.figure import Figure, Kind, bounds
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Instant, seconds
from outage_cli.writers.page.words import visible

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
_ENDS = ("_least", "_greatest")


class Gauge(NamedTuple):
    """A gauge: its name below `outage_`, its unit, which ends the name, and what it is."""

    name: str
    unit: str
    help: str


def report(report: Report, screen: Screen) -> str:
    """Return gauges for each service, and those of the window.

    Times are in seconds, shares go from 0 to 1, nothing is rounded. What there is none of has no
    series: a service without target no budget, one whose time nothing counts no availability. The
    least and the greatest that a figure can be are gauges of their own (SEMANTICS M7).
    """
    del screen
    figures = [(each, [*_gauges(each)]) for each in figure_catalogue.FIGURES if each.gauge]
    series: dict[Gauge, list[str]] = {gauge: [] for _, gauges in figures for gauge in gauges}
    written = [
        (figure, [(one.name, series[one].append) for one in gauges]) for figure, gauges in figures
    ]
    for each in report.services:
        labels = _labels(each)
        for figure, gauges in written:
            more = f",{figure.label}" if figure.label else ""
            for (name, add), value in zip(gauges, _values(figure, each), strict=False):
                add(f"outage_{name}{{{labels}{more}}} {value}")
    lines = [line for gauge, samples in series.items() for line in _family(gauge, samples)]
    start = Gauge("window_start_seconds", "seconds", "Start of the window, in Unix time.")
    end = Gauge("window_end_seconds", "seconds", "End of the window, in Unix time.")
    method = f'{{method="{_escaped(report.method.name)}"}}'
    for gauge, at in zip((start, end), report.window, strict=True):
        lines += _family(gauge, [f"outage_{gauge.name}{method} {_unix(at)}"])
    return "\n".join([*lines, "# EOF"]) + "\n"


def _gauges(figure: Figure) -> Iterator[Gauge]:
    """Yield the gauge of a figure and, where it has bounds, those of its least and greatest."""
    for end in ("", *(_ENDS if figure.is_bounded else ())):
        unit = figure.gauge_unit
        name = f"{figure.gauge}{end}{f'_{unit}' if unit else ''}"
        bound = f" The {end[1:]} that the times allow." if end else ""
        yield Gauge(name, unit, f"{figure.means}{bound}")


def _values(figure: Figure, each: ServiceReport) -> Sequence[int | float]:
    """Return the best, the least and the greatest value of a figure of a service, if any."""
    best, *others = figure.numbers(each)
    if best is None:
        return ()
    if figure.kind is Kind.TRUTH:
        return (int(best),)
    ends = bounds((best, *others)) if others else None
    return (best, *(ends or (best, best)))


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
