"""Windows are whole units of the calendar in their zone (SEMANTICS T7), and so are their rows."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, HOUR, SECOND, Instant, Span
from outage_cli.when.calendar.windows import UNITS, Window, parts, too_many, units, window
from outage_cli.when.clock.abbreviation_table import HOMES
from outage_cli.when.clock.zones import FIRST as FIRST_INSTANT
from outage_cli.when.clock.zones import LAST as LAST_INSTANT
from outage_cli.when.clock.zones import known, rfc3339, zone

SEOUL, BERLIN, UTC_ZONE = "Asia/Seoul", "Europe/Berlin", "UTC"
NAMES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})


def span(text: str, name: str = SEOUL, as_of: Instant = 0) -> Span:
    found = window(text, known(name))
    assert isinstance(found, Window), found
    return found.span(as_of)


def shown(text: str, name: str = SEOUL) -> str:
    """Return the first and the last instant of a window, without what needs no telling."""
    return ends(span(text, name), name)


def ends(whole: Span, name: str = SEOUL) -> str:
    clocks = (rfc3339(each, name)[:16].replace("T", " ") for each in whole)
    return " to ".join(each.removesuffix(" 00:00") for each in clocks)


FORMS = {
    "2022": "2022-01-01 to 2023-01-01",
    "2022-Q1": "2022-01-01 to 2022-04-01",
    "2022-Q4": "2022-10-01 to 2023-01-01",
    "2022-q4": "2022-10-01 to 2023-01-01",
    "2022-10": "2022-10-01 to 2022-11-01",
    "2022-12": "2022-12-01 to 2023-01-01",
    "2022-W41": "2022-10-10 to 2022-10-17",
    "2022-w41": "2022-10-10 to 2022-10-17",
    "2020-W53": "2020-12-28 to 2021-01-04",
    "2021-W01": "2021-01-04 to 2021-01-11",
    "2022-10-15": "2022-10-15 to 2022-10-16",
    "2024-02-29": "2024-02-29 to 2024-03-01",
    "２０２２-１０": "2022-10-01 to 2022-11-01",
    "2022-10-15..2022-10-20": "2022-10-15 to 2022-10-21",
    "2022-10-15 .. 2022-10-20": "2022-10-15 to 2022-10-21",
    "2022-09..2022-10": "2022-09-01 to 2022-11-01",
    "2022-Q4..2023": "2022-10-01 to 2024-01-01",
    "2022-W41..2022-10-20": "2022-10-10 to 2022-10-21",
    "2022-10-15..2022-10-15": "2022-10-15 to 2022-10-16",
    "2022-10-15 15:19..2022-10-16 22:00": "2022-10-15 15:19 to 2022-10-16 22:00",
    "2022-10-15T15:19..2022-10-16": "2022-10-15 15:19 to 2022-10-17",
    "2022-10-15T06:19Z..2022-10-16T15:00+02:00": "2022-10-15 15:19 to 2022-10-16 22:00",
    "2022-10..2022-10-16 22:00": "2022-10-01 to 2022-10-16 22:00",
}


@pytest.mark.parametrize("text", FORMS)
def test_a_window_has_whole_units_and_exact_instants(text: str) -> None:
    assert shown(text) == FORMS[text]


MOMENTS = {
    "30 Mar 2024 10 pm..31 Mar 2024 11:00": "2024-03-30 22:00 to 2024-03-31 11:00",
    "2022年10月15日午後3時..2022年10月16日": "2022-10-15 15:00 to 2022-10-17",
    "2022年10月15日": "2022-10-15 to 2022-10-16",
    "15 Oct 2022": "2022-10-15 to 2022-10-16",
    "2022-10-15 15:19..22:00": "2022-10-15 15:19 to 2022-10-15 22:00",
    "2022-10-15 15:19..+30h": "2022-10-15 15:19 to 2022-10-16 21:19",
    "2022-10-15 15:19..01:00>": "2022-10-15 15:19 to 2022-10-16 01:00",
    "~2022-10-15 15:33..by 2022-10-16 08:00": "2022-10-15 15:33 to 2022-10-16 08:00",
    "1665814740..2022-10": "2022-10-15 15:19 to 2022-11-01",
    "Oct 15, 2022 13:42 - 14:52": "2022-10-15 13:42 to 2022-10-15 14:52",
    "Oct 15, 2022 13:42 - 14:52 UTC": "2022-10-15 22:42 to 2022-10-15 23:52",
    "Oct 15, 2022 13:42 - Oct 16, 14:52 UTC": "2022-10-15 22:42 to 2022-10-16 23:52",
    "2022-10-15 06:19..06:20 UTC": "2022-10-15 15:19 to 2022-10-15 15:20",
    "fire..fire + 30h": "2022-10-15 15:19 to 2022-10-16 21:19",
    "fire - 1h..22:00": "2022-10-15 14:19 to 2022-10-15 22:00",
    "2022-10-15 15:19..2022-10-15": "2022-10-15 15:19 to 2022-10-16",
    "2022-10..fire": "2022-10-01 to 2022-10-15 15:19",
}


@pytest.mark.parametrize("text", MOMENTS)
def test_the_ends_of_a_window_are_written_as_times_are(text: str) -> None:
    fire = span("2022-10-15 15:19..2022-10-15 15:19").start
    found = window(text, known(SEOUL), {"fire": Moment.exactly(fire)})
    assert isinstance(found, Window), found
    assert ends(found.span(0)) == MOMENTS[text]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("..", "`..` has no ends: write both, as in 2022-10-15..2022-10-20"),
        ("2022..", "`2022..` has no end: write both, as in 2022..2022-10-20"),
        ("..2022", "`..2022` has no start: write both, as in 2022-10-15..2022"),
        ("2022-10-15 15:19", "is one time, not a window of it: write 2022-10-15 15:19..B"),
        ("2022-02-30..2022-03", "no calendar has `2022-02-30`"),
        ("30 Feb 2022..2022-03", "February 2022 has 28 days"),
        ("03/04/2022..2022-05", "write 2022-04-03 or 2022-03-04"),
    ],
)
def test_what_is_wrong_with_a_window_is_named(text: str, says: str) -> None:
    found = window(text, known(SEOUL))
    assert isinstance(found, ProblemText)
    assert says in f"{found.message}: {found.hint}"


def test_a_day_that_samoa_left_out_is_no_window_and_has_no_row() -> None:
    found = window("2011-12-30", known("Pacific/Apia"))
    assert isinstance(found, ProblemText)
    assert found.code == "no-such-time"
    assert found.hint == "write 2011-12-29 or 2011-12-31"
    rows = parts(span("2011-12", "Pacific/Apia"), "day", known("Pacific/Apia"))
    assert len(rows) == 30
    assert "2011-12-30" not in [row.label for row in rows]


@pytest.mark.parametrize(
    ("text", "name", "hours"),
    [
        ("2024-10", BERLIN, 745),
        ("2024-03", BERLIN, 743),
        ("2024", BERLIN, 8784),
        ("2024-Q1", BERLIN, 2183),
        ("2024-W13", BERLIN, 167),
        ("2024-10-27", BERLIN, 25),
        ("2024-03-31", BERLIN, 23),
        ("2024-03-31..2024-10-27", BERLIN, 211 * 24),
        ("2024-10", SEOUL, 744),
        ("2024-10", UTC_ZONE, 744),
        ("2024-04-07", "Australia/Lord_Howe", 24.5),
        ("2024-10-06", "Australia/Lord_Howe", 23.5),
        ("2024-04-26", "Africa/Cairo", 23),
        ("2011-12-30", "Pacific/Apia", 0),
        ("2011-12", "Pacific/Apia", 720),
    ],
)
def test_a_window_has_its_real_hours(text: str, name: str, hours: float) -> None:
    if hours == 0:  # a day that Samoa left out
        assert isinstance(window(text, known(name)), ProblemText)
    else:
        assert span(text, name).length == hours * HOUR


@pytest.mark.parametrize(("text", "length"), [("last 30d", 30 * DAY), ("Last 12 hours", 12 * HOUR)])
def test_the_last_days_end_at_as_of(text: str, length: int) -> None:
    end = span("2022-10-15").end
    assert span(text, as_of=end) == Span(end - length, end)


def test_the_label_is_what_was_asked_for() -> None:
    found = window(" 2022-10 ", known(SEOUL))
    assert isinstance(found, Window)
    assert found.label == "2022-10"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((each, "not-a-window") for each in ("", "soon", "2022-13", "2022-Q5", "2022-W54", "22")),
        *((each, "not-a-window") for each in ("2021-W53", "2022-02-30", "0000", "9999", "2022-1")),
        *((each, "not-a-window") for each in ("last", "last 0d", "last year", "last -3d", "..")),
        *((each, "not-a-window") for each in ("2022-10-15 15:19", "2022..", "..2022")),
        *((each, "not-a-window") for each in ("2022-10..last 30d", "2022..2023..2024", "\0")),
        ("15:19..16:00", "no-date"),
        ("fire..fire + 1h", "not-a-window"),
        ("2022-10-15..fire + 1h", "unknown-id"),
        ("2022-10-16..2022-10-15", "ends-early"),
        ("2022-10-15 15:19..2022-10-15 15:18", "ends-early"),
        ("2024-03-31 02:30..2024-04-01", "no-such-time"),
        ("2024-10-01..2024-10-27 02:30", "ambiguous-time"),
        ("2024-10-01..2024-10-27 25:61", "not-a-moment"),
    ],
)
def test_what_is_no_window_is_refused_with_what_to_write(text: str, code: str) -> None:
    found = window(text, known(BERLIN))
    assert isinstance(found, ProblemText)
    assert found.code == code
    assert found.message
    assert found.hint


@pytest.mark.parametrize("text", ["2024-03-31 02:30..2024-04-01", "2024-10-27 02:30..2024-11"])
def test_both_readings_that_a_window_offers_are_accepted(text: str) -> None:
    found = window(text, known(BERLIN))
    assert isinstance(found, ProblemText)
    for offset in ("+01:00", "+02:00"):
        assert f"02:30{offset}" in found.hint
        assert isinstance(window(text.replace("02:30", f"02:30{offset}"), known(BERLIN)), Window)


def test_every_form_that_a_hint_names_is_accepted() -> None:
    found = window("soon", known(BERLIN))
    assert isinstance(found, ProblemText)
    for form in found.hint.removeprefix("write ").replace(" or ", ", ").split(", "):
        assert isinstance(window(form, known(BERLIN)), Window), form


# Rows


def labels(text: str, by: str, name: str = BERLIN) -> list[str]:
    return [part.label for part in parts(span(text, name), by, known(name))]


def test_march_2024_in_berlin_has_31_rows_and_743_hours() -> None:
    rows = parts(span("2024-03", BERLIN), "day", known(BERLIN))
    assert [row.label for row in rows] == [f"2024-03-{day:02}" for day in range(1, 32)]
    assert [row.window.length // HOUR for row in rows] == [24] * 30 + [23]
    assert sum(row.window.length for row in rows) == 743 * HOUR


def test_rows_are_called_what_windows_are_called() -> None:
    assert labels("2024-02-28..2024-03-01", "day") == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert labels("2020-12-31..2021-01-04", "week") == ["2020-W53", "2021-W01"]
    assert labels("2024-Q4", "month") == ["2024-10", "2024-11", "2024-12"]
    assert labels("2024", "quarter") == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert labels("2023-12-31..2024-01-01", "year") == ["2023", "2024"]


def test_the_first_and_the_last_row_are_cut_at_the_window() -> None:
    rows = parts(span("2024-03-05 10:00..2024-04-02 12:00", BERLIN), "month", known(BERLIN))
    assert [row.window.length for row in rows] == [26 * DAY + 13 * HOUR, DAY + 12 * HOUR]


FIRST = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2055, 1, 1, tzinfo=UTC).timestamp())


@settings(deadline=None, max_examples=400)
@given(
    st.integers(FIRST, LAST),
    st.integers(1, 800 * 86_400),
    st.sampled_from(UNITS),
    st.sampled_from(NAMES),
)
@example(1_325_116_800, 5 * 86_400, "day", "Pacific/Apia")
@example(1_325_116_800, 5 * 86_400, "year", "Pacific/Apia")
@example(1_711_756_800, 86_400, "day", "Europe/Berlin")
@example(1_714_000_000, 3 * 86_400, "day", "Africa/Cairo")
def test_rows_touch_and_fill_the_window_in_every_zone(
    start: int, seconds: int, by: str, name: str
) -> None:
    whole = Span(start * SECOND, (start + seconds) * SECOND)
    rows = parts(whole, by, known(name))
    assert sum(row.window.length for row in rows) == whole.length
    assert rows[0].window.start == whole.start
    assert rows[-1].window.end == whole.end
    assert all(one.window.end == other.window.start for one, other in pairwise(rows))
    for row in rows:
        unit = window(row.label, known(name))
        if isinstance(unit, ProblemText):  # a day that the date line took
            assert row.window.length == 0
            continue
        assert row.window == Span(max(unit.start, whole.start), min(unit.end, whole.end))


CALENDAR = Span(FIRST_INSTANT, LAST_INSTANT - 2 * DAY)


@settings(deadline=None, max_examples=200)
@given(
    st.integers(CALENDAR.start // SECOND, CALENDAR.end // SECOND),
    st.integers(1, 800 * 86_400),
    st.sampled_from(UNITS),
    st.sampled_from(NAMES),
)
@example(CALENDAR.start // SECOND, 86_400, "week", UTC_ZONE)
@example(CALENDAR.end // SECOND, 86_400, "week", UTC_ZONE)
@example(CALENDAR.end // SECOND, 86_400, "quarter", UTC_ZONE)
def test_the_rows_of_a_window_are_the_units_it_touches_cut_at_its_ends(
    start: int, seconds: int, by: str, name: str
) -> None:
    whole = Span(start * SECOND, (start + seconds) * SECOND)
    cut = [(unit.label, unit.window.within(whole)) for unit in units(whole, by, known(name))]
    rows = [(label, inside) for label, inside in cut if inside and inside.length]
    assert parts(whole, by, known(name)) == rows


@settings(deadline=None, max_examples=300)
@given(st.dates(date(1990, 1, 1), date(2055, 1, 1)), st.sampled_from(NAMES))
def test_neighbouring_days_touch_in_every_zone(day: date, name: str) -> None:
    one, other = (window(f"{each}", known(name)) for each in (day, day + timedelta(days=1)))
    if isinstance(one, Window) and isinstance(other, Window):
        assert one.end == other.start
        assert one.start < one.end


WORDS = st.sampled_from(
    [*FORMS, "last 30d", "..", "2022", "-", "W", "Q", "1", "0", " ", "T", ":", "Z", "\0", "last "]
)


@settings(deadline=None, max_examples=300)
@given(st.text() | st.lists(WORDS, max_size=4).map("".join), st.sampled_from([SEOUL, BERLIN]))
def test_no_text_makes_a_window_raise_or_end_early(text: str, name: str) -> None:
    found = window(text, known(name))
    if isinstance(found, ProblemText):
        assert found.hint
    elif found.last is None:
        assert found.start <= found.end


@pytest.mark.parametrize(
    ("interval", "range_"),
    [
        ("2024-03-01/2024-03-05", "2024-03-01..2024-03-05"),
        ("2024-Q1/2024-Q2", "2024-Q1..2024-Q2"),
        ("2024-03-01T00:00:00Z/2024-03-05T12:00:00Z", "2024-03-01T00:00Z..2024-03-05T12:00Z"),
    ],
)
def test_an_interval_of_iso_8601_is_a_range(interval: str, range_: str) -> None:
    assert span(interval) == span(range_)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("30d", "write last 30d"),
        ("P30D", "write last P30D"),
        ("2024-03-01/P30D", "write 2024-03-01..B"),
        ("2024-03-05/2024-03-01", "write the earlier end first"),
    ],
)
def test_what_is_close_to_a_window_has_a_hint(text: str, hint: str) -> None:
    found = window(text, known(SEOUL))
    assert isinstance(found, ProblemText)
    assert found.hint.startswith(hint)


def test_there_are_not_too_many_parts() -> None:
    centuries = span("1900..2199")
    found = too_many(centuries, "day")
    assert isinstance(found, ProblemText)
    assert found.hint == "ask for less time, or --by week or month or quarter or year"
    assert all(too_many(centuries, by) is None for by in (None, "week", "year"))
    assert too_many(span("1990..2030"), "day") is None


@pytest.mark.parametrize("name", HOMES)
def test_an_abbreviation_is_no_zone_but_says_which_may_be_meant(name: str) -> None:
    found = zone(name)
    assert isinstance(found, ProblemText)
    assert found.code == "unknown-zone"
    offered = re.findall(r"\w+/[\w/]+", found.hint)
    seasons = [datetime(2024, month, 1, tzinfo=UTC) for month in (1, 7)]
    assert offered
    for each in offered:
        named = {at.astimezone(known(each)).tzname() for at in seasons}
        is_spelled = any((at or "+")[0] in "+-" for at in named)  # as +03: it has no letters
        assert name in named or name in {"PT", "MT", "CT", "ET", "MEZ", "MESZ"} or is_spelled
