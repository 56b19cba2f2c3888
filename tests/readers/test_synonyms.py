"""Keys as people write them first: each gets one error, which names the key that is meant."""

from __future__ import annotations

import pytest

from outage_cli.pipeline import read
from outage_cli.readers.native.keys import (
    CLAIM,
    EVENT,
    MAINTENANCE,
    OBJECTIVE,
    SERVICE,
    SOURCE,
    TOP,
)
from outage_cli.readers.native.synonyms import MEANT
from outage_cli.readers.source import Source

STORY = """\
timezone: UTC
services:
  db: Database
  web: {name: The web shop, requires: [db], slo: 99.9%}
maintenance:
  - {services: [web], from: 2024-01-02 10:00, to: 2024-01-02 11:00, what: Upgrade}
events:
  - {at: 2024-01-01 10:00, what: Disk full, down: web}
  - {at: +1h, what: Disk swapped, up: web}
"""


def problems(text: str) -> list[tuple[str, str]]:
    found = read(Source("story.yaml", text.encode()))
    return [(problem.code, problem.hint) for problem in found.problems]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        *((f"{{{word}: 2024-01-01 10:00", "at") for word in ("time", "when", "date", "timestamp")),
        ("{Time: 2024-01-01 10:00", "at"),
        ("{start: 2024-01-01 10:00", "at"),
        *((f"{word}: Disk full", "what") for word in ("description", "message", "summary", "text")),
        *((f"{word}: [db]", "requires") for word in ("depends_on", "depends-on", "dependencies")),
        *((f"{word}: 99.9%", "slo") for word in ("sla", "target")),
        *((f"{word}: UTC", "timezone") for word in ("tz", "time_zone")),
        ("start: 2024-01-02 10:00", "from"),
        ("end: 2024-01-02 11:00", "to"),
        ("slo: {objective: 99.9%}", "target"),
        ("slo: {target: 99.9%, by: month}", "per"),
    ],
)
def test_a_natural_key_gets_one_error_that_says_which_is_meant(written: str, key: str) -> None:
    right = {
        "at": "{at: 2024-01-01 10:00",
        "what": "what: Disk full",
        "requires": "requires: [db]",
        "slo": "slo: 99.9%",
        "timezone": "timezone: UTC",
        "from": "from: 2024-01-02 10:00",
        "to": "to: 2024-01-02 11:00",
        "target": "slo: 99.9%",
        "per": "slo: 99.9%",
    }[key]
    assert right in STORY
    assert problems(STORY) == []
    assert problems(STORY.replace(right, written)) == [("unknown-key", f"did you mean {key}?")]


def test_a_key_that_is_there_already_is_not_meant() -> None:
    told = STORY.replace("what: Disk full", "what: Disk full, description: Of 2 TB")
    assert problems(told) == [("unknown-key", "did you mean note?")]


def test_an_event_without_time_or_words_still_says_so() -> None:
    told = STORY.replace("{at: 2024-01-01 10:00, what: Disk full, ", "{")
    assert [code for code, _ in problems(told)] == ["missing-key", "missing-key"]


def test_every_synonym_stands_for_a_key_that_there_is() -> None:
    known = {*TOP, *SERVICE, *EVENT, *MAINTENANCE, *CLAIM, *SOURCE, *OBJECTIVE}
    assert {key for keys in MEANT.values() for key in keys} <= known
