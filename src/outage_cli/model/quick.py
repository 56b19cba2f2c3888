"""How to make named tuples by the hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T", bound=tuple[Any, ...])


def quick(kind: type[T]) -> Callable[[tuple[Any, ...]], T]:
    """Return what makes a named tuple of a plain one that has all its fields, in half the time."""
    return partial(tuple.__new__, kind)
