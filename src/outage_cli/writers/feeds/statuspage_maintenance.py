"""Planned work as Statuspage serves it at /api/v2/scheduled-maintenances.json.

There is an entry for each window of planned work, also for the next one after the report, with all
its services that are in the report; and one for each line that states maintenance outside of these
windows. Timelines do not say when work was announced: it is the start of the work, or the end of
the report if that is earlier.
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
    """A maintenance. `scheduled_until` is the end of the report where the work has no known end.

    It is never null, because programs that read Statuspage expect a text.
    """

    scheduled_for: str
    scheduled_until: str


class MaintenanceWork(NamedTuple):
    """Work on services, and the line that states it. `end` is None where none is known."""

    start: Instant
    end: Instant | None
    services: tuple[str, ...]
    mark: SourceRef | None


def report(report: Report, screen: Screen) -> str:
    """Return the work of the window and the next planned work after it, latest first."""
    del screen
    page = StatusPage(report)
    services = {each.service.id: each for each in report.services}
    scheduled: dict[str, Scheduled] = {}
    for work in sorted(_works(report, services), key=lambda work: work.start, reverse=True):
        key = _identity(work, page, scheduled)
        scheduled[key] = _scheduled(key, work, [services[name] for name in work.services], page)
    return page.written("scheduled_maintenances", list(scheduled.values()))


def _works(report: Report, services: Mapping[str, ServiceReport]) -> Iterator[MaintenanceWork]:
    """Yield the planned work on the services, and then the maintenance that nobody planned."""
    planned: dict[str, list[MaintenanceWork]] = {name: [] for name in services}
    for plan in report.plans.all():
        if shown := tuple(name for name in plan.services if name in services):
            work = MaintenanceWork(plan.start, plan.end, shown, plan.mark)
            for name in shown:
                planned[name].append(work)
            yield work
    marks = {work.mark for works in planned.values() for work in works}
    unplanned: dict[object, dict[str, StateSpan]] = {}
    for name in services:
        for span in report.states.of(name):
            if span.state is not State.MAINTENANCE or span.opened_by in marks:
                continue
            if not any(_covers(work, span) for work in planned[name]):
                unplanned.setdefault((span.opened_by or name, span.start), {})[name] = span
    for spans in unplanned.values():
        first, *_ = spans.values()
        is_open = any(goes_on(span) for span in spans.values())
        end = None if is_open else max(span.end for span in spans.values())
        yield MaintenanceWork(first.start, end, tuple(spans), first.opened_by)


def _covers(work: MaintenanceWork, span: StateSpan) -> bool:
    return work.start <= span.start and (work.end is None or span.end <= work.end)


def _identity(work: MaintenanceWork, page: StatusPage, taken: Container[str]) -> str:
    """Return an id that does not depend on the end of the work and is not taken yet."""
    what = page.report.lines.text(work.mark) if work.mark else ""
    text = "\n".join((*work.services, str(work.start), what))
    while (key := identity("maintenance", text)) in taken:
        text += "\nagain"
    return key


def _scheduled(
    key: str, work: MaintenanceWork, services: Sequence[ServiceReport], page: StatusPage
) -> Scheduled:
    stamp, now = page.stamp, page.known_until
    what = visible(page.report.lines.text(work.mark)) if work.mark else ""
    names = ", ".join(visible(service.service.name) for service in services)
    announced = min(work.start, now)
    drafts = list(_drafts(key, work, services, announced, now))
    latest = drafts[-1]
    return Scheduled(
        id=key,
        name=what or f"Maintenance of {names}",
        status=latest.status,
        created_at=stamp(announced),
        updated_at=stamp(latest.at),
        monitoring_at=None,
        resolved_at=stamp(latest.at) if latest.status == "completed" else None,
        impact="maintenance",
        shortlink="",
        started_at=stamp(announced),
        page_id=page.id,
        incident_updates=[update(draft, page) for draft in reversed(drafts)],
        components=[component(service, page) for service in services],
        reminder_intervals=None,
        scheduled_for=stamp(work.start),
        scheduled_until=stamp(max(work.start, now) if work.end is None else work.end),
    )


def _drafts(
    key: str,
    work: MaintenanceWork,
    services: Sequence[ServiceReport],
    announced: Instant,
    now: Instant,
) -> Iterator[UpdateDraft]:
    """Yield the updates of a piece of work up to now, oldest first."""

    def draft(number: int, status: str, at: Instant, before: State, after: State) -> UpdateDraft:
        is_end = after is State.UP
        changes = [
            StatusChange(at, service, before, after, work.mark, is_end=is_end)
            for service in services
        ]
        return UpdateDraft(key, number, status, at, changes)

    yield draft(0, "scheduled", announced, State.UP, State.UP)
    if work.start <= now:
        yield draft(1, "in_progress", work.start, State.UP, State.MAINTENANCE)
    if work.end is not None and work.end <= now:
        yield draft(2, "completed", work.end, State.MAINTENANCE, State.UP)
