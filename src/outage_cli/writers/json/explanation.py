"""An explanation as JSON. Its contract is `contract_explanation.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outage_cli.model import explanation as model
from outage_cli.model.event import AS_OF, SourceRef
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Instant, Span, seconds
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.page.explanation import EXACT, says

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


def laid_out(told: model.Explanation, report: JsonReport) -> JsonExplanation:
    """Return an explanation in the frame of its report. `service` is what the report has of it."""
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
        "reading": told.scenario.name if len(told.readings) > 1 else EXACT,
        "intervals": [_interval(each, told) for each in told.intervals],
        "readings": [_reading(each, told) for each in told.readings],
        "at": told.instant and _instant(told.instant, told),
        "problems": report["problems"],
    }


def _interval(each: model.Interval, told: model.Explanation) -> JsonInterval:
    so_far = each.so_far
    speaking = each.via[-1] if each.via else told.service.service.id
    start, end = _at(each.start, told), _at(each.end, told)
    return {
        "start": start,
        "end": end,
        "seconds": seconds(each.length),
        "start_range": _span(each.starts, told) if each.starts.length else [start, start],
        "end_range": _span(each.ends, told) if each.ends.length else [end, end],
        "bucket": each.bucket.word,
        "stated": each.stated.word,
        "beneath": each.beneath.word,
        "weight": each.weight / WHOLE,
        "considered": each.is_considered,
        "rule": each.rule,
        "clause": each.clause,
        "own": each.counts_as_own if each.weight else None,
        "inherited_via": [*each.via] or None,
        "stream": each.opened_by and {"file": each.opened_by.file, "service": speaking},
        "opened_by": _line(each.opened_by, told),
        "closed_by": _line(each.closed_by, told),
        "cut_before": each.cut_before,
        "cut_after": each.cut_after,
        "downtime_seconds_so_far": seconds(so_far.downtime),
        "own_seconds_so_far": seconds(so_far.own),
        "weighted_downtime_seconds_so_far": seconds(so_far.weighted // WHOLE),
        "considered_seconds_so_far": seconds(so_far.considered),
    }


def _reading(each: model.ScenarioFigures, told: model.Explanation) -> JsonReading:
    figures = each.figures
    return {
        "reading": each.name if len(told.readings) > 1 else EXACT,
        "start": _at(each.window.start, told),
        "end": _at(each.window.end, told),
        "downtime_seconds": seconds(figures.downtime),
        "own_seconds": seconds(figures.own),
        "inherited_seconds": seconds(figures.inherited),
        "weighted_downtime_seconds": seconds(figures.weighted_downtime),
        "considered_seconds": seconds(figures.considered),
        "availability": figures.availability.fraction,
    }


def _instant(one: model.InstantExplanation, told: model.Explanation) -> JsonAnInstant:
    service = told.service.service.id
    return {
        "at": _at(one.at, told),
        "at_range": [_maybe(one.asked.earliest, told), _maybe(one.asked.latest, told)],
        "bucket": one.interval.bucket.word,
        "interval": _interval(one.interval, told),
        "readings": {
            name: None if bucket is None else bucket.word for name, bucket in one.readings
        },
        "buckets_between": list(dict.fromkeys(each.bucket.word for each in one.between)),
        "streams": [
            {
                "stream": {"file": each.file, "service": service},
                "state": each.state.word,
                "counts_as": each.counts_as.word,
                "since": _maybe(each.since, told),
                "opened_by": _line(each.opened_by, told),
                "until": _maybe(each.until, told),
                "closed_by": _line(each.closed_by, told),
            }
            for each in one.sayings
        ],
        "requirements": [_requirement(each, told) for each in one.requirements],
        "calendars": [
            {
                "state": each.state.word if each.state else None,
                "since": _maybe(each.since, told),
                "until": _maybe(each.until, told),
                "line": _some_line(each.mark, told),
            }
            for each in one.planned
        ],
        "steps": [{"bucket": each.bucket.word, "fits": each.fits} for each in one.steps],
    }


def _requirement(each: model.RequirementInForce, told: model.Explanation) -> JsonRequirement:
    return {
        "services": [*each.services],
        "needed": each.needed,
        "at_worst": each.at_worst.word,
        "state": each.state.word,
        "inherited": each.inherited.word,
        "since": _maybe(each.since, told),
        "until": _maybe(each.until, told),
        "opened_by": _line(each.opened_by, told),
        "via": [*each.via],
        "ended_by": _line(each.spoken, told),
    }


def _at(at: Instant, told: model.Explanation) -> str:
    return rfc3339(at, told.report.timezone)


def _maybe(at: Instant | None, told: model.Explanation) -> str | None:
    return None if at is None else _at(at, told)


def _span(span: Span, told: model.Explanation) -> list[str]:
    return [_at(at, told) for at in span]


def _line(mark: SourceRef | None, told: model.Explanation) -> JsonSaidLine | None:
    return mark and _some_line(mark, told)


def _some_line(mark: SourceRef, told: model.Explanation) -> JsonSaidLine:
    line = 0 if mark.way == AS_OF else told.report.lines.line(mark)
    return {"file": mark.file, "line": line, "says": says(mark, told)}
