"""The JSON of reports, comparisons, problems and verdicts; of the rest, the outer layout.

`contract.py` declares the keys and their types; it is not imported at run time. The elements of a
list of objects stand on one line each, so that files can be searched and compared line by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

from outage_cli import __version__
from outage_cli.model.accepted_range import Ratio
from outage_cli.model.duration import spell_days
from outage_cli.model.event import ClaimKind, SourceRef
from outage_cli.model.lookups import SourceLines
from outage_cli.model.method import Method
from outage_cli.model.outage import Outage
from outage_cli.model.planned_work import PlannedWorkReport
from outage_cli.model.problem import Problem
from outage_cli.model.promises import ClaimReport, ObjectiveReport
from outage_cli.model.report import Period, Report, WhatIf
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import ServiceReport, WorstWindow
from outage_cli.model.share import WHOLE
from outage_cli.model.span import seconds
from outage_cli.model.state import LADDER, STATES, State
from outage_cli.when.clock.zones import rfc3339, stamps
from outage_cli.writers.json import figures, totals
from outage_cli.writers.native.values import escaped

if TYPE_CHECKING:
    from outage_cli.model.comparison import Comparison, MethodResult
    from outage_cli.model.explanation import Explanation
    from outage_cli.model.story import Story
    from outage_cli.model.verdict import Verdict
    from outage_cli.writers.json.contract import (
        JsonClaim,
        JsonComparison,
        JsonGenerator,
        JsonHead,
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
"""The last fields of an `Outage` that the window does not cut and that is not inherited."""


class _Row(str):
    """An object that is already encoded as JSON."""

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


def report(report: Report, screen: Screen) -> str:
    """Return the report as JSON."""
    del screen
    return _written(_report(report))


def comparison(comparison: Comparison, screen: Screen) -> str:
    """Return the figures of every method as JSON."""
    del screen
    report, zone = comparison.report, comparison.report.timezone
    written: JsonComparison = {
        **_head(COMPARISON, report),
        "as_of": None if report.as_of is None else rfc3339(report.as_of, zone),
        "methods": [_method(each.method) for each in comparison.methods],
        "rows": [
            _row(each, at) for at in range(len(report.services)) for each in comparison.methods
        ],
        "problems": [_problem(each) for each in report.problems],
    }
    return _written(written)


def _row(result: MethodResult, at: int) -> JsonRow:
    from outage_cli.languages.en import CATALOGUE  # data, which every language reads alike
    from outage_cli.writers.page.methods import difference

    service = result.services[at]
    same = figures.of_scenarios(_OF_METHOD, service.readings)
    return {
        "service": service.service.id,
        "method": result.method.name,
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
                "says": difference(one, result.method, CATALOGUE),
                "weighted_downtime_seconds": seconds(one.lost // WHOLE),
                "considered_seconds": seconds(one.considered),
                "outages": one.outages,
            }
            for one in result.differences[at]
        ],
    }


def problems(problems: Sequence[Problem], screen: Screen, lines: object = None) -> str:
    """Return problems as JSON; it needs no lines of the sources."""
    del screen, lines
    written: JsonProblems = {
        "schema": PROBLEMS,
        "generator": GENERATOR,
        "problems": problems_of(problems),
    }
    return _written(written)


def verdicts(verdicts: Sequence[Verdict], screen: Screen, report: object = None) -> str:
    """Return verdicts as JSON; the report they are about is not needed."""
    del screen, report
    from outage_cli.model.verdict import overall  # only `check` needs it, and starts with it

    written: JsonVerdicts = {
        "schema": VERDICTS,
        "generator": GENERATOR,
        "verdict": overall(verdicts).value,
        "verdicts": verdicts_of(verdicts),
    }
    return _written(written)


def verdicts_of(verdicts: Sequence[Verdict]) -> list[JsonVerdict]:
    """Return the objects of verdicts."""
    return [_verdict(one) for one in verdicts]


def problems_of(problems: Sequence[Problem]) -> list[JsonProblem]:
    """Return the objects of problems."""
    return [_problem(one) for one in problems]


def services_of(services: Sequence[ServiceReport], report: Report) -> list[JsonService]:
    """Return the objects of services, those of a report or of one period."""
    return [_service(each, report, _outages) for each in services]


def show(story: Story, screen: Screen) -> str:
    """Return a story and its chart as JSON."""
    del screen
    from outage_cli.writers.json.story import story_document  # only `show` needs it

    return _written(story_document(story, GENERATOR))


def explanation(explanation: Explanation, screen: Screen) -> str:
    """Return the explanation of the figures of one service as JSON."""
    del screen
    from outage_cli.writers.json.explanation import explanation_document  # only `explain` needs it

    return _written(explanation_document(explanation, _report(explanation.report)))


def _verdict(verdict: Verdict) -> JsonVerdict:
    written: JsonVerdict = {
        "check": verdict.check,
        "service": verdict.service,
        "verdict": verdict.ruling.value,
        "says": verdict.says,
        "computed": verdict.computed,
        "lines": [{"file": place.file, "line": place.line} for place in verdict.places],
    }
    if verdict.check == "claim":
        written["by"] = verdict.by
        written["difference_seconds"] = (
            None if verdict.difference is None else seconds(verdict.difference)
        )
    return written


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
            lines = (f"{_ENCODE(name)}: {_ENCODE(one)}" for name, one in value.items())
            yield f"{{\n    {f',{_BELOW}'.join(lines)}\n  }}"
        elif isinstance(value, list) and value:
            yield f"[\n    {f',{_BELOW}'.join(map(_ENCODE, value))}\n  ]"
        else:
            yield _ENCODE(value)
    yield "\n}"


def _written(value: object) -> str:
    return escaped(_spread_out(value, "\n") + "\n")


def _spread_out(value: object, margin: str) -> str:
    """Return JSON with objects that contain lists of objects on many lines, the rest on one."""
    below = margin + "  "
    if isinstance(value, dict) and _is_deep(value):
        members = [
            f"{below}{_QUOTED(key)}: {_spread_out(each, below)}" for key, each in value.items()
        ]
        return f"{{{','.join(members)}{margin}}}"
    if not (isinstance(value, list) and value and isinstance(value[0], (dict, _Row))):
        return _ENCODE(value)
    if isinstance(value[0], _Row):
        rows = f",{below}".join(value)
    elif _is_deep(value[0]):
        rows = f",{below}".join([_spread_out(each, below) for each in value])
    else:  # all at once; within a string no quotation mark stands without a backslash
        begin = "{" + _ENCODE(next(iter(value[0]))) + ":"
        rows = _ENCODE(value)[1:-1].replace(f"}}, {begin}", f"}},{below}{begin}")
    return f"[{below}{rows}{margin}]"


def _is_deep(value: dict[str, object]) -> bool:
    """Whether an object contains, at any depth, a list of objects or an empty list."""
    return any(
        (isinstance(each, list) and (not each or isinstance(each[0], (dict, _Row))))
        or (isinstance(each, dict) and _is_deep(each))
        for each in value.values()
    )


def _report(report: Report) -> JsonReport:
    zone = report.timezone
    return {
        **_head(REPORT, report),
        "as_of": None if report.as_of is None else rfc3339(report.as_of, zone),
        "method": _method(report.method),
        "services": [_service(each, report, _rows) for each in report.services],
        "periods": [_period(each, report) for each in report.periods],
        "claims": [_claim(each, report) for each in report.claims],
        "objectives": [_objective(each, report) for each in report.objectives],
        "what_if": report.what_if and _what_if(report.what_if),
        "maintenance_audit": [_work(each, report) for each in report.maintenance],
        "totals": report.totals and totals.roll_up(report.totals),
        "group_by": report.group_by,
        "groups": [totals.group(each) for each in report.groups],
        "blast_radius": [totals.blast_radius(each) for each in report.blasts],
        "milestones": report.milestones and _milestones(report),
        "problems": [_problem(each) for each in report.problems],
    }


def _method(method: Method) -> JsonMethod:
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


def _claim(claim_report: ClaimReport, report: Report) -> JsonClaim:
    claim, off = claim_report.claim, claim_report.difference
    place = report.lines.find(claim.mark)
    is_share, length = claim.figure is ClaimKind.AVAILABILITY, claim_report.time_difference

    def value(ratio: Ratio | None) -> str | int | float | None:
        if ratio is None:
            return None
        if is_share:
            return ratio[0] / ratio[1]
        if claim.figure is ClaimKind.DOWNTIME:
            return seconds(ratio[0])
        return rfc3339(ratio[0], report.timezone)

    def apart(ratio: Ratio | None) -> int | float | None:
        if ratio is None:
            return None
        far = claim_report.accepted.difference(ratio)
        return far[0] / far[1] if is_share else seconds(far[0])

    bounds = (
        None
        if claim_report.least is None
        else [apart(claim_report.least), apart(claim_report.most)]
    )
    return {
        "service": claim.service,
        "figure": claim.figure.value,
        "says": claim.says,
        "since": claim.since,
        "until": claim.until,
        "window": claim.window,
        "start": rfc3339(claim_report.stretch.start, report.timezone),
        "end": rfc3339(claim_report.stretch.end, report.timezone),
        "computed": value(claim_report.best),
        "computed_range": None
        if claim_report.least is None
        else [value(claim_report.least), value(claim_report.most)],
        "difference_seconds": None if length is None else seconds(length),
        "difference": off[0] / off[1] if is_share and off else None,
        "difference_seconds_range": None if is_share else bounds,
        "difference_range": bounds if is_share else None,
        "verdict": claim_report.finding.value,
        "by": claim.by,
        "url": claim.url,
        "note": claim.note,
        "file": place.file,
        "line": place.line,
    }


def _objective(objective: ObjectiveReport, report: Report) -> JsonObjective:
    per = objective.objective.per
    length = per.length if per else None
    written: Any = {
        "service": objective.service,
        "target": objective.objective.target / WHOLE,
        "per": (per and per.unit) or spell_days(length or 0),
        "label": objective.label,
        "start": rfc3339(objective.window.start, report.timezone),
        "end": rfc3339(objective.window.end, report.timezone),
        **figures.of_scenarios(_OF_OBJECTIVE, (objective.best, *objective.others)),
    }
    typed: JsonObjective = written
    return typed


def _head(contract: str, report: Report) -> JsonHead:
    return {
        "schema": contract,
        "generator": GENERATOR,
        "title": report.title,
        "timezone": report.timezone,
        "files": [{"path": each.path, "sha256": each.sha256} for each in report.files],
        "window": _window(report),
    }


def _window(report: Report) -> JsonWindow:
    return {
        "start": rfc3339(report.window.start, report.timezone),
        "end": rfc3339(report.window.end, report.timezone),
        "seconds": seconds(report.window.length),
        "label": report.label,
    }


def _what_if(what_if: WhatIf) -> JsonWhatIf:
    report = what_if.report
    return {
        "shift_seconds": seconds(what_if.by),
        "start": rfc3339(what_if.start, report.timezone),
        "window": _window(report),
        "services": [_service(each, report, _rows) for each in report.services],
        "periods": [_period(each, report) for each in report.periods],
        "totals": report.totals and totals.roll_up(report.totals),
        "groups": [totals.group(each) for each in report.groups],
        "blast_radius": [totals.blast_radius(each) for each in report.blasts],
    }


def _work(work: PlannedWorkReport, report: Report) -> JsonWork:
    return {
        "service": work.service,
        "what": report.lines.text(work.mark) if work.what is None else work.what,
        "line": {"file": work.mark.file, "line": report.lines.find(work.mark).line},
        "windows": work.windows,
        "announced_seconds": seconds(work.best.announced),
        "announced_seconds_range": [
            seconds(bound) for bound in work.between(lambda one: one.announced)
        ],
        "used_seconds": seconds(work.best.used),
        "used_seconds_range": [seconds(bound) for bound in work.between(lambda one: one.used)],
        "overrun_seconds": seconds(work.best.overrun),
        "overrun_seconds_range": [
            seconds(bound) for bound in work.between(lambda one: one.overrun)
        ],
    }


def _period(period: Period, report: Report) -> JsonPeriod:
    zone = report.timezone
    return {
        "label": period.label,
        "start": rfc3339(period.window.start, zone),
        "end": rfc3339(period.window.end, zone),
        "seconds": seconds(period.window.length),
        "services": [_service(one, report, _rows) for one in period.services],
        "totals": period.totals and totals.roll_up(period.totals),
        "groups": [totals.group(one) for one in period.groups],
    }


def _service(
    service: ServiceReport, report: Report, outages: Callable[..., list[JsonOutage]]
) -> JsonService:
    written: Any = {
        "id": service.service.id,
        "name": service.service.name,
        "operator": service.service.operator,
        "group": service.service.group,
        "category": service.service.category,
        "users": service.service.users,
        "state": service.state.word,
        **figures.of_service(service),
        "worst_windows": {
            name: window and _worst(name, window, service, report.timezone)
            for name, window in service.best.worst_windows.items()
        },
        "outages": outages(service, report),
    }
    typed: JsonService = written  # and the figures, which the contract leaves to the catalogue
    return typed


def _known(values: Iterable[Number | None]) -> list[Number] | None:
    """Return the least and the greatest value that is not None."""
    known = [value for value in values if value is not None]
    return [min(known), max(known)] if known else None


def _worst(name: str, window: WorstWindow, service: ServiceReport, zone: str) -> JsonWorstWindow:
    target = service.best.target
    burn = window.burn(target.target) if target else None
    windows = [found for one in service.readings if (found := one.worst_windows.get(name))]
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


def _milestones(report: Report) -> JsonMilestones | None:
    from outage_cli.writers.json.milestones import milestones  # few reports have them

    return report.milestones and milestones(report.milestones, report)


def _outages(service: ServiceReport, report: Report) -> list[JsonOutage]:
    stamp, edges = stamps(report.timezone), service.edges()
    rows: list[JsonOutage] = []
    for at, outage in enumerate(service.best.outages):
        start, end, lasted = stamp(outage.start), stamp(outage.end), seconds(outage.length)
        row = _outage(outage, report.lines, start, end, lasted)
        if edges:
            row["start_range"], row["end_range"] = (
                [stamp(edge) for edge in span] for span in edges[at][:2]
            )
            row["seconds_range"] = [seconds(length) for length in edges[at].lengths]
        rows.append(row)
    return rows


def _outage(outage: Outage, lines: SourceLines, start: str, end: str, lasted: float) -> JsonOutage:
    """Return an outage whose bounds are its exact start, end and length in seconds."""

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
        "cause": lines.text(outage.started_by) if outage.started_by else "",
        "inherited_from": outage.inherited_from,
        "inherited_through": list(outage.inherited_through) or None,
        "inherited_more": outage.inherited_more,
        "inherited_root": outage.root,
        "started_by": placed(outage.started_by),
        "ended_by": placed(outage.ended_by),
    }


def _rows(service: ServiceReport, report: Report) -> list[Any]:
    """Return outages as `_outages` does; from `_MANY` exact ones on, already encoded as JSON.

    An ordinary outage is encoded by filling in one template, which is several times as fast.
    """
    outages = service.best.outages
    if len(outages) < _MANY or service.edges():
        return _outages(service, report)
    rows: list[_Row] = []
    form, stamp, (_, line, tell) = _outage_template(), stamps(report.timezone), report.lines
    words = [_QUOTED(state.word) for state in STATES]
    files = {each.path: _QUOTED(each.path) for each in report.files}
    for outage in outages:
        start, end, length, ongoing, worst, via, begun, ended, *rest = outage
        times = stamp(start), stamp(end), seconds(length)
        if ongoing or rest != _ORDINARY or via or not (begun and ended):
            rows.append(_Row(_ENCODE(_outage(outage, report.lines, *times))))
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
def _outage_template() -> str:
    """Return the JSON of an ordinary outage as a template for `%`."""
    begun, ended = SourceRef("<begun_file>", ("<begun>",)), SourceRef("<ended_file>", ("<ended>",))
    outage = Outage(
        0,
        0,
        0,
        ongoing=False,
        worst=State.DOWN,
        inherited_from=None,
        started_by=begun,
        ended_by=ended,
    )
    lines: Any = SimpleNamespace(line=lambda mark: mark.way[0], text=lambda _: "<cause>")
    lasted: Any = "<seconds>"
    row = _outage(outage, lines, "<start>", "<end>", lasted)
    row["worst"] = "<worst>"
    return re.sub('"<([a-z_]+)>"', r"%(\1)s", _ENCODE(row))


def _problem(problem: Problem) -> JsonProblem:
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
    }
