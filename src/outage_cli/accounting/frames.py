"""The frame of a report: which stretch of time it is about, in which zone, and what closes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from outage_cli.accounting.streams import NEVER, Said, said
from outage_cli.model.problem import Trouble
from outage_cli.model.service import Service
from outage_cli.model.span import Instant, Span
from outage_cli.model.timeline import UTC, Timeline
from outage_cli.when.moments import Calendar, moment
from outage_cli.when.windows import Window, window
from outage_cli.when.zones import known, zone


class Asked(NamedTuple):
    """What a report is asked for. What is None is taken from the files. `now` is the present."""

    now: Instant
    window: str | None = None
    timezone: str | None = None
    as_of: str | None = None
    services: tuple[str, ...] = ()


class Frame(NamedTuple):
    """The window, cut at as-of, and what the timelines say, each closed at the as-of it has.

    `as_of` is None where nothing needed one; `as_of_is_now` where the clock gave it (SEMANTICS T6).
    """

    told: tuple[Said, ...]
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
    told = tuple(said(each, as_of and as_of.best, asked.now) for each in timelines)
    ends = [each.as_of for each in told]
    if asked.window:
        named = window(asked.window, info)
        if isinstance(named, Trouble):
            return named
        if named.last is not None:
            ends = [asked.now if each is None else each for each in ends]
        span, label = named.span(_last(ends)), named.label
    else:
        own = [each for one in told for each in _own(one)]
        if not own:
            hint = "say which service was down and when, or ask for a --window"
            return Trouble("nothing-happened", "no state of any service is told", hint)
        span = Span(min(each.start for each, _ in own), max(each.end for each, _ in own))
        labels = dict.fromkeys(label for _, label in own)
        label = " and ".join(labels) if all(labels) else ""
    last = _last(ends)
    return Frame(
        told,
        info.key,
        label,
        Span(min(span.start, last), min(span.end, last)),
        None if last == NEVER else last,
        asked.now in ends,
    )


def _last(ends: Sequence[Instant | None]) -> Instant:
    """Return the last as-of; one timeline without any leaves the window uncut."""
    return max((NEVER if each is None else each for each in ends), default=NEVER)


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


def _own(said: Said) -> Iterator[tuple[Span, str]]:
    """Yield the window that a timeline names, or that its state changes span, and its label."""
    timeline = said.timeline
    named = window(timeline.window, known(timeline.timezone)) if timeline.window else None
    if isinstance(named, Window):
        yield named.span(_last([said.as_of])), named.label
    elif said.streams:
        starts = [statements[0].at for statements in said.streams.values()]
        ends = [statements[-1].at for statements in said.streams.values()]
        yield Span(min(starts), max(ends)), ""
