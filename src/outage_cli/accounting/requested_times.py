"""Times and windows of a request; they may count from events, by id, as in `fire + 4h`.

Ids are collected only for a text that cannot be read without them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText, shortened
from outage_cli.model.timeline import Timeline
from outage_cli.when.calendar.moments import MomentResult, TimeSettings, moment
from outage_cli.when.calendar.windows import Window, window

T = TypeVar("T")


def asked_time(
    text: str, info: ZoneInfo, timelines: Sequence[Timeline]
) -> tuple[MomentResult, bool]:
    """Return what a time says (SEMANTICS T5), and whether it counts from an event, as `fire + 4h`.

    One that does moves with the event.
    """
    time = moment(text, TimeSettings(info))
    if not isinstance(time, ProblemText):
        return time, False
    moments, shared = _labelled(timelines)
    if trouble := _shared(text, shared):
        return trouble, True
    time = moment(text, TimeSettings(info), None, moments)
    return _with_text(text, time), True


def asked_window(text: str, info: ZoneInfo, timelines: Sequence[Timeline]) -> Window | ProblemText:
    """Return the window that a text names (SEMANTICS T7), `fire..fire + 30h` among its forms."""
    named = window(text, info)
    if not isinstance(named, ProblemText):
        return named
    moments, shared = _labelled(timelines)
    named = _shared(text, shared) or window(text, info, moments)
    return _with_text(text, named)


def _with_text(text: str, result: T) -> T | ProblemText:
    """Return a result; a trouble whose message does not quote what was read begins with it.

    What is asked for stands in no line of a file that could be shown.
    """
    if not isinstance(result, ProblemText) or re.search(r"[`\d]", result.message):
        return result
    return result._replace(message=f"`{shortened(text)}`: {result.message}")


def _labelled(timelines: Iterable[Timeline]) -> tuple[Mapping[str, Moment], set[str]]:
    """Return the events whose id has one meaning, and the ids that several files give away."""
    moments: dict[str, Moment] = {}
    shared: set[str] = set()
    for timeline in timelines:
        named = {event.id: event.at for event in timeline.events if event.id and event.at}
        shared |= {name for name in named.keys() & moments.keys() if named[name] != moments[name]}
        moments |= named
    return {name: at for name, at in moments.items() if name not in shared}, shared


def _shared(text: str, shared: Iterable[str]) -> ProblemText | None:
    """Return that a text counts from an event of which there are several, if so."""
    for name in sorted(set(shared) & set(re.findall(r"[^\W\d][\w.-]*", text))):
        hint = "write the time itself, or give one of the events another id"
        return ProblemText("unknown-id", f"several files have an event with the id `{name}`", hint)
    return None
