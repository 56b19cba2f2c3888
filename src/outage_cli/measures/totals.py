r"""Totals of several services, always by the name of how they are rolled up (SEMANTICS M9).

```text
wiki         ____/‾‾‾‾‾‾‾\____________/‾‾\__
mail         ________/‾‾‾‾‾‾‾\______________
any_down         [-----------)        [--)
all_down             [---)
service_time     the two of them added up
```
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.books import Books
from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.measures.outages import outages
from outage_cli.model.event import SourceRef
from outage_cli.model.fast_tuples import quick
from outage_cli.model.method import Method
from outage_cli.model.service_figures import Availability, ServiceReport
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.totals import TAG, RollUp, Totals


class DowntimeSpan(NamedTuple):
    """A stretch of downtime and what a second of it weighs; `begun_by` began its outage."""

    start: Instant
    end: Instant
    weight: Share
    begun_by: SourceRef | None


_made = quick(DowntimeSpan, *DowntimeSpan._fields)

Pieces: TypeAlias = Sequence[DowntimeSpan]


def pieces(entries: Sequence[LedgerEntry], method: Method, *, with_causes: bool) -> Pieces:
    """Return the downtime of one service in order, with what began it if that is asked for."""
    weights = method.all_weights()
    down = [
        _made(entry.start, entry.end, weights[entry.bucket], None)
        for entry in entries
        if weights[entry.bucket] > 0 and entry.start < entry.end
    ]
    if not with_causes or not down:
        return down
    runs = outages(entries, method)
    ends = [outage.end for outage in runs]
    return [
        piece._replace(begun_by=runs[bisect_right(ends, piece.start)].started_by) for piece in down
    ]


class ServiceDowntimes:
    """The downtime of each service of the report on every scenario, to be summed up."""

    def __init__(self, books: Books, group_by: str | None) -> None:
        """Gather the downtime of the services that are asked for, to be grouped by `group_by`."""
        self.group_by = group_by
        self.pieces: Mapping[str, Sequence[Pieces]] = {
            name: [
                pieces(each.of(name).counted, books.method, with_causes=group_by == TAG)
                for each in books.scenarios
            ]
            for name in books.names
        }
        self.tags = {
            event.mark: event.tags
            for timeline in books.timelines
            for event in timeline.events
            if event.tags
        }

    def totals(self, reports: Sequence[ServiceReport], window: Span | None = None) -> Totals:
        """Return the totals of services, in the whole window or in a part of it."""
        return self._rolled_up("", reports, window, None)

    def groups(
        self, reports: Sequence[ServiceReport], window: Span | None = None
    ) -> tuple[Totals, ...]:
        """Return the totals of each group, in the order in which the services name them.

        By `tag` a service belongs to the tags of the events that began its outages, with the
        downtime of these outages only: to several, if one event has several tags. Services without
        the property are the last group.
        """
        if self.group_by is None:
            return ()
        members: dict[str, list[ServiceReport]] = {}
        for report in reports:
            for label in self._labels(report):
                members.setdefault(label, []).append(report)
        labels = sorted(members, key=lambda label: not label)
        is_tag = self.group_by == TAG
        return tuple(
            self._rolled_up(label, members[label], window, label if is_tag else None)
            for label in labels
        )

    def _labels(self, report: ServiceReport) -> Iterable[str]:
        if self.group_by != TAG:
            return (getattr(report.service, self.group_by or "") or "",)
        causes = dict.fromkeys(
            piece.begun_by for scenario in self.pieces[report.service.id] for piece in scenario
        )
        return dict.fromkeys(label for cause in causes for label in self._tagged(cause))

    def _tagged(self, cause: SourceRef | None) -> tuple[str, ...]:
        return (self.tags.get(cause) if cause else None) or ("",)

    def _rolled_up(
        self, label: str, reports: Sequence[ServiceReport], window: Span | None, tag: str | None
    ) -> Totals:
        names = [report.service.id for report in reports]
        users = [report.service.users for report in reports]
        scenarios = len(reports[0].readings) if reports else 1
        best, *others = (
            _roll_up(
                [self._inside(name, number, window, tag) for name in names],
                [report.readings[number].considered for report in reports],
                users,
            )
            for number in range(scenarios)
        )
        return Totals(label, tuple(names), best, tuple(others))

    def _inside(self, name: str, scenario: int, window: Span | None, tag: str | None) -> Pieces:
        """Return the downtime of a service in a window; with `tag` that of the tag only."""
        down = self.pieces[name][scenario]
        if window and down and (down[0].start < window.start or down[-1].end > window.end):
            first = bisect_right(down, window.start, key=lambda piece: piece.end)
            last = bisect_right(down, window.end - 1, key=lambda piece: piece.start)
            down = [
                piece._replace(start=max(piece.start, window.start), end=min(piece.end, window.end))
                for piece in down[first:last]
            ]
        if tag is None:
            return down
        return [piece for piece in down if tag in self._tagged(piece.begun_by)]


def _roll_up(
    down: Sequence[Pieces], considered: Sequence[Duration], users: Sequence[int | None]
) -> RollUp:
    lost = [sum([(end - start) * weight for start, end, weight, _ in one]) for one in down]
    shares = [
        (counted * WHOLE - gone, counted * WHOLE, weight)
        for gone, counted, weight in zip(lost, considered, users, strict=True)
        if counted
    ]
    return RollUp(
        *_overlaps(down),
        service_time=sum([end - start for one in down for start, end, _, _ in one]),
        mean=_mean([(up, whole, 1) for up, whole, _ in shares]),
        user_weighted=_mean([(up, whole, weight) for up, whole, weight in shares if weight]),
    )


def _overlaps(down: Sequence[Pieces]) -> tuple[Duration, Duration]:
    """Return how long any of them are down, and how long all of them.

    The pieces of one service lie apart, so as many are down at an instant as pieces have started
    and not ended. Between the end before the i-th and the i-th itself at least k are down from the
    start of number i + k on.
    """
    if not down:
        return 0, 0
    starts = sorted([each[0] for one in down for each in one])
    ends = sorted([each[1] for one in down for each in one])

    def at_least(number: int) -> Duration:
        turns = zip(starts[number - 1 :], starts[:1] + ends, ends, strict=False)
        return sum([end - max(start, before) for start, before, end in turns if start < end])

    any_down = at_least(1)
    return any_down, any_down if len(down) == 1 else at_least(len(down))


def _mean(shares: Sequence[tuple[int, int, int]]) -> Availability:
    """Return Σ weight × up / whole over Σ weight, as an exact fraction; 0 of 0 where none count."""
    together: dict[int, int] = {}
    for up, whole, weight in shares:
        together[whole] = together.get(whole, 0) + up * weight
    sums = [(up, whole) for whole, up in together.items()]
    while len(sums) > 1:  # by pairs, so that the numbers grow no faster than they must
        sums = [
            (a * other + b * whole, whole * other)
            for (a, whole), (b, other) in zip(sums[::2], sums[1::2], strict=False)
        ] + (sums[-1:] if len(sums) % 2 else [])
    weights = sum(weight for _, _, weight in shares)
    return Availability(sums[0][0], sums[0][1] * weights) if sums else Availability(0, 0)
