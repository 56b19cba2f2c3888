"""Moments as people state them: exact, about, between, by, after, or so long after something else.

A list of times is read as a whole, because a time leans on its neighbours: a bare `22:00` takes the
day before it, `+4h` counts from the one before, `fire + 4h` from the event with that id, wherever
it stands. No text makes this module raise; what is not a moment is a `Trouble`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo

from outage_cli.model.moment import Moment
from outage_cli.model.problem import Trouble
from outage_cli.model.span import MINUTE, Duration
from outage_cli.when.durations import FORMS, duration
from outage_cli.when.wall import Wall, clocks, resolve, shown_in, strict
from outage_cli.when.zones import FIRST, LAST, local

ABOUT: Duration = 15 * MINUTE
"""What "about" means where the file does not say (SEMANTICS T5)."""

LONGEST_TEXT, LONGEST_SHOWN = 200, 60
EXAMPLES = "2022-10-15 15:19, ~15:33, 15:10..15:25, by 08:00, +4h or fire + 4h"


class Shifted(NamedTuple):
    """So long after the event called `anchor`, or after the one before where that is None."""

    anchor: str | None
    by: Duration


class About(NamedTuple):
    """A time give or take `margin`; None: the file's own "about"."""

    of: Words
    margin: Duration | None


class Between(NamedTuple):
    """Somewhere between two times."""

    first: Words
    last: Words


class NoLater(NamedTuple):
    """By then."""

    of: Words


class NoEarlier(NamedTuple):
    """Then or after."""

    of: Words


class Open(NamedTuple):
    """`?`: not known to have happened."""


Words: TypeAlias = Wall | Shifted | About | Between | NoLater | NoEarlier | Open
Told: TypeAlias = Moment | Trouble | None
"""What a text turned out to say: a moment, None for `?`, or what is wrong with it."""

_MARGINS = ("±", "+/-", "+-")
_ABOUT_BEFORE = (
    "~",
    "about ",
    "around ",
    "approximately ",
    "approx. ",
    "circa ",
    "ca. ",
    "c. ",
    "約",
    "약",
)
_ABOUT_AFTER = ("頃", "ごろ", "ころ", "경", "께", "쯤")
_NO_LATER = ("by ", "no later than ", "at the latest ")
_NO_EARLIER = ("after ", "no earlier than ")
HEDGES = frozenset(["about", "around", "approximately", "circa", "by", "after", "last"])
"""Words that times begin with; an event called by one of them could not be counted from."""

_SHIFTED = r"(?s)(?:(?P<anchor>[^\W\d][\w.-]*?)(?:\s*(?=\+)|\s+))?(?P<sign>[+−-])\s*(?P<by>\d.*)"
_LATER = r"(?is)(?P<by>\d.*?)\s*(?:\blater|\bafter\s+(?P<anchor>[^\W\d][\w.-]*)|後|뒤|후)"
_LATER_SIGNS = (" later", " after ", "後", "뒤", "후")


def words(text: str) -> Words | Trouble:
    """Return what a text says, before anything around it is known."""
    if wall := strict(text):
        return wall
    plain = normalize("NFKC", text).strip() if len(text) <= LONGEST_TEXT else ""
    if plain == "?":
        return Open()
    said = _hedged(plain) or _shifted(plain) or strict(plain)
    if said is None and plain:
        from outage_cli.when.lenient import lenient

        said = lenient(plain)
    if said is not None:
        return said
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    message = f"`{shown}` does not say when" if text.strip() else "nothing here says when"
    return Trouble("not-a-moment", message, f"write it as {EXAMPLES}")


def _hedged(text: str) -> Words | Trouble | None:
    for sign in _MARGINS:
        of, found, margin = text.partition(sign)
        if found:
            width = duration(margin)
            if width is None:
                return Trouble("not-a-duration", f"`{margin}` is no margin", f"write {FORMS}")
            return _wrapped(of.strip(), partial(About, margin=width))
    first, found, last = text.replace("…", "..").partition("..")
    if found:
        return _between(words(first.strip()), words(last.lstrip(".").strip()))
    if about := _led(text, _ABOUT_BEFORE):
        return _wrapped(about, partial(About, margin=None))
    if text.endswith(_ABOUT_AFTER):
        about = next(text.removesuffix(each) for each in _ABOUT_AFTER if text.endswith(each))
        return _wrapped(about.strip(), partial(About, margin=None))
    if by := _led(text, _NO_LATER):
        return _wrapped(by, NoLater)
    if after := _led(text, _NO_EARLIER):
        return _wrapped(after, NoEarlier)
    return None


def _led(text: str, words: tuple[str, ...]) -> str | None:
    """Return what follows if a text starts with one of the words."""
    lowered = text.lower()
    return next((text[len(each) :].strip() for each in words if lowered.startswith(each)), None)


def _between(first: Words | Trouble, last: Words | Trouble) -> Words | Trouble:
    if isinstance(first, Trouble):
        return first
    return last if isinstance(last, Trouble) else Between(first, last)


def _wrapped(text: str, wrap: Callable[[Words], Words]) -> Words | Trouble:
    of = words(text)
    return of if isinstance(of, Trouble) else wrap(of)


def _shifted(text: str) -> Words | Trouble | None:
    read = re.fullmatch(_SHIFTED, text)
    if not read and any(sign in text for sign in _LATER_SIGNS):
        read = re.fullmatch(_LATER, text)
    if not read:
        return None
    by = duration(read["by"])
    if by is None:
        if not read["anchor"]:
            return None
        return Trouble("not-a-duration", f"`{read['by']}` is no duration", f"write {FORMS}")
    sign = read.groupdict().get("sign") or "+"
    return Shifted(read["anchor"], by if sign == "+" else -by)


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
    """Return the one moment that `text` states; `before` and `anchors` are what it may lean on."""
    at = clocks(calendar.zone).exact(text)
    if at is not None:
        return Moment.exactly(at)
    said = words(text)
    if isinstance(said, Trouble):
        return said
    anchor = _anchor(said)
    if anchor in anchors:
        before = anchors[anchor]
    return _Told(calendar, (), dict.fromkeys(anchors, 0)).told(said, before, has_clock=True)


def moments(texts: Sequence[str], ids: Mapping[str, int], calendar: Calendar) -> list[Told]:
    """Return what each text says, in order. `ids` gives the index of each labelled one.

    Troubles beside those of `words` and `resolve`: `unknown-id` (no such anchor), `circular-time`,
    `no-anchor`, `no-date`, `runs-backwards` (SEMANTICS T4), `ends-early` (a range turned round).
    """
    return _Told(calendar, texts, ids).all()


_SOME_DAY = Moment.exactly(0)
_EXACT = Wall(instant=0)
"""Stands for a time that was found at once and leans on nothing."""


class _Told:
    """The moments of one list, found in whatever order they lean on each other."""

    def __init__(self, calendar: Calendar, texts: Sequence[str], ids: Mapping[str, int]) -> None:
        self.calendar, self.ids = calendar, ids
        self.said: list[Words | Trouble] = []
        self.found: dict[int, Told] = {}
        exact = clocks(calendar.zone).exact
        for index, text in enumerate(texts):
            at = exact(text)
            if at is None:
                self.said.append(words(text))
            else:
                self.said.append(_EXACT)
                self.found[index] = Moment(at, at, at)

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
            needed = None if isinstance(said, Trouble) else self._leans_on(at, said)
            if at in self.found:
                waiting.pop()
            elif needed is None or needed in self.found:
                self.found[at] = said if isinstance(said, Trouble) else self._tell(at, said)
                waiting.pop()
            elif needed in waiting:
                for each in waiting[waiting.index(needed) :]:
                    self.found[each] = Trouble(
                        "circular-time",
                        "this time leans on itself, by way of the events it is relative to",
                        "give one of them a date and a time of its own",
                    )
            else:
                waiting.append(needed)

    def _leans_on(self, at: int, said: Words) -> int | None:
        """Return the index of the moment that must be known before this one, if any."""
        said = _innermost(said)
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
        if isinstance(before, Trouble):
            alone = self.told(said, _SOME_DAY, has_clock=False)
            if isinstance(alone, Trouble):
                return alone  # wrong by itself, whatever it leans on
            leans = "the time that this one leans on cannot be read"
            return Trouble("no-date", leans, "mend that one first, or give this one its date")
        has_clock = index is None or not _is_day(self.said[index])
        return self.told(said, before, has_clock=has_clock)

    def told(self, said: Words, before: Moment | None, *, has_clock: bool) -> Told:
        """Return the moment that words say after the moment `before` (SEMANTICS T5)."""
        if isinstance(said, Open):
            return None
        if isinstance(said, Wall):
            return self._wall(said, before, has_clock=has_clock)
        if isinstance(said, Shifted):
            return self._shifted(said, before)
        inner = self.told(
            said.first if isinstance(said, Between) else said.of, before, has_clock=has_clock
        )
        if inner is None:
            hint = "write `after 15:00` for what has no later end"
            return Trouble("not-a-moment", "a question mark cannot be a part of a time", hint)
        if isinstance(inner, Trouble):
            return inner
        if inner.earliest is None or inner.latest is None:
            hint = "say it in one way, such as ~15:33 or by 15:33"
            return Trouble("not-a-moment", "this is vague in two ways at once", hint)
        if isinstance(said, Between):
            return self._between(inner, self.told(said.last, inner, has_clock=False))
        if isinstance(said, About):
            margin = self.calendar.about if said.margin is None else said.margin
            return Moment(inner.best, inner.earliest - margin, inner.latest + margin)
        if isinstance(said, NoLater):
            return Moment(inner.latest, None, inner.latest)
        return Moment(inner.earliest, inner.earliest, None)

    def _between(self, first: Moment, last: Told) -> Told:
        if isinstance(last, Trouble):
            return last
        if last is None or last.latest is None or first.earliest is None:
            hint = "write `after 15:00` for what has no later end"
            return Trouble("not-a-moment", "this range has an open end", hint)
        earliest = first.earliest
        if last.latest < earliest or last.best < first.best:
            hint = "write the earlier time first, with its date where it is the day before"
            return Trouble("ends-early", "this range ends before it starts", hint)
        return Moment((earliest + last.latest) // 2, earliest, last.latest)

    def _wall(self, wall: Wall, before: Moment | None, *, has_clock: bool) -> Told:
        zone = self.calendar.zone
        shown = shown_in(before.best, wall.zone, zone) if before else None
        at = resolve(wall, shown, zone)
        if isinstance(at, Trouble):
            return at
        if isinstance(at, tuple):
            return Moment((at[0] + at[1]) // 2, *at)
        if before and shown and has_clock and not wall.has_date and at < before.best:
            clock, above = (
                f"{each:%H:%M:%S}".removesuffix(":00") for each in (local(at, zone), shown)
            )
            return Trouble(
                "runs-backwards",
                f"{clock} is before {above}, the time above it",
                f"write {clock}> if it is the next day, or its date",
            )
        return Moment.exactly(at)

    def _shifted(self, said: Shifted, before: Moment | None) -> Told:
        if said.anchor is not None and said.anchor not in self.ids:
            close = get_close_matches(said.anchor, self.ids, 1)
            hint = f"did you mean {close[0]}?" if close else "give the event it counts from that id"
            return Trouble("unknown-id", f"no event has the id `{said.anchor}`", hint)
        if before is None:
            hint = "write the date and the time, or `id + 4h` with the id of a timed event"
            return Trouble("no-anchor", "there is no time for this one to count from", hint)
        moved = before.moved(said.by)
        if not FIRST <= moved.best < LAST:
            return Trouble("not-a-moment", "this leads out of the calendar", "check the duration")
        return moved


def _innermost(said: Words) -> Wall | Shifted | Open:
    """Return the time that all the rest is said about."""
    while not isinstance(said, Wall | Shifted | Open):
        said = said.first if isinstance(said, Between) else said.of
    return said


def _anchor(said: Words) -> str:
    inner = _innermost(said)
    return (inner.anchor or "") if isinstance(inner, Shifted) else ""


def _is_day(said: Words | Trouble) -> bool:
    while isinstance(said, About | NoLater | NoEarlier):
        said = said.of
    return isinstance(said, Wall) and said.hour is None and said.instant is None
