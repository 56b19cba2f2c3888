"""Files that are read together agree about a service; where they do not, the first one counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outage_cli.model.event import SourceRef
from outage_cli.model.problem import WARNING, Place, Problem
from outage_cli.model.service import Service
from outage_cli.model.timeline import ReadResult

KEYS = {
    "name": "name",
    "operator": "operator",
    "group": "group",
    "category": "category",
    "users": "users",
    "population": "population",
    "requires": "requires",
    "slo": "slo",
    "objective": "slo",
    "hours": "hours",
    "in_service": "in_service",
    "replaced_by": "replaced_by",
    "note": "note",
}
"""The fields of a service, and the key of a file that states each."""


def agreed(readings: Sequence[ReadResult]) -> list[ReadResult]:
    """Return readings; the problems of each include its contradictions with earlier ones."""
    first: dict[tuple[str, str], tuple[object, ReadResult]] = {}
    checked: list[ReadResult] = []
    for reading in readings:
        problems = tuple(_contradicted(reading, first))
        merged = sorted([*reading.problems, *problems], key=lambda problem: problem.place)
        checked.append(reading._replace(problems=tuple(merged)) if problems else reading)
    return checked


def _contradicted(
    reading: ReadResult, first: dict[tuple[str, str], tuple[object, ReadResult]]
) -> Iterator[Problem]:
    """Yield `contradicts` for each field that has another value in an earlier file."""
    services = reading.timeline.services if reading.timeline else {}
    for name, service in services.items():
        blank = Service(name, name)
        for field, key in KEYS.items():
            if getattr(service, field) == getattr(blank, field):
                continue
            value = _comparable(service, field)
            before, earlier = first.setdefault((name, field), (value, reading))
            if before != value:
                yield _problem(name, key, reading, earlier)


def _comparable(service: Service, field: str) -> object:
    """Return the value of a field in a form that does not depend on order."""
    if field == "requires":
        return {need._replace(services=tuple(sorted(need.services))) for need in service.requires}
    if field == "hours":
        return frozenset(service.hours), service.timezone
    if field == "replaced_by":
        return frozenset(service.replaced_by)
    return getattr(service, field)


def _problem(name: str, key: str, reading: ReadResult, earlier: ReadResult) -> Problem:
    place, first = _place(reading, name, key), _place(earlier, name, key)
    value, other = _text(reading, name, key), _text(earlier, name, key)
    if value and other and value != other:
        message = f"says `{key}: {value}` of `{name}`, but {first} says `{other}`"
    else:
        message = f"says another `{key}` of `{name}` than {first}"
    hint = f"the first file counts: say the same in both, or leave `{key}` out of one"
    return Problem("contradicts", message, place, hint, WARNING)


def _place(reading: ReadResult, name: str, key: str) -> Place:
    file = reading.timeline.file if reading.timeline else ""
    place = reading.find(SourceRef(file, ("services", name, key)))
    return place if place.line else reading.find(SourceRef(file, ("services", name)))


def _text(reading: ReadResult, name: str, key: str) -> str:
    """Return a value as the file has it, if it is a scalar; else an empty text."""
    value = reading.native
    for step in ("services", name, key):
        if isinstance(value, str) and step == key == "name":
            break
        value = value.get(step) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int | float) else ""
