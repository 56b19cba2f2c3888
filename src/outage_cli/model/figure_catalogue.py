"""All figures of a service, each declared once. Every output of a figure follows from here.

A new figure is one declaration here and its heading in `figures` of each language. It is then a key
of the JSON and its schema, a column of CSV, TSV and Parquet, a gauge, a name in `--fail-if` and
`--columns`, and a row of `docs/figures.md`. Names and their order are frozen: see `in_order`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from outage_cli.model.figure import Figure, Kind, figure
from outage_cli.model.share import WHOLE
from outage_cli.model.state import STATES, State
from outage_cli.model.statistics import Ratio

if TYPE_CHECKING:
    from outage_cli.model.service_figures import Figures

WORST_WINDOWS = {"1h": "1 h", "1d": "1 d", "7d": "7 d", "30d": "30 d"}
"""The lengths of worst windows, as names and as people write them (SEMANTICS K)."""

FAILURES, BUDGETS = "failures", "budgets"
"""The tables of `--full` that show figures of a service."""


def _time_in(state: State) -> Figure:
    """Declare the time in a state."""
    return figure(
        f"{state.word}_time",
        Kind.TIME,
        lambda figures: figures.buckets[state],
        "Time in this state; the states fill the window.",
        "M1",
        is_total=True,
        json=f"seconds.{state.word}",
        json_range=f"seconds_range.{state.word}",
        csv=f"{state.word}_seconds",
        gauge="state",
        label=f'state="{state.word}"',
        condition=None if state is State.UP else f"{state.word}_time",
        column=state.word.replace("_", "-"),
    )


def _worst_window(name: str, length: str) -> Figure:
    """Declare the availability in the worst window of a length."""

    def availability(figures: "Figures") -> Ratio | None:
        window = figures.worst_windows.get(name)
        return window.availability.ratio if window else None

    return figure(
        f"worst_{name}_availability",
        Kind.SHARE,
        availability,
        f"Lowest availability over any {length} inside the window; none where the window is "
        "shorter.",
        "K",
        json=None,  # it has an object of its own, with the window
        gauge=None,
        condition=None,
        column=None,
    )


FIGURES: tuple[Figure, ...] = (
    figure(
        "downtime",
        Kind.TIME,
        lambda figures: figures.downtime,
        "Time in states that weigh something; each second once, whatever its weight.",
        "K",
        is_total=True,
    ),
    figure(
        "own",
        Kind.TIME,
        lambda figures: figures.own,
        "Part of the downtime that the service's own statements account for.",
        "S5",
        is_total=True,
        condition="own_downtime",
    ),
    figure(
        "inherited",
        Kind.TIME,
        lambda figures: figures.inherited,
        "Part of the downtime that came only from required services.",
        "S5",
        is_total=True,
        condition="inherited_downtime",
    ),
    figure(
        "weighted_downtime",
        Kind.TIME,
        lambda figures: figures.weighted_downtime,
        "Each second times the weight of its state.",
        "M3",
        is_total=True,
        column="weighted",
    ),
    figure(
        "considered",
        Kind.TIME,
        lambda figures: figures.considered,
        "Time that counts: in service, within hours, known, and not excluded by the method.",
        "M2",
        is_total=True,
    ),
    figure(
        "availability",
        Kind.SHARE,
        lambda figures: figures.availability.ratio,
        "1 − weighted downtime / considered; none where nothing is considered.",
        "M3",
    ),
    figure(
        "outages",
        Kind.COUNT,
        lambda figures: len(figures.outages),
        "Number of outages in the window, ongoing and cut ones included.",
        "M5",
        is_total=True,
        json=None,  # the list of outages has that key
        table=FAILURES,
    ),
    figure(
        "longest_outage",
        Kind.TIME,
        lambda figures: figures.longest_outage,
        "Longest outage in the window, ongoing and cut ones included; 0 without one.",
        "K",
        is_total=True,
        column="longest",
        table=FAILURES,
    ),
    figure(
        "ongoing",
        Kind.TRUTH,
        lambda figures: any(outage.ongoing for outage in figures.outages),
        "1 where an outage had not ended at as-of, 0 elsewhere.",
        "T6",
        is_total=True,
        is_bounded=False,
        json=None,
        csv=None,
    ),
    *(_time_in(state) for state in STATES),
    figure(
        "user_time_lost",
        Kind.USER_TIME,
        lambda figures: figures.user_time_lost,
        "Users affected times their downtime; none where no users are stated.",
        "K",
        needs="users",
        is_total=True,
        json="user_seconds_lost",
        csv="user_seconds_lost",
        column="users-lost",
    ),
    figure(
        "slo",
        Kind.SHARE,
        lambda figures: Ratio(figures.target.target, WHOLE) if figures.target else None,
        "Availability that is promised.",
        "K",
        needs="slo",
        is_total=True,
        is_bounded=False,
        json="slo.target",
        gauge="slo_target",
        condition=None,
        table=BUDGETS,
    ),
    figure(
        "budget",
        Kind.TIME,
        lambda figures: figures.target.budget if figures.target else None,
        "Error budget: (1 − target) × considered.",
        "K",
        needs="slo",
        is_total=True,
        json="slo.budget_seconds",
        gauge="slo_budget",
        table=BUDGETS,
    ),
    figure(
        "budget_left",
        Kind.TIME,
        lambda figures: figures.target.remaining if figures.target else None,
        "Error budget less weighted downtime; negative where it is overspent.",
        "K",
        needs="slo",
        is_total=True,
        json="slo.remaining_seconds",
        csv="budget_remaining_seconds",
        gauge="slo_budget_remaining",
        table=BUDGETS,
    ),
    figure(
        "slo_met",
        Kind.TRUTH,
        lambda figures: figures.target.met if figures.target else None,
        "Whether the target is met; none where nothing is considered.",
        "K",
        needs="slo",
        is_bounded=False,
        json="slo.met",
        gauge=None,
    ),
    figure(
        "budget_used",
        Kind.PERCENTAGE,
        lambda figures: figures.burn,
        "Share of the error budget that is spent; none without a budget.",
        "K",
        needs="slo",
        json=None,
        csv=None,
        gauge=None,
        column="spent",
        table=BUDGETS,
    ),
    figure(
        "burn_rate",
        Kind.RATE,
        lambda figures: figures.burn,
        "(1 − availability) / (1 − target); none without a budget.",
        "K",
        needs="slo",
        json="slo.burn_rate",
        gauge=None,
        table=BUDGETS,
    ),
    figure(
        "mtbf",
        Kind.TIME,
        lambda figures: figures.mtbf,
        "Mean time between failures: (considered − downtime) / outages; none without an outage.",
        "K",
        needs="outage",
        gauge=None,
        table=FAILURES,
    ),
    figure(
        "downtime_per_failure",
        Kind.TIME,
        lambda figures: figures.downtime_per_failure,
        "Downtime / outages; none without an outage.",
        "K",
        needs="outage",
        csv=None,
        gauge=None,
        column="down-per-failure",
        table=FAILURES,
    ),
    figure(
        "whole_outages",
        Kind.COUNT,
        lambda figures: figures.lengths.n,
        "Number of outages that began and ended in the window.",
        "K",
        is_total=True,
        json="outage_lengths.n",
        csv=None,
        gauge=None,
        condition=None,
        column=None,
        table=FAILURES,
    ),
    figure(
        "left_out",
        Kind.COUNT,
        lambda figures: len(figures.outages) - figures.lengths.n,
        "Number of outages that the window cuts or that are ongoing.",
        "K",
        is_total=True,
        is_bounded=False,
        json="outage_lengths.left_out",
        csv=None,
        gauge=None,
        condition=None,
        column=None,
    ),
    figure(
        "mean_outage",
        Kind.TIME,
        lambda figures: figures.lengths.mean,
        "Mean length of the outages that began and ended in the window; none of fewer than two.",
        "K",
        needs="outage",
        json="outage_lengths.mean_seconds",
        gauge=None,
        column="mean",
        table=FAILURES,
    ),
    figure(
        "median_outage",
        Kind.TIME,
        lambda figures: figures.lengths.median,
        "Median length of the outages that began and ended in the window.",
        "K",
        needs="outage",
        json="outage_lengths.median_seconds",
        gauge=None,
        column="median",
        table=FAILURES,
    ),
    figure(
        "p90_outage",
        Kind.TIME,
        lambda figures: figures.lengths.p90,
        "90th percentile of these lengths, by nearest rank.",
        "K",
        needs="outage",
        json="outage_lengths.p90_seconds",
        gauge=None,
        column="p90",
        table=FAILURES,
    ),
    figure(
        "longest_whole_outage",
        Kind.TIME,
        lambda figures: figures.lengths.max,
        "Longest outage that began and ended in the window.",
        "K",
        needs="outage",
        json="outage_lengths.max_seconds",
        csv=None,
        gauge=None,
        condition=None,
        column=None,
    ),
    *(_worst_window(name, length) for name, length in WORST_WINDOWS.items()),
)
"""The figures. The order is that of the gauges and of the manual."""


def in_order(first: Sequence[str]) -> Iterator[Figure]:
    """Yield all figures: first those whose place on an output is frozen, by key, then the others.

    What is added to the catalogue so comes last, and no public order changes.
    """
    by_key = {each.key: each for each in FIGURES}
    yield from (by_key.pop(key) for key in first)
    yield from by_key.values()
