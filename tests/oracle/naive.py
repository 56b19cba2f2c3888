"""An independent computation of SEMANTICS T6, S1 to S5 and M1 to M5, second by second.

It is written from the contract and shares only the values of the model with the code under test.
States are words here, so that it does not depend on their order in the code. All times are whole
seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from outage_cli.model.method import Method, Treatment
from outage_cli.model.service import Requirement, Service
from outage_cli.model.share import WHOLE
from outage_cli.model.span import SECOND, Instant
from outage_cli.model.timeline import Timeline

BESIDE = ("not_in_service", "out_of_hours", "unknown", "maintenance")
"""The buckets that come before the ladder, the first that fits (M1)."""

LADDER = ("up", "degraded", "partial", "down")
"""From best to worst (S1)."""


class Outage(NamedTuple):
    """A maximal run of seconds with weight, cut to the window; of length zero if start is end."""

    start: int
    end: int
    worst: str


class Figures(NamedTuple):
    """What there is to say of one service: the bucket of each second first, then the sums."""

    buckets: tuple[str, ...]
    considered: int
    downtime: int
    own: int
    inherited: int
    availability: Fraction | None
    outages: tuple[Outage, ...]
    final: str


class Second(NamedTuple):
    """What one second of one service is: its bucket, and what is stated and what is inherited.

    `worked_on` is whether a line says that it is in maintenance.
    """

    bucket: str
    stated: str
    inherited: str
    worked_on: bool = False


class File(NamedTuple):
    """What one timeline says of each service up to as-of, and when its open states are over."""

    timeline: Timeline
    streams: Mapping[str, Sequence[tuple[int, str]]]
    until: int | None


class Story(NamedTuple):
    """Every second of one service, what was said of it in each file, and what is asked of it."""

    told: Mapping[int, Second]
    said: Sequence[Sequence[tuple[int, str]]]
    start: int
    end: int
    method: Method


def figures(
    timelines: Sequence[Timeline],
    window: tuple[Instant, Instant],
    as_of: Instant | None,
    now: Instant,
    method: Method,
) -> dict[str, Figures]:
    """Return the figures of every service in a window that is asked for."""
    closed = [_as_of(each, as_of, now) for each in timelines]
    start, end = (_whole(each) for each in window)
    known = [each for each in closed if each is not None]
    if len(known) == len(closed):  # otherwise one of the files is not closed by anything
        start, end = min(start, max(known)), min(end, max(known))
    services = {name: each for timeline in timelines for name, each in timeline.services.items()}
    # What is open at as-of is still open at that instant: the state a service is left in shows it.
    files = [
        File(
            timeline,
            {name: _said(timeline, name, at) for name in services},
            at + 1 if at is not None and at == end else at,
        )
        for timeline, at in zip(timelines, closed, strict=True)
    ]
    values = _every_second(services, files, _beginning(timelines, start), end)
    return {
        name: _figures(
            Story(values[name], [file.streams[name] for file in files], start, end, method)
        )
        for name in services
    }


def seconds(
    timelines: Sequence[Timeline],
    window: tuple[Instant, Instant],
    as_of: Instant | None,
    now: Instant,
) -> tuple[dict[str, dict[int, Second]], int, int]:
    """Return every second up to the last that anything is said of, and which the window has."""
    closed = [_as_of(each, as_of, now) for each in timelines]
    start, end = (_whole(each) for each in window)
    known = [each for each in closed if each is not None]
    if len(known) == len(closed):
        start, end = min(start, max(known)), min(end, max(known))
    services = {name: each for timeline in timelines for name, each in timeline.services.items()}
    files = [
        File(each, {name: _said(each, name, at) for name in services}, at)
        for each, at in zip(timelines, closed, strict=True)
    ]
    last = max(
        [end, *known, *(s[-1][0] for each in files for s in each.streams.values() if s)],
        default=end,
    )
    return _every_second(services, files, _beginning(timelines, start), last - 1), start, end


def _whole(instant: Instant) -> int:
    assert instant % SECOND == 0
    return instant // SECOND


def _as_of(timeline: Timeline, request: Instant | None, now: Instant) -> int | None:
    """T6: what is asked for; otherwise the file's; otherwise the clock, if something is ongoing."""
    if request is not None:
        return _whole(request)
    if timeline.as_of:
        return _whole(timeline.as_of.best)
    stated = [_said(timeline, name, None) for name in timeline.services]
    if any(each[-1][1] != "up" for each in stated if each) or any(
        work.end is None for work in timeline.maintenance
    ):
        return _whole(now)
    return None


def _said(timeline: Timeline, service: str, as_of: int | None) -> list[tuple[int, str]]:
    """S3: what one file says about one service, in time; at equal instants as it is written."""
    stated = [
        (_whole(event.at.best), state.word)
        for event in timeline.events
        if event.at
        for state, names in event.states
        if service in names
    ]
    stated.sort(key=lambda each: each[0])
    return [(at, word) for at, word in stated if as_of is None or at <= as_of]


def _beginning(timelines: Sequence[Timeline], start: int) -> int:
    """Return a second before anything is said."""
    events = [event.at for timeline in timelines for event in timeline.events]
    return min([start, *(_whole(at.best) for at in events if at)]) - 2


def _every_second(
    services: Mapping[str, Service], files: Sequence[File], beginning: int, end: int
) -> dict[str, dict[int, Second]]:
    values: dict[str, dict[int, Second]] = {name: {} for name in services}
    order = _required_first(services)
    rung: dict[str, dict[int, str]] = {name: {beginning - 1: "up"} for name in services}
    inheriting: set[tuple[str, int]] = set()
    for at in range(beginning, end + 1):
        for name in order:
            inherited = "up"
            for number, need in enumerate(_needs(services[name])):
                now, before = _imposed(need, rung, at), _imposed(need, rung, at - 1)
                if _speaks(files, name, at) or now == "up":
                    inheriting.discard((name, number))
                elif LADDER.index(now) > LADDER.index(before):
                    inheriting.add((name, number))
                if (name, number) in inheriting:
                    inherited = _worst([inherited, _best([now, need.at_worst.word])])
            stated = [
                "down"
                if (word := _stated(file, name, at)) == "maintenance"
                and _overruns(file, files, name, at)
                else word
                for file in files
            ]
            on_ladder = _worst([each for each in stated if each in LADDER])
            rung[name][at] = _worst([on_ladder, inherited])
            beside = {*stated, *_calendar(services[name], files, at)}
            bucket = next((each for each in BESIDE if each in beside), rung[name][at])
            values[name][at] = Second(bucket, on_ladder, inherited, "maintenance" in stated)
    return values


def _required_first(services: Mapping[str, Service]) -> list[str]:
    order: list[str] = []
    while len(order) < len(services):
        for name, service in services.items():
            needs = {each for need in service.requires for each in need.services}
            if name not in order and needs <= set(order):
                order.append(name)
    return order


def _needs(service: Service) -> Iterator[Requirement]:
    """Yield what is inherited each by itself. All of a list is one after the other (S5)."""
    for need in service.requires:
        if need.needed == len(need.services):
            for name in need.services:
                yield Requirement((name,), 1, need.at_worst)
        else:
            yield need


def _imposed(need: Requirement, rung: Mapping[str, Mapping[int, str]], at: int) -> str:
    """S5: the k-th best of what is required. Its cap is for what is inherited, not for this."""
    return sorted((rung[name][at] for name in need.services), key=LADDER.index)[need.needed - 1]


def _speaks(files: Sequence[File], service: str, at: int) -> bool:
    """Whether the service itself says something, whatever it is. Being closed says nothing."""
    return any(stated == at for file in files for stated, _ in file.streams[service])


def _stated(file: File, service: str, at: int) -> str:
    """S3, S4: what holds in one stream. T6: what is open at as-of is not known after it."""
    word = "up"
    for stated, state in file.streams[service]:
        if stated <= at:
            word = state
    is_over = file.until is not None and at >= file.until
    return "unknown" if is_over and word != "up" else word


def _overruns(file: File, files: Sequence[File], service: str, at: int) -> bool:
    """M6: whether a window has ended since this file began to say that there is maintenance."""
    since = at
    while _stated(file, service, since - 1) == "maintenance":
        since -= 1
    edges = [
        _whole(work.end.best)
        for each in files
        for work in each.timeline.maintenance
        if work.end and service in work.services
    ]
    return any(
        since < edge <= at
        and _announced(files, service, edge - 1)
        and not _announced(files, service, edge)
        for edge in edges
    )


def _announced(files: Sequence[File], service: str, at: int) -> bool:
    """Whether planned work on a service is announced for a second."""
    for file in files:
        for work in file.timeline.maintenance:
            until = _whole(work.end.best) if work.end else file.until
            begun = _whole(work.start.best) <= at
            if service in work.services and begun and (until is None or at < until):
                return True
    return False


def _calendar(service: Service, files: Sequence[File], at: int) -> Iterator[str]:
    start, end = service.in_service
    if (start and at < _whole(start.best)) or (end and at >= _whole(end.best)):
        yield "not_in_service"
    if _announced(files, service.id, at):
        yield "maintenance"


def _worst(words: Sequence[str]) -> str:
    return max(words, key=LADDER.index, default="up")


def _best(words: Sequence[str]) -> str:
    return min(words, key=LADDER.index)


def _weight(word: str, method: Method) -> Fraction:
    """M4: what a second of a state weighs. Only the ladder weighs anything."""
    weights = {state.word: Fraction(share, WHOLE) for state, share in method.weights.items()}
    return weights.get(word, Fraction(0)) if word in LADDER else Fraction(0)


def _figures(story: Story) -> Figures:
    """M2 and M3."""
    inside = [story.told[at] for at in range(story.start, story.end)]
    excluded = {"not_in_service", "out_of_hours", "unknown"}
    if story.method.maintenance is Treatment.EXCLUDE:
        excluded.add("maintenance")
    considered = sum(each.bucket not in excluded for each in inside)
    bad = [each for each in inside if _weight(each.bucket, story.method)]
    own = sum(bool(_weight(each.stated, story.method)) for each in bad)
    lost = sum((_weight(each.bucket, story.method) for each in bad), Fraction(0))
    return Figures(
        buckets=tuple(each.bucket for each in inside),
        considered=considered,
        downtime=len(bad),
        own=own,
        inherited=len(bad) - own,
        availability=1 - lost / considered if considered else None,
        outages=tuple(_outages(story)),
        final=story.told[story.end].bucket,
    )


def _outages(story: Story) -> Iterator[Outage]:
    """M5. A run takes in the states of length zero that it touches, and is cut to the window."""

    def weighs(at: int) -> bool:
        return bool(_weight(story.told[at].bucket, story.method))

    def blinks(at: int) -> list[str]:
        return [each for each in _blinks(story, at) if _weight(each, story.method)]

    at = story.start
    while at < story.end:
        first = at
        while at < story.end and weighs(at):
            at += 1
        if first < at:
            states = [story.told[each].bucket for each in range(first, at)]
            touching = range(first, at + 1 if at < story.end else at)
            short = [each for instant in touching for each in blinks(instant)]
            yield Outage(first, at, _worst([*states, *short]))
            continue
        if blinks(at) and not weighs(at - 1):
            yield Outage(at, at, _worst(blinks(at)))
        at += 1


def _blinks(story: Story, at: int) -> Iterator[str]:
    """Yield the stated states that were over at the instant they began, if nothing hid them."""
    if story.told[at].bucket in LADDER:
        for stated in story.said:
            words = [word for instant, word in stated if instant == at]
            yield from (word for word in words[:-1] if word in LADDER)
