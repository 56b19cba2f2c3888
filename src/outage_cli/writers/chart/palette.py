"""How each state looks, wherever it is drawn: its letter, block, terminal colour, and two colours.

Colour never tells alone: a letter, a height or a pattern goes with it. Neighbours on the ladder
differ in hue for people who see no red or no green: yellow, purple, red.
"""

from __future__ import annotations

from typing import NamedTuple

from outage_cli.model.state import State


class Look(NamedTuple):
    """The look of a state.

    `block` is its sign on a terminal with colours, `letter` elsewhere; `color` is one of the 16
    colours of terminals by the name that Rich has for it; `light` and `dark` are the colours of
    pictures by day and by night, in the style sheet by `name`.
    """

    name: str
    block: str
    letter: str
    color: str
    light: str
    dark: str

    @property
    def ansi(self) -> str:
        """The number of the terminal colour in an escape sequence."""
        return _ANSI[self.color]


_ANSI = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36",
         "white": "37", "bright_black": "90"}  # fmt: skip

PALETTE = {
    State.UP: Look("up", "▁", "_", "green", "#5e8d6a", "#6fa37c"),
    State.DEGRADED: Look("degraded", "▃", "d", "yellow", "#7d6b00", "#e3cc4a"),
    State.PARTIAL: Look("partial", "▅", "P", "magenta", "#8a2a9c", "#d99be8"),
    State.DOWN: Look("down", "█", "D", "red", "#b3261e", "#ff7a70"),
    State.MAINTENANCE: Look("maintenance", "/", "/", "blue", "#2b63b8", "#8ab4f8"),
    State.UNKNOWN: Look("unknown", "u", "u", "cyan", "#6b6f76", "#a4a9b1"),
    State.OUT_OF_HOURS: Look("closed", "-", "-", "bright_black", "#7a7f87", "#8b9199"),
    State.NOT_IN_SERVICE: Look("absent", " ", " ", "white", "#86776b", "#a8998c"),
}
