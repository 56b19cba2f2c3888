"""Tables of words: columns, rows, and which columns are shown.

A cell is text in words already, in the language of the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

MOST_OUTAGES = 100
"""How many outages a table lists; JSON has them all."""


class Column(NamedTuple):
    """A column: the key by which it is requested, its heading and the kind of its cells.

    A `key` stands for one thing in every table and is the same in every language. Figures stand to
    the right and are never cut; texts may be folded. Where there is no room, the column with the
    greatest `spare` goes first; one with 0 stays.
    """

    key: str
    heading: str
    is_figure: bool = False
    is_text: bool = False
    spare: int = 0


class Table(NamedTuple):
    """A table of words; the first column names what the row is about."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def without_empty(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], requested: Collection[str] = ()
) -> Table:
    """Return a table without the columns that are empty in every row, unless requested by key."""
    kept = [
        at
        for at, column in enumerate(columns)
        if at == 0 or column.key in requested or any(row[at] for row in rows)
    ]
    return Table(
        tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
    )


def chosen(
    pool: Sequence[Column],
    usual: Sequence[str],
    names: Sequence[str],
    first: Sequence[str],
    rows: Iterable[Callable[[str, Collection[str]], str]],
) -> Table:
    """Return a table of the columns of a pool that `names` selects: see `resolved`.

    A row returns the cell of a key, given the requested keys. The columns `first` come first.
    """
    from outage_cli.model.columns import resolved  # few people ask

    known = {each.key: each for each in pool}
    keys, requested = resolved(names, usual, known, first)
    cells = [tuple(row(key, requested) for key in keys) for row in rows]
    kept = [known[key]._replace(spare=0) if key in requested else known[key] for key in keys]
    return without_empty(kept, cells, requested)
