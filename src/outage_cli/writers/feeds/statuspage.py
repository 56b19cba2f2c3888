"""Incidents as Statuspage serves them at /api/v2/incidents.json, for programs that read those.

An incident is what one line of a timeline began, for all services that went down with it. Its
updates are the changes of their states, newest first; its impact is that of the worst state.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
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
"""Components' words for our states; all others are `operational`."""

_IMPACT = {State.DEGRADED: "minor", State.PARTIAL: "major", State.DOWN: "critical"}
_BODIES = {
    "resolved": "Resolved.",
    "scheduled": "Planned work.",
    "in_progress": "Work has begun.",
    "completed": "Work is over.",
}
"""What an update says where no line of the timeline says anything."""

_TROUBLE = (State.DEGRADED, State.PARTIAL, State.DOWN)


class AffectedComponent(TypedDict):
    """A component whose status an update changed."""

    code: str
    name: str
    old_status: str
    new_status: str


class Update(TypedDict):
    """What was said of an incident at one time. `body` is HTML."""

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
    """A service, as it is when the report ends."""

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
    """An incident. `resolved_at` is null while a service of it is still not up."""

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
    """A change of state: of which service, when, from what to what, and the line that says so."""

    at: Instant
    service: ServiceReport
    before: State
    after: State
    mark: SourceRef | None
    is_end: bool


class UpdateDraft(NamedTuple):
    """What an update is made of: its incident and number there, a status, and changes."""

    incident: str
    number: int
    status: str
    at: Instant
    changes: Sequence[StatusChange]


class StatusPage:
    """The page of a report: what all that stands on it needs."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.id = identity("page", report.title)
        self.stamp = StatuspageTimes(report.timezone)
        self.known_until = (
            report.window.end if report.as_of is None else min(report.as_of, report.window.end)
        )
        self.position = {each.service.id: at for at, each in enumerate(report.services, start=1)}

    def written(self, what: str, found: Sequence[StatuspageIncident]) -> str:
        """Return the page with its incidents, or its maintenances, as `what` it lists."""
        head = {
            "id": self.id,
            "name": visible(self.report.title),
            "url": "",
            "time_zone": self.report.timezone,
            "updated_at": self.stamp(self.known_until),
        }
        told = {"page": head, what: found}
        return escaped(json.dumps(told, ensure_ascii=False, indent=2)) + "\n"


def report(report: Report, screen: Screen) -> str:
    """Return the incidents of the window, the newest first, in the form of Statuspage's API."""
    del screen
    page = StatusPage(report)
    groups: dict[object, list[StatusChange]] = {}
    for each in report.services:
        for run, after in _runs(report.states.of(each.service.id)):
            key = run[0].opened_by or (each.service.id, run[0].start)
            groups.setdefault(key, []).extend(_changes(each, run, after))
    found = [_incident(changes, page) for changes in groups.values()]
    starts = [min(change.at for change in changes) for changes in groups.values()]
    newest = sorted(zip(starts, range(len(found)), strict=True), reverse=True)
    return page.written("incidents", [found[at] for _, at in newest])


def _runs(course: Sequence[StateSpan]) -> Iterator[tuple[list[StateSpan], State]]:
    """Yield the runs of trouble of a service, stretches that touch, and what comes after each.

    A component is operational or under maintenance then: there is no word for what is not known.
    """
    run: list[StateSpan] = []
    for stretch in course:
        if stretch.state in _TROUBLE:
            run.append(stretch)
        elif run:
            yield run, State.MAINTENANCE if stretch.state is State.MAINTENANCE else State.UP
            run = []
    if run:
        yield run, State.UP


def _changes(each: ServiceReport, run: Sequence[StateSpan], after: State) -> Iterator[StatusChange]:
    """Yield the changes of state in a run, its end too where it has one in the window."""
    before = State.UP
    for stretch in run:
        if stretch.state is not before:
            yield StatusChange(
                stretch.start, each, before, stretch.state, stretch.opened_by, is_end=False
            )
        before = stretch.state
    last = run[-1]
    if not goes_on(last):
        yield StatusChange(last.end, each, before, after, last.closed_by, is_end=True)


def goes_on(stretch: StateSpan) -> bool:
    """Whether no line ended a stretch: the window or as-of did."""
    return stretch.cut_after or stretch.closed_by is None or stretch.closed_by.way == ("as_of",)


def _incident(changes: list[StatusChange], page: StatusPage) -> StatuspageIncident:
    changes.sort(key=lambda one: (one.at, one.is_end))
    first, last = changes[0], changes[-1]
    began, stamp = first.mark, page.stamp
    services = {one.service.service.id: one.service for one in changes}
    states = dict.fromkeys(services, State.UP)
    name = visible(page.report.lines.text(began)) if began else ""
    known_by = "\n".join((first.service.service.id, str(first.at)))
    own = identity("incident", known_by)
    updates: list[Update] = []
    for number, (at, those) in enumerate(_at_once(changes)):
        states |= {one.service.service.id: one.after for one in those}
        is_over = not any(state in _TROUBLE for state in states.values())
        status = "resolved" if is_over and those[-1] is last else "investigating"
        updates.append(update(UpdateDraft(own, number, status, at, those), page))
    is_resolved = updates[-1]["status"] == "resolved"
    worst = max(one.after for one in changes if one.after in _TROUBLE)
    titles = ", ".join(each.service.name for each in services.values())
    return StatuspageIncident(
        id=own,
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
        components=[component(each, page) for each in services.values()],
        reminder_intervals=None,
    )


def _at_once(changes: Iterable[StatusChange]) -> Iterator[tuple[Instant, list[StatusChange]]]:
    """Yield the changes of each instant; what begins and ends at once takes two updates."""
    together: list[StatusChange] = []
    for change in changes:
        if together and (together[0].at, together[0].is_end) != (change.at, change.is_end):
            yield together[0].at, together
            together = []
        together.append(change)
    if together:
        yield together[0].at, together


def update(told: UpdateDraft, page: StatusPage) -> Update:
    """Return an update: what its lines say, and which components it changes."""
    incident, number, status, changed, changes = told
    at = page.stamp(changed)
    said = dict.fromkeys(page.report.lines.text(one.mark) for one in changes if one.mark)
    body = " · ".join(html.escape(visible(each)) for each in said if each)
    affected = [
        AffectedComponent(
            code=identity("component", one.service.service.id),
            name=visible(one.service.service.name),
            old_status=_STATUS.get(one.before, "operational"),
            new_status=_STATUS.get(one.after, "operational"),
        )
        for one in changes
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


def component(each: ServiceReport, page: StatusPage) -> Component:
    """Return a service as it is when the report ends."""
    start, end = (page.stamp(at) for at in page.report.window)
    service = each.service
    return Component(
        id=identity("component", service.id),
        name=visible(service.name),
        status=_STATUS.get(each.state, "operational"),
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
        """Return an instant as the clocks of the page have it."""
        return local(at, self.info).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def identity(kind: str, text: str) -> str:
    """Return a name of twelve characters, the same whenever the same thing is named."""
    return sha256(f"{kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
