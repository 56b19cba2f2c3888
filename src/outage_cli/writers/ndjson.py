"""JSON by the line, for pipes: one service, problem or verdict a line, each as JSON has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from outage_cli.model import report as model
from outage_cli.model.screen import Screen
from outage_cli.model.span import seconds
from outage_cli.when.zones import rfc3339
from outage_cli.writers.json import problems_of, services_of, verdicts_of
from outage_cli.writers.native import escaped

if TYPE_CHECKING:
    from outage_cli.model.problem import Problem
    from outage_cli.model.verdict import Verdict

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def report(told: model.Report, screen: Screen) -> str:
    """Return one line a service, with its period, window and method: each stands alone.

    With periods the lines of each come first; `period` is null on those of the whole window.
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
    whole = model.Period("", told.window, told.services)
    for part in (*told.periods, whole):
        context = {
            "period": part.label if part is not whole else None,
            "window_start": rfc3339(part.window.start, told.timezone),
            "window_end": rfc3339(part.window.end, told.timezone),
            "method": told.method.name,
            **more,
        }
        for each in services_of(part.services, told):
            yield {"id": each["id"], "name": each["name"], **context, **each}


def _lines(rows: Iterable[Mapping[str, object]]) -> str:
    return escaped("".join(f"{_ENCODE(row)}\n" for row in rows))
