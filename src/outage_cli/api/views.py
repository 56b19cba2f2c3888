"""A report for notebooks: figures as attributes, durations as `timedelta`, instants with a zone."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cached_property
from html import escape
from typing import Any

from outage_cli import registry
from outage_cli.model import figure_catalogue
from outage_cli.model.figure import Exact, Figure, Kind, Number, exact_bounds
from outage_cli.model.outage import Outage
from outage_cli.model.problem import Problem
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Duration
from outage_cli.model.statistics import Ratio
from outage_cli.when.clock.zones import known, local


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

    Each figure of `docs/figures.md` is an attribute, by its key: durations are `timedelta`, user
    time is in users × seconds, shares and rates are floats, None where there is no such figure.
    `bounds` has the least and the greatest of a figure (SEMANTICS M7).
    """

    def __init__(self, service: ServiceReport, timezone: str) -> None:
        self._service, self._timezone = service, timezone
        self.id, self.name = service.service.id, service.service.name
        self.state = service.state.word

    @property
    def outages(self) -> list[OutageView]:
        """The outages in the window, in order."""
        return [OutageView(outage, self._timezone) for outage in self._service.best.outages]

    def __getattr__(self, key: str) -> Any:  # noqa: ANN401 - the unit of the figure decides
        """Return the best value of the figure with this key. Raises AttributeError for another."""
        if key not in (figures := _figures()):
            raise AttributeError(f"a service has no figure {key!r}: choose from {_names(figures)}")
        return _value(figures[key].kind, figures[key].of(self._service.best))

    def __dir__(self) -> list[str]:
        """Return the attributes, figures among them."""
        return sorted({*super().__dir__(), *_figures()})

    def bounds(self, key: str) -> tuple[Any, Any]:
        """Return the least and the greatest of a figure, such as `"downtime"`, in its own unit.

        Both are None where there is no such figure. Raises ValueError for another name.
        """
        if key not in (figures := _figures()):
            raise ValueError(f"{key!r} is no figure: choose from {_names(figures)}")
        figure = figures[key]
        least, greatest = exact_bounds(figure.values(self._service))
        return _value(figure.kind, least), _value(figure.kind, greatest)

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


def _figures() -> dict[str, Figure]:
    return {figure.key: figure for figure in figure_catalogue.FIGURES}


def _names(figures: dict[str, Figure]) -> str:
    return ", ".join(figures)


def _value(kind: Kind, value: Exact) -> timedelta | Number:
    """Return a value in the unit that `ServiceView` has it in."""
    if value is None or kind is not Kind.TIME:
        return kind.number(value)
    return _duration(value.floor if isinstance(value, Ratio) else value)


def _duration(length: Duration) -> timedelta:
    return timedelta(microseconds=length)
