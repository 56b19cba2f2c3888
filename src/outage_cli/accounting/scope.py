"""The scope of a report: its window, time zone, as-of and statements."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.accounting.calendars import planned
from outage_cli.accounting.requested_times import asked_time, asked_window
from outage_cli.accounting.state_sequence import NEVER
from outage_cli.accounting.statements import (
    BEST,
    Scenario,
    ScenarioInput,
    Statements,
    statements_of,
)
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import Duration, Instant, Span
from outage_cli.model.timeline import UTC, Timeline
from outage_cli.registry import CHART, NEEDS
from outage_cli.when.calendar.moments import until
from outage_cli.when.calendar.windows import Window
from outage_cli.when.clock.zones import known, zone

PRESENT = "now"
"""The as-of that is the present; a request may have it, a file may not."""


class ReportRequest(NamedTuple):
    """The parameters of a report. What is None is taken from the files. `now` is the present.

    `needs` are the parts of a report that its outputs show (`registry.NEEDS`): other parts are not
    computed. `moved` is how far the timelines have been moved already (`--shift`, `--start`).
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
    needs: frozenset[str] = NEEDS - {CHART}


class Scope(NamedTuple):
    """The window, cut at as-of, and the statements of each timeline, closed at its as-of.

    `as_of` is None where nothing needed one; `as_of_is_now` where the clock gave it (SEMANTICS T6).
    `estimate` is the scenario of the times (M7).
    """

    statements: tuple[Statements, ...]
    timezone: str
    label: str
    window: Span
    as_of: Instant | None
    as_of_is_now: bool
    estimate: Scenario = Scenario.BEST


def scope_of(
    timelines: Sequence[Timeline], request: ReportRequest, scenario: ScenarioInput = BEST
) -> Scope | ProblemText:
    """Return the scope of a request; what it lacks is that of the files (SEMANTICS T6, T7)."""
    info = zone_of(timelines, request)
    if isinstance(info, ProblemText):
        return info
    as_of = _as_of(timelines, request, info)
    if isinstance(as_of, ProblemText):
        return as_of
    statements = tuple(statements_of(each, as_of, request.now, scenario) for each in timelines)
    if request.window:
        spanned = _requested_window(request.window, statements, request, info)
    else:
        spanned = _own_window(statements, info if request.timezone else None, as_of)
    if isinstance(spanned, ProblemText):
        return spanned
    span, label, last = spanned
    if last <= span.start < span.end:
        hint = "look at an earlier --window, or a later --as-of"
        return ProblemText("after-as-of", f"nothing is known yet of {label or 'this window'}", hint)
    window = Span(min(span.start, last), min(span.end, last))
    if trouble := endless(statements, window):
        return trouble
    ends = [file.as_of for file in statements]
    return Scope(
        statements,
        info.key,
        label,
        window,
        max((end for end in ends if end is not None), default=None) if last == NEVER else last,
        request.now in {last, *ends},
        scenario.estimate,
    )


def last_of(statements: Iterable[Statements]) -> Instant:
    """Return the last as-of; one timeline without any leaves a window uncut (NEVER)."""
    return _last([file.as_of for file in statements])


def endless(statements: Iterable[Statements], window: Span) -> ProblemText | None:
    """Return the problem with planned work that has too many occurrences; None if there is none."""
    for file in statements:
        for work in file.timeline.maintenance:
            spans = planned(work, file, window) if work.repeats else ()
            if isinstance(spans, ProblemText):
                return spans
    return None


def zone_of(timelines: Sequence[Timeline], request: ReportRequest) -> ZoneInfo | ProblemText:
    """Return the zone of the request, else the one that all timelines share, else UTC."""
    zones = {timeline.timezone for timeline in timelines}
    return zone(request.timezone or (zones.pop() if len(zones) == 1 else UTC))


def window_of(statements: Statements, info: ZoneInfo | None) -> tuple[Span, str] | None:
    """Return the window that a timeline names, or that its state changes span, and its label.

    None where it has neither. The window is laid out in the zone `info`, else in the timeline's.
    """
    timeline = statements.timeline
    info = info or known(timeline.timezone)
    named = asked_window(timeline.window, info, [timeline]) if timeline.window else None
    if isinstance(named, Window):
        return named.span(last_of([statements])), named.label
    if not statements.streams:
        return None
    starts = [stream[0].at for stream in statements.streams.values()]
    ends = [stream[-1].at for stream in statements.streams.values()]
    return Span(min(starts), max(ends)), ""


Spanned: TypeAlias = tuple[Span, str, Instant]
"""A window, its label, and the as-of that cuts it: NEVER where none does."""


def _requested_window(
    text: str, statements: Sequence[Statements], request: ReportRequest, info: ZoneInfo
) -> Spanned | ProblemText:
    """Return the window of the request; `last …` ends at as-of, else at the present."""
    named = asked_window(text, info, [file.timeline for file in statements])
    if isinstance(named, ProblemText):
        return named
    ends = [file.as_of for file in statements]
    last = _last([request.now if end is None and named.last else end for end in ends])
    return named.span(last), named.label, last


def _own_window(
    statements: Sequence[Statements], info: ZoneInfo | None, as_of: Instant | None
) -> Spanned | ProblemText:
    """Return the window that the timelines name themselves, or that they span."""
    windows = [window for file in statements if (window := window_of(file, info))]
    if not windows:
        return _nothing([file.timeline for file in statements], as_of)
    labels = dict.fromkeys(label for _, label in windows)
    span = Span(min(each.start for each, _ in windows), max(each.end for each, _ in windows))
    label = " and ".join(labels) if all(labels) else ""
    return span, label, last_of(statements)


def _as_of(
    timelines: Sequence[Timeline], request: ReportRequest, info: ZoneInfo
) -> Instant | ProblemText | None:
    """Return the as-of of the request; of a day its end, else the best estimate."""
    if request.as_of is None:
        return None
    if request.as_of.strip().lower() == PRESENT:
        return request.now
    moment, counts_from_event = asked_time(request.as_of, info, timelines)
    if isinstance(moment, Moment):
        return until(request.as_of, moment) + (0 if counts_from_event else request.moved)
    hint = "write it as 2022-10-16 or 2022-10-16 22:00"
    return moment or ProblemText("not-a-moment", f"`{request.as_of}` does not say when", hint)


def _nothing(timelines: Sequence[Timeline], as_of: Instant | None) -> ProblemText:
    if as_of is not None and any(event.states for each in timelines for event in each.events):
        return ProblemText(
            "after-as-of", "nothing had happened yet at as-of", "ask for a later one"
        )
    message = "no state of any service is told, so there is no window to look at"
    return ProblemText(
        "nothing-happened", message, "say which service was down and when, or ask for a --window"
    )


def _last(ends: Iterable[Instant | None]) -> Instant:
    return max((NEVER if end is None else end for end in ends), default=NEVER)
