"""The cell of a figure of a service in a table, with its bounds, by the kind of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from outage_cli.model import share
from outage_cli.model.figure import Exact, Figure, Kind, exact_bounds
from outage_cli.model.method import Method
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.statistics import Ratio

if TYPE_CHECKING:
    from outage_cli.languages.en import English


def cell(figure: Figure, service: ServiceReport, method: Method, say: English) -> str:
    """Return the value of a figure with its bounds (SEMANTICS M7), or why there is none.

    It is empty where a service lacks what the figure needs, and where there was no outage.
    """
    values = figure.values(service)
    if values[0] is None:
        return say.not_applicable if figure.needs == "slo" and service.best.target else ""
    least, greatest = exact_bounds(values)
    shown = spelt(figure.kind, (values[0], least, greatest), method.decimals, say)
    is_ongoing = figure.key == "longest_outage" and service.best.longest_is_ongoing
    return say.with_ongoing(shown) if is_ongoing else shown


def spelt(kind: Kind, values: Sequence[Exact], decimals: int, say: English) -> str:
    """Return the best value and, where they differ, its least and greatest one."""
    if kind in {Kind.SHARE, Kind.PERCENTAGE}:
        cut = decimals if kind is Kind.SHARE else 1
        best, low, high = (share.percent(*_ratio(value), cut) for value in values)
        return say.percentage(best) if low == high else say.percentage_bounded(best, low, high)
    if kind is Kind.RATE:
        return say.figure_bounded(*(rate(_ratio(value)) for value in values))
    whole = [_floor(value) for value in values]
    if kind is Kind.TIME:
        return say.bounded(*whole)
    if kind is Kind.USER_TIME:
        return say.user_time_bounded(*whole)
    return say.figure_bounded(*map(str, whole))


def rate(ratio: Ratio) -> str:
    """Return a burn rate, cut to two decimals: `14.40`; 1 spends the budget in its window."""
    hundredths = ratio.part * 100 // ratio.whole
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def _ratio(value: Exact) -> Ratio:
    return value if isinstance(value, Ratio) else Ratio(value or 0, 1)


def _floor(value: Exact) -> int:
    return value.floor if isinstance(value, Ratio) else value or 0
