"""The figures of one service on every scenario of the times. Nothing is rounded here."""

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from outage_cli.model.outage import Outage, OutageBounds
from outage_cli.model.service import Service
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Duration, Span
from outage_cli.model.state import State
from outage_cli.model.statistics import Ratio, Statistics, Value, bounds


class Availability(NamedTuple):
    """A fraction of one, exact: `up` of `considered` (both in microseconds × a billion).

    `considered` is 0 where nothing counts; there is then no availability (SEMANTICS M3).
    """

    up: int
    considered: int

    @property
    def fraction(self) -> float | None:
        """The fraction as a number, or None where nothing counts."""
        return self.up / self.considered if self.considered else None

    @property
    def ratio(self) -> Ratio | None:
        """The fraction as an exact quotient, or None where nothing counts."""
        return Ratio(self.up, self.considered) if self.considered else None


class WorstWindow(NamedTuple):
    """The window of one length in which a service did worst (SEMANTICS K).

    `availability` is that of its considered time alone, of which there is some.
    """

    window: Span
    availability: Availability

    @property
    def considered(self) -> Duration:
        """How much of it is considered (SEMANTICS M2)."""
        return self.availability.considered // WHOLE

    def burn(self, target: Share) -> Ratio | None:
        """Return the burn rate in it: its error rate by the one that a target allows."""
        up, considered = self.availability
        allowed = (WHOLE - target) * self.considered
        return Ratio(considered - up, allowed) if allowed else None


class Target(NamedTuple):
    """A service-level objective and what is left of its error budget (SEMANTICS K).

    `remaining` may be negative. `met` is None where nothing counts.
    """

    target: Share
    budget: Duration
    remaining: Duration
    met: bool | None


class _FigureFields(NamedTuple):
    """The fields of `Figures`."""

    buckets: Mapping[State, Duration]
    considered: Duration
    downtime: Duration
    own: Duration
    weighted_downtime: Duration
    availability: Availability
    target: Target | None
    outages: tuple[Outage, ...]
    user_time_lost: int | None
    worst_windows: Mapping[str, WorstWindow | None] = MappingProxyType({})


class Figures(_FigureFields):
    """The figures of one service, on one reading of its times (SEMANTICS M7).

    `buckets` add up to the window (M1). `own` is the part of the downtime that the service itself
    accounts for, the rest it inherited from what it requires (S5). `user_time_lost` is in users ×
    microseconds, None where nobody says how many users there are (SEMANTICS K). `worst_windows`
    are by the name of their length, such as `1h`; None where the window is shorter.
    """

    @property
    def mtbf(self) -> Ratio | None:
        """The mean time between failures: (considered − downtime) / failures (SEMANTICS K).

        A failure is an outage in the window. None where there was none.
        """
        failures = len(self.outages)
        return Ratio(self.considered - self.downtime, failures) if failures else None

    @property
    def downtime_per_failure(self) -> Ratio | None:
        """The mean downtime of a failure: A = MTBF / (MTBF + this) holds (SEMANTICS K).

        A is the unweighted availability, 1 − downtime / considered.
        """
        failures = len(self.outages)
        return Ratio(self.downtime, failures) if failures else None

    @cached_property
    def lengths(self) -> Statistics:
        """The lengths of the outages that began and ended in the window (SEMANTICS K)."""
        return Statistics.of(each.length for each in self.outages if each.is_whole)

    @property
    def longest_outage(self) -> Duration:
        """The length of the longest outage in the window; 0 where there was none (SEMANTICS K).

        Unlike `lengths` it counts outages that are ongoing and those that the window cuts.
        """
        return max([each.length for each in self.outages], default=0)

    @property
    def longest_is_ongoing(self) -> bool:
        """Whether an outage of that length had not ended at as-of."""
        longest = self.longest_outage
        return any(each.ongoing and each.length == longest for each in self.outages)

    @property
    def burn(self) -> Ratio | None:
        """The burn rate: the error rate by the one that the target allows (SEMANTICS K).

        Over the window of the budget it is the share of the budget that is spent. None without a
        budget: no target, one of 100 %, or nothing considered.
        """
        if self.target is None:
            return None
        up, considered = self.availability
        allowed = (WHOLE - self.target.target) * self.considered
        return Ratio(considered - up, allowed) if allowed else None

    @property
    def inherited(self) -> Duration:
        """The part of the downtime that only what it requires accounts for."""
        return self.downtime - self.own


class ServiceReport(NamedTuple):
    """What a report says of one service: its figures on the best reading of the times.

    `others` are those on the kindest and the harshest reading; none where all times are exact.
    `state` is the one it is left in at the window's end.
    """

    service: Service
    state: State
    best: Figures
    others: tuple[Figures, ...] = ()

    @property
    def readings(self) -> tuple[Figures, ...]:
        """The figures on every reading of the times, the best one first (SEMANTICS M7)."""
        return self.best, *self.others

    def between(self, figure: Callable[[Figures], Value]) -> tuple[Value, Value]:
        """Return the least and the greatest that a figure can be."""
        return bounds(self.readings, figure)

    def edges(self) -> list[OutageBounds]:
        """Return between what each outage began, ended and lasted; nothing where all is exact.

        The other readings have it where the same lines began and ended one of theirs.
        """
        if not self.others:
            return []
        begun = [{each.started_by: each for each in one.outages} for one in self.others]
        ended = [{each.ended_by: each for each in one.outages} for one in self.others]
        found = []
        for outage in self.best.outages:
            first = [one.get(outage.started_by, outage) for one in begun]
            last = [one.get(outage.ended_by, outage) for one in ended]
            starts = [outage.start, *(each.start for each in first)]
            ends = [outage.end, *(each.end for each in last)]
            lengths = [outage.length]
            for one, other in zip(first, last, strict=True):
                lengths.append(one.length if one == other else max(0, other.end - one.start))
            edges = (Span(min(each), max(each)) for each in (starts, ends, lengths))
            found.append(OutageBounds(*edges))
        return found
