"""The contract for an explanation. Keys are added to its classes, never changed."""

from __future__ import annotations

from typing import TypedDict

from outage_cli.writers.json.contract import (
    JsonHead,
    JsonMethod,
    JsonProblem,
    JsonService,
)


class JsonSaidLine(TypedDict):
    """A line of a source, and what it says. Line 0: no line does, as where as-of closes."""

    file: str
    line: int
    says: str


class JsonStream(TypedDict):
    """What one file says of one service."""

    file: str
    service: str


class JsonInterval(TypedDict):
    """A stretch of time in one bucket. The `…_so_far` add up all from the window's start on."""

    start: str
    end: str
    seconds: int | float
    start_range: list[str]
    end_range: list[str]
    bucket: str
    stated: str
    beneath: str
    weight: float
    considered: bool
    rule: str | None
    clause: str | None
    own: bool | None
    inherited_via: list[str] | None
    stream: JsonStream | None
    opened_by: JsonSaidLine | None
    closed_by: JsonSaidLine | None
    cut_before: bool
    cut_after: bool
    downtime_seconds_so_far: int | float
    own_seconds_so_far: int | float
    weighted_downtime_seconds_so_far: int | float
    considered_seconds_so_far: int | float


class JsonReading(TypedDict):
    """The figures on one reading of the times; their least and greatest are the report's ranges."""

    reading: str
    start: str
    end: str
    downtime_seconds: int | float
    own_seconds: int | float
    inherited_seconds: int | float
    weighted_downtime_seconds: int | float
    considered_seconds: int | float
    availability: float | None


class JsonSaying(TypedDict):
    """What one stream says then; `since` is null where it has said nothing yet."""

    stream: JsonStream
    state: str
    counts_as: str
    since: str | None
    opened_by: JsonSaidLine | None
    until: str | None
    closed_by: JsonSaidLine | None


class JsonRequirement(TypedDict):
    """What is inherited then from a requirement. `ended_by` is the own line that ended it."""

    services: list[str]
    needed: int
    at_worst: str
    state: str
    inherited: str
    since: str | None
    until: str | None
    opened_by: JsonSaidLine | None
    via: list[str]
    ended_by: JsonSaidLine | None


class JsonCalendar(TypedDict):
    """What a calendar says then: `state` is null where it leaves the instant alone."""

    state: str | None
    since: str | None
    until: str | None
    line: JsonSaidLine


class JsonStep(TypedDict):
    """A bucket, in the order in which they are tried, and whether it fits; the first one has it."""

    bucket: str
    fits: bool


class JsonAnInstant(TypedDict):
    """One instant: who says what, and which bucket that makes."""

    at: str
    at_range: list[str | None]
    bucket: str
    interval: JsonInterval
    readings: dict[str, str | None]
    buckets_between: list[str]
    streams: list[JsonSaying]
    requirements: list[JsonRequirement]
    calendars: list[JsonCalendar]
    steps: list[JsonStep]


class JsonExplanation(JsonHead):
    """What is behind the figures of one service: every interval of it, or one instant (`at`).

    `readings` are all that the times allow; the intervals are those of the one that is named.
    """

    as_of: str | None
    method: JsonMethod
    service: JsonService
    reading: str
    intervals: list[JsonInterval]
    readings: list[JsonReading]
    at: JsonAnInstant | None
    problems: list[JsonProblem]


KEYS = {
    "AnInstant.at": "The best estimate of what was asked for (RFC 3339).",
    "AnInstant.at_range": "Its bounds (RFC 3339); null for an open one.",
    "AnInstant.bucket": "Where it is counted.",
    "AnInstant.readings": "The bucket on each reading of the times; null outside of its window.",
    "Calendar.line": "The line of the calendar.",
    "Calendar.since": "From when it says so (RFC 3339); null where it has no beginning.",
    "Calendar.state": "What it puts the service in; null where it leaves the instant alone.",
    "Calendar.until": "To when it says so (RFC 3339); null where it has no end.",
    "Explanation.at": "With --at: the instant; else null.",
    "Explanation.reading": "The reading that the intervals are of: best, kindest or harshest, or "
    "exact where there is only one.",
    "Explanation.readings": "The figures on each reading of the times.",
    "Explanation.service": "What the report has of the service.",
    "Explanation.title": "The titles of the files, joined.",
    "Interval.bucket": "Where its seconds are counted.",
    "Interval.cut_after": "Whether it went on after the window.",
    "Interval.cut_before": "Whether it began before the window.",
    "Reading.reading": "best, kindest or harshest; exact where there is only one.",
    "Requirement.at_worst": "The worst state that is passed on.",
    "Requirement.ended_by": "The own line of the service that ended it; null where none did.",
    "Requirement.services": "The services that are required.",
    "Requirement.since": "From when they impose it (RFC 3339); null where it has no beginning.",
    "Requirement.state": "What they impose.",
    "Requirement.until": "To when they impose it (RFC 3339); null where it has no end.",
    "SaidLine.line": "The number of the line, counted from 1; 0 where as-of closes.",
    "SaidLine.says": "What the line says.",
    "Saying.since": "From when it says so (RFC 3339); null where it has said nothing yet.",
    "Saying.state": "What it says.",
    "Saying.until": "To when it says so (RFC 3339); null where nothing follows.",
    "Step.bucket": "A bucket, in the order in which they are tried.",
    "Stream.service": "The service of which it says so.",
    "beneath": "What it would be without the calendar of the service.",
    "buckets_between": "The buckets between the bounds of the instant, in order.",
    "calendars": "What its hours, its planned work and its service life say then.",
    "clause": "The clause of docs/accounting.md that defines the rule; null without one.",
    "closed_by": "The line that ended it; null where none did.",
    "considered": "Whether it is in the denominator.",
    "considered_seconds_so_far": "The time that counts at all, from the start of the window.",
    "counts_as": "The state that counts, such as where planned work outlasts its window.",
    "downtime_seconds_so_far": "The downtime from the start of the window.",
    "fits": "Whether the bucket fits; the first one that does has the instant.",
    "inherited": "What is passed on of that.",
    "inherited_via": "The services by way of which it is inherited, the nearest first; else null.",
    "interval": "The interval that the instant lies in.",
    "intervals": "One element an interval; they touch, and fill the window.",
    "needed": "How many of them must work.",
    "opened_by": "The line that says what holds; null where none does.",
    "own": "Whether it is downtime of its own or inherited; null for what is no downtime.",
    "own_seconds_so_far": "The part of the downtime that its own lines tell of, from the start of "
    "the window.",
    "requirements": "What is inherited then, one element a requirement.",
    "rule": "What took it out of the downtime or the denominator; null where nothing did.",
    "stated": "What the service's own lines say meanwhile.",
    "steps": "The buckets, in the order in which they are tried.",
    "stream": "The lines of one file that say what holds of one service.",
    "streams": "What each file says of the service then.",
    "via": "The services by way of which it comes, the nearest first.",
    "weight": "What a second of it weighs, from 0 to 1.",
    "weighted_downtime_seconds_so_far": "Each second times its weight, from the start of the "
    "window.",
}
"""What its keys mean: of one class, or of every class that has the key."""
