"""What the reader's screen can show. It is handed in: nothing below `cli` asks a terminal."""

from __future__ import annotations

from typing import NamedTuple

ENDLESS = 100_000


class Screen(NamedTuple):
    """The width in columns and whether colour is wanted. A pipe is endless and without colour."""

    width: int = ENDLESS
    color: bool = False

    @property
    def is_endless(self) -> bool:
        """Whether nothing has to fit."""
        return self.width >= ENDLESS
