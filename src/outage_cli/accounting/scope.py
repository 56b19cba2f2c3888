"""The frame of a report: which stretch of time it is about, in which zone, and what closes it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.accounting.requested_times import asked_time, asked_window
from outage_cli.accounting.streams import (
    BEST,
    NEVER,
    Scenario,
    ScenarioInput,
    Statements,
    planned,
    said,
)
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Service
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.timeline import UTC, Timeline
from outage_cli.when.calendar.moments import until
from outage_cli.when.calendar.windows import Window
from outage_cli.when.clock.zones import known, zone

PRESENT = "now"
"""The as-of that moves on: it can be asked for, and no file says it."""


class ReportRequest(NamedTuple):
    """What a report is asked for. What is None is taken from the files. `now` is the present.

    `charted` asks for the chart too, `swept` for the worst windows, `traced` for the blast radius
    and the roots of outages: few outputs show them.
    """

    now: Instant
    window: str | None = None
    timezone: str | None = None
    as_of: str | None = None
    services: tuple[str, ...] = ()
    by: str | None = None
    shift: str | None = None
    start: str | None = None
    moved: Duration = 0
    group_by: str | None = None
    charted: bool = False
    swept: bool = True
    traced: bool = True


class Scope(NamedTuple):
    """The window, cut at as-of, and what the timelines say, each closed at the as-of it has.

    `as_of` is None where nothing needed one; `as_of_is_now` where the clock gave it (SEMANTICS T6).
    `estimate` is how the times were read (M7).
    """

    told: tuple[Statements, ...]
    timezone: str
    label: str
    window: Span
    as_of: Instant | None
    as_of_is_now: bool
    estimate: Scenario = Scenario.BEST


def frame(
    timelines: Sequence[Timeline], asked: ReportRequest, lean: ScenarioInput = BEST
) -> Scope | ProblemText:
    """Return the frame that is asked for, else the files' own (SEMANTICS T6, T7)."""
    info = zone_of(timelines, asked)
    if isinstance(info, ProblemText):
        return info
    as_of = _as_of(timelines, asked, info)
    if isinstance(as_of, ProblemText):
        return as_of
    told = tuple(said(each, as_of, asked.now, lean) for each in timelines)
    if asked.window:
        spanned = _asked(asked.window, told, asked, info)
    else:
        spanned = _told(told, info if asked.timezone else None, as_of)
    if isinstance(spanned, ProblemText):
        return spanned
    span, label, last = spanned
    if last <= span.start < span.end:
        hint = "look at an earlier --window, or a later --as-of"
        return ProblemText("after-as-of", f"nothing is known yet of {label or 'this window'}", hint)
    cut = Span(min(span.start, last), min(span.end, last))
    if trouble := endless(told, cut):
        return trouble
    return Scope(
        told,
        info.key,
        label,
        cut,
        max((each.as_of for each in told if each.as_of is not None), default=None)
        if last == NEVER
        else last,
        asked.now in {last, *(each.as_of for each in told)},
        lean.estimate,
    )


Spanned: TypeAlias = tuple[Span, str, Instant]
"""A window, its label, and the as-of that cuts it: NEVER where none does."""


def _asked(
    text: str, told: Sequence[Statements], asked: ReportRequest, info: ZoneInfo
) -> Spanned | ProblemText:
    """Return the window that is asked for; `last …` ends at the present where no as-of is."""
    named = asked_window(text, info, [each.timeline for each in told])
    if isinstance(named, ProblemText):
        return named
    last = last_of(
        [asked.now if each.as_of is None and named.last else each.as_of for each in told]
    )
    return named.span(last), named.label, last


def _told(
    told: Sequence[Statements], info: ZoneInfo | None, as_of: Instant | None
) -> Spanned | ProblemText:
    """Return the window that the timelines name themselves, or that they span."""
    found = [each for one in told for each in own(one, info)]
    if not found:
        return _nothing([each.timeline for each in told], as_of)
    labels = dict.fromkeys(label for _, label in found)
    span = Span(min(each.start for each, _ in found), max(each.end for each, _ in found))
    label = " and ".join(labels) if all(labels) else ""
    return span, label, last_of([each.as_of for each in told])


def endless(told: Sequence[Statements], cut: Span) -> ProblemText | None:
    """Return the trouble with planned work that comes again without measure."""
    for one in told:
        for work in one.timeline.maintenance:
            spans = planned(work, one, cut) if work.repeats else ()
            if isinstance(spans, ProblemText):
                return spans
    return None


def _as_of(
    timelines: Sequence[Timeline], asked: ReportRequest, info: ZoneInfo
) -> Instant | ProblemText | None:
    """Return the as-of that is asked for; of a day its end, else the best estimate."""
    if asked.as_of is None:
        return None
    if asked.as_of.strip().lower() == PRESENT:
        return asked.now
    found, counts_from_event = asked_time(asked.as_of, info, timelines)
    if isinstance(found, Moment):
        return until(asked.as_of, found) + (0 if counts_from_event else asked.moved)
    hint = "write it as 2022-10-16 or 2022-10-16 22:00"
    return found or ProblemText("not-a-moment", f"`{asked.as_of}` does not say when", hint)


def _nothing(timelines: Sequence[Timeline], as_of: Instant | None) -> ProblemText:
    if as_of is not None and any(event.states for each in timelines for event in each.events):
        return ProblemText(
            "after-as-of", "nothing had happened yet at as-of", "ask for a later one"
        )
    message = "no state of any service is told, so there is no window to look at"
    return ProblemText(
        "nothing-happened", message, "say which service was down and when, or ask for a --window"
    )


def last_of(ends: Sequence[Instant | None]) -> Instant:
    """Return the last as-of; one timeline without any leaves the window uncut."""
    return max((NEVER if each is None else each for each in ends), default=NEVER)


def united(timelines: Iterable[Timeline]) -> Mapping[str, Service]:
    """Return the services of all timelines. What the first one leaves open, the next may say."""
    found: dict[str, Service] = {}
    for timeline in timelines:
        for name, service in timeline.services.items():
            first = found.get(name, service)
            blank = Service(name, name, timezone=first.timezone, mark=first.mark)
            fields = zip(Service._fields, first, service, blank, strict=True)
            said: dict[str, Any] = {
                key: new for key, old, new, empty in fields if old == empty != new
            }
            found[name] = first._replace(**said)
    return found


def zone_of(timelines: Sequence[Timeline], asked: ReportRequest) -> ZoneInfo | ProblemText:
    """Return the zone that is asked for, else the one that all timelines are in, else UTC."""
    zones = {each.timezone for each in timelines}
    return zone(asked.timezone or (zones.pop() if len(zones) == 1 else UTC))


def own(said: Statements, info: ZoneInfo | None) -> Iterator[tuple[Span, str]]:
    """Yield the window that a timeline names, or that its state changes span, and its label."""
    timeline = said.timeline
    info = info or known(timeline.timezone)
    named = asked_window(timeline.window, info, [timeline]) if timeline.window else None
    if isinstance(named, Window):
        yield named.span(last_of([said.as_of])), named.label
    elif said.streams:
        starts = [statements[0].at for statements in said.streams.values()]
        ends = [statements[-1].at for statements in said.streams.values()]
        yield Span(min(starts), max(ends)), ""
