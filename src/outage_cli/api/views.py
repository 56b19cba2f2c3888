"""A report for notebooks: figures as attributes, durations as `timedelta`, instants with a zone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from html import escape
from typing import Any

from outage_cli import registry
from outage_cli.model.figures import Ratio
from outage_cli.model.outage import Outage
from outage_cli.model.problem import Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import Figures, ServiceReport
from outage_cli.model.span import Duration, seconds
from outage_cli.when.clock.zones import known, local

FIGURES: Mapping[str, Callable[[Figures], Any]] = {
    "downtime": lambda of: of.downtime,
    "own": lambda of: of.own,
    "inherited": lambda of: of.inherited,
    "weighted_downtime": lambda of: of.weighted_downtime,
    "considered": lambda of: of.considered,
    "longest_outage": lambda of: of.longest_outage,
    "mtbf": lambda of: of.mtbf and of.mtbf.floor,
    "availability": lambda of: of.availability.fraction,
}
"""The figures that `ServiceView.bounds` knows, by the name of their attribute."""


class OutageView:
    """One outage of a service: `start` and `end` have the report's zone, `length` is a timedelta.

    `ongoing` where it had not ended at as-of; `inherited_from` is the id of the service that took
    this one down, or None.
    """

    def __init__(self, outage: Outage, timezone: str) -> None:
        self.start: datetime = local(outage.start, known(timezone))
        self.end: datetime = local(outage.end, known(timezone))
        self.length = _duration(outage.length)
        self.ongoing = outage.ongoing
        self.inherited_from = outage.inherited_from

    def __repr__(self) -> str:
        """Return when it was and how long."""
        return f"<outage {self.start.isoformat(' ')} to {self.end.isoformat(' ')}, {self.length}>"


class ServiceView:
    """The figures of one service in the window, on the best estimates of its times.

    Durations are `timedelta`; `bounds` has the least and the greatest of a figure (SEMANTICS M7).
    """

    def __init__(self, service: ServiceReport, timezone: str) -> None:
        self._service, self._timezone = service, timezone
        self.id, self.name = service.service.id, service.service.name
        self.state = service.state.word

    @property
    def downtime(self) -> timedelta:
        """The time that counts as down (SEMANTICS M2)."""
        return _duration(self._service.best.downtime)

    @property
    def own(self) -> timedelta:
        """The part of the downtime that the service itself accounts for (SEMANTICS S5)."""
        return _duration(self._service.best.own)

    @property
    def inherited(self) -> timedelta:
        """The part of the downtime that came from what the service requires (SEMANTICS S5)."""
        return _duration(self._service.best.inherited)

    @property
    def weighted_downtime(self) -> timedelta:
        """The downtime as the method weighs it (SEMANTICS M4)."""
        return _duration(self._service.best.weighted_downtime)

    @property
    def considered(self) -> timedelta:
        """The time that counts at all (SEMANTICS M2)."""
        return _duration(self._service.best.considered)

    @property
    def longest_outage(self) -> timedelta:
        """The longest outage, ongoing ones included; zero where there was none (SEMANTICS K)."""
        return _duration(self._service.best.longest_outage)

    @property
    def mtbf(self) -> timedelta | None:
        """The mean time between failures; None where there was none (SEMANTICS K)."""
        return _mean(self._service.best.mtbf)

    @property
    def availability(self) -> float | None:
        """The availability, a fraction of 1; None where nothing counts (SEMANTICS M3)."""
        return self._service.best.availability.fraction

    @property
    def outages(self) -> list[OutageView]:
        """The outages in the window, in order."""
        return [OutageView(outage, self._timezone) for outage in self._service.best.outages]

    @property
    def slo_met(self) -> bool | None:
        """Whether the target is met; None without a target, or where nothing counts."""
        target = self._service.best.target
        return target and target.met

    @property
    def user_seconds_lost(self) -> float | None:
        """Users × seconds of downtime; None where nobody says how many users there are."""
        lost = self._service.best.user_time_lost
        return None if lost is None else seconds(lost)

    def bounds(self, figure: str) -> tuple[Any, Any]:
        """Return the least and the greatest of a figure, such as `"downtime"`, in its own unit.

        Both are None where there is no such figure. Raises ValueError for another name.
        """
        if figure not in FIGURES:
            raise ValueError(
                f"{figure!r} is no figure with bounds: choose from {', '.join(FIGURES)}"
            )
        found = [FIGURES[figure](scenario) for scenario in self._service.readings]
        values = [value for value in found if value is not None]
        if not values:
            return None, None
        least, most = min(values), max(values)
        is_share = figure == "availability"
        return (least, most) if is_share else (_duration(least), _duration(most))

    def __repr__(self) -> str:
        """Return the id and the figures that most people ask for."""
        return f"<service {self.id}: down {self.downtime}, availability {self.availability}>"


class ReportView:
    """The figures of timelines in a window, by service; Jupyter shows it as the HTML page."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.title, self.timezone = report.title, report.timezone
        self.method = report.method.name

    @property
    def start(self) -> datetime:
        """The start of the window, which includes it."""
        return local(self._report.window.start, known(self.timezone))

    @property
    def end(self) -> datetime:
        """The end of the window, which excludes it."""
        return local(self._report.window.end, known(self.timezone))

    @cached_property
    def services(self) -> dict[str, ServiceView]:
        """The services by id, in the order of the timelines."""
        return {each.service.id: ServiceView(each, self.timezone) for each in self._report.services}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is doubtful in the timelines."""
        return self._report.problems

    def to_dict(self) -> dict[str, Any]:
        """Return what `outage report -f json` writes, as Python has it."""
        written: dict[str, Any] = json.loads(self.to_text("json"))
        return written

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of `-f csv`, for pandas and Polars.

        Numbers are numbers, instants `datetime`, truths `bool`, and None is what is missing.
        """
        from outage_cli.writers.sheet.records import records

        return records(self._report)

    def to_text(self, format: str) -> str:  # noqa: A002 - as the option is called
        """Return the report in an output format that is text, such as `"json"` or `"markdown"`.

        Raises ValueError for another one.
        """
        writer = registry.writers("report").get(format)
        text = writer and registry.load(writer.home).report(self._report, Screen())
        if isinstance(text, str):
            return text
        raise ValueError(f"{format!r} is no output format that is text")

    def _repr_html_(self) -> str:
        """Return the page of `-f html` in a frame of its own, whose style reaches nothing else."""
        page = escape(self.to_text("html"))
        style = "width:100%;height:40rem;border:0"
        return f'<iframe sandbox="" style="{style}" srcdoc="{page}"></iframe>'

    def __repr__(self) -> str:
        """Return the title and the services."""
        return f"<report of {self.title!r}: {', '.join(self.services)}>"


def _duration(length: Duration) -> timedelta:
    return timedelta(microseconds=length)


def _mean(ratio: Ratio | None) -> timedelta | None:
    return None if ratio is None else _duration(ratio.floor)
