"""JSON for pipes. The classes spell out the contract; keys are added to it, never changed.

What comes in numbers, such as outages and problems, is written one a line: small files are easy to
read, large ones to search, and two versions to compare.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

from outage_cli import __version__
from outage_cli.model import problem
from outage_cli.model import report as model
from outage_cli.model.screen import Screen
from outage_cli.model.share import WHOLE
from outage_cli.model.span import seconds
from outage_cli.model.state import LADDER, State
from outage_cli.when.zones import rfc3339, stamps
from outage_cli.writers import json_totals as totals
from outage_cli.writers.native import escaped

if TYPE_CHECKING:
    from outage_cli.model import verdict
    from outage_cli.model.event import Mark
    from outage_cli.model.story import Story

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_BELOW = "\n    "

REPORT = "outage.report/1"
PROBLEMS = "outage.problems/1"
VERDICTS = "outage.verdicts/1"


class Generator(TypedDict):
    """The program that wrote this."""

    name: str
    version: str


GENERATOR = Generator(name="outage", version=__version__)


class File(TypedDict):
    """A source, and the digest of the bytes that were read."""

    path: str
    sha256: str


class Window(TypedDict):
    """The stretch of time that the figures are about: `[start, end)`."""

    start: str
    end: str
    seconds: int | float
    label: str


class Method(TypedDict):
    """The accounting method: what each state weighs and what maintenance does."""

    name: str
    version: int
    weights: dict[str, float]
    maintenance: str


class Line(TypedDict):
    """A line of a source."""

    file: str
    line: int


class Slo(TypedDict):
    """A target and its error budget. `met` is null where nothing counts."""

    target: float
    budget_seconds: int | float
    remaining_seconds: int | float
    remaining_seconds_range: list[int | float]
    met: bool | None


class Outage(TypedDict):
    """A run of downtime. What began before the window or ended after it is cut off there."""

    start: str
    end: str
    seconds: int | float
    start_range: list[str]
    end_range: list[str]
    seconds_range: list[int | float]
    ongoing: bool
    cut_before: bool
    cut_after: bool
    worst: str
    cause: str
    inherited_from: str | None
    inherited_through: list[str] | None
    started_by: Line | None
    ended_by: Line | None


class Service(TypedDict):
    """The figures of one service. The buckets of `seconds` add up to the window."""

    id: str
    name: str
    operator: str | None
    group: str | None
    category: str | None
    users: int | None
    state: str
    seconds: dict[str, int | float]
    considered_seconds: int | float
    downtime_seconds: int | float
    downtime_seconds_range: list[int | float]
    own_seconds: int | float
    own_seconds_range: list[int | float]
    inherited_seconds: int | float
    inherited_seconds_range: list[int | float]
    weighted_downtime_seconds: int | float
    weighted_downtime_seconds_range: list[int | float]
    availability: float | None
    availability_range: list[float] | None
    user_seconds_lost: int | float | None
    user_seconds_lost_range: list[int | float] | None
    slo: Slo | None
    outages: list[Outage]


class Problem(TypedDict):
    """Something wrong or doubtful in a source. Lines and columns count from 1; 0 is the whole."""

    code: str
    severity: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    length: int


class Period(TypedDict):
    """A part of the window. The parts fill it, so their seconds add up to the report's."""

    label: str
    start: str
    end: str
    seconds: int | float
    services: list[Service]
    totals: totals.RollUp | None
    groups: list[totals.Group]


class WhatIf(TypedDict):
    """The same outage, moved by `shift_seconds`, and its figures there."""

    shift_seconds: int | float
    start: str
    window: Window
    services: list[Service]
    periods: list[Period]
    totals: totals.RollUp | None
    groups: list[totals.Group]
    blast_radius: list[totals.BlastRadius]


class Report(TypedDict):
    """The report. A `…_range` is the least and the greatest that the times of the file allow."""

    schema: str
    generator: Generator
    title: str
    timezone: str
    files: list[File]
    window: Window
    as_of: str | None
    method: Method
    services: list[Service]
    periods: list[Period]
    what_if: WhatIf | None
    totals: totals.RollUp | None
    group_by: str | None
    groups: list[totals.Group]
    blast_radius: list[totals.BlastRadius]
    problems: list[Problem]


class Problems(TypedDict):
    """What `outage lint` found."""

    schema: str
    generator: Generator
    problems: list[Problem]


class Verdict(TypedDict):
    """One check of one service."""

    check: str
    service: str
    verdict: str
    says: str
    computed: str
    lines: list[Line]


class Verdicts(TypedDict):
    """What `outage check` found."""

    schema: str
    generator: Generator
    verdict: str
    verdicts: list[Verdict]


def report(told: model.Report, screen: Screen) -> str:
    """Return the report as JSON."""
    del screen
    return _written(_report(told))


def problems(found: Sequence[problem.Problem], screen: Screen, lines: object = None) -> str:
    """Return problems as JSON; it needs no lines of the sources."""
    del screen, lines
    each = [_problem(one) for one in found]
    return _written(Problems(schema=PROBLEMS, generator=GENERATOR, problems=each))


def verdicts(found: Sequence[verdict.Verdict], screen: Screen) -> str:
    """Return verdicts as JSON."""
    del screen
    from outage_cli.model.verdict import overall  # only `check` needs it, and starts with it

    each = [
        Verdict(
            check=one.check,
            service=one.service,
            verdict=one.ruling.value,
            says=one.says,
            computed=one.computed,
            lines=[Line(file=each.file, line=each.line) for each in one.places],
        )
        for one in found
    ]
    ruling = overall(found).value
    return _written(Verdicts(schema=VERDICTS, generator=GENERATOR, verdict=ruling, verdicts=each))


def show(told: Story, screen: Screen) -> str:
    """Return a story and its chart as JSON."""
    del screen
    from outage_cli.writers import json_story

    return _written(json_story.told(told))


def timeline(native: object, screen: Screen) -> str:
    """Return a timeline, as it was read, as JSON: a line for each service, event and claim."""
    del screen
    return escaped(f"{''.join(_sections(native))}\n")


def _sections(native: object) -> Iterator[str]:
    if not isinstance(native, dict) or not native:
        yield _ENCODE(native)
        return
    for number, (key, value) in enumerate(native.items()):
        yield f"{',' if number else '{'}\n  {_ENCODE(key)}: "
        if isinstance(value, dict) and value:
            each = (f"{_ENCODE(name)}: {_ENCODE(one)}" for name, one in value.items())
            yield f"{{\n    {f',{_BELOW}'.join(each)}\n  }}"
        elif isinstance(value, list) and value:
            yield f"[\n    {f',{_BELOW}'.join(map(_ENCODE, value))}\n  ]"
        else:
            yield _ENCODE(value)
    yield "\n}"


def _written(value: object) -> str:
    return escaped("".join(_lines(value, "")) + "\n")


def _lines(value: object, indent: str) -> Iterator[str]:
    """Yield JSON, laid out: what holds lists of mappings over many lines, the rest on one."""
    if isinstance(value, dict) and _is_deep(value):
        yield "{"
        for at, (key, each) in enumerate(value.items()):
            yield f"{',' if at else ''}\n{indent}  {_ENCODE(key)}: "
            yield from _lines(each, indent + "  ")
        yield f"\n{indent}}}"
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"[\n{indent}  "
        below = f",\n{indent}  "
        if _is_deep(value[0]):
            yield below.join("".join(_lines(each, indent + "  ")) for each in value)
        else:  # all at once; within a string no quotation mark stands without a backslash
            begin = "{" + _ENCODE(next(iter(value[0]))) + ":"
            yield _ENCODE(value)[1:-1].replace(f"}}, {begin}", f"}}{below}{begin}")
        yield f"\n{indent}]"
    else:
        yield _ENCODE(value)


def _is_deep(value: dict[str, object]) -> bool:
    """Whether a mapping has a list of mappings in it, even an empty one, or a mapping that has."""
    return any(
        (isinstance(each, list) and (not each or isinstance(each[0], dict)))
        or (isinstance(each, dict) and _is_deep(each))
        for each in value.values()
    )


def _report(told: model.Report) -> Report:
    method, zone = told.method, told.timezone
    return Report(
        schema=REPORT,
        generator=GENERATOR,
        title=told.title,
        timezone=zone,
        files=[File(path=each.path, sha256=each.sha256) for each in told.files],
        window=_window(told),
        as_of=None if told.as_of is None else rfc3339(told.as_of, zone),
        method=Method(
            name=method.name,
            version=method.version,
            weights={state.word: method.weight(state) / WHOLE for state in LADDER},
            maintenance=method.maintenance.value,
        ),
        services=[_service(each, told) for each in told.services],
        periods=[_period(each, told) for each in told.periods],
        what_if=told.what_if and _what_if(told.what_if),
        totals=told.totals and totals.roll_up(told.totals),
        group_by=told.group_by,
        groups=[totals.group(each) for each in told.groups],
        blast_radius=[totals.blast_radius(each) for each in told.blasts],
        problems=[_problem(each) for each in told.problems],
    )


def _window(told: model.Report) -> Window:
    return Window(
        start=rfc3339(told.window.start, told.timezone),
        end=rfc3339(told.window.end, told.timezone),
        seconds=seconds(told.window.length),
        label=told.label,
    )


def _what_if(moved: model.WhatIf) -> WhatIf:
    told = moved.report
    return WhatIf(
        shift_seconds=seconds(moved.by),
        start=rfc3339(moved.start, told.timezone),
        window=_window(told),
        services=[_service(each, told) for each in told.services],
        periods=[_period(each, told) for each in told.periods],
        totals=told.totals and totals.roll_up(told.totals),
        groups=[totals.group(each) for each in told.groups],
        blast_radius=[totals.blast_radius(each) for each in told.blasts],
    )


def _period(each: model.Period, told: model.Report) -> Period:
    zone = told.timezone
    return Period(
        label=each.label,
        start=rfc3339(each.window.start, zone),
        end=rfc3339(each.window.end, zone),
        seconds=seconds(each.window.length),
        services=[_service(service, told) for service in each.services],
        totals=each.totals and totals.roll_up(each.totals),
        groups=[totals.group(one) for one in each.groups],
    )


def _service(each: model.ServiceReport, told: model.Report) -> Service:
    service, best = each.service, each.best

    def between(figure: Callable[[model.Figures], int]) -> list[int | float]:
        return [seconds(bound) for bound in each.between(figure)]

    shares = [one.availability.fraction for one in (best, *each.others)]
    known = [share for share in shares if share is not None]
    return Service(
        id=service.id,
        name=service.name,
        operator=service.operator,
        group=service.group,
        category=service.category,
        users=service.users,
        state=each.state.word,
        seconds={state.word: seconds(best.buckets[state]) for state in State},
        considered_seconds=seconds(best.considered),
        downtime_seconds=seconds(best.downtime),
        downtime_seconds_range=between(lambda one: one.downtime),
        own_seconds=seconds(best.own),
        own_seconds_range=between(lambda one: one.own),
        inherited_seconds=seconds(best.inherited),
        inherited_seconds_range=between(lambda one: one.inherited),
        weighted_downtime_seconds=seconds(best.weighted_downtime),
        weighted_downtime_seconds_range=between(lambda one: one.weighted_downtime),
        availability=shares[0],
        availability_range=[min(known), max(known)] if known else None,
        user_seconds_lost=None if best.user_time_lost is None else seconds(best.user_time_lost),
        user_seconds_lost_range=None if best.user_time_lost is None else between(_users),
        slo=best.target and _slo(best.target, between(_remaining)),
        outages=list(_outages(each, told)),
    )


def _users(figures: model.Figures) -> int:
    return figures.user_time_lost or 0


def _remaining(figures: model.Figures) -> int:
    return figures.target.remaining if figures.target else 0


def _slo(target: model.Target, remaining: list[int | float]) -> Slo:
    return Slo(
        target=target.target / WHOLE,
        budget_seconds=seconds(target.budget),
        remaining_seconds=seconds(target.remaining),
        remaining_seconds_range=remaining,
        met=target.met,
    )


def _outages(each: model.ServiceReport, told: model.Report) -> Iterator[Outage]:
    stamp, (_, line, tell) = stamps(told.timezone), told.lines

    def placed(mark: Mark | None) -> Line | None:
        return Line(file=mark.file, line=line(mark)) if mark else None

    edges = each.edges()
    for at, outage in enumerate(each.best.outages):
        start, end, lasted = stamp(outage.start), stamp(outage.end), seconds(outage.length)
        starts, ends, lengths = [start, start], [end, end], [lasted, lasted]
        if edges:
            starts, ends = ([stamp(edge) for edge in span] for span in edges[at][:2])
            lengths = [seconds(length) for length in edges[at].lengths]
        yield Outage(
            start=start,
            end=end,
            seconds=lasted,
            start_range=starts,
            end_range=ends,
            seconds_range=lengths,
            ongoing=outage.ongoing,
            cut_before=outage.cut_before,
            cut_after=outage.cut_after,
            worst=outage.worst.word,
            cause=tell(outage.started_by) if outage.started_by else "",
            inherited_from=outage.inherited_from,
            inherited_through=list(outage.inherited_through) or None,
            started_by=placed(outage.started_by),
            ended_by=placed(outage.ended_by),
        )


def _problem(each: problem.Problem) -> Problem:
    place = each.place
    return Problem(
        code=each.code,
        severity=each.severity,
        message=each.message,
        hint=each.hint,
        file=place.file,
        line=place.line,
        column=place.column,
        length=place.length,
    )
