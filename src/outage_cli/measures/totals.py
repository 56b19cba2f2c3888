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
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from outage_cli.accounting.ledger import LedgerEntry
from outage_cli.measures.outages import outages
from outage_cli.model.event import SourceRef
from outage_cli.model.method import Method
from outage_cli.model.quick import quick
from outage_cli.model.report import TAG, Availability, Report, RollUp, ServiceReport, Totals
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.timeline import Timeline


class DowntimeSpan(NamedTuple):
    """A stretch of downtime and what a second of it weighs; `begun_by` began its outage."""

    start: Instant
    end: Instant
    weight: Share
    begun_by: SourceRef | None


_made = quick(DowntimeSpan)

Pieces: TypeAlias = Sequence[DowntimeSpan]
Tags: TypeAlias = Callable[[SourceRef], tuple[str, ...]]


def pieces(entries: Sequence[LedgerEntry], method: Method, *, with_causes: bool) -> Pieces:
    """Return the downtime of one service in order, with what began it if that is asked for."""
    weights = method.all_weights()
    found = [
        _made((entry.start, entry.end, weights[entry.bucket], None))
        for entry in entries
        if weights[entry.bucket] > 0 and entry.start < entry.end
    ]
    if not with_causes or not found:
        return found
    begun = list(outages(entries, method))
    ends = [each.end for each in begun]
    return [
        each._replace(begun_by=begun[bisect_right(ends, each.start)].started_by) for each in found
    ]


def gathered(
    told: Report,
    accounted: Callable[[str], Sequence[Sequence[LedgerEntry]]],
    timelines: Iterable[Timeline],
) -> ServiceDowntimes:
    """Return the downtime of the services of a report, from their entries on every reading."""
    is_tagged = told.group_by == TAG
    tags = {event.mark: event.tags for each in timelines for event in each.events if event.tags}
    return ServiceDowntimes(
        {
            name: [pieces(each, told.method, with_causes=is_tagged) for each in accounted(name)]
            for name in (each.service.id for each in told.services)
        },
        told.group_by,
        lambda mark: tags.get(mark, ()),
    )


class ServiceDowntimes(NamedTuple):
    """The downtime of every service on every reading of the times, and how to group it.

    `tags` says how the event with a mark is tagged.
    """

    pieces: Mapping[str, Sequence[Pieces]]
    group_by: str | None
    tags: Tags

    def added(self, told: Report) -> Report:
        """Return a report with the totals of its window and of the parts of it."""
        return told._replace(
            totals=self._rolled("", told.services, None, None),
            groups=self._groups(told.services, None),
            periods=tuple(
                each._replace(
                    totals=self._rolled("", each.services, each.window, None),
                    groups=self._groups(each.services, each.window),
                )
                for each in told.periods
            ),
        )

    def _groups(self, reports: Sequence[ServiceReport], window: Span | None) -> tuple[Totals, ...]:
        """Return the totals of each group, in the order in which the services name them.

        By `tag` a service belongs to the tags of the events that began its outages, with the
        downtime of these outages only: to several, if one event has several tags. Services that
        lack what is asked for are a group of their own, the last.
        """
        if self.group_by is None:
            return ()
        members: dict[str, list[ServiceReport]] = {}
        for each in reports:
            for label in self._labels(each):
                members.setdefault(label, []).append(each)
        labels = sorted(members, key=lambda label: not label)
        is_tag = self.group_by == TAG
        return tuple(
            self._rolled(label, members[label], window, label if is_tag else None)
            for label in labels
        )

    def _labels(self, report: ServiceReport) -> Iterable[str]:
        if self.group_by != TAG:
            return (getattr(report.service, self.group_by or "") or "",)
        causes = dict.fromkeys(
            piece.begun_by for reading in self.pieces[report.service.id] for piece in reading
        )
        return dict.fromkeys(label for cause in causes for label in self._tagged(cause))

    def _tagged(self, cause: SourceRef | None) -> tuple[str, ...]:
        return (self.tags(cause) if cause else ()) or ("",)

    def _rolled(
        self, label: str, reports: Sequence[ServiceReport], window: Span | None, tag: str | None
    ) -> Totals:
        names = [each.service.id for each in reports]
        users = [each.service.users for each in reports]
        readings = len(reports[0].readings) if reports else 1
        best, *others = (
            _roll_up(
                [self._inside(name, at, window, tag) for name in names],
                [each.readings[at].considered for each in reports],
                users,
            )
            for at in range(readings)
        )
        return Totals(label, tuple(names), best, tuple(others))

    def _inside(self, name: str, reading: int, window: Span | None, tag: str | None) -> Pieces:
        """Return the part of a service's downtime in a window, and of one tag only if asked."""
        found = self.pieces[name][reading]
        if window and found and (found[0].start < window.start or found[-1].end > window.end):
            first = bisect_right(found, window.start, key=lambda each: each.end)
            last = bisect_right(found, window.end - 1, key=lambda each: each.start)
            found = [
                each._replace(start=max(each.start, window.start), end=min(each.end, window.end))
                for each in found[first:last]
            ]
        if tag is None:
            return found
        return [each for each in found if tag in self._tagged(each.begun_by)]


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
