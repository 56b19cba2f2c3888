"""Files that are read together and differ on a service: a problem names both places."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path

import pytest

from outage_cli.lint.contradictions import KEYS, agreed
from outage_cli.model.problem import Problem
from outage_cli.model.service import Service
from outage_cli.pipeline import read
from outage_cli.readers.source import Source

OUTAGE = Path(sysconfig.get_path("scripts"), "outage")
EVENTS = """events:
  - {at: 2024-05-13 06:00, what: It fails, down: shop}
  - {at: 2024-05-13 07:00, what: It works, up: shop}
"""


def story_of(shop: str, zone: str = "UTC") -> str:
    return f"""timezone: {zone}
window: 2024-05-13
services:
  a: A
  b: B
  c: C
  shop: {{{shop}}}
{EVENTS}"""


def problems(*texts: str) -> list[Problem]:
    named = [(f"{at}.yaml", text) for at, text in enumerate(texts, 1)]
    readings = [read(Source(name, text.encode(), None)) for name, text in named]
    assert not [each for one in readings for each in one.problems if each.is_error]
    return [each for one in agreed(readings) for each in one.problems if each.code == "contradicts"]


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        ("name", "Web shop", "Shop"),
        ("operator", "Acme", "Ajax"),
        ("group", "web", "shops"),
        ("category", "shop", "shops"),
        ("users", "10", "1_000"),
        ("population", "100", "200"),
        ("requires", "[a, b]", "[a, c]"),
        ("requires", "[a, b]", "{any: [a, b]}"),
        ("slo", "99%", "90%"),
        ("slo", "99% monthly", "90% monthly"),
        ("hours", "Mon-Fri 08:00-18:00", "Mon-Fri 08:00-17:00"),
        ("in_service", "{from: 2020-01-01}", "{from: 2021-01-01}"),
        ("replaced_by", "a", "b"),
        ("note", "the first", "the second"),
    ],
)
def test_each_field_that_differs_is_told_with_both_places(
    key: str, first: str, second: str
) -> None:
    (problem,) = problems(story_of(f"{key}: {first}"), story_of(f"{key}: {second}"))
    assert (problem.severity, problem.place.file, problem.place.line) == ("warning", "2.yaml", 7)
    assert f"`{key}" in problem.message
    assert "1.yaml:7" in problem.message
    assert "`shop`" in problem.message
    (back,) = problems(story_of(f"{key}: {second}"), story_of(f"{key}: {first}"))
    assert (back.place.file, back.place.line) == ("2.yaml", 7)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("slo: 99%", "slo: 99.0%"),
        ("users: 1000", "users: 1_000"),
        ("requires: [a, b]", "requires: [b, a]"),
        ("name: Shop", "users: 10"),
        ("name: shop, slo: 99%", "name: Shop, slo: 99%"),
    ],
)
def test_same_in_other_words_and_what_only_one_says_is_no_contradiction(
    first: str, second: str
) -> None:
    assert problems(story_of(first), story_of(second)) == []


def test_hours_follow_other_clocks_in_another_zone() -> None:
    (problem,) = problems(
        story_of("hours: Mon-Fri 08:00-18:00"), story_of("hours: Mon-Fri 08:00-18:00", "Asia/Seoul")
    )
    assert problem.message.startswith("says another `hours` of `shop` than 1.yaml:7")


def test_third_file_is_held_against_the_one_that_spoke_first() -> None:
    found = problems(story_of("users: 5"), story_of("slo: 99%"), story_of("slo: 90%"))
    assert [(each.place.file, each.message) for each in found] == [
        ("3.yaml", "says `slo: 90%` of `shop`, but 2.yaml:7:15 says `99%`")
    ]


def test_every_field_of_a_service_is_compared() -> None:
    assert KEYS.keys() == set(Service._fields) - {"id", "timezone", "mark"}


def outage(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([OUTAGE, *words], cwd=folder, capture_output=True, text=True, check=False)


def test_lint_report_and_check_say_it(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text(story_of("slo: 99%"))
    (tmp_path / "2.yaml").write_text(story_of("slo: 90%"))
    text = "2.yaml:7:15: warning[contradicts] says `slo: 90%` of `shop`, but 1.yaml:7:15 says `99%`"
    lint = outage(tmp_path, "lint", "1.yaml", "2.yaml")
    assert text in lint.stdout
    assert lint.returncode == 0
    assert outage(tmp_path, "lint", "--strict", "1.yaml", "2.yaml").returncode == 1
    assert "no problems" in outage(tmp_path, "lint", "1.yaml").stdout
    shown = outage(tmp_path, "report", "1.yaml", "2.yaml", "-f", "json")
    (problem,) = json.loads(shown.stdout)["problems"]
    assert (problem["code"], problem["file"], problem["line"]) == ("contradicts", "2.yaml", 7)
    check = outage(tmp_path, "check", "1.yaml", "2.yaml")
    assert (check.returncode, "contradicts" in check.stderr) == (1, True)
    assert outage(tmp_path, "check", "2.yaml", "1.yaml").returncode == 0
