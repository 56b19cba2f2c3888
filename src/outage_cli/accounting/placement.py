"""Where the statements with vague times are on the kindest and the harshest scenario (M7)."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from outage_cli.accounting.state_sequence import NEVER, StateChange, Track, on_ladder
from outage_cli.model.moment import Moment
from outage_cli.model.span import Instant
from outage_cli.model.state import State


class _Block(NamedTuple):
    """Statements that are placed together: from the index `first` on, after the state `before`."""

    first: int
    before: State
    at: Instant


def states_before(stream: Sequence[StateChange], implied: Track) -> list[State]:
    """Return the state, stated or implied, that each statement follows on the best estimates."""
    states: list[State] = []
    stated = State.UP
    for statement in stream:
        at = bisect_left(implied, statement.rank, key=attrgetter("at"))
        states.append(max(stated, implied[at - 1].state if at else State.UP))
        stated = on_ladder(statement.state)
    return states


def placed(
    stream: Sequence[StateChange],
    moments: Sequence[Moment],
    before: Sequence[State],
    last: Instant,
    *,
    kindest: bool,
) -> list[StateChange]:
    """Return statements at the times of the kindest or the harshest scenario (SEMANTICS M7).

    Kindest: a change for the worse is at its latest time, a change for the better at its earliest.
    Every statement stays within its bounds and keeps its place in the order. Statements that would
    cross are placed at one instant as a block, early or late by what the block changes as a whole.
    `before` has the state before each statement, `last` is the latest instant there is.
    """
    states = [on_ladder(statement.state) for statement in stream]
    latest = _latest_instants(moments, last)
    blocks: list[_Block] = []
    earliest = -NEVER
    turns = zip(moments, states, before, strict=True)
    for index, (moment, state, state_before) in enumerate(turns):
        earliest = earliest if moment.earliest is None else max(earliest, moment.earliest)
        block = _Block(index, state_before, moment.best)
        while True:
            first, block_before, _ = block
            at = moments[first].best
            if state != block_before:
                is_late = (state > block_before) == kindest
                at = latest[first] if is_late else earliest
            block = _Block(first, block_before, min(max(at, earliest), latest[first]))
            if not blocks or blocks[-1].at <= block.at:
                break
            block = blocks.pop()
        blocks.append(block)
    ends = [*(block.first for block in blocks), len(stream)][1:]
    return [
        statement._replace(at=block.at)
        for block, end in zip(blocks, ends, strict=True)
        for statement in stream[block.first : end]
    ]


def _latest_instants(moments: Sequence[Moment], last: Instant) -> list[Instant]:
    """Return how late each moment can be without passing one that follows."""
    latest: list[Instant] = []
    for moment in reversed(moments):
        last = last if moment.latest is None else min(last, moment.latest)
        latest.append(last)
    return latest[::-1]
