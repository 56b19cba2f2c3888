"""Incidents as Statuspage serves them at /api/v2/incidents.json.

An incident is what one line of a timeline began, over all services. Its updates are the changes of
state of these services, newest first; its impact is that of the worst state.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple, TypedDict

from outage_cli.model.event import SourceRef
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.span import Instant
from outage_cli.model.state import State
from outage_cli.model.state_span import StateSpan
from outage_cli.when.clock.zones import known, local
from outage_cli.writers.native.values import escaped
from outage_cli.writers.page.words import visible

_STATUS = {
    State.DEGRADED: "degraded_performance",
    State.PARTIAL: "partial_outage",
    State.DOWN: "major_outage",
    State.MAINTENANCE: "under_maintenance",
}
"""The status of a component for each state; all others are `operational`."""

_IMPACT = {State.DEGRADED: "minor", State.PARTIAL: "major", State.DOWN: "critical"}
_BODIES = {
    "resolved": "Resolved.",
    "scheduled": "Planned work.",
    "in_progress": "Work has begun.",
    "completed": "Work is over.",
}
"""The body of an update without a line of the timeline behind it, by its status."""

_TROUBLE = (State.DEGRADED, State.PARTIAL, State.DOWN)


class AffectedComponent(TypedDict):
    """A component whose status an update changed."""

    code: str
    name: str
    old_status: str
    new_status: str


class Update(TypedDict):
    """An update of an incident. `body` is HTML."""

    id: str
    status: str
    body: str
    incident_id: str
    created_at: str
    updated_at: str
    display_at: str
    affected_components: list[AffectedComponent] | None
    deliver_notifications: bool
    custom_tweet: None
    tweet_id: None


class Component(TypedDict):
    """A service, with its state at the end of the report."""

    id: str
    name: str
    status: str
    created_at: str
    updated_at: str
    position: int
    description: str | None
    showcase: bool
    start_date: None
    group_id: None
    page_id: str
    group: bool
    only_show_if_degraded: bool


class StatuspageIncident(TypedDict):
    """An incident. `resolved_at` is null while one of its services is not up."""

    id: str
    name: str
    status: str
    created_at: str
    updated_at: str
    monitoring_at: None
    resolved_at: str | None
    impact: str
    shortlink: str
    started_at: str
    page_id: str
    incident_updates: list[Update]
    components: list[Component]
    reminder_intervals: None


class StatusChange(NamedTuple):
    """A change of state of a service at an instant, and the line of the timeline that states it."""

    at: Instant
    service: ServiceReport
    before: State
    after: State
    mark: SourceRef | None
    is_end: bool


class UpdateDraft(NamedTuple):
    """What an update is made of. `number` counts the updates of its incident from 0."""

    incident: str
    number: int
    status: str
    at: Instant
    changes: Sequence[StatusChange]


class StatusPage:
    """The page of a report: its id, its clock and the positions of its components."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.id = identity("page", report.title)
        self.stamp = StatuspageTimes(report.timezone)
        self.known_until = (
            report.window.end if report.as_of is None else min(report.as_of, report.window.end)
        )
        self.position = {each.service.id: at for at, each in enumerate(report.services, start=1)}

    def written(self, key: str, incidents: Sequence[StatuspageIncident]) -> str:
        """Return the page as JSON, with its incidents or maintenances under `key`."""
        head = {
            "id": self.id,
            "name": visible(self.report.title),
            "url": "",
            "time_zone": self.report.timezone,
            "updated_at": self.stamp(self.known_until),
        }
        content = {"page": head, key: incidents}
        return escaped(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def report(report: Report, screen: Screen) -> str:
    """Return the incidents of the window, newest first."""
    del screen
    page = StatusPage(report)
    groups: dict[object, list[StatusChange]] = {}
    for service in report.services:
        for run, after in _runs(report.states.of(service.service.id)):
            key = run[0].opened_by or (service.service.id, run[0].start)
            groups.setdefault(key, []).extend(_changes(service, run, after))
    newest = sorted(enumerate(groups.values()), key=_start_and_number, reverse=True)
    return page.written("incidents", [_incident(changes, page) for _, changes in newest])


def _start_and_number(group: tuple[int, Sequence[StatusChange]]) -> tuple[Instant, int]:
    number, changes = group
    return min(change.at for change in changes), number


def _runs(spans: Sequence[StateSpan]) -> Iterator[tuple[list[StateSpan], State]]:
    """Yield the runs of spans in which a service was not up, and its state after each run.

    That state is up or maintenance: Statuspage has no status for an unknown state.
    """
    run: list[StateSpan] = []
    for span in spans:
        if span.state in _TROUBLE:
            run.append(span)
        elif run:
            yield run, State.MAINTENANCE if span.state is State.MAINTENANCE else State.UP
            run = []
    if run:
        yield run, State.UP


def _changes(
    service: ServiceReport, run: Sequence[StateSpan], after: State
) -> Iterator[StatusChange]:
    """Yield the changes of state in a run, and its end if that lies in the window."""
    before = State.UP
    for span in run:
        if span.state is not before:
            yield StatusChange(
                span.start, service, before, span.state, span.opened_by, is_end=False
            )
        before = span.state
    last = run[-1]
    if not goes_on(last):
        yield StatusChange(last.end, service, before, after, last.closed_by, is_end=True)


def goes_on(span: StateSpan) -> bool:
    """Whether the window or as-of ended a span, and not a line of the timeline."""
    return span.cut_after or span.closed_by is None or span.closed_by.way == ("as_of",)


def _incident(changes: list[StatusChange], page: StatusPage) -> StatuspageIncident:
    changes.sort(key=lambda change: (change.at, change.is_end))
    first, last = changes[0], changes[-1]
    stamp = page.stamp
    services = {change.service.service.id: change.service for change in changes}
    states = dict.fromkeys(services, State.UP)
    name = visible(page.report.lines.text(first.mark)) if first.mark else ""
    key = identity("incident", f"{first.service.service.id}\n{first.at}")
    updates: list[Update] = []
    for number, (at, group) in enumerate(_at_once(changes)):
        states |= {change.service.service.id: change.after for change in group}
        is_over = not any(state in _TROUBLE for state in states.values())
        status = "resolved" if is_over and group[-1] is last else "investigating"
        updates.append(update(UpdateDraft(key, number, status, at, group), page))
    is_resolved = updates[-1]["status"] == "resolved"
    worst = max(change.after for change in changes if change.after in _TROUBLE)
    titles = ", ".join(service.service.name for service in services.values())
    return StatuspageIncident(
        id=key,
        name=name or f"Incident with {visible(titles)}",
        status="resolved" if is_resolved else "investigating",
        created_at=stamp(first.at),
        updated_at=stamp(last.at),
        monitoring_at=None,
        resolved_at=stamp(last.at) if is_resolved else None,
        impact=_IMPACT[worst],
        shortlink="",
        started_at=stamp(first.at),
        page_id=page.id,
        incident_updates=updates[::-1],
        components=[component(service, page) for service in services.values()],
        reminder_intervals=None,
    )


def _at_once(changes: Iterable[StatusChange]) -> Iterator[tuple[Instant, list[StatusChange]]]:
    """Yield the changes at each instant, those that end a run apart from the others."""
    for (at, _), group in groupby(changes, key=lambda change: (change.at, change.is_end)):
        yield at, list(group)


def update(draft: UpdateDraft, page: StatusPage) -> Update:
    """Return an update: the words of its lines, and the components it changes."""
    incident, number, status, instant, changes = draft
    at = page.stamp(instant)
    texts = dict.fromkeys(page.report.lines.text(change.mark) for change in changes if change.mark)
    body = " · ".join(html.escape(visible(text)) for text in texts if text)
    affected = [
        AffectedComponent(
            code=identity("component", change.service.service.id),
            name=visible(change.service.service.name),
            old_status=_STATUS.get(change.before, "operational"),
            new_status=_STATUS.get(change.after, "operational"),
        )
        for change in changes
    ]
    return Update(
        id=identity("update", f"{incident}\n{number}"),
        status=status,
        body=body or _BODIES.get(status, "The state changed."),
        incident_id=incident,
        created_at=at,
        updated_at=at,
        display_at=at,
        affected_components=affected,
        deliver_notifications=False,
        custom_tweet=None,
        tweet_id=None,
    )


def component(service_report: ServiceReport, page: StatusPage) -> Component:
    """Return a service with its state at the end of the report."""
    start, end = (page.stamp(at) for at in page.report.window)
    service = service_report.service
    return Component(
        id=identity("component", service.id),
        name=visible(service.name),
        status=_STATUS.get(service_report.state, "operational"),
        created_at=start,
        updated_at=end,
        position=page.position[service.id],
        description=visible(service.note) if service.note else None,
        showcase=False,
        start_date=None,
        group_id=None,
        page_id=page.id,
        group=False,
        only_show_if_degraded=False,
    )


class StatuspageTimes:
    """Instants as Statuspage writes them: with milliseconds, `Z` where the offset is zero."""

    def __init__(self, zone: str) -> None:
        self.info = known(zone)

    def __call__(self, at: Instant) -> str:
        """Return an instant in the zone of the page."""
        return local(at, self.info).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def identity(kind: str, text: str) -> str:
    """Return an id of twelve characters, which depends on `kind` and `text` alone."""
    return sha256(f"{kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
