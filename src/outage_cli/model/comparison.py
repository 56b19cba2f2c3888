"""The comparison: the same window under several methods, and what makes their figures differ."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.method import Method
from outage_cli.model.report import Report
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Duration
from outage_cli.model.state import State


class DifferenceCause(StrEnum):
    """Why the figures of a method differ from those of another (SEMANTICS M4)."""

    WEIGHT = "weight"
    TREATMENT = "treatment"
    MIN_OUTAGE = "min-outage"
    WHOLE_MINUTES = "whole-minutes"


class Difference(NamedTuple):
    """One cause why the figures of a method differ from those of `standard`.

    `state` is the state with another weight or treatment; None for a rule about runs. It adds
    `lost` to the weighted downtime, in microseconds × a billion, and `considered` to the considered
    time. `outages` is the number of outages that it removes.
    """

    cause: DifferenceCause
    state: State | None
    lost: int
    considered: Duration
    outages: int = 0


class MethodResult(NamedTuple):
    """One method: the figures of each service, and why they are not those of `standard`."""

    method: Method
    services: tuple[ServiceReport, ...]
    differences: tuple[tuple[Difference, ...], ...]


class Comparison(NamedTuple):
    """The report on a window under `standard`, and the figures of every method."""

    report: Report
    methods: tuple[MethodResult, ...]
