"""A sheet: typed columns and rows of values. A missing value is None."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple, TypeAlias

CellValue: TypeAlias = "str | int | float | None"


class ValueType(Enum):
    """What the values of a column are."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    TRUTH = "truth"
    INSTANT = "instant"
    """Microseconds since 1970, shown in the zone of the report."""


class SheetColumn(NamedTuple):
    """A column and the type of its values."""

    name: str
    type: ValueType


class Sheet(NamedTuple):
    """Rows of values; each has a value for each column."""

    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[CellValue]]
    timezone: str
