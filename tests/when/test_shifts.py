"""How far an outage moves: by days of the calendar, to another kind of day, or by elapsed time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, HOUR, MINUTE, Instant
from outage_cli.when.calendar.moments import TimeSettings, moment
from outage_cli.when.calendar.shifts import DAYS, shift
from outage_cli.when.clock.zones import known, local

ZONES = [known(name) for name in ("Asia/Seoul", "Europe/Berlin", "America/New_York", "UTC")]


def at(text: str, zone: str) -> Instant:
    found = moment(text, TimeSettings(known(zone)))
    assert isinstance(found, Moment)
    return found.best


def moved(text: str, start: str = "2022-10-15 15:19", zone: str = "Asia/Seoul") -> str:
    """Return what clocks show at the start of an outage that was moved."""
    began = at(start, zone)
    by = shift(text, began, known(zone))
    assert isinstance(by, int), by
    return f"{local(began + by, known(zone)):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2d", "Mon 2022-10-17 15:19"),
        ("+2d", "Mon 2022-10-17 15:19"),
        ("-1d", "Fri 2022-10-14 15:19"),
        ("−1 day", "Fri 2022-10-14 15:19"),
        ("48h", "Mon 2022-10-17 15:19"),
        ("90 min", "Sat 2022-10-15 16:49"),
        ("-3h", "Sat 2022-10-15 12:19"),
        ("0s", "Sat 2022-10-15 15:19"),
        ("1 week", "Sat 2022-10-22 15:19"),
        ("next weekday", "Mon 2022-10-17 15:19"),
        ("Next Weekday", "Mon 2022-10-17 15:19"),
        ("previous weekday", "Fri 2022-10-14 15:19"),
        ("next monday", "Mon 2022-10-17 15:19"),
        ("next saturday", "Sat 2022-10-22 15:19"),
        ("previous saturday", "Sat 2022-10-08 15:19"),
        ("next weekend", "Sun 2022-10-16 15:19"),
        ("previous weekend", "Sun 2022-10-09 15:19"),
        ("next day", "Sun 2022-10-16 15:19"),
    ],
)
def test_the_fire_moves_to_another_day_at_the_same_time_of_day(text: str, start: str) -> None:
    assert moved(text) == start


def test_a_day_of_23_hours_is_one_day() -> None:
    assert moved("1d", "2024-03-30 12:00", "Europe/Berlin") == "Sun 2024-03-31 12:00"
    assert shift("1d", at("2024-03-30 12:00", "Europe/Berlin"), ZONES[1]) == 23 * HOUR


def test_a_time_that_the_new_day_does_not_have_is_refused_with_both_readings() -> None:
    found = shift("1d", at("2024-03-30 02:30", "Europe/Berlin"), ZONES[1])
    assert isinstance(found, ProblemText)
    assert found.code == "no-such-time"
    assert found.hint == ("ask for --start '2024-03-31 02:30+01:00' or '2024-03-31 02:30+02:00'")


def test_a_time_that_the_new_day_has_twice_is_refused_with_both_readings() -> None:
    found = shift("1d", at("2024-10-26 02:30", "Europe/Berlin"), ZONES[1])
    assert isinstance(found, ProblemText)
    assert found.code == "ambiguous-time"
    assert found.hint == (
        "ask for --start '2024-10-27 02:30+02:00' for the first time, "
        "'2024-10-27 02:30+01:00' for the second"
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("next mnday", "did you mean next monday?"),
        ("weekday", "did you mean next weekday?"),
        ("a while", "write 2d, -3h, 'next weekday', 'next monday' or 'previous friday'"),
        ("", "write 2d, -3h, 'next weekday', 'next monday' or 'previous friday'"),
        ("2", "write 2d, -3h, 'next weekday', 'next monday' or 'previous friday'"),
    ],
)
def test_what_says_no_shift_is_refused_with_what_to_write(text: str, hint: str) -> None:
    found = shift(text, at("2022-10-15 15:19", "Asia/Seoul"), ZONES[0])
    assert isinstance(found, ProblemText)
    assert found.code == "not-a-shift"
    assert found.hint == hint


STARTS = st.integers(0, 80 * 366 * DAY // MINUTE).map(lambda minute: minute * MINUTE)


@settings(deadline=None)
@given(STARTS, st.sampled_from(ZONES), st.integers(-400, 400))
def test_days_keep_the_time_of_day(start: Instant, info: ZoneInfo, days: int) -> None:
    by = shift(f"{days}d", start, info)
    if isinstance(by, ProblemText):
        assert by.code in {"no-such-time", "ambiguous-time"}
        return
    before, after = (local(each, info).replace(tzinfo=None) for each in (start, start + by))
    assert before.time() == after.time()
    assert (after.date() - before.date()).days == days


@settings(deadline=None)
@given(STARTS, st.sampled_from(ZONES), st.sampled_from([*DAYS, "weekday", "weekend"]))
def test_next_and_previous_are_within_a_week(start: Instant, info: ZoneInfo, kind: str) -> None:
    after, before = (shift(f"{way} {kind}", start, info) for way in ("next", "previous"))
    assume(isinstance(after, int) and isinstance(before, int))
    assert isinstance(after, int)
    assert isinstance(before, int)
    assert -7 * DAY - HOUR <= before < 0 < after <= 7 * DAY + HOUR
    for by in (before, after):
        number = local(start + by, info).weekday()
        assert {"weekday": number < 5, "weekend": number > 4}.get(kind, DAYS[number] == kind)


@settings(deadline=None)
@given(st.text() | st.sampled_from(["next ", "-", "--2d", "+-2d", "2d2d", "next \0", "109800d"]))
def test_no_text_makes_a_shift_raise(text: str) -> None:
    found = shift(text, at("2022-10-15 15:19", "Asia/Seoul"), ZONES[0])
    if isinstance(found, ProblemText):
        assert found.hint
