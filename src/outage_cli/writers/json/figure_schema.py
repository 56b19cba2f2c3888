"""The JSON Schema of the figures of a service, from the catalogue."""

from __future__ import annotations

from typing import Any, TypeAlias

from outage_cli.model.figure import Figure, Kind
from outage_cli.writers.json.figures import JsonKey, json_keys

Schema: TypeAlias = dict[str, Any]

_OBJECTS = {
    "slo": ("Slo", "A target and its error budget.", "The target of the service; null without."),
    "outage_lengths": (
        "OutageLengths",
        "How long the outages were that began and ended in the window; the mean is of 2 or more.",
        "How long the outages were that began and ended in the window.",
    ),
}
"""The objects of figures: their class, what the class is, and what the key is."""

_MAPPINGS = {
    "seconds": "The seconds in each state; together they are the window.",
    "seconds_range": "The least and the greatest that seconds can be.",
}
"""The mappings of figures, by state, which name no keys of their own."""


def properties() -> tuple[Schema, dict[str, Schema]]:
    """Return the properties of the figures of a service, and the classes of their objects."""
    of_service: Schema = {}
    classes: dict[str, Schema] = {}
    for place in json_keys():
        shapes = _shapes(place)
        if place.home in _MAPPINGS:
            for home, shape in zip((place.home, place.range_home), shapes.values(), strict=True):
                inner = {key: value for key, value in shape.items() if key != "description"}
                of_service[home] = {
                    "type": "object",
                    "additionalProperties": inner,
                    "description": _MAPPINGS[home],
                }
        elif place.home:
            name, means, of_key = _OBJECTS[place.home]
            if name not in classes:
                of_service[place.home] = _reference(name, of_key, place.figure)
                classes[name] = _object(name, means)
            classes[name]["properties"] |= shapes
            classes[name]["required"] += shapes
        else:
            of_service |= shapes
    return of_service, classes


def meanings() -> dict[str, str]:
    """Return what the keys of figures mean, by the last part of their path."""
    return {place.key: place.figure.means for place in json_keys() if place.home not in _MAPPINGS}


def _object(name: str, means: str) -> Schema:
    return {
        "title": name,
        "description": means,
        "type": "object",
        "properties": {},
        "required": [],
    }


def _reference(name: str, means: str, first: Figure) -> Schema:
    """Return the shape of a key that holds an object, null where its first figure is missing."""
    reference: Schema = {"$ref": f"#/$defs/{name}"}
    if first.needs:
        reference = {"anyOf": [reference, {"type": "null"}]}
    return reference | {"description": means}


def _shapes(place: JsonKey) -> Schema:
    """Return the shape of a figure and, where it has them, of its bounds, by key."""
    figure = place.figure
    may_be_null = not figure.is_total or (bool(figure.needs) and not place.home)
    kind = {Kind.COUNT: "integer", Kind.TRUTH: "boolean"}.get(figure.kind, "number")
    shapes: Schema = {
        place.key: {"type": [kind, "null"] if may_be_null else kind, "description": figure.means}
    }
    if place.range_key:
        ends: Schema = {"type": "array", "items": {"type": kind}}
        if may_be_null:
            ends = {"anyOf": [ends, {"type": "null"}]}
        means = f"The least and the greatest that {place.key} can be."
        shapes[f"{place.key}_range"] = ends | {"description": means}
    return shapes
