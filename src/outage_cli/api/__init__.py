"""The public API, for notebooks and scripts: what `outage_cli` offers by these names."""

from outage_cli.api.reading import TimelineError, read
from outage_cli.api.reporting import methods, report
from outage_cli.api.views import OutageView, ReportView, ServiceView
from outage_cli.model.method import Method
from outage_cli.model.problem import Problem
from outage_cli.model.timeline import ReadResult

__all__ = [
    "Method",
    "OutageView",
    "Problem",
    "ReadResult",
    "ReportView",
    "ServiceView",
    "TimelineError",
    "methods",
    "read",
    "report",
]
