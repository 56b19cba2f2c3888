"""The JSON Schemas (2020-12) of the JSON, derived from the classes of its contract.

A key that is added to a class is in its schema at once. Keys may be added to what is written, so
those that a schema does not name are allowed. `KEYS` says what each key means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Any, TypeAlias, get_args, get_type_hints, is_typeddict

from msgspec.json import schema_components

from outage_cli.writers.json import contract, contract_explanation, figure_schema, story
from outage_cli.writers.json.explanation import EXPLANATION
from outage_cli.writers.json.report import COMPARISON, PROBLEMS, REPORT, VERDICTS

Schema: TypeAlias = dict[str, Any]

ROOTS: dict[str, tuple[type, str]] = {
    "report": (contract.JsonReport, REPORT),
    "show": (story.JsonShown, story.SHOW),
    "comparison": (contract.JsonComparison, COMPARISON),
    "explanation": (contract_explanation.JsonExplanation, EXPLANATION),
    "problems": (contract.JsonProblems, PROBLEMS),
    "verdicts": (contract.JsonVerdicts, VERDICTS),
}
"""The class of each schema, and the name of the contract that stands in what is written."""

KEYS = {
    **story.KEYS,
    **contract_explanation.KEYS,
    "Claim.computed": "The computed figure: seconds, a fraction of 1 or an instant; null for none.",
    "Claim.end": "The end of the time that it is about (RFC 3339).",
    "Claim.line": "The number of its line, counted from 1.",
    "Claim.says": "The figure, in the words in which it was published.",
    "Claim.service": "The service it is about.",
    "Claim.start": "The start of the time that it is about (RFC 3339).",
    "Claim.verdict": "agrees, differs or undecidable.",
    "Claim.window": "The window it is about, in its words; null where it names none.",
    "Objective.end": "The end of the period (RFC 3339).",
    "Objective.label": "The period; empty of a rolling one.",
    "Objective.service": "The service whose objective it is.",
    "Objective.start": "The start of the period (RFC 3339).",
    "File.path": "The name by which the file was read.",
    "File.sha256": "The SHA-256 digest of what was read, in hexadecimal digits.",
    "Generator.name": "The name of the program.",
    "Generator.version": "Its version.",
    "Group.group": "What its services have in common; null of those that lack it.",
    "Comparison.title": "The titles of the files, joined.",
    "Comparison.methods": "The accounting methods.",
    "Difference.cause": "weight, treatment, min-outage or whole-minutes.",
    "Difference.considered_seconds": "What it adds to the time that counts at all.",
    "Difference.outages": "How many outages it leaves out.",
    "Difference.says": "What makes the method differ, in words.",
    "Difference.state": "The state that weighs or is treated otherwise; null of a rule for runs.",
    "Difference.weighted_downtime_seconds": "What it adds to the weighted downtime.",
    "Method.file": "The file that it was read from; null of one that comes with outage.",
    "Method.maintenance": "What happens to planned work: exclude, as-up or count.",
    "Method.name": "The name of the method.",
    "Method.version": "The version of the method.",
    "Method.weights": "What a second in each state weighs, from 0 to 1.",
    "Outage.end": "When it ended: the first instant that is no longer in it (RFC 3339).",
    "Outage.start": "When it began (RFC 3339).",
    "Outage.worst": "The worst state in it.",
    "Report.schema": "The name and the number of the contract.",
    "Report.services": "One element a service, in the order of the files.",
    "Report.title": "The titles of the files, joined.",
    "Report.groups": "With --group-by: one element a group.",
    "Row.method": "The name of the method.",
    "Row.outages": "How many outages there were.",
    "Row.service": "The id of the service.",
    "Service.group": "What the file says that it belongs to.",
    "Service.name": "What reports call it.",
    "TakenDown.service": "The service that was taken down.",
    "TakenDown.seconds": "For how long.",
    "TakenDown.users": "How many users it has; null where nobody says.",
    "BlastRadius.more": "How many services took_down leaves out: more than ten steps away.",
    "BlastRadius.service": "The service whose failure it was.",
    "BlastRadius.services": "How many services it took down.",
    "Incident.title": "The title of the file.",
    "Incident.lines": "The line of each point that is known, counted from 1.",
    "Mean.n": "How many incidents it is of.",
    "Mean.ongoing": "How many are left out because they go on.",
    "Line.line": "The number of the line, counted from 1.",
    "Problem.line": "The number of the line, counted from 1; 0 is the file as a whole.",
    "Work.line": "The line that announced it, or that says that there was maintenance.",
    "Work.service": "The id of the service that was worked on.",
    "Work.what": "What the line says that is done.",
    "Verdict.verdict": "passed, failed or undecidable.",
    "Verdicts.verdict": "passed, failed or undecidable, over all of them.",
    "Verdict.service": "The service that was checked.",
    "WhatIf.start": "When the moved outage starts (RFC 3339).",
    "all_down_seconds": "The time in which every one of the services is down at once.",
    "announced_seconds": "How long its windows are together; 0 where nobody announced it.",
    "any_down_seconds": "The time in which at least one of the services is down.",
    "as_of": "The instant after which nothing counts (RFC 3339), or null.",
    "base": "The method whose rules it has where its file says nothing; null without a file.",
    "blast_radius": "What the failure of each service took down.",
    "by": "Who published it; null where the file does not say.",
    "claims": "One element a published figure, in the order of the files.",
    "difference": "The computed availability less the published one; null of other figures.",
    "difference_seconds": "The computed figure less the published one; null of availability.",
    "figure": "downtime, availability, starts or ends.",
    "note": "What the file remarks on it.",
    "objectives": "One element for each period in which an objective of its own is to be met.",
    "per": "The unit of the calendar, or the length of a rolling period.",
    "since": "From when it counts, in its words; null where it does not say.",
    "until": "To when it counts, in its words; null where it does not say.",
    "url": "Where it was published.",
    "category": "What the file says that kind of service it is.",
    "cause": "What the line says that began it.",
    "check": "What kind of check it is.",
    "code": "What is wrong, by a name that stays the same.",
    "column": "The column of the line, in characters, counted from 1; 0 is the whole line.",
    "computed": "The figure that it was held against, in words.",
    "cut_after": "Whether it went on after the window.",
    "cut_before": "Whether it began before the window.",
    "decimals": "How many decimals of a percentage are shown.",
    "differences": "What makes the figures differ from those of standard; it adds up.",
    "end": "The first instant that is no longer in it (RFC 3339).",
    "ended_by": "The line that ended it; null where none did.",
    "file": "The name of the file.",
    "files": "The files that the report is made of.",
    "generator": "The program that wrote this.",
    "group_by": "What the services are grouped by; null if they are not.",
    "groups": "One element a group.",
    "hint": "What to write instead.",
    "id": "The id of the service in the file.",
    "inherited_from": "The required service that it came from directly, or null.",
    "inherited_more": "How many services of a long way inherited_through leaves out.",
    "inherited_root": "The service that failed, whose line began it; null if it was not inherited.",
    "inherited_through": "The services it came down through, from the one that is required "
    "directly to the one that failed, whose line began it; of a long way the ten nearest.",
    "label": "The words by which it was asked for; empty if it was not.",
    "length": "How many characters it is about.",
    "lines": "The lines behind it.",
    "maintenance_audit": "What became of planned work, one element for each piece and service.",
    "mean_availability": "The mean of the availabilities of the services, each counted once.",
    "message": "What is wrong, in words.",
    "method": "The accounting method.",
    "min_outage_seconds": "Outages that are shorter do not count.",
    "ongoing": "Whether it had not ended at as-of.",
    "operator": "Who runs it, as the file says.",
    "out_of_hours": "What happens to the time outside of its hours: exclude, as-up or count.",
    "outages": "One element a run of downtime, in order.",
    "overrun_seconds": "The downtime that went on from the ends of its windows.",
    "periods": "With --by: one element a part of the window.",
    "problems": "What is wrong or doubtful in the files.",
    "root_service_seconds": "The part of service_seconds that began with this service; over all "
    "services it adds up to what they inherited.",
    "rows": "One element for each service and method.",
    "says": "What is checked, in words.",
    "schema": "The name and the number of the contract.",
    "seconds": "How long it is.",
    "service_seconds": "The downtime of the services added up.",
    "services": "The services it is about.",
    "services_without_users": "How many of the services have no number of users.",
    "severity": "error, warning or note.",
    "shift_seconds": "How much later the outage is moved.",
    "start": "The first instant that is in it (RFC 3339).",
    "started_by": "The line that began it; null where none did.",
    "state": "The state at the end of the window.",
    "target": "The availability that is promised, as a fraction of 1.",
    "timezone": "The IANA zone in which the window is laid out.",
    "took_down": "The services that it took down, each with the way it came down.",
    "totals": "The figures of all services as one.",
    "unknown": "What happens to time of which nothing is known: exclude, as-up or count.",
    "used_seconds": "The time in its windows in which the service was not up.",
    "user_weighted_availability": "The mean of the availabilities, each counted as often as the "
    "service has users; null where nobody says how many.",
    "users": "How many users it has; null where nobody says.",
    "users_summed": "The users of the services added up; who uses two of them counts twice.",
    "verdicts": "One element a check of a service.",
    "what_if": "With --shift or --start: the same outage elsewhere; else null.",
    "whole_minutes": "Whether only the whole minutes of an outage count.",
    "acknowledged": "When somebody took it on (RFC 3339), or null.",
    "detected": "When it was noticed (RFC 3339), or null.",
    "identified": "When its cause was known (RFC 3339), or null.",
    "impact_end": "When the last outage of the file ended (RFC 3339), or null.",
    "impact_start": "When the first outage of the file began (RFC 3339), or null.",
    "incidents": "One element a file, in their order.",
    "max_seconds": "The longest; null of nothing.",
    "mean_seconds": "The mean of at least two, or null.",
    "means": "Each time over all incidents, by its name.",
    "median_seconds": "The one in the middle, or half-way between two; null of nothing.",
    "milestones": "The incidents and their times; null where no file tells phases.",
    "mitigated": "When the worst of it was over (RFC 3339), or null.",
    "negative": "How many are left out because their ends are swapped.",
    "not_stated": "How many are left out because an end is not stated.",
    "p90_seconds": "The 90th percentile by nearest rank; null of nothing.",
    "ranges": "Between which instants each point that is known lies.",
    "resolved": "When it was called over (RFC 3339), or null.",
    "started": "When it is said to have begun (RFC 3339), or null.",
    "time_to_acknowledge_seconds": "From detected to acknowledged; null where one is missing.",
    "time_to_detect_seconds": "From impact start to detected; null where one is missing.",
    "time_to_mitigate_seconds": "From impact start to mitigated; null where one is missing.",
    "time_to_recover_seconds": "From impact start to impact end; null where one is missing.",
    "time_to_repair_seconds": "From detected to impact end; null where one is missing.",
    "worst_windows": "The window with the lowest availability, by its length: 1h, 1d, 7d, 30d.",
    "window": "The stretch of time that the figures are about.",
    "windows": "How many of its windows lie in the report's; 0 where nobody announced it.",
}
"""What the keys mean: of one class, or of every class that has the key."""


def schema(name: str) -> Schema:
    """Return the schema of what is written by that name."""
    root, contract = ROOTS[name]
    _, components = schema_components([root], ref_template="#/$defs/{name}")
    classes = {each.__name__: each for each in _classes(root)}
    defined = {
        _named(each): _with_meanings(_named(each), shape, [*get_type_hints(classes[each])])
        for each, shape in components.items()
    }
    if service := defined.get("Service"):
        defined["Service"] = _with_figures(service, defined)
    top = defined.pop(_named(root.__name__))
    top["properties"]["schema"]["const"] = contract
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{contract.replace('.', ':').replace('/', ':')}",
        **top,
        "$defs": defined,
    }


def _named(name: str) -> str:
    """Return the name that a class of the contract, such as `JsonOutage`, has in the schema."""
    return name.removeprefix("Json")


def _with_figures(service: Schema, defined: dict[str, Schema]) -> Schema:
    """Return the class of services with the figures in it, and define those of their objects."""
    of_figures, classes = figure_schema.properties()
    defined |= classes
    properties = dict[str, Schema]()
    for key, shape in service["properties"].items():
        properties[key] = shape
        if key == "state":
            properties |= of_figures
    return {**service, "properties": properties, "required": [*properties]}


def _classes(of: Any) -> Iterator[type]:  # noqa: ANN401 - a class, or what is made of classes
    """Yield the classes that a type is made of."""
    if is_typeddict(of):
        yield of
        for member in get_type_hints(of).values():
            yield from _classes(member)
    for member in get_args(of):
        yield from _classes(member)


def _with_meanings(name: str, shape: Schema, written: Sequence[str]) -> Schema:
    """Return the schema of a class with its keys described, in the order of the contract."""
    return {
        **shape,
        "title": name,
        "description": cleandoc(shape.get("description", "")),
        "properties": {
            key: _plain(shape["properties"][key]) | _described(name, key) for key in written
        },
        "required": [key for key in written if key in shape["required"]],
    }


def _described(name: str, key: str) -> Schema:
    meaning = KEYS.get(f"{name}.{key}") or KEYS.get(key) or figure_schema.meanings().get(key)
    if meaning is None and key.endswith("_range"):
        meaning = f"The least and the greatest that {key.removesuffix('_range')} can be."
    return {"description": meaning} if meaning else {}


def _plain(shape: Schema) -> Schema:
    """Return a shape with a choice of simple types as one type."""
    plain = {
        key: _plain(value) if key in {"items", "additionalProperties"} and value else value
        for key, value in shape.items()
    }
    if "$ref" in shape:
        folder, _, name = str(shape["$ref"]).rpartition("/")
        plain["$ref"] = f"{folder}/{_named(name)}"
    if "anyOf" in shape:
        choice: list[Schema] = [_plain(each) for each in shape["anyOf"]]
        plain["anyOf"] = choice
        if all(each.keys() == {"type"} for each in choice):
            types = [each["type"] for each in choice]
            types = [each for each in types if each != "integer" or "number" not in types]
            del plain["anyOf"]
            plain["type"] = types[0] if len(types) == 1 else types
    return plain
