"""The frame of a report: which stretch of time it is about, in which zone, and what closes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from outage_cli.accounting.streams import NEVER, streams
from outage_cli.model.moment import Moment
from outage_cli.model.problem import Trouble
from outage_cli.model.service import Service
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State
from outage_cli.model.timeline import UTC, Timeline
from outage_cli.when.moments import Calendar, moment
from outage_cli.when.windows import window
from outage_cli.when.zones import zone


class Asked(NamedTuple):
    """What a report is asked for. What is None is taken from the files. `now` is the present."""

    now: Instant
    window: str | None = None
    timezone: str | None = None
    as_of: str | None = None
    services: tuple[str, ...] = ()


class Frame(NamedTuple):
    """The window, cut at as-of, and the timelines with the as-of that closes each of them.

    `as_of` is None where nothing needed one; `as_of_is_now` where the clock gave it (SEMANTICS T6).
    """

    timelines: tuple[Timeline, ...]
    timezone: str
    label: str
    window: Span
    as_of: Instant | None
    as_of_is_now: bool


def frame(timelines: Sequence[Timeline], asked: Asked) -> Frame | Trouble:
    """Return the frame that is asked for, else the files' own (SEMANTICS T6, T7)."""
    info = zone(asked.timezone or _common({each.timezone for each in timelines}))
    if isinstance(info, Trouble):
        return info
    as_of = moment(asked.as_of, Calendar(info)) if asked.as_of else None
    if isinstance(as_of, Trouble):
        return as_of
    closed = tuple(_closed(each, as_of, asked.now) for each in timelines)
    ends = [each.as_of.best if each.as_of else NEVER for each in closed]
    if asked.window:
        named = window(asked.window, info)
        if isinstance(named, Trouble):
            return named
        needs_as_of = named.last is not None and NEVER in ends
        ends = [asked.now if each == NEVER and needs_as_of else each for each in ends]
        span, label = named.span(max(ends)), named.label
    else:
        told = [each for timeline in closed for each in _own(timeline)]
        if not told:
            hint = "say which service was down and when, or ask for a --window"
            return Trouble("nothing-happened", "no state of any service is told", hint)
        span = Span(min(each.start for each, _ in told), max(each.end for each, _ in told))
        label = (
            " and ".join(dict.fromkeys(label for _, label in told))
            if all(label for _, label in told)
            else ""
        )
    last = max(ends)
    return Frame(
        closed,
        info.key,
        label,
        Span(min(span.start, last), min(span.end, last)),
        None if last == NEVER else last,
        any(each == asked.now for each in ends),
    )


def united(timelines: Iterable[Timeline]) -> Mapping[str, Service]:
    """Return the services of all timelines. What the first one leaves open, the next may say."""
    found: dict[str, Service] = {}
    for timeline in timelines:
        for name, service in timeline.services.items():
            first, blank = found.get(name, service), Service(name, name)
            fields = zip(Service._fields, first, service, blank, strict=True)
            said: dict[str, Any] = {key: new for key, old, new, empty in fields if old == empty}
            found[name] = first._replace(**said)
    return found


def _common(zones: set[str]) -> str:
    return zones.pop() if len(zones) == 1 else UTC


def _closed(timeline: Timeline, as_of: Moment | None, now: Instant) -> Timeline:
    """Return a timeline with the as-of that holds: asked for, its own, or now if it is open."""
    if as_of or timeline.as_of:
        return timeline._replace(as_of=as_of or timeline.as_of)
    is_open = any(each[-1].state > State.UP for each in streams(timeline).values())
    if is_open or any(work.end is None for work in timeline.maintenance):
        return timeline._replace(as_of=Moment.exactly(now))
    return timeline


def _own(timeline: Timeline) -> Iterator[tuple[Span, str]]:
    """Yield the window that a timeline names, or that its state changes span, and its label."""
    as_of = timeline.as_of.best if timeline.as_of else NEVER
    info = zone(timeline.timezone)
    named = (
        window(timeline.window, info) if timeline.window and not isinstance(info, Trouble) else None
    )
    if named and not isinstance(named, Trouble):
        yield named.span(as_of), named.label
        return
    told = [each for statements in streams(timeline).values() for each in statements]
    if told:
        yield Span(min(each.at for each in told), max(each.at for each in told)), ""
