"""Moments as people state them: exact, about, between, by, after, or so long after something else.

A list of times is read as a whole, because a time leans on its neighbours: a bare `22:00` takes the
day before it, `+4h` counts from the one before, `fire + 4h` from the event with that id, wherever
it stands. No text makes this module raise; what is not a moment is a `ProblemText`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.quick import quick
from outage_cli.model.span import Duration, Instant
from outage_cli.model.timeline import ABOUT
from outage_cli.when.calendar.resolve import resolve, shown_in
from outage_cli.when.clock.civil_time import Wall
from outage_cli.when.clock.exact_times import exact_times
from outage_cli.when.clock.zones import FIRST, LAST
from outage_cli.when.words.expressions import (
    About,
    Between,
    NoEarlier,
    NoLater,
    Open,
    Shifted,
    Words,
    innermost,
    is_day,
    words,
)

__all__ = ["ABOUT", "LEANS", "Calendar", "Told", "moment", "moments", "until", "words"]

Told: TypeAlias = Moment | ProblemText | None
"""What a text turned out to say: a moment, None for `?`, or what is wrong with it."""

LEANS = ProblemText(
    "no-date",
    "the time that this one leans on cannot be read",
    "mend that one first, or give this one its date",
)
"""Of a time with nothing wrong but what it leans on. That has been told: this need not be."""


class Calendar(NamedTuple):
    """How a source tells time: its zone, and what "about" means in it."""

    zone: ZoneInfo
    about: Duration = ABOUT


def moment(
    text: str,
    calendar: Calendar,
    before: Moment | None = None,
    anchors: Mapping[str, Moment] = MappingProxyType({}),
) -> Told:
    """Return the one moment that `text` states; `before` and `anchors` are what it may lean on.

    The id of an event alone, where it is no time by itself, is the moment of that event.
    """
    at = exact_times(calendar.zone).exact(text)
    if at is not None:
        return Moment.exactly(at)
    said = words(text)
    if isinstance(said, ProblemText):
        return anchors.get(text.strip(), said)
    return meant(said, calendar, before, anchors)


def meant(
    said: Words, calendar: Calendar, before: Moment | None, anchors: Mapping[str, Moment]
) -> Told:
    """Return the one moment that words mean; `before` and `anchors` are what they may lean on."""
    anchor = _anchor(said)
    if anchor in anchors:
        before = anchors[anchor]
    return _Told(calendar, dict.fromkeys(anchors, 0)).told(said, before, has_clock=True)


def until(text: str, at: Moment) -> Instant:
    """Return the instant up to which a moment reaches that `text` says (SEMANTICS T5, T6).

    Of a whole day it is the end, of any other its best estimate.
    """
    return at.last if is_day(words(text)) else at.best


def moments(texts: Sequence[str], ids: Mapping[str, int], calendar: Calendar) -> list[Told]:
    """Return what each text says, in order. `ids` gives the index of each labelled one.

    Troubles beside those of `words` and `resolve`: `unknown-id` (no such anchor), `circular-time`,
    `no-anchor`, `no-date`, `runs-backwards` (SEMANTICS T4), `ends-early` (a range turned round).
    """
    exact = list(map(exact_times(calendar.zone).exact, texts))
    made = quick(Moment, "best", "earliest", "latest")
    if None not in exact:
        return [made(at, at, at) for at in exact]
    told = _Told(calendar, ids)
    for index, (text, at) in enumerate(zip(texts, exact, strict=True)):
        if at is None:
            told.said.append(words(text))
        else:
            told.said.append(_EXACT)
            told.found[index] = made(at, at, at)
    return told.all()


_EXACT = Wall(instant=0)
"""Stands for a time that was found at once and leans on nothing."""


class _Told:
    """The moments of one list, found in whatever order they lean on each other."""

    def __init__(self, calendar: Calendar, ids: Mapping[str, int]) -> None:
        self.calendar, self.ids = calendar, ids
        self.said: list[Words | ProblemText] = []
        self.found: dict[int, Told] = {}
        self.good: dict[int, Moment | None] = {}

    def all(self) -> list[Told]:
        for index in range(len(self.said)):
            if index not in self.found:
                self._find(index)
        return [self.found[index] for index in range(len(self.said))]

    def _find(self, index: int) -> None:
        """Find one moment, what it leans on first. A stack of our own: stories can be long."""
        waiting = [index]
        while waiting:
            at = waiting[-1]
            said = self.said[at]
            needed = None if isinstance(said, ProblemText) else self._leans_on(at, said)
            if at in self.found:
                waiting.pop()
            elif needed is None or needed in self.found:
                self.found[at] = said if isinstance(said, ProblemText) else self._tell(at, said)
                waiting.pop()
            elif needed in waiting:
                for each in waiting[waiting.index(needed) :]:
                    self.found[each] = ProblemText(
                        "circular-time",
                        "this time leans on itself, by way of the events it is relative to",
                        "give one of them a date and a time of its own",
                    )
            else:
                waiting.append(needed)

    def _leans_on(self, at: int, said: Words) -> int | None:
        """Return the index of the moment that must be known before this one, if any."""
        said = innermost(said)
        if isinstance(said, Shifted) and said.anchor is not None:
            return self.ids.get(said.anchor)
        if isinstance(said, Open) or (isinstance(said, Wall) and said.has_date and said.year):
            return None
        return self._before(at)

    def _before(self, at: int) -> int | None:
        """Return the index of the event before that happened at some time."""
        for before in range(at - 1, -1, -1):
            if not isinstance(self.said[before], Open):
                return before
        return None

    def _tell(self, at: int, said: Words) -> Told:
        index = self._leans_on(at, said)
        before = None if index is None else self.found[index]
        if index is None:
            return self.told(said, None, has_clock=False)
        if not isinstance(before, ProblemText):
            return self.told(said, before, has_clock=not _shows_day(self.said[index]))
        good = None if isinstance(innermost(said), Shifted) else self._good(index)
        if good is None:
            return self._fault(said) or LEANS
        told = self.told(said, good, has_clock=True)
        is_astray = isinstance(told, ProblemText) and told.code == "runs-backwards"
        return LEANS if is_astray else told

    def _good(self, at: int) -> Moment | None:
        """Return the moment that stands in for one that cannot be read: the good one before it."""
        passed = []
        while at not in self.good:
            passed.append(at)
            before = self._before(at)
            told = None if before is None else self.found.get(before)
            if before is None or not isinstance(told, ProblemText):
                self.good[at] = told if isinstance(told, Moment) else None
                break
            at = before
        self.good |= dict.fromkeys(passed, self.good[at])
        return self.good[at]

    def _fault(self, said: Words) -> ProblemText | None:
        """Return what is wrong with a time whatever it leans on, if anything is."""
        from outage_cli.when.words.time_problems import fault

        if isinstance(said, Between):
            return self._fault(said.first) or self._fault(said.last)
        if isinstance(said, Wall):
            return fault(said, said.written)
        return None if isinstance(said, Shifted | Open) else self._fault(said.of)

    def told(self, said: Words, before: Moment | None, *, has_clock: bool) -> Told:
        """Return the moment that words say after the moment `before` (SEMANTICS T5).

        A bare time before it is `runs-backwards` if that one has a clock too. Which comes first is
        for the best estimates to say (SEMANTICS T4, M7).
        """
        told = self._meant(said, before)
        if not has_clock or before is None or not isinstance(told, Moment):
            return told
        inner = innermost(said)
        is_bare = isinstance(inner, Wall) and not inner.has_date and inner.hour is not None
        return self._backwards(told, before, said) if is_bare and told.best < before.best else told

    def _backwards(self, told: Moment, before: Moment, said: Words) -> ProblemText:
        """Return that a time is before the one above it, as the clocks of its own zone show."""
        inner = innermost(said)
        named = inner.zone if isinstance(inner, Wall) else None
        ends = (told.first, told.last) if isinstance(said, Between) else (told.best,)
        clocks = [
            f"{shown_in(at, named, self.calendar.zone):%H:%M:%S}".removesuffix(":00")
            for at in (*ends, before.best)
        ]
        above = clocks.pop()
        zone = f" {named}" if named and named[1:].isalpha() else named or ""
        later = "..".join(
            f"{clock}{zone}>" if not at else f"{clock}{zone}" for at, clock in enumerate(clocks)
        )
        return ProblemText(
            "runs-backwards",
            f"{'..'.join(clocks)} is before {above}, the time above it",
            f"write {_LED.get(type(said), '')}{later} if it is the next day, or its date",
        )

    def _meant(self, said: Words, before: Moment | None) -> Told:
        if isinstance(said, Open):
            return None
        if isinstance(said, Wall):
            return self._wall(said, before)
        if isinstance(said, Shifted):
            return self._shifted(said, before)
        inner = self._meant(said.first if isinstance(said, Between) else said.of, before)
        if inner is None:
            hint = "write `after 15:00` for what has no later end"
            return ProblemText("not-a-moment", "a question mark cannot be a part of a time", hint)
        if isinstance(inner, ProblemText):
            return inner
        if inner.earliest is None or inner.latest is None:
            hint = "say it in one way, such as ~15:33 or by 15:33"
            return ProblemText("not-a-moment", "this is vague in two ways at once", hint)
        if isinstance(said, Between):
            return self._between(inner, self._meant(said.last, inner))
        if isinstance(said, About):
            margin = self.calendar.about if said.margin is None else said.margin
            return Moment(inner.best, inner.earliest - margin, inner.latest + margin)
        if isinstance(said, NoLater):
            return Moment(inner.latest, None, inner.latest)
        return Moment(inner.earliest, inner.earliest, None)

    def _between(self, first: Moment, last: Told) -> Told:
        if isinstance(last, ProblemText):
            return last
        if last is None or last.latest is None or first.earliest is None:
            hint = "write `after 15:00` for what has no later end"
            return ProblemText("not-a-moment", "this range has an open end", hint)
        earliest = first.earliest
        if last.latest < earliest or last.best < first.best:
            hint = "write the earlier time first, with its date where it is the day before"
            return ProblemText("ends-early", "this range ends before it starts", hint)
        return Moment((earliest + last.latest) // 2, earliest, last.latest)

    def _wall(self, wall: Wall, before: Moment | None) -> Told:
        zone = self.calendar.zone
        at = resolve(wall, shown_in(before.best, wall.zone, zone) if before else None, zone)
        if isinstance(at, ProblemText):
            return at
        if isinstance(at, tuple):
            return Moment((at[0] + at[1]) // 2, *at)
        return Moment.exactly(at)

    def _shifted(self, said: Shifted, before: Moment | None) -> Told:
        if said.anchor is not None and said.anchor not in self.ids:
            close = get_close_matches(said.anchor, self.ids, 1)
            hint = f"did you mean {close[0]}?" if close else "give the event it counts from that id"
            return ProblemText("unknown-id", f"no event has the id `{said.anchor}`", hint)
        if before is None:
            hint = "write the date and the time, or `id + 4h` with the id of a timed event"
            return ProblemText("no-anchor", "there is no time for this one to count from", hint)
        moved = before.moved(said.by)
        if not FIRST <= moved.best < LAST:
            return ProblemText(
                "not-a-moment", "this leads out of the calendar", "check the duration"
            )
        return moved


_LED = {About: "~", NoLater: "by ", NoEarlier: "after "}
"""What stands before a vague time."""


def _anchor(said: Words) -> str:
    inner = innermost(said)
    return (inner.anchor or "") if isinstance(inner, Shifted) else ""


def _shows_day(said: Words | ProblemText) -> bool:
    """Whether what is said is about a whole day, however roughly."""
    while isinstance(said, About | NoLater | NoEarlier):
        said = said.of
    return is_day(said)
