"""The parts of a window, such as its months, each with the figures of the services in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from outage_cli.measures.services import Measures
from outage_cli.measures.totals import ServiceDowntimes
from outage_cli.model.report import Period
from outage_cli.when.calendar.windows import parts
from outage_cli.when.clock.zones import known

if TYPE_CHECKING:
    from outage_cli.measures.requirement_paths import RequirementPaths


def periods(
    measures: Measures,
    downtimes: ServiceDowntimes,
    paths: RequirementPaths | None,
    unit: str,
) -> Iterator[Period]:
    """Yield each part of the window that lies in one `unit` of the calendar.

    With `paths` the outages have the services that they were inherited through.
    """
    scope = measures.books.best.scope
    for label, window in parts(scope.window, unit, known(scope.timezone)):
        services = measures.services(window)
        yield Period(
            label,
            window,
            paths.with_roots(services) if paths else services,
            downtimes.totals(services, window),
            downtimes.groups(services, window),
        )
