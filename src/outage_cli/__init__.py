"""Reads the timeline of an incident and computes what the outage cost.

The functions for notebooks and scripts are in `__all__`; they are imported when they are used.
"""

__version__ = "0.1.0"

__all__ = [
    "Method",
    "OutageView",
    "Problem",
    "ReadResult",
    "ReportView",
    "ServiceView",
    "TimelineError",
    "__version__",
    "methods",
    "read",
    "report",
]

TYPE_CHECKING = False  # a type checker takes it for that of `typing`, which costs an import
if TYPE_CHECKING:
    from outage_cli.api import (
        Method,
        OutageView,
        Problem,
        ReadResult,
        ReportView,
        ServiceView,
        TimelineError,
        methods,
        read,
        report,
    )


def __getattr__(name: str) -> object:
    """Return what the public API calls `name` (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module("outage_cli.api"), name)
    return value
