r"""Tracks: the state of a service over time, as a sequence of changes. It is up before the first.

```text
stream A     ______/‾‾down‾‾‾\_________________
stream B     __________/‾partial‾‾‾‾‾\_________
merged       ______/‾‾down‾‾‾\partial\\_________
```

Steps stand in the order of time and each one changes the state. Two steps at one instant are a
state of length zero; it is kept only where it is worse than what lies on both sides of it, because
an outage that ended the moment it began is still an outage (SEMANTICS M5).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge as in_order
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from outage_cli.model.event import SourceRef
from outage_cli.model.span import Instant
from outage_cli.model.state import STATES, State


class StateChange(NamedTuple):
    """From the instant `at` on the state is `state`.

    `cause` is the line that made the change, `holder` the line that states the state from here on.
    They differ where a worse state ends while a milder one goes on. `rank` is the best estimate of
    the change: the order of changes is that of their ranks (SEMANTICS M7). `via` is the service
    that the state is inherited from, None for an own state.
    """

    at: Instant
    state: State
    cause: SourceRef
    holder: SourceRef
    rank: Instant
    via: str | None = None


Track: TypeAlias = Sequence[StateChange]

NEVER: Instant = 1 << 62
"""Later than every other instant."""


def on_ladder(state: State) -> State:
    """Return a state of the ladder as it is, and up for every other state (SEMANTICS S1)."""
    return state if state <= State.DOWN else State.UP


def track(steps: Iterable[StateChange]) -> Track:
    """Return steps in the order of time as a track: without those that change nothing.

    That another service hands the same state down is a change too.
    """
    kept: list[StateChange] = []
    for step in steps:
        before = kept[-1].state if kept else State.UP
        if step.state == before and (not kept or _is_held(step, kept[-1])):
            continue
        if kept and kept[-1].at == step.at:
            under = kept[-2].state if len(kept) > 1 else State.UP
            if before < max(under, step.state) or before == step.state:
                kept.pop()
                if step.state == under and (len(kept) == 0 or _is_held(step, kept[-1])):
                    continue
        kept.append(step)
    return kept


def _is_held(step: StateChange, before: StateChange) -> bool:
    """Whether a state goes on unchanged: up, or inherited from the same service."""
    return step.via == before.via or not step.state


def merge(tracks: Sequence[Track], needed: int | None = None) -> Track:
    """Return the state that holds over several tracks: the worst of them (SEMANTICS S3).

    With `needed`, the state that so many of the tracks are not worse than: 1 is the best of them,
    all of them the worst (SEMANTICS S5).
    """
    if needed is None:
        tracks = [each for each in tracks if each]
        needed = len(tracks)
    if len(tracks) <= 1:
        return tracks[0] if tracks else ()
    return track(_merged(tracks, needed))


def _merged(tracks: Sequence[Track], needed: int) -> Iterator[StateChange]:
    """Yield the state after all changes at one instant, and before it the worst of zero length.

    A state of zero length is yielded only where every track counts. Of several tracks in the state
    that holds, `holder` is the line of the one that brought it while that one stays in it, then of
    the one that has been in it the longest.
    """
    holding: list[dict[int, StateChange]] = [{} for _ in STATES]
    last: list[StateChange | None] = [None] * len(tracks)
    counts = [0] * len(STATES)
    counts[State.UP] = len(tracks)
    before, holding_on = State.UP, -1
    numbered = ([(step.at, number, step) for step in each] for number, each in enumerate(tracks))
    turns = in_order(*numbered, key=itemgetter(0))
    for _, together in groupby(turns, key=itemgetter(0)):
        passing: StateChange | None = None
        step: StateChange | None = None
        number = -1
        for _, number, step in together:
            was = last[number]
            if was is not None and was.at == step.at and (not passing or was.state > passing.state):
                passing = was
            last[number] = step
            if was is None or was.state != step.state:
                counts[was.state if was else State.UP] -= 1
                holding[was.state if was else State.UP].pop(number, None)
                counts[step.state] += 1
            holding[step.state][number] = step
        if step is None:
            continue
        state = _kth(counts, needed)
        if passing and needed == len(tracks) and passing.state > max(before, state):
            yield passing
        if state != before or holding_on not in holding[state]:
            holding_on = number if step.state == state else next(iter(holding[state]), number)
        holder = last[holding_on] or step
        cause = holder.cause if holder.at == step.at else step.cause
        yield StateChange(step.at, state, cause, holder.holder, step.rank, holder.via)
        before = state


def _kth(counts: Sequence[int], needed: int) -> State:
    """Return the state that `needed` tracks are not worse than; `counts` has tracks by state."""
    held = 0
    for state in STATES:
        held += counts[state]
        if held >= needed:
            return state
    return State.UP


def changed(original: Track, change: Callable[[State], State]) -> Track:
    """Return a track with every state replaced."""
    if all(change(step.state) == step.state for step in original):
        return original
    return track(step._replace(state=change(step.state)) for step in original)
