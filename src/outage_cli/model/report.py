"""The report: every figure of one window, as values. Nothing is rounded here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from outage_cli.model.event import Source
from outage_cli.model.method import Method
from outage_cli.model.problem import Place, Problem
from outage_cli.model.service import Service
from outage_cli.model.share import Share
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.state import State


class Outage(NamedTuple):
    """A maximal run of downtime inside the window (SEMANTICS M5).

    `what` is what the line that began it says. `ongoing` ones had not ended at as-of; the window
    cuts off what began before it or ended after it.
    """

    start: Instant
    end: Instant
    length: Duration
    ongoing: bool
    worst: State
    what: str
    inherited_from: str | None
    started_by: Place | None
    ended_by: Place | None
    cut_before: bool = False
    cut_after: bool = False


class Availability(NamedTuple):
    """A fraction of one, exact: `up` of `considered` (both in microseconds × a billion).

    `considered` is 0 where nothing counts; there is then no availability (SEMANTICS M3).
    """

    up: int
    considered: int


class Target(NamedTuple):
    """A service-level objective and what is left of its error budget (SEMANTICS K).

    `remaining` may be negative. `met` is None where nothing counts.
    """

    target: Share
    budget: Duration
    remaining: Duration
    met: bool | None


class ServiceReport(NamedTuple):
    """The figures of one service. `buckets` add up to the window (SEMANTICS M1)."""

    service: Service
    state: State
    buckets: Mapping[State, Duration]
    considered: Duration
    downtime: Duration
    own: Duration
    weighted_downtime: Duration
    availability: Availability
    target: Target | None
    outages: tuple[Outage, ...]

    @property
    def inherited(self) -> Duration:
        """The part of the downtime that only what it requires accounts for (SEMANTICS S5)."""
        return self.downtime - self.own


class File(NamedTuple):
    """A source the report is made of, and the digest that says which version of it."""

    path: str
    sha256: str


class Report(NamedTuple):
    """One window, one method, any number of services.

    `as_of` is None where nothing was open; `as_of_is_now` where the present clock closed it (T6).
    """

    title: str
    timezone: str
    files: tuple[File, ...]
    sources: tuple[Source, ...]
    label: str
    window: Span
    as_of: Instant | None
    as_of_is_now: bool
    method: Method
    services: tuple[ServiceReport, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
