"""JSON by the line, for pipes: one service, problem or verdict a line, each as JSON has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from outage_cli.model import report as model
from outage_cli.model.screen import Screen
from outage_cli.model.span import seconds
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.json.report import problems_of, services_of, verdicts_of
from outage_cli.writers.native.values import escaped

if TYPE_CHECKING:
    from outage_cli.model.problem import Problem
    from outage_cli.model.verdict import Verdict

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def report(told: model.Report, screen: Screen) -> str:
    """Return one line a service, with its period, window and method: each stands alone.

    With periods the lines of each come first; `period` is null on those of the whole window.
    Of a report that is grouped the lines are its groups, and all services together (SEMANTICS M9).
    """
    del screen
    if not told.what_if:
        return _lines(_services(told, {}))
    moved = told.what_if
    return _lines(_services(told, {"shift_seconds": 0})) + _lines(
        _services(moved.report, {"shift_seconds": seconds(moved.by)})
    )


def problems(found: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return one line a problem."""
    del screen, lines
    return _lines(dict(each) for each in problems_of(found))


def verdicts(found: Sequence[Verdict], screen: Screen, told: object = None) -> str:
    """Return one line a verdict."""
    del screen, told
    return _lines(dict(each) for each in verdicts_of(found))


def _services(told: model.Report, more: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    whole = model.Period("", told.window, told.services, told.totals, told.groups)
    for part in (*told.periods, whole):
        context = {
            "period": part.label if part is not whole else None,
            "window_start": rfc3339(part.window.start, told.timezone),
            "window_end": rfc3339(part.window.end, told.timezone),
            "method": told.method.name,
            **more,
        }
        if told.group_by:
            yield from _groups(part, told.group_by, context)
            continue
        for each in services_of(part.services, told):
            yield {"id": each["id"], "name": each["name"], **context, **each}


def _groups(
    part: model.Period, by: str, context: Mapping[str, object]
) -> Iterator[Mapping[str, object]]:
    from outage_cli.writers.json.totals import group  # few reports are grouped

    for each in part.groups:
        yield {"group_by": by, "group": each.label or None, **context, **group(each)}
    if part.totals:
        yield {"group_by": "all", "group": None, **context, **group(part.totals)}


def _lines(rows: Iterable[Mapping[str, object]]) -> str:
    return escaped("".join(f"{_ENCODE(row)}\n" for row in rows))
