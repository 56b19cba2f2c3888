"""What the reader's screen can show. It is handed in: nothing below `cli` asks a terminal."""

from __future__ import annotations

from typing import Any, NamedTuple

from outage_cli import registry

ENDLESS = 100_000


class Screen(NamedTuple):
    """The width in columns and whether colour is wanted. A pipe is endless and without colour.

    `is_full` where every figure is to be shown, also those that few people ask for; `columns` are
    the names of the columns that are asked for (see `model.columns`), none where nobody chose.
    `language` is the code of the one to write in.
    """

    width: int = ENDLESS
    color: bool = False
    is_full: bool = False
    columns: tuple[str, ...] = ()
    language: str = "en"

    @property
    def is_endless(self) -> bool:
        """Whether nothing has to fit."""
        return self.width >= ENDLESS

    @property
    def say(self) -> Any:  # noqa: ANN401 - English or what derives from it, of a layer above
        """The catalogue of words of its language."""
        return registry.language(self.language)
