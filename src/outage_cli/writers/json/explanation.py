"""The JSON of an explanation. `contract_explanation.py` declares its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outage_cli.model.event import AS_OF, SourceRef
from outage_cli.model.explanation import (
    Explanation,
    InstantExplanation,
    Interval,
    RequirementInForce,
    ScenarioFigures,
)
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Instant, Span, seconds
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.page.explanation import EXACT, source_text

if TYPE_CHECKING:
    from outage_cli.writers.json.contract import JsonReport
    from outage_cli.writers.json.contract_explanation import (
        JsonAnInstant,
        JsonExplanation,
        JsonInterval,
        JsonReading,
        JsonRequirement,
        JsonSaidLine,
    )

EXPLANATION = "outage.explanation/1"


def explanation_document(explanation: Explanation, report: JsonReport) -> JsonExplanation:
    """Return the JSON document of an explanation; it repeats the head and service of its report."""
    (service,) = report["services"]
    return {
        "schema": EXPLANATION,
        "generator": report["generator"],
        "title": report["title"],
        "timezone": report["timezone"],
        "files": report["files"],
        "window": report["window"],
        "as_of": report["as_of"],
        "method": report["method"],
        "service": service,
        "reading": explanation.scenario.name if len(explanation.readings) > 1 else EXACT,
        "intervals": [_interval(each, explanation) for each in explanation.intervals],
        "readings": [_reading(each, explanation) for each in explanation.readings],
        "at": explanation.instant and _instant(explanation.instant, explanation),
        "problems": report["problems"],
    }


def _interval(interval: Interval, explanation: Explanation) -> JsonInterval:
    so_far = interval.so_far
    speaking = interval.via[-1] if interval.via else explanation.service.service.id
    start, end = _at(interval.start, explanation), _at(interval.end, explanation)
    return {
        "start": start,
        "end": end,
        "seconds": seconds(interval.length),
        "start_range": _span(interval.starts, explanation)
        if interval.starts.length
        else [start, start],
        "end_range": _span(interval.ends, explanation) if interval.ends.length else [end, end],
        "bucket": interval.bucket.word,
        "stated": interval.stated.word,
        "beneath": interval.beneath.word,
        "weight": interval.weight / WHOLE,
        "considered": interval.is_considered,
        "rule": interval.rule,
        "clause": interval.clause,
        "own": interval.counts_as_own if interval.weight else None,
        "inherited_via": [*interval.via] or None,
        "stream": interval.opened_by and {"file": interval.opened_by.file, "service": speaking},
        "opened_by": _line(interval.opened_by, explanation),
        "closed_by": _line(interval.closed_by, explanation),
        "cut_before": interval.cut_before,
        "cut_after": interval.cut_after,
        "downtime_seconds_so_far": seconds(so_far.downtime),
        "own_seconds_so_far": seconds(so_far.own),
        "weighted_downtime_seconds_so_far": seconds(so_far.weighted // WHOLE),
        "considered_seconds_so_far": seconds(so_far.considered),
    }


def _reading(scenario: ScenarioFigures, explanation: Explanation) -> JsonReading:
    figures = scenario.figures
    return {
        "reading": scenario.name if len(explanation.readings) > 1 else EXACT,
        "start": _at(scenario.window.start, explanation),
        "end": _at(scenario.window.end, explanation),
        "downtime_seconds": seconds(figures.downtime),
        "own_seconds": seconds(figures.own),
        "inherited_seconds": seconds(figures.inherited),
        "weighted_downtime_seconds": seconds(figures.weighted_downtime),
        "considered_seconds": seconds(figures.considered),
        "availability": figures.availability.fraction,
    }


def _instant(instant: InstantExplanation, explanation: Explanation) -> JsonAnInstant:
    service = explanation.service.service.id
    return {
        "at": _at(instant.at, explanation),
        "at_range": [
            _maybe(instant.requested.earliest, explanation),
            _maybe(instant.requested.latest, explanation),
        ],
        "bucket": instant.interval.bucket.word,
        "interval": _interval(instant.interval, explanation),
        "readings": {
            name: None if bucket is None else bucket.word for name, bucket in instant.readings
        },
        "buckets_between": list(dict.fromkeys(each.bucket.word for each in instant.between)),
        "streams": [
            {
                "stream": {"file": each.file, "service": service},
                "state": each.state.word,
                "counts_as": each.counts_as.word,
                "since": _maybe(each.since, explanation),
                "opened_by": _line(each.opened_by, explanation),
                "until": _maybe(each.until, explanation),
                "closed_by": _line(each.closed_by, explanation),
            }
            for each in instant.statements
        ],
        "requirements": [_requirement(each, explanation) for each in instant.requirements],
        "calendars": [
            {
                "state": each.state.word if each.state else None,
                "since": _maybe(each.since, explanation),
                "until": _maybe(each.until, explanation),
                "line": _some_line(each.mark, explanation),
            }
            for each in instant.planned
        ],
        "steps": [{"bucket": each.bucket.word, "fits": each.fits} for each in instant.steps],
    }


def _requirement(requirement: RequirementInForce, explanation: Explanation) -> JsonRequirement:
    return {
        "services": [*requirement.services],
        "needed": requirement.needed,
        "at_worst": requirement.at_worst.word,
        "state": requirement.state.word,
        "inherited": requirement.inherited.word,
        "since": _maybe(requirement.since, explanation),
        "until": _maybe(requirement.until, explanation),
        "opened_by": _line(requirement.opened_by, explanation),
        "via": [*requirement.via],
        "ended_by": _line(requirement.spoken, explanation),
    }


def _at(at: Instant, explanation: Explanation) -> str:
    return rfc3339(at, explanation.report.timezone)


def _maybe(at: Instant | None, explanation: Explanation) -> str | None:
    return None if at is None else _at(at, explanation)


def _span(span: Span, explanation: Explanation) -> list[str]:
    return [_at(at, explanation) for at in span]


def _line(mark: SourceRef | None, explanation: Explanation) -> JsonSaidLine | None:
    return mark and _some_line(mark, explanation)


def _some_line(mark: SourceRef, explanation: Explanation) -> JsonSaidLine:
    line = 0 if mark.way == AS_OF else explanation.report.lines.line(mark)
    return {"file": mark.file, "line": line, "says": source_text(mark, explanation)}
