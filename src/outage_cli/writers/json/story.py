"""The JSON of a story and its chart: its contract, and what fills it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from outage_cli.model.chart import Chart, Lane
from outage_cli.model.span import seconds
from outage_cli.model.state import State
from outage_cli.model.story import Story, StoryEvent
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.json.contract import JsonFile, JsonGenerator, JsonLine, JsonWindow

SHOW = "outage.show/1"

KEYS = {
    "Changed.after": "What the service was from then on.",
    "Changed.before": "What it was until then; the same as `after` where that already held, null "
    "where the line changes nothing that can be seen.",
    "Changed.service": "The service that the line is about, or that followed.",
    "DrawnChart.end": "The last instant that is drawn (RFC 3339).",
    "DrawnChart.lanes": "One element a service, under what it requires.",
    "DrawnChart.start": "The first instant that is drawn (RFC 3339).",
    "Happened.at": "When it was, by best estimate (RFC 3339); null where nobody knows.",
    "Happened.changes": "What it did to each service.",
    "Happened.earliest": "The earliest that it can have been; null where only another line says.",
    "Happened.elapsed_seconds": "How long after the start of the story; null where nobody knows.",
    "Happened.id": "The id of the event in the file.",
    "Happened.latest": "The latest that it can have been; null where only another line says.",
    "Happened.line": "The number of the line, counted from 1.",
    "Happened.note": "What the file notes about it.",
    "Happened.phase": "The milestone of the incident that it is; null if it is none.",
    "Happened.source": "Whose word it is; null where nobody says.",
    "Happened.tags": "The tags of the event.",
    "Happened.what": "What happened.",
    "Lane.depth": "0 where it requires nothing that is shown, else how deep it stands.",
    "Lane.name": "What reports call it.",
    "Lane.segments": "The states of the service in the window; together they fill it.",
    "Lane.service": "The id of the service in the file.",
    "Segment.state": "What the service was.",
    "Segment.started_by": "The line that holds it in this state; null where none does.",
    "Shown.chart": "What is drawn.",
    "Shown.events": "One element an event, in the order of time.",
    "Shown.left_out": "How many events are outside of the window that was asked for, or about "
    "other services.",
    "Shown.schema": "The name and the number of the contract.",
    "Shown.start": "What elapsed time counts from (RFC 3339); null where nothing has a time.",
    "Shown.title": "The titles of the files, joined.",
}
"""What the keys mean."""


class JsonChanged(TypedDict):
    """What a line did to a service."""

    service: str
    before: str | None
    after: str
    inherited_from: str | None


class JsonHappened(TypedDict):
    """An event of the story."""

    at: str | None
    earliest: str | None
    latest: str | None
    elapsed_seconds: int | float | None
    what: str
    id: str | None
    phase: str | None
    source: str | None
    tags: list[str]
    note: str | None
    file: str
    line: int
    changes: list[JsonChanged]


class JsonSegment(TypedDict):
    """A stretch of time in one state. What the window cuts off is cut off there."""

    start: str
    end: str
    state: str
    seconds: int | float
    start_range: list[str]
    end_range: list[str]
    inherited_from: str | None
    ongoing: bool
    cut_before: bool
    cut_after: bool
    started_by: JsonLine | None


class JsonLane(TypedDict):
    """The states of one service."""

    service: str
    name: str
    depth: int
    segments: list[JsonSegment]


class JsonDrawnChart(TypedDict):
    """A lane for each service, and from when to when it is drawn."""

    start: str
    end: str
    lanes: list[JsonLane]


class JsonShown(TypedDict):
    """The story of an outage, and its chart."""

    schema: str
    generator: JsonGenerator
    title: str
    timezone: str
    files: list[JsonFile]
    window: JsonWindow
    start: str | None
    left_out: int
    events: list[JsonHappened]
    chart: JsonDrawnChart | None


def story_document(story: Story, generator: JsonGenerator) -> JsonShown:
    """Return the JSON document of a story and its chart."""
    report = story.report
    zone, window = report.timezone, report.window
    return JsonShown(
        schema=SHOW,
        generator=generator,
        title=report.title,
        timezone=zone,
        files=[JsonFile(path=each.path, sha256=each.sha256) for each in report.files],
        window=JsonWindow(
            start=rfc3339(window.start, zone),
            end=rfc3339(window.end, zone),
            seconds=seconds(window.length),
            label=report.label,
        ),
        start=None if story.start is None else rfc3339(story.start, zone),
        left_out=story.left_out,
        events=[_event(each, story) for each in story.events],
        chart=report.chart and _chart(report.chart, story),
    )


def _event(story_event: StoryEvent, story: Story) -> JsonHappened:
    at, event, zone = story_event.event.at, story_event.event, story.report.timezone
    bounds = (at.best, at.earliest, at.latest) if at else (None, None, None)
    best, first, last = (None if one is None else rfc3339(one, zone) for one in bounds)
    return JsonHappened(
        at=best,
        earliest=first,
        latest=last,
        elapsed_seconds=None if story_event.elapsed is None else seconds(story_event.elapsed),
        what=event.what,
        id=event.id,
        phase=event.phase.value if event.phase else None,
        source=event.source,
        tags=[*event.tags],
        note=event.note,
        file=event.mark.file,
        line=story.report.lines.line(event.mark),
        changes=[
            JsonChanged(
                service=one.service,
                before=None if one.before is None else one.before.word,
                after=one.after.word,
                inherited_from=one.inherited_from,
            )
            for one in story_event.changes
        ],
    )


def _chart(chart: Chart, story: Story) -> JsonDrawnChart:
    zone = story.report.timezone
    return JsonDrawnChart(
        start=rfc3339(chart.span.start, zone),
        end=rfc3339(chart.span.end, zone),
        lanes=[
            JsonLane(
                service=each.service.id,
                name=each.service.name,
                depth=each.depth,
                segments=[*_segments(each, story)],
            )
            for each in chart.lanes
        ],
    )


def _segments(lane: Lane, story: Story) -> Iterator[JsonSegment]:
    zone, lines = story.report.timezone, story.report.lines
    for segment in lane.segments:
        opened = None if segment.state is State.UP else segment.opened_by
        yield JsonSegment(
            start=rfc3339(segment.start, zone),
            end=rfc3339(segment.end, zone),
            state=segment.state.word,
            seconds=seconds(segment.end - segment.start),
            start_range=[rfc3339(at, zone) for at in segment.starts],
            end_range=[rfc3339(at, zone) for at in segment.ends],
            inherited_from=segment.inherited_from,
            ongoing=segment.ongoing,
            cut_before=segment.cut_before,
            cut_after=segment.cut_after,
            started_by=opened and JsonLine(file=opened.file, line=lines.line(opened)),
        )
