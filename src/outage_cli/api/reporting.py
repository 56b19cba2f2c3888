"""The report of timelines, as `outage report` computes it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from outage_cli import pipeline, registry
from outage_cli.api.reading import Input, TimelineError, existing, read_all
from outage_cli.api.views import ReportView
from outage_cli.cli import clock, method_files
from outage_cli.model.method import Method
from outage_cli.model.problem import IN_TIMELINES, Place, ProblemText
from outage_cli.model.report import Report
from outage_cli.model.span import SECOND, Instant
from outage_cli.model.timeline import ReadResult
from outage_cli.model.totals import GROUPINGS
from outage_cli.when.calendar.windows import UNITS
from outage_cli.when.clock.zones import rfc3339


def report(  # noqa: PLR0913 - it has as many parameters as there are options
    timelines: Input | Sequence[Input],
    *,
    window: str | None = None,
    method: str | os.PathLike[str] | Method = "standard",
    services: str | Iterable[str] = (),
    by: str | None = None,
    group_by: str | None = None,
    as_of: str | datetime | None = None,
    now: datetime | None = None,
    timezone: str | None = None,
    keep_going: bool = False,
) -> ReportView:
    """Return the figures of timelines: files, folders, texts, or what `read` returned.

    The options are those of `outage report`, in the same words. `now` is the present, with an
    offset, and the clock's if it is left out. With `keep_going` what has errors is left out.

    Raises:
        TimelineError: A timeline or a method's file has errors.
        FileNotFoundError: There is no such file.
        ValueError: An option has a value that it cannot have.
        TypeError: A value of another type.
    """
    _check_choice("unit", by, UNITS)
    _check_choice("grouping", group_by, GROUPINGS)
    results = read_all(timelines)
    problems = [problem for result in results for problem in result.problems]
    usable = [result for result in results if result.timeline]
    if not usable or (not keep_going and any(problem.is_error for problem in problems)):
        raise TimelineError(problems)
    request = pipeline.ReportRequest(
        clock.now() if now is None else _instant(now),
        window,
        timezone,
        _as_of(as_of),
        (services,) if isinstance(services, str) else tuple(services),
        by,
        group_by=group_by,
        needs=registry.NEEDS,
    )
    return ReportView(_computed(usable, request, _method(method)))


def _computed(
    usable: Sequence[ReadResult], request: pipeline.ReportRequest, method: Method
) -> Report:
    made = pipeline.report(usable, request, method)
    if not isinstance(made, ProblemText):
        return made
    if made.code in IN_TIMELINES:
        files = [result.timeline.file for result in usable if result.timeline]
        raise TimelineError([made.at(Place(files[0]))])
    raise ValueError(f"{made.message}: {made.hint}")


def methods() -> tuple[Method, ...]:
    """Return the accounting methods that have a name, `standard` first."""
    return tuple(registry.method(entry.name) for entry in registry.METHODS)


def _method(method: str | os.PathLike[str] | Method) -> Method:
    if isinstance(method, Method):
        return method
    if registry.named(str(method), registry.METHODS):
        found: Method = registry.method(str(method))
        return found
    if isinstance(method, str) and not method_files.is_file(method) and not Path(method).exists():
        names = ", ".join(entry.name for entry in registry.METHODS)
        raise ValueError(f"{method!r} is no method: choose from {names}, or name a file.toml")
    own, problems, _ = method_files.read(str(existing(method)))
    if own is None:
        raise TimelineError(problems)
    return own


def _check_choice(what: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        raise ValueError(f"{value!r} is no {what}: choose from {', '.join(known)}")


def _as_of(moment: str | datetime | None) -> str | None:
    """Return an as-of as a request has it; a `datetime` must have an offset."""
    if not isinstance(moment, datetime):
        return moment
    return rfc3339(_instant(moment), "UTC")


def _instant(moment: datetime) -> Instant:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat(' ')} has no offset: give it a tzinfo")
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds
