"""JSON for pipes. `contract.py` spells out what is written, and nothing here needs it at run time.

What comes in numbers, such as outages and problems, is written one a line: small files are easy to
read, large ones to search, and two versions to compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from outage_cli import __version__
from outage_cli.model import method as model_method
from outage_cli.model import outage as model_outage
from outage_cli.model import problem
from outage_cli.model import report as model
from outage_cli.model import service_figures as model_service_figures
from outage_cli.model.accepted import Ratio
from outage_cli.model.duration import spell_days
from outage_cli.model.event import ClaimKind, SourceRef
from outage_cli.model.lookups import SourceLines
from outage_cli.model.planned_work import PlannedWorkReport
from outage_cli.model.promises import ClaimReport, ObjectiveReport
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.share import WHOLE
from outage_cli.model.span import seconds
from outage_cli.model.state import LADDER, STATES, State
from outage_cli.when.clock.zones import rfc3339, stamps
from outage_cli.writers.json import figures, totals
from outage_cli.writers.native.values import escaped

if TYPE_CHECKING:
    from outage_cli.model import comparison as model_comparison
    from outage_cli.model import verdict
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.story import Story
    from outage_cli.writers.json.contract import (
        JsonClaim,
        JsonComparison,
        JsonGenerator,
        JsonLine,
        JsonMethod,
        JsonObjective,
        JsonOutage,
        JsonPeriod,
        JsonProblem,
        JsonProblems,
        JsonReport,
        JsonRow,
        JsonService,
        JsonVerdict,
        JsonVerdicts,
        JsonWhatIf,
        JsonWindow,
        JsonWork,
        JsonWorstWindow,
    )
    from outage_cli.writers.json.contract_milestones import JsonMilestones

_MANY = 100
_OF_METHOD = ("considered", "downtime", "weighted_downtime", "availability")
_OF_OBJECTIVE = ("availability", "considered", "downtime", "budget", "budget_left", "slo_met")
_ORDINARY = [False, False, (), 0, None]
"""The end of an outage that the window does not cut and that nothing handed down."""


class _Row(str):
    """A mapping that is written as JSON already."""

    __slots__ = ()


Number = TypeVar("Number", int, float, int | float)

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_QUOTED = json.encoder.encode_basestring
_BELOW = "\n    "

REPORT = "outage.report/1"
PROBLEMS = "outage.problems/1"
VERDICTS = "outage.verdicts/1"
COMPARISON = "outage.comparison/1"

GENERATOR: JsonGenerator = {"name": "outage", "version": __version__}


def report(told: model.Report, screen: Screen) -> str:
    """Return the report as JSON."""
    del screen
    return _written(_report(told))


def comparison(told: model_comparison.Comparison, screen: Screen) -> str:
    """Return the figures of every method as JSON."""
    del screen
    report, zone = told.report, told.report.timezone
    written: JsonComparison = {
        "schema": COMPARISON,
        "generator": GENERATOR,
        "title": report.title,
        "timezone": zone,
        "files": [{"path": each.path, "sha256": each.sha256} for each in report.files],
        "window": _window(report),
        "as_of": None if report.as_of is None else rfc3339(report.as_of, zone),
        "methods": [_method(each.method) for each in told.methods],
        "rows": [_row(each, at) for at in range(len(report.services)) for each in told.methods],
        "problems": [_problem(each) for each in report.problems],
    }
    return _written(written)


def _row(each: model_comparison.MethodResult, at: int) -> JsonRow:
    from outage_cli.languages.en import CATALOGUE  # data, which every language reads alike
    from outage_cli.writers.page.methods import difference

    service = each.services[at]
    same = figures.of_scenarios(_OF_METHOD, service.readings)
    return {
        "service": service.service.id,
        "method": each.method.name,
        "considered_seconds": same["considered_seconds"],
        "downtime_seconds": same["downtime_seconds"],
        "downtime_seconds_range": same["downtime_seconds_range"],
        "weighted_downtime_seconds": same["weighted_downtime_seconds"],
        "weighted_downtime_seconds_range": same["weighted_downtime_seconds_range"],
        "availability": same["availability"],
        "availability_range": same["availability_range"],
        "outages": len(service.best.outages),
        "differences": [
            {
                "cause": one.cause.value,
                "state": None if one.state is None else one.state.word,
                "says": difference(one, each.method, CATALOGUE),
                "weighted_downtime_seconds": seconds(one.lost // WHOLE),
                "considered_seconds": seconds(one.considered),
                "outages": one.outages,
            }
            for one in each.differences[at]
        ],
    }


def problems(found: Sequence[problem.Problem], screen: Screen, lines: object = None) -> str:
    """Return problems as JSON; it needs no lines of the sources."""
    del screen, lines
    written: JsonProblems = {
        "schema": PROBLEMS,
        "generator": GENERATOR,
        "problems": problems_of(found),
    }
    return _written(written)


def verdicts(found: Sequence[verdict.Verdict], screen: Screen, told: object = None) -> str:
    """Return verdicts as JSON; the report they are about is not needed."""
    del screen, told
    from outage_cli.model.verdict import overall  # only `check` needs it, and starts with it

    written: JsonVerdicts = {
        "schema": VERDICTS,
        "generator": GENERATOR,
        "verdict": overall(found).value,
        "verdicts": verdicts_of(found),
    }
    return _written(written)


def verdicts_of(found: Sequence[verdict.Verdict]) -> list[JsonVerdict]:
    """Return verdicts, each as JSON has it."""
    return [_verdict(one) for one in found]


def problems_of(found: Sequence[problem.Problem]) -> list[JsonProblem]:
    """Return problems, each as JSON has it."""
    return [_problem(one) for one in found]


def services_of(services: Sequence[ServiceReport], told: model.Report) -> list[JsonService]:
    """Return the services of a report or of a period, each as JSON has it."""
    return [_service(each, told, _outages) for each in services]


def show(told: Story, screen: Screen) -> str:
    """Return a story and its chart as JSON."""
    del screen
    from outage_cli.writers.json import story as json_story

    return _written(json_story.told(told))


def explanation(told: Explanation, screen: Screen) -> str:
    """Return what is behind the figures of one service as JSON."""
    del screen
    from outage_cli.writers.json import explanation as explained_json  # only `explain` needs it

    return _written(explained_json.laid_out(told, _report(told.report)))


def _verdict(one: verdict.Verdict) -> JsonVerdict:
    told: JsonVerdict = {
        "check": one.check,
        "service": one.service,
        "verdict": one.ruling.value,
        "says": one.says,
        "computed": one.computed,
        "lines": [{"file": place.file, "line": place.line} for place in one.places],
    }
    if one.check == "claim":
        told["by"] = one.by
        told["difference_seconds"] = None if one.difference is None else seconds(one.difference)
    return told


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
    return escaped(_laid_out(value, "\n") + "\n")


def _laid_out(value: object, margin: str) -> str:
    """Return JSON: what holds lists of mappings over many lines, the rest on one."""
    below = margin + "  "
    if isinstance(value, dict) and _is_deep(value):
        each = [f"{below}{_QUOTED(key)}: {_laid_out(each, below)}" for key, each in value.items()]
        return f"{{{','.join(each)}{margin}}}"
    if not (isinstance(value, list) and value and isinstance(value[0], (dict, _Row))):
        return _ENCODE(value)
    if isinstance(value[0], _Row):
        rows = f",{below}".join(value)
    elif _is_deep(value[0]):
        rows = f",{below}".join([_laid_out(each, below) for each in value])
    else:  # all at once; within a string no quotation mark stands without a backslash
        begin = "{" + _ENCODE(next(iter(value[0]))) + ":"
        rows = _ENCODE(value)[1:-1].replace(f"}}, {begin}", f"}},{below}{begin}")
    return f"[{below}{rows}{margin}]"


def _is_deep(value: dict[str, object]) -> bool:
    """Whether a mapping has a list of mappings in it, even an empty one, or a mapping that has."""
    return any(
        (isinstance(each, list) and (not each or isinstance(each[0], (dict, _Row))))
        or (isinstance(each, dict) and _is_deep(each))
        for each in value.values()
    )


def _report(told: model.Report) -> JsonReport:
    zone = told.timezone
    return {
        "schema": REPORT,
        "generator": GENERATOR,
        "title": told.title,
        "timezone": zone,
        "files": [{"path": each.path, "sha256": each.sha256} for each in told.files],
        "window": _window(told),
        "as_of": None if told.as_of is None else rfc3339(told.as_of, zone),
        "method": _method(told.method),
        "services": [_service(each, told, _rows) for each in told.services],
        "periods": [_period(each, told) for each in told.periods],
        "claims": [_claim(each, told) for each in told.claims],
        "objectives": [_objective(each, told) for each in told.objectives],
        "what_if": told.what_if and _what_if(told.what_if),
        "maintenance_audit": [_work(each, told) for each in told.maintenance],
        "totals": told.totals and totals.roll_up(told.totals),
        "group_by": told.group_by,
        "groups": [totals.group(each) for each in told.groups],
        "blast_radius": [totals.blast_radius(each) for each in told.blasts],
        "milestones": told.milestones and _milestones(told),
        "problems": [_problem(each) for each in told.problems],
    }


def _method(method: model_method.Method) -> JsonMethod:
    return {
        "name": method.name,
        "version": method.version,
        "weights": {state.word: method.weight(state) / WHOLE for state in LADDER},
        "maintenance": method.maintenance.value,
        "unknown": method.unknown.value,
        "out_of_hours": method.out_of_hours.value,
        "min_outage_seconds": seconds(method.min_outage),
        "whole_minutes": method.whole_minutes,
        "decimals": method.decimals,
        "base": method.base,
        "file": {"path": method.file, "sha256": method.sha256 or ""} if method.file else None,
    }


def _claim(each: ClaimReport, told: model.Report) -> JsonClaim:
    claim, off, place = each.claim, each.difference, told.lines.find(each.claim.mark)
    is_share, length = claim.figure is ClaimKind.AVAILABILITY, each.time_difference

    def value(ratio: Ratio | None) -> str | int | float | None:
        if ratio is None:
            return None
        if is_share:
            return ratio[0] / ratio[1]
        if claim.figure is ClaimKind.DOWNTIME:
            return seconds(ratio[0])
        return rfc3339(ratio[0], told.timezone)

    def apart(ratio: Ratio | None) -> int | float | None:
        if ratio is None:
            return None
        far = each.accepted.difference(ratio)
        return far[0] / far[1] if is_share else seconds(far[0])

    bounds = None if each.least is None else [apart(each.least), apart(each.most)]
    return {
        "service": claim.service,
        "figure": claim.figure.value,
        "says": claim.says,
        "since": claim.since,
        "until": claim.until,
        "window": claim.window,
        "start": rfc3339(each.stretch.start, told.timezone),
        "end": rfc3339(each.stretch.end, told.timezone),
        "computed": value(each.best),
        "computed_range": None if each.least is None else [value(each.least), value(each.most)],
        "difference_seconds": None if length is None else seconds(length),
        "difference": off[0] / off[1] if is_share and off else None,
        "difference_seconds_range": None if is_share else bounds,
        "difference_range": bounds if is_share else None,
        "verdict": each.finding.value,
        "by": claim.by,
        "url": claim.url,
        "note": claim.note,
        "file": place.file,
        "line": place.line,
    }


def _objective(each: ObjectiveReport, told: model.Report) -> JsonObjective:
    per = each.objective.per
    length = per.length if per else None
    written: Any = {
        "service": each.service,
        "target": each.objective.target / WHOLE,
        "per": (per and per.unit) or spell_days(length or 0),
        "label": each.label,
        "start": rfc3339(each.window.start, told.timezone),
        "end": rfc3339(each.window.end, told.timezone),
        **figures.of_scenarios(_OF_OBJECTIVE, (each.best, *each.others)),
    }
    objective: JsonObjective = written
    return objective


def _window(told: model.Report) -> JsonWindow:
    return {
        "start": rfc3339(told.window.start, told.timezone),
        "end": rfc3339(told.window.end, told.timezone),
        "seconds": seconds(told.window.length),
        "label": told.label,
    }


def _what_if(moved: model.WhatIf) -> JsonWhatIf:
    told = moved.report
    return {
        "shift_seconds": seconds(moved.by),
        "start": rfc3339(moved.start, told.timezone),
        "window": _window(told),
        "services": [_service(each, told, _rows) for each in told.services],
        "periods": [_period(each, told) for each in told.periods],
        "totals": told.totals and totals.roll_up(told.totals),
        "groups": [totals.group(each) for each in told.groups],
        "blast_radius": [totals.blast_radius(each) for each in told.blasts],
    }


def _work(each: PlannedWorkReport, told: model.Report) -> JsonWork:
    return {
        "service": each.service,
        "what": told.lines.tell(each.mark) if each.what is None else each.what,
        "line": {"file": each.mark.file, "line": told.lines.find(each.mark).line},
        "windows": each.windows,
        "announced_seconds": seconds(each.best.announced),
        "announced_seconds_range": [
            seconds(bound) for bound in each.between(lambda one: one.announced)
        ],
        "used_seconds": seconds(each.best.used),
        "used_seconds_range": [seconds(bound) for bound in each.between(lambda one: one.used)],
        "overrun_seconds": seconds(each.best.overrun),
        "overrun_seconds_range": [
            seconds(bound) for bound in each.between(lambda one: one.overrun)
        ],
    }


def _period(each: model.Period, told: model.Report) -> JsonPeriod:
    zone = told.timezone
    return {
        "label": each.label,
        "start": rfc3339(each.window.start, zone),
        "end": rfc3339(each.window.end, zone),
        "seconds": seconds(each.window.length),
        "services": [_service(service, told, _rows) for service in each.services],
        "totals": each.totals and totals.roll_up(each.totals),
        "groups": [totals.group(one) for one in each.groups],
    }


def _service(
    each: ServiceReport, told: model.Report, outages: Callable[..., list[JsonOutage]]
) -> JsonService:
    service = each.service
    written: Any = {
        "id": service.id,
        "name": service.name,
        "operator": service.operator,
        "group": service.group,
        "category": service.category,
        "users": service.users,
        "state": each.state.word,
        **figures.of_service(each),
        "worst_windows": {
            name: window and _worst(name, window, each, told.timezone)
            for name, window in each.best.worst_windows.items()
        },
        "outages": outages(each, told),
    }
    found: JsonService = written  # and the figures, which the contract leaves to the catalogue
    return found


def _known(values: Iterable[Number | None]) -> list[Number] | None:
    """Return the least and the greatest of what is known."""
    known = [value for value in values if value is not None]
    return [min(known), max(known)] if known else None


def _worst(
    name: str, window: model_service_figures.WorstWindow, each: ServiceReport, zone: str
) -> JsonWorstWindow:
    target = each.best.target
    burn = window.burn(target.target) if target else None
    windows = [found for one in each.readings if (found := one.worst_windows.get(name))]
    shares = [one.availability.fraction for one in windows]
    burns = [one.burn(target.target) for one in windows] if target else []
    return {
        "start": rfc3339(window.window.start, zone),
        "end": rfc3339(window.window.end, zone),
        "considered_seconds": seconds(window.considered),
        "considered_seconds_range": _known(seconds(one.considered) for one in windows) or [],
        "availability": window.availability.fraction,
        "availability_range": _known(shares) or [],
        "burn_rate": burn and burn.value,
        "burn_rate_range": _known(one and one.value for one in burns),
    }


def _milestones(told: model.Report) -> JsonMilestones | None:
    from outage_cli.writers.json.milestones import milestones  # few reports have them

    return told.milestones and milestones(told.milestones, told)


def _outages(each: ServiceReport, told: model.Report) -> list[JsonOutage]:
    stamp, edges = stamps(told.timezone), each.edges()
    rows: list[JsonOutage] = []
    for at, outage in enumerate(each.best.outages):
        start, end, lasted = stamp(outage.start), stamp(outage.end), seconds(outage.length)
        row = _outage(outage, told.lines, start, end, lasted)
        if edges:
            row["start_range"], row["end_range"] = (
                [stamp(edge) for edge in span] for span in edges[at][:2]
            )
            row["seconds_range"] = [seconds(length) for length in edges[at].lengths]
        rows.append(row)
    return rows


def _outage(
    outage: model_outage.Outage, lines: SourceLines, start: str, end: str, lasted: float
) -> JsonOutage:
    """Return an outage of which it is known when it started and ended, and how long it lasted."""

    def placed(mark: SourceRef | None) -> JsonLine | None:
        return {"file": mark.file, "line": lines.line(mark)} if mark else None

    return {
        "start": start,
        "end": end,
        "seconds": lasted,
        "start_range": [start, start],
        "end_range": [end, end],
        "seconds_range": [lasted, lasted],
        "ongoing": outage.ongoing,
        "cut_before": outage.cut_before,
        "cut_after": outage.cut_after,
        "worst": outage.worst.word,
        "cause": lines.tell(outage.started_by) if outage.started_by else "",
        "inherited_from": outage.inherited_from,
        "inherited_through": list(outage.inherited_through) or None,
        "inherited_more": outage.inherited_more,
        "inherited_root": outage.root,
        "started_by": placed(outage.started_by),
        "ended_by": placed(outage.ended_by),
    }


def _rows(each: ServiceReport, told: model.Report) -> list[Any]:
    """Return outages as `_outages` does, if there are many as rows of JSON.

    Rows of exact outages have the same shape, so that they fill the gaps of one template.
    """
    outages = each.best.outages
    if len(outages) < _MANY or each.edges():
        return _outages(each, told)
    rows: list[_Row] = []
    form, stamp, (_, line, tell) = _form(), stamps(told.timezone), told.lines
    words = [_QUOTED(state.word) for state in STATES]
    files = {each.path: _QUOTED(each.path) for each in told.files}
    for outage in outages:
        start, end, length, ongoing, worst, via, begun, ended, *rest = outage
        times = stamp(start), stamp(end), seconds(length)
        if ongoing or rest != _ORDINARY or via or not (begun and ended):
            rows.append(_Row(_ENCODE(_outage(outage, told.lines, *times))))
            continue
        gaps = {
            "start": f'"{times[0]}"',
            "end": f'"{times[1]}"',
            "seconds": times[2],
            "worst": words[worst],
            "cause": _QUOTED(tell(begun)),
            "begun_file": files[begun.file],
            "begun": line(begun),
            "ended_file": files[ended.file],
            "ended": line(ended),
        }
        rows.append(_Row(form % gaps))
    return rows


@cache
def _form() -> str:
    """Return the JSON of an outage that is all in the window and nobody else's, with gaps."""
    begun, ended = SourceRef("<begun_file>", ("<begun>",)), SourceRef("<ended_file>", ("<ended>",))
    outage = model_outage.Outage(
        0,
        0,
        0,
        ongoing=False,
        worst=State.DOWN,
        inherited_from=None,
        started_by=begun,
        ended_by=ended,
    )
    lines: Any = SimpleNamespace(line=lambda mark: mark.way[0], tell=lambda _: "<cause>")
    lasted: Any = "<seconds>"
    row = _outage(outage, lines, "<start>", "<end>", lasted)
    row["worst"] = "<worst>"
    return re.sub('"<([a-z_]+)>"', r"%(\1)s", _ENCODE(row))


def _problem(each: problem.Problem) -> JsonProblem:
    place = each.place
    return {
        "code": each.code,
        "severity": each.severity,
        "message": each.message,
        "hint": each.hint,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
    }
