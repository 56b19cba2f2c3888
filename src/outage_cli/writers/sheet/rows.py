"""The sheet of a report, which CSV, TSV and Parquet write: one row a service or group.

The type of a column does not depend on its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from outage_cli.model import figure_catalogue
from outage_cli.model.figure import Figure, Kind, bounds
from outage_cli.model.report import Period, Report
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import seconds
from outage_cli.model.state import STATES
from outage_cli.model.totals import Totals
from outage_cli.writers.sheet.sheet import CellValue, Sheet, SheetColumn, ValueType

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison

_SERVICE = (
    SheetColumn("service", ValueType.TEXT),
    SheetColumn("name", ValueType.TEXT),
    SheetColumn("operator", ValueType.TEXT),
    SheetColumn("group", ValueType.TEXT),
    SheetColumn("users", ValueType.COUNT),
    SheetColumn("window_start", ValueType.INSTANT),
    SheetColumn("window_end", ValueType.INSTANT),
    SheetColumn("method", ValueType.TEXT),
    SheetColumn("state", ValueType.TEXT),
)
_GROUP = (
    SheetColumn("group_by", ValueType.TEXT),
    SheetColumn("group", ValueType.TEXT),
    SheetColumn("services", ValueType.COUNT),
    SheetColumn("window_start", ValueType.INSTANT),
    SheetColumn("window_end", ValueType.INSTANT),
    SheetColumn("method", ValueType.TEXT),
)
_TIMES = ("any_down_seconds", "all_down_seconds", "service_seconds")
_SHARES = ("mean_availability", "user_weighted_availability")
_PERIOD = SheetColumn("period", ValueType.TEXT)
_SHIFT = SheetColumn("shift_seconds", ValueType.NUMBER)

# The order of columns is frozen; figures that are not named here come last.
_FIRST = (
    "outages",
    "downtime",
    "own",
    "inherited",
    "weighted_downtime",
    "considered",
    "availability",
    "slo",
    "slo_met",
    *(f"{state.word}_time" for state in STATES),
)
_BOUNDED_FIRST = ("downtime", "availability")
_LATER = (
    "user_time_lost",
    "mtbf",
    "mean_outage",
    "median_outage",
    "p90_outage",
    "longest_outage",
    "budget",
    "budget_left",
    "burn_rate",
    *(f"worst_{name}_availability" for name in figure_catalogue.WORST_WINDOWS),
)


class _FigurePlaces(NamedTuple):
    """The figures of a row, and where in it their values go.

    A place is a column and the index of its value among best, least and greatest values, which
    follow each other. The period of a row stands between the two halves.
    """

    figures: Sequence[Figure]
    before_period: Sequence[tuple[SheetColumn, int]]
    after_period: Sequence[tuple[SheetColumn, int]]


def sheet(report: Report) -> Sheet:
    """Return the rows of a report: one a service, and of each period too.

    Of a report that is grouped they are its groups, and all services together. Of one that is moved
    those that it would have had follow, of one with milestones a row for each incident.
    """
    written = _sheet(report)
    if report.what_if:
        by, moved = seconds(report.what_if.by), _sheet(report.what_if.report)
        rows = [[*row, 0] for row in written.rows] + [[*row, by] for row in moved.rows]
        written = Sheet((*written.columns, _SHIFT), rows, report.timezone)
    if report.milestones:
        from outage_cli.writers.sheet.incidents import with_incidents  # few reports have them

        written = with_incidents(written, report.milestones)
    return written


def of_methods(comparison: Comparison, reasons: Sequence[Sequence[str]]) -> Sheet:
    """Return a row for each service and method, with the reason why it is not as by `standard`."""
    places, whole = _places(), Period("all", comparison.report.window, ())
    report = comparison.report._replace(periods=())
    rows = [
        [*_row(each.services[at], places, whole, report._replace(method=each.method)), reason]
        for at, by_method in enumerate(reasons)
        for each, reason in zip(comparison.methods, by_method, strict=True)
    ]
    columns = (*_columns(places, has_periods=False), SheetColumn("beside_standard", ValueType.TEXT))
    return Sheet(columns, rows, report.timezone)


def _sheet(report: Report) -> Sheet:
    whole = Period("all", report.window, report.services, report.totals, report.groups)
    parts = [*report.periods, whole]
    if report.group_by is not None:
        rows = [row for part in parts for row in _groups(part, report, report.group_by)]
        return Sheet(_group_columns(has_periods=bool(report.periods)), rows, report.timezone)
    places = _places()
    rows = [_row(each, places, part, report) for part in parts for each in part.services]
    return Sheet(_columns(places, has_periods=bool(report.periods)), rows, report.timezone)


def _places() -> _FigurePlaces:
    """Return where the figures of the catalogue go in a row."""
    figures = [each for each in figure_catalogue.in_order((*_FIRST, *_LATER)) if each.csv]
    at = {each.key: number for number, each in enumerate(figures)}

    def value(key: str) -> tuple[SheetColumn, int]:
        figure = figures[at[key]]
        return SheetColumn(figure.csv or "", type_of(figure.kind)), at[key]

    def ends(key: str) -> Iterator[tuple[SheetColumn, int]]:
        column, number = value(key)
        if figures[number].is_bounded:
            yield column._replace(name=f"{column.name}_min"), number + len(figures)
            yield column._replace(name=f"{column.name}_max"), number + 2 * len(figures)

    later = [key for key in (*_FIRST, *_LATER) if key not in _BOUNDED_FIRST]
    added = [each.key for each in figures if each.key not in {*_FIRST, *_LATER}]
    return _FigurePlaces(
        figures,
        [
            *map(value, _FIRST),
            *(place for key in _BOUNDED_FIRST for place in ends(key)),
            *map(value, _LATER),
        ],
        [
            *(place for key in later for place in ends(key)),
            *(place for key in added for place in (value(key), *ends(key))),
        ],
    )


def type_of(kind: Kind) -> ValueType:
    """Return the type of the values of a figure."""
    return {Kind.COUNT: ValueType.COUNT, Kind.TRUTH: ValueType.TRUTH}.get(kind, ValueType.NUMBER)


def _columns(places: _FigurePlaces, *, has_periods: bool) -> tuple[SheetColumn, ...]:
    return (
        *_SERVICE,
        *(column for column, _ in places.before_period),
        *([_PERIOD] if has_periods else []),
        *(column for column, _ in places.after_period),
    )


def _row(
    service: ServiceReport, places: _FigurePlaces, part: Period, report: Report
) -> list[CellValue]:
    values = _values(service, places.figures)
    return [
        service.service.id,
        service.service.name,
        service.service.operator,
        service.service.group,
        service.service.users,
        part.window.start,
        part.window.end,
        report.method.name,
        service.state.word,
        *[values[at] for _, at in places.before_period],
        *([part.label] if report.periods else []),
        *[values[at] for _, at in places.after_period],
    ]


def _values(service: ServiceReport, figures: Sequence[Figure]) -> list[CellValue]:
    """Return the best values of the figures, then the least, then the greatest (SEMANTICS M7)."""
    best, *others = (
        [figure.kind.number(figure.of(scenario)) for figure in figures]
        for scenario in service.readings
    )
    if not others:
        return [*best, *best, *best]
    ends = [bounds(numbers) or (None, None) for numbers in zip(best, *others, strict=True)]
    return [*best, *(least for least, _ in ends), *(greatest for _, greatest in ends)]


def _group_columns(*, has_periods: bool) -> tuple[SheetColumn, ...]:
    figures = (*_TIMES, *_SHARES)
    ends = (f"{name}_{end}" for name in figures for end in ("min", "max"))
    return (
        *_GROUP,
        *(SheetColumn(name, ValueType.NUMBER) for name in (*figures, *ends)),
        *([_PERIOD] if has_periods else []),
    )


def _groups(part: Period, report: Report, group_by: str) -> Iterator[list[CellValue]]:
    for totals in part.groups:
        yield _group(totals, group_by, part, report)
    if part.totals:
        yield _group(part.totals, "all", part, report)


def _group(totals: Totals, kind: str, part: Period, report: Report) -> list[CellValue]:
    scenarios = [
        (
            seconds(one.any_down),
            seconds(one.all_down),
            seconds(one.service_time),
            one.mean.fraction,
            one.user_weighted.fraction,
        )
        for one in (totals.best, *totals.others)
    ]
    ends = [bounds(numbers) or (None, None) for numbers in zip(*scenarios, strict=True)]
    return [
        kind,
        totals.label,
        len(totals.services),
        part.window.start,
        part.window.end,
        report.method.name,
        *scenarios[0],
        *(end for both in ends for end in both),
        *([part.label] if report.periods else []),
    ]
