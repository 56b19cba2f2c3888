"""JSON by the line, for pipes: one service, problem or verdict a line, each as JSON has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from outage_cli.model.report import Period, Report
from outage_cli.model.screen import Screen
from outage_cli.model.span import seconds
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.json.report import problems_of, services_of, verdicts_of
from outage_cli.writers.native.values import escaped

if TYPE_CHECKING:
    from outage_cli.model.problem import Problem
    from outage_cli.model.verdict import Verdict

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def report(report: Report, screen: Screen) -> str:
    """Return one line a service, with its period, window and method: each stands alone.

    With periods the lines of each come first; `period` is null on those of the whole window.
    Of a report that is grouped the lines are its groups, and all services together (SEMANTICS M9).
    """
    del screen
    if not report.what_if:
        return _lines(_services(report, {}))
    moved = report.what_if
    return _lines(_services(report, {"shift_seconds": 0})) + _lines(
        _services(moved.report, {"shift_seconds": seconds(moved.by)})
    )


def problems(problems: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return one line a problem."""
    del screen, lines
    return _lines(dict(each) for each in problems_of(problems))


def verdicts(verdicts: Sequence[Verdict], screen: Screen, report: object = None) -> str:
    """Return one line a verdict."""
    del screen, report
    return _lines(dict(each) for each in verdicts_of(verdicts))


def _services(report: Report, more: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    whole = Period("", report.window, report.services, report.totals, report.groups)
    for part in (*report.periods, whole):
        context = {
            "period": part.label if part is not whole else None,
            "window_start": rfc3339(part.window.start, report.timezone),
            "window_end": rfc3339(part.window.end, report.timezone),
            "method": report.method.name,
            **more,
        }
        if report.group_by:
            yield from _groups(part, report.group_by, context)
            continue
        for service in services_of(part.services, report):
            yield {"id": service["id"], "name": service["name"], **context, **service}


def _groups(part: Period, by: str, context: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    from outage_cli.writers.json.totals import group  # few reports are grouped

    for totals in part.groups:
        yield {"group_by": by, "group": totals.label or None, **context, **group(totals)}
    if part.totals:
        yield {"group_by": "all", "group": None, **context, **group(part.totals)}


def _lines(rows: Iterable[Mapping[str, object]]) -> str:
    return escaped("".join(f"{_ENCODE(row)}\n" for row in rows))
