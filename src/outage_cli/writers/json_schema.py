"""What the tool writes as JSON, as JSON Schema (2020-12), made from the classes that spell it out.

A key that is added to a class is in its schema at once. Keys may be added to what is written, so
those that a schema does not name are allowed. `KEYS` says what each key means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Any, TypeAlias, get_args, get_type_hints, is_typeddict

from msgspec.json import schema_components

from outage_cli.writers import json, json_story

Schema: TypeAlias = dict[str, Any]

ROOTS: dict[str, tuple[type, str]] = {
    "report": (json.Report, json.REPORT),
    "show": (json_story.Shown, json_story.SHOW),
    "problems": (json.Problems, json.PROBLEMS),
    "verdicts": (json.Verdicts, json.VERDICTS),
}
"""The class of each schema, and the name of the contract that stands in what is written."""

KEYS = json_story.KEYS | {
    "File.path": "The name by which the file was read.",
    "File.sha256": "The SHA-256 digest of what was read, in hexadecimal digits.",
    "Generator.name": "The name of the program.",
    "Generator.version": "Its version.",
    "Group.group": "What its services have in common; null of those that lack it.",
    "Method.maintenance": "What happens to planned work.",
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
    "Service.group": "What the file says that it belongs to.",
    "Service.name": "What reports call it.",
    "Service.seconds": "The seconds in each state; together they are the window.",
    "TakenDown.service": "The service that was taken down.",
    "TakenDown.seconds": "For how long.",
    "TakenDown.users": "How many users it has; null where nobody says.",
    "BlastRadius.service": "The service whose failure it was.",
    "BlastRadius.services": "How many services it took down.",
    "Line.line": "The number of the line, counted from 1.",
    "Problem.line": "The number of the line, counted from 1; 0 is the file as a whole.",
    "Verdict.verdict": "passed, failed or undecidable.",
    "Verdicts.verdict": "passed, failed or undecidable, over all of them.",
    "Verdict.service": "The service that was checked.",
    "WhatIf.start": "When the moved outage starts (RFC 3339).",
    "all_down_seconds": "The time in which every one of the services is down at once.",
    "any_down_seconds": "The time in which at least one of the services is down.",
    "as_of": "The instant after which nothing counts (RFC 3339), or null.",
    "availability": "1 - weighted downtime / considered; null where nothing is considered.",
    "blast_radius": "What the failure of each service took down.",
    "budget_seconds": "The error budget: (1 - target) x considered.",
    "category": "What the file says that kind of service it is.",
    "cause": "What the line says that began it.",
    "check": "What kind of check it is.",
    "code": "What is wrong, by a name that stays the same.",
    "column": "The column of the line, in characters, counted from 1; 0 is the whole line.",
    "computed": "The figure that it was held against, in words.",
    "considered_seconds": "The time that counts at all.",
    "cut_after": "Whether it went on after the window.",
    "cut_before": "Whether it began before the window.",
    "downtime_seconds": "The time in states of a weight above 0.",
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
    "inherited_seconds": "The part of the downtime that came only from what it requires.",
    "inherited_through": "The services it came down through, from the one that is required "
    "directly to the one that failed, whose line began it.",
    "label": "The words by which it was asked for; empty if it was not.",
    "length": "How many characters it is about.",
    "lines": "The lines behind it.",
    "mean_availability": "The mean of the availabilities of the services, each counted once.",
    "message": "What is wrong, in words.",
    "met": "Whether the target is met; null where nothing counts.",
    "method": "The accounting method.",
    "ongoing": "Whether it had not ended at as-of.",
    "operator": "Who runs it, as the file says.",
    "outages": "One element a run of downtime, in order.",
    "own_seconds": "The part of the downtime that its own lines tell of.",
    "periods": "With --by: one element a part of the window.",
    "problems": "What is wrong or doubtful in the files.",
    "remaining_seconds": "What is left of the error budget; below 0 where it is spent.",
    "root_service_seconds": "The part of service_seconds that began with this service; over all "
    "services it adds up to what they inherited.",
    "says": "What is checked, in words.",
    "schema": "The name and the number of the contract.",
    "seconds": "How long it is.",
    "service_seconds": "The downtime of the services added up.",
    "services": "The services it is about.",
    "services_without_users": "How many of the services have no number of users.",
    "severity": "error, warning or note.",
    "shift_seconds": "How much later the outage is moved.",
    "slo": "The target of the service; null without one.",
    "start": "The first instant that is in it (RFC 3339).",
    "started_by": "The line that began it; null where none did.",
    "state": "The state at the end of the window.",
    "target": "The availability that is promised, as a fraction of 1.",
    "timezone": "The IANA zone in which the window is laid out.",
    "took_down": "The services that it took down, each with the way it came down.",
    "totals": "The figures of all services as one.",
    "user_seconds_lost": "Users affected x seconds of downtime; null where nobody says how many.",
    "user_weighted_availability": "The mean of the availabilities, each counted as often as the "
    "service has users; null where nobody says how many.",
    "users": "How many users it has; null where nobody says.",
    "users_summed": "The users of the services added up; who uses two of them counts twice.",
    "verdicts": "One element a check of a service.",
    "weighted_downtime_seconds": "Each second times the weight of its state.",
    "what_if": "With --shift or --start: the same outage elsewhere; else null.",
    "window": "The stretch of time that the figures are about.",
}
"""What the keys mean: of one class, or of every class that has the key."""


def schema(name: str) -> Schema:
    """Return the schema of what is written by that name."""
    root, contract = ROOTS[name]
    _, components = schema_components([root], ref_template="#/$defs/{name}")
    classes = {each.__name__: each for each in _classes(root)}
    defined = {
        each: _told(each, shape, [*get_type_hints(classes[each])])
        for each, shape in components.items()
    }
    top = defined.pop(root.__name__)
    top["properties"]["schema"]["const"] = contract
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{contract.replace('.', ':').replace('/', ':')}",
        **top,
        "$defs": defined,
    }


def _classes(of: Any) -> Iterator[type]:  # noqa: ANN401 - a class, or what is made of classes
    """Yield the classes that a type is made of."""
    if is_typeddict(of):
        yield of
        for each in get_type_hints(of).values():
            yield from _classes(each)
    for each in get_args(of):
        yield from _classes(each)


def _told(name: str, shape: Schema, written: Sequence[str]) -> Schema:
    """Return a class with what its keys mean, in the order in which they are written."""
    return {
        **shape,
        "description": cleandoc(shape.get("description", "")),
        "properties": {
            key: _plain(shape["properties"][key]) | _described(name, key) for key in written
        },
        "required": [key for key in written if key in shape["required"]],
    }


def _described(name: str, key: str) -> Schema:
    told = KEYS.get(f"{name}.{key}") or KEYS.get(key)
    if told is None and key.endswith("_range"):
        told = f"The least and the greatest that {key.removesuffix('_range')} can be."
    return {"description": told} if told else {}


def _plain(shape: Schema) -> Schema:
    """Return a shape with a choice of simple types as one type."""
    found = {
        key: _plain(value) if key in {"items", "additionalProperties"} and value else value
        for key, value in shape.items()
    }
    if "anyOf" in shape:
        choice: list[Schema] = [_plain(each) for each in shape["anyOf"]]
        found["anyOf"] = choice
        if all(each.keys() == {"type"} for each in choice):
            types = [each["type"] for each in choice]
            types = [each for each in types if each != "integer" or "number" not in types]
            del found["anyOf"]
            found["type"] = types[0] if len(types) == 1 else types
    return found
