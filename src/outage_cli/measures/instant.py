"""One instant of one service: what its streams say, what it inherits, what its calendar has.

The worst of all that is its bucket, because the order of the states is that of SEMANTICS M1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain as joined
from operator import attrgetter

from outage_cli.accounting.calendars import calendars, streams_with_overruns
from outage_cli.accounting.inheritance import passed_on
from outage_cli.accounting.requested_times import asked_time
from outage_cli.accounting.scope import Scope
from outage_cli.accounting.state_sequence import NEVER, Track
from outage_cli.accounting.state_sequence import StateChange as Change
from outage_cli.accounting.statements import Statement
from outage_cli.measures.edge_bounds import ScenarioBook
from outage_cli.measures.explanation import Chains
from outage_cli.model.event import AS_OF, SourceRef
from outage_cli.model.explanation import (
    BucketTest,
    CalendarInForce,
    InstantExplanation,
    Interval,
    RequirementInForce,
    StatementInForce,
)
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Service
from outage_cli.model.span import Instant, Span
from outage_cli.model.state import State
from outage_cli.model.timeline import Timeline
from outage_cli.when.clock.zones import known

_AT = attrgetter("at")


def requested_instant(
    text: str, scope: Scope, window: Span, timelines: Sequence[Timeline]
) -> Moment | ProblemText:
    """Return the moment that a text says, as a line in one of the files would, in a window."""
    moment, _ = asked_time(text, known(scope.timezone), timelines)
    if moment is None:
        hint = "write it as 2022-10-15 15:19, ~2022-10-15 15:33 or fire + 4h"
        return ProblemText("not-a-moment", f"`{text}` does not say when", hint)
    if not isinstance(moment, Moment):
        return moment._replace(code="not-a-moment")
    if not window.start <= moment.best < window.end:
        return _outside(text, moment.best, window, scope.as_of)
    return moment


def _outside(text: str, at: Instant, window: Span, as_of: Instant | None) -> ProblemText:
    if as_of is not None and window.end <= min(at, as_of) and at >= as_of:
        message = f"`{text}` is not before as-of, and nothing after it is known"
        return ProblemText("after-as-of", message, "ask for a later --as-of")
    message = f"`{text}` is outside of the window"
    return ProblemText("outside-window", message, "ask for a --window that it is in")


def instant(
    service: Service,
    books: Sequence[ScenarioBook],
    shown: int,
    intervals: Sequence[Interval],
    moment: Moment,
) -> InstantExplanation:
    """Return what is known of an instant in the window, on the scenario number `shown`.

    Raises AssertionError where what speaks for a bucket is not what the ledger has.
    """
    at, book = moment.best, books[shown]
    sayings = tuple(_sayings(service, book, at))
    requirements = tuple(_requirements(service, book, at))
    planned = tuple(_planned(service, book, at))
    here = intervals[_containing(intervals, at)]
    holding = {
        State.UP,
        *(each.counts_as for each in sayings),
        *(each.inherited for each in requirements),
        *(each.state for each in planned),
    }
    if max(holding) != here.bucket:
        raise AssertionError(f"{holding} hold, and yet the bucket is {here.bucket}")
    return InstantExplanation(
        requested=moment,
        at=at,
        interval=here,
        sayings=sayings,
        requirements=requirements,
        planned=planned,
        steps=tuple(BucketTest(state, state in holding) for state in reversed(State)),
        between=_between(intervals, moment),
        readings=tuple((each.name, _bucket(each, at)) for each in books),
    )


def _containing(intervals: Sequence[Interval], at: Instant) -> int:
    return bisect_right(intervals, at, key=attrgetter("start")) - 1


def _between(intervals: Sequence[Interval], moment: Moment) -> tuple[Interval, ...]:
    """Return the intervals that the bounds of a moment touch, as far as the window goes."""
    first = max(0, _containing(intervals, moment.first))
    return tuple(intervals[first : _containing(intervals, moment.last) + 1])


def _bucket(book: ScenarioBook, at: Instant) -> State | None:
    """Return the bucket of an instant on one scenario; None where its window does not reach."""
    window = book.window
    if not window.start <= at < window.end:
        return None
    return book.entries[bisect_right(book.entries, at, key=attrgetter("start")) - 1].bucket


def _sayings(service: Service, book: ScenarioBook, at: Instant) -> Iterator[StatementInForce]:
    """Yield what each stream says of a service (SEMANTICS S3)."""
    tracks = streams_with_overruns(service, book.statements, book.window)
    for file, track in zip(book.statements, tracks, strict=True):
        stream = file.streams.get(service.id, ())
        if not stream:
            continue
        after = _after(stream, at)
        holds, counted = stream[after - 1] if after else None, _holding(track, at)
        ends = stream[after] if after < len(stream) else None
        yield StatementInForce(
            file=file.timeline.file,
            state=holds.state if holds else State.UP,
            counts_as=counted.state if counted else State.UP,
            since=holds and holds.at,
            opened_by=holds and holds.cause,
            until=ends and ends.at,
            closed_by=ends and ends.cause,
        )


def _requirements(
    service: Service, book: ScenarioBook, at: Instant
) -> Iterator[RequirementInForce]:
    """Yield what is inherited from each requirement, and why where nothing is (SEMANTICS S5)."""
    ladders = book.scenario.histories.ladders
    chains = Chains(ladders)
    own = [*joined.from_iterable(each.streams.get(service.id, ()) for each in book.statements)]
    for need, imposed, inherited in passed_on(service.requires, ladders, own):
        change, passed = _holding(imposed, at), _holding(inherited, at)
        state = change.state if change else State.UP
        passes = passed.state if passed else State.UP
        is_silenced = passes == State.UP < state and need.at_worst > State.UP
        holds = passed if passed and passes else change
        yield RequirementInForce(
            services=need.services,
            needed=need.needed,
            at_worst=need.at_worst,
            state=state,
            inherited=passes,
            since=change and change.at,
            until=_until(imposed, at),
            opened_by=holds and holds.holder,
            via=chains.to(holds.via, holds.holder) if holds and state else (),
            spoken=_spoken(own, at) if is_silenced else None,
        )


def _after(track: Track, at: Instant) -> int:
    return bisect_right(track, at, key=_AT)


def _until(track: Track, at: Instant) -> Instant | None:
    after = _after(track, at)
    return track[after].at if after < len(track) else None


def _holding(track: Track, at: Instant) -> Change | None:
    after = _after(track, at)
    return track[after - 1] if after else None


def _spoken(own: Sequence[Statement], at: Instant) -> SourceRef | None:
    """Return the last line in which a service speaks for itself."""
    spoken = [each for each in own if each.at <= at and each.cause.way != AS_OF]
    return max(spoken, key=attrgetter("rank")).cause if spoken else None


def _planned(service: Service, book: ScenarioBook, at: Instant) -> Iterator[CalendarInForce]:
    """Yield what each calendar says that has anything to say of a service."""
    for track in calendars(service, book.statements, book.window):
        if not track:
            continue
        after = _after(track, at)
        holds = track[after - 1] if after else None
        since = holds.at if holds and holds.at > -NEVER else None
        until = track[after].at if after < len(track) and track[after].at < NEVER else None
        mark = (holds or track[0]).holder
        yield CalendarInForce(holds.state if holds else State.UP, since, until, mark)
