"""The YAML parser, imported without what only its retired names need.

It marks those with `deprecation`, which imports `packaging` to compare versions. Nothing here uses
a retired name, so a stand-in takes the place of `deprecation` and marks nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType

__all__ = ["ryml"]

_MARKS = "deprecation"


class _StandIn(ModuleType):
    """A module that marks nothing."""

    @staticmethod
    def deprecated(**_: object) -> object:
        """Return what leaves a function as it is."""
        return lambda function: function


_is_here = _MARKS in sys.modules
if not _is_here:
    sys.modules[_MARKS] = _StandIn(_MARKS)
try:
    import ryml
finally:
    if not _is_here:
        del sys.modules[_MARKS]
