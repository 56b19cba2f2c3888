"""Planned work as Statuspage serves it at /api/v2/scheduled-maintenances.json.

Work is told once each time it is planned, for all its services that are in the report, and what is
planned next as well; a line that says that there is maintenance where none was planned counts too.
Nobody says when work was announced: it is taken to be when it starts, or when the report ends.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from outage_cli.model.event import SourceRef
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.state_span import StateSpan
from outage_cli.writers.feeds.statuspage import (
    StatusChange,
    StatusPage,
    StatuspageIncident,
    UpdateDraft,
    component,
    goes_on,
    identity,
    update,
)
from outage_cli.writers.page.words import visible


class Scheduled(StatuspageIncident):
    """A maintenance. Where no line names an end, `scheduled_until` is that of the report.

    It is never null, because programs that read the real ones count on a text.
    """

    scheduled_for: str
    scheduled_until: str


class MaintenanceWork(NamedTuple):
    """Work on services: when, and the line that says so. `end` is None where none is known."""

    start: Instant
    end: Instant | None
    services: tuple[str, ...]
    mark: SourceRef | None


def report(report: Report, screen: Screen) -> str:
    """Return the work of the window and what is planned after it, the latest first."""
    del screen
    page = StatusPage(report)
    services = {each.service.id: each for each in report.services}
    found: dict[str, Scheduled] = {}
    for work in sorted(_works(report, services), key=lambda each: each.start, reverse=True):
        own = _own(work, page, found)
        found[own] = _scheduled(own, work, [services[name] for name in work.services], page)
    return page.written("scheduled_maintenances", list(found.values()))


def _works(report: Report, services: Mapping[str, ServiceReport]) -> Iterator[MaintenanceWork]:
    planned: dict[str, list[MaintenanceWork]] = {name: [] for name in services}
    for plan in report.plans.all():
        if shown := tuple(name for name in plan.services if name in services):
            work = MaintenanceWork(plan.start, plan.end, shown, plan.mark)
            for name in shown:
                planned[name].append(work)
            yield work
    marks = {work.mark for those in planned.values() for work in those}
    unplanned: dict[object, list[tuple[str, StateSpan]]] = {}
    for name in services:
        for stretch in report.states.of(name):
            if stretch.state is not State.MAINTENANCE or stretch.opened_by in marks:
                continue
            if not any(_covers(work, stretch) for work in planned[name]):
                key = (stretch.opened_by or name, stretch.start)
                unplanned.setdefault(key, []).append((name, stretch))
    for those in unplanned.values():
        stretches = [stretch for _, stretch in those]
        is_open = any(goes_on(stretch) for stretch in stretches)
        end = None if is_open else max(stretch.end for stretch in stretches)
        names = tuple(name for name, _ in those)
        yield MaintenanceWork(stretches[0].start, end, names, stretches[0].opened_by)


def _covers(work: MaintenanceWork, stretch: StateSpan) -> bool:
    return work.start <= stretch.start and (work.end is None or stretch.end <= work.end)


def _own(work: MaintenanceWork, page: StatusPage, taken: Container[str]) -> str:
    """Return the name of a piece of work: the same whenever it ends, and that of no other."""
    what = page.report.lines.text(work.mark) if work.mark else ""
    known_by = "\n".join((*work.services, str(work.start), what))
    while (own := identity("maintenance", known_by)) in taken:
        known_by += "\nagain"
    return own


def _scheduled(
    own: str, work: MaintenanceWork, services: Sequence[ServiceReport], page: StatusPage
) -> Scheduled:
    stamp, now = page.stamp, page.known_until
    what = visible(page.report.lines.text(work.mark)) if work.mark else ""
    names = ", ".join(visible(each.service.name) for each in services)
    announced = min(work.start, now)
    changes = list(_updates(work, services, announced, now))
    updates = [
        update(UpdateDraft(own, at, status, when, those), page)
        for at, (status, when, those) in enumerate(changes)
    ]
    last = changes[-1]
    return Scheduled(
        id=own,
        name=what or f"Maintenance of {names}",
        status=last[0],
        created_at=stamp(announced),
        updated_at=stamp(last[1]),
        monitoring_at=None,
        resolved_at=stamp(last[1]) if last[0] == "completed" else None,
        impact="maintenance",
        shortlink="",
        started_at=stamp(announced),
        page_id=page.id,
        incident_updates=updates[::-1],
        components=[component(each, page) for each in services],
        reminder_intervals=None,
        scheduled_for=stamp(work.start),
        scheduled_until=stamp(max(work.start, now) if work.end is None else work.end),
    )


def _updates(
    work: MaintenanceWork, services: Sequence[ServiceReport], announced: Instant, now: Instant
) -> Iterator[tuple[str, Instant, list[StatusChange]]]:
    """Yield the updates of a piece of work up to now, the oldest first: status, time, changes."""

    def changes(at: Instant, before: State, after: State) -> list[StatusChange]:
        is_end = after is State.UP
        return [
            StatusChange(at, each, before, after, work.mark, is_end=is_end) for each in services
        ]

    yield "scheduled", announced, changes(announced, State.UP, State.UP)
    if work.start <= now:
        yield "in_progress", work.start, changes(work.start, State.UP, State.MAINTENANCE)
    if work.end is not None and work.end <= now:
        yield "completed", work.end, changes(work.end, State.MAINTENANCE, State.UP)
