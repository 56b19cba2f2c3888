"""What a figure of a service is: its unit, what computes it, and its public name on each output.

`figure_catalogue.py` declares the figures, each once. A public name is frozen: it stands in the
declaration where it is not the key of the figure.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from outage_cli.model.span import seconds
from outage_cli.model.statistics import Ratio

if TYPE_CHECKING:
    from outage_cli.model.service_figures import Figures, ServiceReport

Exact: TypeAlias = "int | Ratio | None"
"""A value that is not rounded; None where a service has no such figure."""

Number: TypeAlias = "int | float | None"
"""A value as machines read it: times in seconds, shares as fractions of 1."""

AS_KEY = ""
"""The public name of a figure that has its key for a name, with its unit where names have one."""


class Kind(Enum):
    """The unit of a figure. It decides how a value is written, read, compared and typed."""

    TIME = "seconds"
    """Microseconds, or a quotient of them; written in seconds."""

    USER_TIME = "user-seconds"
    """Users × microseconds; written in users × seconds."""

    SHARE = "fraction"
    """A quotient from 0 to 1."""

    PERCENTAGE = "percentage"
    """A quotient that may exceed 1."""

    RATE = "ratio"
    """A quotient that is written as a plain number."""

    COUNT = "count"
    """A whole number."""

    TRUTH = "truth"
    """True or false."""

    def number(self, value: Exact) -> Number:
        """Return a value as machines read it, unrounded (SEMANTICS M8)."""
        if value is None:
            return None
        if isinstance(value, Ratio):
            return value.seconds if self is Kind.TIME else value.value
        return seconds(value) if self in _TIMES else value


_TIMES = (Kind.TIME, Kind.USER_TIME)
_SUFFIXES = {Kind.TIME: "_seconds", Kind.USER_TIME: "_user_seconds"}
_UNITS = {
    Kind.TIME: "seconds",
    Kind.USER_TIME: "seconds",
    Kind.SHARE: "ratio",
    Kind.PERCENTAGE: "ratio",
}


class Figure(NamedTuple):
    """A figure of a service.

    `of` computes it from the figures of one scenario of the times. `means` is its definition, which
    `clause` of SEMANTICS gives. It `needs` what not every service has: `slo` or `users`; or an
    `outage`. One `is_total` has a value for every service that has what it needs. One `is_bounded`
    has a least and a greatest value over the scenarios (SEMANTICS M7).

    Its names, None where an output does not have it: `json` is the path of its key, `json_range`
    that of its bounds, `csv` a column of rows, `gauge` an OpenMetrics name without unit, of which
    `label` tells several figures apart, `condition` a name in `--fail-if` and `column` one in
    `--columns`. `table` is the table of `--full` that shows it.
    """

    key: str
    kind: Kind
    of: "Callable[[Figures], Exact]"
    means: str
    clause: str
    needs: str
    is_total: bool
    is_bounded: bool
    json: str | None
    json_range: str | None
    csv: str | None
    gauge: str | None
    label: str
    condition: str | None
    column: str | None
    table: str | None

    @property
    def gauge_unit(self) -> str:
        """The unit that ends the name of its gauge; empty where it has none."""
        return _UNITS.get(self.kind, "")

    def values(self, service: "ServiceReport") -> list[Exact]:
        """Return the exact values on all scenarios, the best one first."""
        return [self.of(scenario) for scenario in service.readings]

    def numbers(self, service: "ServiceReport") -> list[Number]:
        """Return the values on all scenarios as machines read them, the best one first."""
        return [self.kind.number(value) for value in self.values(service)]


def figure(  # noqa: PLR0913 - all but the first five say where it is not as others are
    key: str,
    kind: Kind,
    of: "Callable[[Figures], Exact]",
    means: str,
    clause: str,
    *,
    needs: str = "",
    is_total: bool = False,
    is_bounded: bool = True,
    json: str | None = AS_KEY,
    json_range: str | None = AS_KEY,
    csv: str | None = AS_KEY,
    gauge: str | None = AS_KEY,
    label: str = "",
    condition: str | None = AS_KEY,
    column: str | None = AS_KEY,
    table: str | None = None,
) -> Figure:
    """Declare a figure. It is on every output, under its key, unless something else is said.

    What is true or false has no column and no condition.
    """
    if kind is Kind.TRUTH:
        condition = column = None
    with_unit = key + _SUFFIXES.get(kind, "")
    json = with_unit if json == AS_KEY else json
    if json is None or not is_bounded:
        json_range = None
    elif json_range == AS_KEY:
        json_range = f"{json}_range"
    return Figure(
        key=key,
        kind=kind,
        of=of,
        means=means,
        clause=clause,
        needs=needs,
        is_total=is_total,
        is_bounded=is_bounded,
        json=json,
        json_range=json_range,
        csv=with_unit if csv == AS_KEY else csv,
        gauge=key if gauge == AS_KEY else gauge,
        label=label,
        condition=key if condition == AS_KEY else condition,
        column=key.replace("_", "-") if column == AS_KEY else column,
        table=table,
    )


def bounds(numbers: Iterable[Number]) -> "tuple[int | float, int | float] | None":
    """Return the least and the greatest of the numbers that are known; None where none is."""
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if known else None


def exact_bounds(values: Iterable[Exact]) -> "tuple[Exact, Exact]":
    """Return the least and the greatest of the exact values that are known."""
    known = sorted((value for value in values if value is not None), key=_size)
    return (known[0], known[-1]) if known else (None, None)


def _size(value: "int | Ratio") -> int | float:
    return value.value if isinstance(value, Ratio) else value
