"""Durations as people write them, and nothing that is not one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outage_cli.model.duration import spell, spell_range
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND
from outage_cli.when.words.durations import LONGEST, UNITS, duration

READ = {
    "4h": 4 * HOUR,
    "4 hours": 4 * HOUR,
    "1 h 30 min": 90 * MINUTE,
    "1h30m": 90 * MINUTE,
    "1 hour and 30 minutes": 90 * MINUTE,
    "1 hour, 30 minutes": 90 * MINUTE,
    "90s": 90 * SECOND,
    "90 sec.": 90 * SECOND,
    "1.5h": 90 * MINUTE,
    "0.5s": SECOND // 2,
    "2d": 2 * DAY,
    "1 week": 7 * DAY,
    "2d 4h 6m 8s": 2 * DAY + 4 * HOUR + 6 * MINUTE + 8 * SECOND,
    "127 h 30 min": 127 * HOUR + 30 * MINUTE,
    "0s": 0,
    "PT4H30M": 4 * HOUR + 30 * MINUTE,
    "P1DT12H": 36 * HOUR,
    "P2W": 14 * DAY,
    "PT0.5S": SECOND // 2,
    "4時間": 4 * HOUR,
    "4時間30分": 4 * HOUR + 30 * MINUTE,
    "４時間": 4 * HOUR,
    "4시간 30분": 4 * HOUR + 30 * MINUTE,
    "1時間半": 90 * MINUTE,
    "4시간 반": 270 * MINUTE,
    "3分半": 210 * SECOND,
    "2日半": 60 * HOUR,
    " 4h ": 4 * HOUR,
    "4H": 4 * HOUR,
}

NONE = [
    *(
        "",
        " ",
        "4",
        "h",
        "-4h",
        "several hours",
        "a",
        "half",
        "4 parsecs",
        "4h 4h",
        "30m 1h",
        "1h 1.5.2m",
        "1:30",
        "半",
        "1時間半30分",
        "1.5時間半",
        "4h半",
    ),
    *("P", "PT", "P1H", "4h later", "1e3h", "99999999999999h", "300000w", "4h\0"),
]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("four hours", 240), ("an hour", 60), ("a minute", 1), ("half an hour", 30)),
        *(("an hour and a half", 90), ("Two days", 2880), ("PT1H30M", 90), ("P1DT1M", 1441)),
    ],
)
def test_a_duration_may_start_with_a_word(text: str, minutes: int) -> None:
    assert duration(text) == minutes * MINUTE


@pytest.mark.parametrize("text", READ)
def test_a_duration_is_read(text: str) -> None:
    assert duration(text) == READ[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert duration(text) is None


@settings(deadline=None)
@given(st.integers(0, 10**7), st.sampled_from(sorted(UNITS)), st.sampled_from(["", " "]))
def test_a_number_and_a_unit_are_their_product(count: int, unit: str, space: str) -> None:
    length = count * UNITS[unit]
    assert duration(f"{count}{space}{unit}") == (length if length <= LONGEST else None)


@settings(deadline=None)
@given(st.integers(0, 500 * DAY // MINUTE))
def test_what_is_spelled_in_words_is_read_again(minutes: int) -> None:
    length = minutes * MINUTE
    said = duration(spell(length))
    assert said is not None
    assert length - HOUR < said <= length
    if length < 10 * DAY:
        assert said == length


@settings(deadline=None)
@given(st.text() | st.text("0123456789.PTWDHMSdhms minhours時間分시간と,and", max_size=30))
def test_no_text_makes_a_duration_raise(text: str) -> None:
    found = duration(text)
    assert found is None or 0 <= found <= LONGEST


def test_bounds_are_spelled_as_on_a_clock() -> None:
    assert spell_range(30 * HOUR + 26 * MINUTE, 30 * HOUR + 56 * MINUTE) == "30:26–30:56"
    assert spell_range(HOUR, HOUR) == "1 h"
    assert spell_range(450 * SECOND, 15 * MINUTE) == "0:07:30–0:15:00"
    two_hours = 2 * HOUR + 3 * MINUTE
    assert spell_range(-two_hours - 50 * SECOND, -two_hours) == "−2:03:50–−2:03:00", (
        "not twice 2:03"
    )
