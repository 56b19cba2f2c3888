"""The schemas tell the truth: what is valid and what is written fits them, what is wrong does not.

`readers/` decides what a valid timeline is; the schema is held against it from both sides.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sysconfig
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from outage_cli import registry
from outage_cli.model.problem import ERROR
from outage_cli.model.screen import Screen
from outage_cli.pipeline import ReportRequest, read, report
from outage_cli.readers.native import keys
from outage_cli.readers.source import Source
from outage_cli.writers.json import report as writer
from outage_cli.writers.json import schema as json_schema
from tests import strategies
from tests.stories_runner import ROOT, pages
from tests.strategies import Case

OUTAGE = Path(sysconfig.get_path("scripts"), "outage")
TIMELINES = sorted(ROOT.glob("timelines/*.*"))
STRUCTURAL = {
    "unknown-key", "wrong-type", "missing-key", "not-a-timeline", "unknown-phase", "unknown-state",
    "reserved-name",
}  # fmt: skip
"""The mistakes that a schema can see; others need to know times, names and order."""


class Core(yaml.SafeLoader):
    """YAML as editors read it: the core types of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as its base has it


for tag, pattern, first in (
    ("null", r"(?:~|null|Null|NULL|)\Z", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z", list("tTfF")),
    ("int", r"[-+]?[0-9]+\Z", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z",
        list("-+.0123456789"),
    ),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


@cache
def schema_of(name: str) -> dict[str, Any]:
    entry = registry.named(name, registry.SCHEMAS)
    assert entry
    schema: dict[str, Any] = registry.load(entry.home).schema(name)
    return schema


@cache
def validator(name: str) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema_of(name))
    return Draft202012Validator(schema_of(name))


def errors(name: str, value: object) -> list[str]:
    return [f"{each.json_path}: {each.message}" for each in validator(name).iter_errors(value)]


def mistakes(name: str, data: bytes) -> set[str]:
    """Return the codes of what the reader finds wrong."""
    found = read(Source(name, data, None)).problems
    return {each.code for each in found if each.severity == ERROR}


def as_editors_see(name: str, text: str) -> Any:  # noqa: ANN401 - whatever stands there
    if name.endswith(".json"):
        return json.loads(text)
    if name.endswith(".toml"):
        return json.loads(json.dumps(tomllib.loads(text), default=str))
    return yaml.load(text, Core)  # noqa: S506 - a safe loader with other types


FENCED = re.compile(r"^( *)```(?:yaml|json|toml) (\S+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def written_in_pages() -> Iterator[tuple[str, str, str]]:
    """Yield every timeline that a page writes, by the page, its name and its text."""
    for page in pages():
        for indent, name, body in FENCED.findall(page.read_text(encoding="utf-8")):
            text = re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)
            yield page.name, name, text


def valid_timelines() -> Iterator[tuple[str, str, str]]:
    for page, name, text in written_in_pages():
        if not mistakes(name, text.encode()):
            yield page, name, text
    for path in TIMELINES:
        yield "timelines", path.name, path.read_text(encoding="utf-8")


def test_every_valid_timeline_fits_as_editors_see_it() -> None:
    seen = 0
    for page, name, text in valid_timelines():
        if name.endswith((".yaml", ".yml", ".json", ".toml")):
            assert errors("timeline", as_editors_see(name, text)) == [], (page, name)
            seen += 1
    assert seen > 60


def test_timeline_with_a_mistake_of_form_does_not_fit() -> None:
    seen = 0
    for page, name, text in written_in_pages():
        found = mistakes(name, text.encode())
        if found and found <= {"unknown-key", "missing-key", "unknown-phase"}:
            assert errors("timeline", as_editors_see(name, text)), (page, name)
            seen += 1
    assert seen


FULL = next(text for _, name, text in written_in_pages() if name == "full.yaml")


def ways(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    yield way
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from ways(one, (*way, key))


def changed(value: Any, way: tuple[str | int, ...], change: Callable[[Any], Any]) -> Any:  # noqa: ANN401
    found = copy.deepcopy(value)
    if not way:
        return change(found)
    at = found
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = change(at[way[-1]])
    return found


CHANGES: dict[str, Callable[[Any], Any]] = {
    "another key": lambda value: value | {"zzz": "x"} if isinstance(value, dict) else value,
    "a list of lists": lambda _: [["a"]],
    "a mapping": lambda _: {"zzz": {"zzz": "x"}},
    "a text": lambda _: "zzz",
    "a number": lambda _: 17,
    "nothing": lambda _: None,
    "truth": lambda _: True,
    "an empty list": lambda _: [],
    "an empty mapping": lambda _: {},
}


@pytest.mark.parametrize("name", CHANGES)
def test_schema_and_reader_agree_on_what_is_changed_anywhere(name: str) -> None:
    """Whatever stands anywhere in a file that has every key: both refuse it, or both do not."""
    whole = native_of(FULL)
    assert errors("timeline", whole) == []
    refused = 0
    for way in ways(whole):
        other = changed(whole, way, CHANGES[name])
        found = mistakes("full.json", json.dumps(other, ensure_ascii=False).encode())
        said = errors("timeline", other)
        if found and found <= STRUCTURAL:
            assert said, (way, found)
            refused += 1
        if not found:
            assert said == [], way
    assert refused


def native_of(text: str) -> Any:  # noqa: ANN401 - whatever stands there
    return yaml.load(text, Core)  # noqa: S506 - a safe loader with other types


@pytest.mark.parametrize(
    ("was", "instead"),
    [
        ("users: 12,000", "users: many"),
        ("slo: 99.5%", "slo: high"),
        ("slo: 99.5%", "slo: 99.5"),
        ("phase: started", "phase: begun"),
        ("degraded: wiki", "degraded:"),
        ("degraded: wiki", "broken: wiki"),
        ("at: 2024-05-13 09:00", "when: 2024-05-13 09:00"),
        ("requires: [database]", "requires: {at_least: 1, any: [database]}"),
        ("requires: [database]", "requires: {any: [database], all: [database]}"),
        ("requires: [database]", "requires: {any: [database], at_worst: dead}"),
        ("{wiki: 3000}", "3000"),
        ("service: wiki, downtime: 45m", "service: wiki, downtime: 45m, ends: 10:00"),
        ("service: wiki, downtime: 45m", "downtime: 45m"),
        ("    to: 2024-05-18 22:00\n", "    repeats: FREQ=WEEKLY\n"),
        ("  mail: {name: Mail}", "  all: {name: Mail}"),
        ("title: The wiki in May", "titel: The wiki in May"),
    ],
)
def test_wrong_file_fits_neither_the_schema_nor_the_reader(was: str, instead: str) -> None:
    assert was in FULL
    text = FULL.replace(was, instead, 1)
    assert mistakes("full.yaml", text.encode())
    assert errors("timeline", native_of(text))


def described(schema: Any, way: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if isinstance(schema, dict):
        for name, shape in schema.get("properties", {}).items():
            yield f"{way}.{name}", shape
        for key, each in schema.items():
            if key == "oneOf":  # says again what is described above
                continue
            yield from described(each, f"{way}.{key}")
    elif isinstance(schema, list):
        for each in schema:
            yield from described(each, way)


@pytest.mark.parametrize("name", [entry.name for entry in registry.SCHEMAS])
def test_every_key_is_described(name: str) -> None:
    """A key added to a class of the writer or to the reader wants a line in its schema module."""
    schema = schema_of(name)
    keys = dict(described(schema))
    assert keys
    assert [way for way, shape in keys.items() if not shape.get("description")] == []
    assert all(each.get("description") for each in schema["$defs"].values())
    assert schema["description"]


def test_no_description_is_left_of_a_key_that_is_gone() -> None:
    schemas = [schema_of(name) for name in json_schema.ROOTS]
    classes = {
        name: each for one in schemas for name, each in (one["$defs"] | {one["title"]: one}).items()
    }
    keys = {key for each in classes.values() for key in each["properties"]}
    keys |= {f"{name}.{key}" for name, each in classes.items() for key in each["properties"]}
    assert set(json_schema.KEYS) <= keys


def test_timeline_has_every_key_of_the_reader() -> None:
    schema = schema_of("timeline")
    mappings = {
        "service": keys.SERVICE, "requirement": keys.REQUIRES, "event": keys.EVENT,
        "maintenance": keys.MAINTENANCE, "claim": keys.CLAIM, "source": keys.SOURCE,
    }  # fmt: skip
    assert [*schema["properties"]] == [*keys.TOP]
    for name, known in mappings.items():
        assert [*schema["$defs"][name]["properties"]] == [*known]


def screens() -> Iterator[tuple[str, Any]]:
    """Yield what the pages promise that a command prints as JSON; the stories prove it."""
    decoder = json.JSONDecoder()
    for page in pages():
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"^\{\n", text, re.MULTILINE):
            try:
                value, _ = decoder.raw_decode(text, found.start())
            except json.JSONDecodeError:
                continue
            if isinstance(value, dict) and "schema" in value and "generator" in value:
                yield page.name, value


def test_every_json_screen_of_the_pages_fits() -> None:
    contracts = {contract: name for name, (_, contract) in json_schema.ROOTS.items()}
    seen = set()
    for page, value in screens():
        name = contracts.get(value["schema"])
        assert name, (page, value["schema"])
        assert errors(name, value) == [], page
        seen.add(name)
    assert seen == set(contracts.values())


@pytest.mark.parametrize(
    "asked",
    [
        ReportRequest(0),
        ReportRequest(0, by="week", group_by="operator"),
        ReportRequest(0, group_by="tag", shift="2d"),
        ReportRequest(0, services=("yesco",), group_by="category"),
    ],
    ids=["plain", "week", "moved", "one"],
)
def test_report_of_every_timeline_fits(asked: ReportRequest) -> None:
    for path in TIMELINES:
        reading = read(Source(path.name, path.read_bytes(), None))
        assert reading.timeline
        if set(asked.services) <= set(reading.timeline.services):
            told = report([reading], asked._replace(now=1_800_000_000_000_000))
            value = json.loads(writer.report(told, Screen()))  # type: ignore[arg-type]
            assert errors("report", value) == [], path.name


@strategies.tried(40)
@given(strategies.cases())
def test_any_report_fits(case: Case) -> None:
    assert errors("report", json.loads(writer.report(case.report(), Screen()))) == []


def test_report_without_a_key_or_with_a_text_for_a_number_does_not_fit() -> None:
    _, value = next(each for each in screens() if each[1]["schema"] == writer.REPORT)
    for key in value:
        assert errors("report", {name: each for name, each in value.items() if name != key}), key
    (service, *_) = value["services"]
    assert errors("report", value | {"services": [service | {"downtime_seconds": "1680"}]})
    assert errors("report", value | {"a_later_key": 1}) == []


@pytest.mark.parametrize("name", [entry.name for entry in registry.SCHEMAS])
def test_command_prints_the_schema(name: str) -> None:
    run = subprocess.run([OUTAGE, "schema", name], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == schema_of(name)
