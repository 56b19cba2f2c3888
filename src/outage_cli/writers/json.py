"""JSON for pipes. The classes spell out the contract; keys are added to it, never changed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from outage_cli import __version__
from outage_cli.model import problem, report as model, verdict
from outage_cli.model.screen import Screen
from outage_cli.model.share import WHOLE
from outage_cli.model.span import Instant, seconds
from outage_cli.model.state import State
from outage_cli.when.zones import rfc3339

REPORT = "outage.report/1"
PROBLEMS = "outage.problems/1"
VERDICTS = "outage.verdicts/1"


class Generator(Struct):
    """The program that wrote this."""

    name: str = "outage"
    version: str = __version__


class File(Struct):
    """A source, and the digest of the bytes that were read."""

    path: str
    sha256: str


class Window(Struct):
    """The stretch of time that the figures are about: `[start, end)`."""

    start: str
    end: str
    seconds: int | float
    label: str


class Method(Struct):
    """The accounting method: what each state weighs and what maintenance does."""

    name: str
    version: int
    weights: dict[str, float]
    maintenance: str


class Line(Struct):
    """A line of a source."""

    file: str
    line: int


class Slo(Struct):
    """A target and its error budget. `met` is null where nothing counts."""

    target: float
    budget_seconds: int | float
    remaining_seconds: int | float
    met: bool | None


class Outage(Struct):
    """A run of downtime. `start` and `end` are cut at the window and at as-of."""

    start: str
    end: str
    seconds: int | float
    ongoing: bool
    worst: str
    cause: str
    inherited_from: str | None
    started_by: Line | None
    ended_by: Line | None


class Service(Struct):
    """The figures of one service. The buckets of `seconds` add up to the window."""

    id: str
    name: str
    operator: str | None
    group: str | None
    users: int | None
    state: str
    seconds: dict[str, int | float]
    considered_seconds: int | float
    downtime_seconds: int | float
    own_seconds: int | float
    inherited_seconds: int | float
    weighted_downtime_seconds: int | float
    availability: float | None
    slo: Slo | None
    outages: list[Outage]


class Problem(Struct):
    """Something wrong or doubtful in a source. Lines and columns count from 1; 0 is the whole."""

    code: str
    severity: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    length: int


class Report(Struct):
    """The report."""

    schema: str
    generator: Generator
    title: str
    timezone: str
    files: list[File]
    window: Window
    as_of: str | None
    method: Method
    services: list[Service]
    problems: list[Problem]


class Problems(Struct):
    """What `outage lint` found."""

    schema: str
    generator: Generator
    problems: list[Problem]


class Verdict(Struct):
    """One check of one service."""

    check: str
    service: str
    verdict: str
    says: str
    computed: str
    lines: list[Line]


class Verdicts(Struct):
    """What `outage check` found."""

    schema: str
    generator: Generator
    verdict: str
    verdicts: list[Verdict]


def report(told: model.Report, screen: Screen) -> str:
    """Return the report as JSON, indented."""
    del screen
    method = told.method
    return _written(
        Report(
            REPORT,
            Generator(),
            told.title,
            told.timezone,
            [File(*each) for each in told.files],
            Window(
                rfc3339(told.window.start, told.timezone),
                rfc3339(told.window.end, told.timezone),
                seconds(told.window.length),
                told.label,
            ),
            None if told.as_of is None else rfc3339(told.as_of, told.timezone),
            Method(
                method.name,
                method.version,
                {
                    state.word: method.weight(state) / WHOLE
                    for state in State
                    if state <= State.DOWN
                },
                method.maintenance.value,
            ),
            [_service(each, told.timezone) for each in told.services],
            [_problem(each) for each in told.problems],
        )
    )


def problems(found: Sequence[problem.Problem], screen: Screen) -> str:
    """Return problems as JSON, indented."""
    del screen
    return _written(Problems(PROBLEMS, Generator(), [_problem(each) for each in found]))


def verdicts(found: Sequence[verdict.Verdict], screen: Screen) -> str:
    """Return verdicts as JSON, indented."""
    del screen
    each = [
        Verdict(
            v.check, v.service, v.ruling.value, v.says, v.computed, [_line(p) for p in v.places]
        )
        for v in found
    ]
    return _written(Verdicts(VERDICTS, Generator(), verdict.overall(found).value, each))


def _written(value: Struct) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def _service(each: model.ServiceReport, timezone: str) -> Service:
    service, available, target = each.service, each.availability, each.target
    return Service(
        service.id,
        service.name,
        service.operator,
        service.group,
        service.users,
        each.state.word,
        {state.word: seconds(each.buckets[state]) for state in State},
        seconds(each.considered),
        seconds(each.downtime),
        seconds(each.own),
        seconds(each.inherited),
        seconds(each.weighted_downtime),
        available.up / available.considered if available.considered else None,
        None
        if target is None
        else Slo(
            target.target / WHOLE, seconds(target.budget), seconds(target.remaining), target.met
        ),
        [_outage(outage, timezone) for outage in each.outages],
    )


def _outage(each: model.Outage, timezone: str) -> Outage:
    return Outage(
        _instant(each.start, timezone),
        _instant(each.end, timezone),
        seconds(each.length),
        each.ongoing,
        each.worst.word,
        each.what,
        each.inherited_from,
        each.started_by and _line(each.started_by),
        each.ended_by and _line(each.ended_by),
    )


def _instant(at: Instant, timezone: str) -> str:
    return rfc3339(at, timezone)


def _line(place: problem.Place) -> Line:
    return Line(place.file, place.line)


def _problem(each: problem.Problem) -> Problem:
    place = each.place
    return Problem(
        each.code, each.severity, each.message, each.hint,
        place.file, place.line, place.column, place.length,
    )  # fmt: skip
