"""The states of a service. Their order is the rule that gives each second its bucket."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """What a service is, second by second. Of several that hold at once the greatest one counts.

    The first four are the ladder of SEMANTICS S1, from best to worst. `MAINTENANCE` and `UNKNOWN`
    stand beside it; the last two come from a service's calendar and are never stated. The order of
    all eight is that of SEMANTICS M1 read backwards, so `max` finds the first bucket that fits.
    """

    UP = 0
    DEGRADED = 1
    PARTIAL = 2
    DOWN = 3
    MAINTENANCE = 4
    UNKNOWN = 5
    OUT_OF_HOURS = 6
    NOT_IN_SERVICE = 7

    @property
    def word(self) -> str:
        """The state as files and reports write it."""
        return _WORDS[self]


_WORDS = tuple(state.name.lower() for state in State)
STATES = tuple(State)
"""All states, in their order. Iterating a tuple is faster than iterating the class."""

LADDER = (State.UP, State.DEGRADED, State.PARTIAL, State.DOWN)
STATED = {state.word: state for state in (*LADDER, State.MAINTENANCE, State.UNKNOWN)}
"""The words for a state in the native timeline (SEMANTICS S2). Any other word is an error."""
