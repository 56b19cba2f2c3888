"""Moments from texts: exact, about, between, by, after, or a duration after another moment.

A list of texts is read as a whole, because a text can refer to other moments: a bare `22:00` is on
the day of the moment before it, `+4h` counts from the one before, `fire + 4h` from the event with
that id, anywhere in the list. What cannot be read is a `ProblemText`: no text makes it raise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from outage_cli.model.fast_tuples import quick
from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
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
    TimeExpression,
    innermost,
    is_day,
    words,
)

__all__ = [
    "ABOUT",
    "UNREADABLE_REFERENCE",
    "MomentResult",
    "TimeSettings",
    "moment",
    "moments",
    "until",
    "words",
]

MomentResult: TypeAlias = Moment | ProblemText | None
"""The result of reading a text: a moment, None for `?`, or the problem of the text."""

UNREADABLE_REFERENCE = ProblemText(
    "no-date",
    "the time that this one leans on cannot be read",
    "mend that one first, or give this one its date",
)
"""The result for a text whose only fault is that the moment it refers to has a problem.

That problem is reported where it is; this one need not be.
"""


class TimeSettings(NamedTuple):
    """What a source says about its times: its zone, and the margin that "about" stands for."""

    zone: ZoneInfo
    about: Duration = ABOUT


def moment(
    text: str,
    settings: TimeSettings,
    before: Moment | None = None,
    anchors: Mapping[str, Moment] = MappingProxyType({}),
) -> MomentResult:
    """Return the moment of `text`, which may refer to `before` or to one of `anchors`.

    The id of an event alone, where it is no time by itself, is the moment of that event.
    """
    at = exact_times(settings.zone).exact(text)
    if at is not None:
        return Moment.exactly(at)
    expression = words(text)
    if isinstance(expression, ProblemText):
        return anchors.get(text.strip(), expression)
    return moment_of(expression, settings, before, anchors)


def moment_of(
    expression: TimeExpression,
    settings: TimeSettings,
    before: Moment | None,
    anchors: Mapping[str, Moment],
) -> MomentResult:
    """Return the moment of an expression, which may refer to `before` or to one of `anchors`."""
    anchor = _anchor(expression)
    if anchor in anchors:
        before = anchors[anchor]
    return _MomentResolver(settings, dict.fromkeys(anchors, 0)).checked(
        expression, before, has_clock=True
    )


def until(text: str, at: Moment) -> Instant:
    """Return the last instant of the moment `at`, read from `text` (SEMANTICS T5, T6).

    Of a whole day it is the end, of any other moment its best estimate.
    """
    return at.last if is_day(words(text)) else at.best


def moments(
    texts: Sequence[str], ids: Mapping[str, int], settings: TimeSettings
) -> list[MomentResult]:
    """Return the result for each text, in order. `ids` gives the index of each labelled text.

    Problems beside those of `words` and `resolve`: `unknown-id` (no such anchor), `circular-time`,
    `no-anchor`, `no-date`, `runs-backwards` (SEMANTICS T4), `ends-early` (a range turned round).
    """
    exact = list(map(exact_times(settings.zone).exact, texts))
    made = quick(Moment, "best", "earliest", "latest")
    if None not in exact:
        return [made(at, at, at) for at in exact]
    resolver = _MomentResolver(settings, ids)
    for index, (text, at) in enumerate(zip(texts, exact, strict=True)):
        if at is None:
            resolver.expressions.append(words(text))
        else:
            resolver.expressions.append(_EXACT)
            resolver.results[index] = made(at, at, at)
    return resolver.all()


_EXACT = Wall(instant=0)
"""Stands for an exact time, whose moment is known and which refers to no other."""


class _MomentResolver:
    """The moments of one list, resolved in the order in which they refer to each other."""

    def __init__(self, settings: TimeSettings, ids: Mapping[str, int]) -> None:
        self.settings, self.ids = settings, ids
        self.expressions: list[TimeExpression | ProblemText] = []
        self.results: dict[int, MomentResult] = {}
        self.stand_ins: dict[int, Moment | None] = {}

    def all(self) -> list[MomentResult]:
        for index in range(len(self.expressions)):
            if index not in self.results:
                self._resolve(index)
        return [self.results[index] for index in range(len(self.expressions))]

    def _resolve(self, index: int) -> None:
        """Resolve one moment, after those that it refers to. A stack avoids deep recursion."""
        waiting = [index]
        while waiting:
            at = waiting[-1]
            expression = self.expressions[at]
            needed = (
                None if isinstance(expression, ProblemText) else self._reference(at, expression)
            )
            if at in self.results:
                waiting.pop()
            elif needed is None or needed in self.results:
                self.results[at] = (
                    expression
                    if isinstance(expression, ProblemText)
                    else self._result(at, expression)
                )
                waiting.pop()
            elif needed in waiting:
                for circular in waiting[waiting.index(needed) :]:
                    self.results[circular] = ProblemText(
                        "circular-time",
                        "this time leans on itself, by way of the events it is relative to",
                        "give one of them a date and a time of its own",
                    )
            else:
                waiting.append(needed)

    def _reference(self, at: int, expression: TimeExpression) -> int | None:
        """Return the index of the moment that this one refers to, if any."""
        expression = innermost(expression)
        if isinstance(expression, Shifted) and expression.anchor is not None:
            return self.ids.get(expression.anchor)
        if isinstance(expression, Open) or (
            isinstance(expression, Wall) and expression.has_date and expression.year
        ):
            return None
        return self._previous(at)

    def _previous(self, at: int) -> int | None:
        """Return the index of the nearest earlier text that is not `?`."""
        for before in range(at - 1, -1, -1):
            if not isinstance(self.expressions[before], Open):
                return before
        return None

    def _result(self, at: int, expression: TimeExpression) -> MomentResult:
        index = self._reference(at, expression)
        before = None if index is None else self.results[index]
        if index is None:
            return self.checked(expression, None, has_clock=False)
        if not isinstance(before, ProblemText):
            return self.checked(
                expression, before, has_clock=not _shows_day(self.expressions[index])
            )
        stand_in = None if isinstance(innermost(expression), Shifted) else self._stand_in(index)
        if stand_in is None:
            return self._fault(expression) or UNREADABLE_REFERENCE
        result = self.checked(expression, stand_in, has_clock=True)
        is_astray = isinstance(result, ProblemText) and result.code == "runs-backwards"
        return UNREADABLE_REFERENCE if is_astray else result

    def _stand_in(self, at: int) -> Moment | None:
        """Return the moment without a problem that is nearest before one with a problem."""
        passed = []
        while at not in self.stand_ins:
            passed.append(at)
            before = self._previous(at)
            result = None if before is None else self.results.get(before)
            if before is None or not isinstance(result, ProblemText):
                self.stand_ins[at] = result if isinstance(result, Moment) else None
                break
            at = before
        self.stand_ins |= dict.fromkeys(passed, self.stand_ins[at])
        return self.stand_ins[at]

    def _fault(self, expression: TimeExpression) -> ProblemText | None:
        """Return the problem that an expression has by itself, if any."""
        from outage_cli.when.words.time_problems import fault

        if isinstance(expression, Between):
            return self._fault(expression.first) or self._fault(expression.last)
        if isinstance(expression, Wall):
            return fault(expression, expression.written)
        return None if isinstance(expression, Shifted | Open) else self._fault(expression.of)

    def checked(
        self, expression: TimeExpression, before: Moment | None, *, has_clock: bool
    ) -> MomentResult:
        """Return the moment of an expression after the moment `before` (SEMANTICS T5).

        A bare time earlier than `before` is `runs-backwards`, if `before` has a time of day too.
        Best estimates are compared (SEMANTICS T4, M7).
        """
        result = self._moment(expression, before)
        if not has_clock or before is None or not isinstance(result, Moment):
            return result
        inner = innermost(expression)
        is_bare = isinstance(inner, Wall) and not inner.has_date and inner.hour is not None
        return (
            self._backwards(result, before, expression)
            if is_bare and result.best < before.best
            else result
        )

    def _backwards(self, moment: Moment, before: Moment, expression: TimeExpression) -> ProblemText:
        """Return `runs-backwards`, with both times on the clocks of the zone of the text."""
        inner = innermost(expression)
        named = inner.zone if isinstance(inner, Wall) else None
        ends = (moment.first, moment.last) if isinstance(expression, Between) else (moment.best,)
        clocks = [
            f"{shown_in(at, named, self.settings.zone):%H:%M:%S}".removesuffix(":00")
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
            f"write {_LED.get(type(expression), '')}{later} if it is the next day, or its date",
        )

    def _moment(self, expression: TimeExpression, before: Moment | None) -> MomentResult:
        if isinstance(expression, Open):
            return None
        if isinstance(expression, Wall):
            return self._wall(expression, before)
        if isinstance(expression, Shifted):
            return self._shifted(expression, before)
        inner = self._moment(
            expression.first if isinstance(expression, Between) else expression.of, before
        )
        if inner is None:
            hint = "write `after 15:00` for what has no later end"
            return ProblemText("not-a-moment", "a question mark cannot be a part of a time", hint)
        if isinstance(inner, ProblemText):
            return inner
        if inner.earliest is None or inner.latest is None:
            hint = "say it in one way, such as ~15:33 or by 15:33"
            return ProblemText("not-a-moment", "this is vague in two ways at once", hint)
        if isinstance(expression, Between):
            return self._between(inner, self._moment(expression.last, inner))
        if isinstance(expression, About):
            margin = self.settings.about if expression.margin is None else expression.margin
            return Moment(inner.best, inner.earliest - margin, inner.latest + margin)
        if isinstance(expression, NoLater):
            return Moment(inner.latest, None, inner.latest)
        return Moment(inner.earliest, inner.earliest, None)

    def _between(self, first: Moment, last: MomentResult) -> MomentResult:
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

    def _wall(self, wall: Wall, before: Moment | None) -> MomentResult:
        zone = self.settings.zone
        at = resolve(wall, shown_in(before.best, wall.zone, zone) if before else None, zone)
        if isinstance(at, ProblemText):
            return at
        if isinstance(at, tuple):
            return Moment((at[0] + at[1]) // 2, *at)
        return Moment.exactly(at)

    def _shifted(self, expression: Shifted, before: Moment | None) -> MomentResult:
        if expression.anchor is not None and expression.anchor not in self.ids:
            close = get_close_matches(expression.anchor, self.ids, 1)
            hint = f"did you mean {close[0]}?" if close else "give the event it counts from that id"
            return ProblemText("unknown-id", f"no event has the id `{expression.anchor}`", hint)
        if before is None:
            hint = "write the date and the time, or `id + 4h` with the id of a timed event"
            return ProblemText("no-anchor", "there is no time for this one to count from", hint)
        moved = before.moved(expression.by)
        if not FIRST <= moved.best < LAST:
            return ProblemText(
                "not-a-moment", "this leads out of the calendar", "check the duration"
            )
        return moved


_LED = {About: "~", NoLater: "by ", NoEarlier: "after "}
"""The prefix of a vague expression."""


def _anchor(expression: TimeExpression) -> str:
    inner = innermost(expression)
    return (inner.anchor or "") if isinstance(inner, Shifted) else ""


def _shows_day(expression: TimeExpression | ProblemText) -> bool:
    """Whether an expression is a whole day, exactly or vaguely."""
    while isinstance(expression, About | NoLater | NoEarlier):
        expression = expression.of
    return is_day(expression)
