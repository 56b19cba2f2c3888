"""Zones and changing clocks (SEMANTICS T1 to T3), held against `zoneinfo` in every zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pendulum
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.model.span import MINUTE, SECOND, Instant
from outage_cli.when.calendar.moments import MomentResult, TimeSettings, moment, moments
from outage_cli.when.clock.zones import known, local, rfc3339, zone

NAMES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
BERLIN, LORD_HOWE = "Europe/Berlin", "Australia/Lord_Howe"
FIRST, LAST = (datetime(year, 1, 1, tzinfo=UTC) for year in (1990, 2056))
INSTANTS = st.integers(int(FIRST.timestamp()), int(LAST.timestamp())).map(lambda at: at * SECOND)


def read(text: str, name: str) -> MomentResult:
    return moment(text, TimeSettings(known(name)))


def instant(text: str, name: str) -> Instant:
    found = read(text, name)
    assert isinstance(found, Moment), found
    assert found.is_exact
    return found.best


def trouble(text: str, name: str) -> ProblemText:
    found = read(text, name)
    assert isinstance(found, ProblemText), found
    return found


def written(at: Instant, name: str) -> tuple[datetime, datetime]:
    """Return what clocks show at an instant, by `zoneinfo` alone, with and without the offset."""
    shown = datetime.fromtimestamp(at // SECOND, UTC).astimezone(ZoneInfo(name))
    return shown, shown.replace(tzinfo=None)


@settings(deadline=None, max_examples=500)
@given(INSTANTS, st.sampled_from(NAMES))
def test_a_time_with_its_offset_is_that_instant_in_every_zone(at: Instant, name: str) -> None:
    shown, _ = written(at, name)
    assert local(at, known(name)) == shown
    assert instant(shown.isoformat(" "), name) == at
    assert instant(rfc3339(at, name), "UTC") == at


@settings(deadline=None, max_examples=500)
@given(INSTANTS, st.sampled_from(NAMES))
def test_a_time_without_offset_is_that_instant_or_offers_it(at: Instant, name: str) -> None:
    shown, naive = written(at, name)
    found = read(naive.isoformat(" "), name)
    if isinstance(found, Moment):
        assert found == Moment.exactly(at)
        return
    assert isinstance(found, ProblemText)
    assert found.code == "ambiguous-time"
    assert shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()
    offered = re.findall(r"\d{4}-\S+ \S+[+-]\d\d:\d\d", found.hint)
    assert at in [instant(each, name) for each in offered]


def changes(name: str, year: int) -> list[tuple[Instant, timedelta, timedelta]]:
    """Return when clocks change in a year, to the minute, and the offsets before and after."""
    found = []
    start = datetime(year, 1, 1, tzinfo=UTC)
    for hours in range(0, 366 * 24, 24):
        early, late = start + timedelta(hours=hours), start + timedelta(hours=hours + 24)
        before, after = (each.astimezone(ZoneInfo(name)).utcoffset() for each in (early, late))
        if before is None or after is None or before == after:
            continue
        while late - early > timedelta(minutes=1):
            middle = early + (late - early) // 2
            is_before = middle.astimezone(ZoneInfo(name)).utcoffset() == before
            early, late = (middle, late) if is_before else (early, middle)
        late = late.replace(second=0, microsecond=0)
        found.append((int(late.timestamp()) * SECOND, before, after))
    return found


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(NAMES), st.integers(1990, 2055))
@example(BERLIN, 2024)
@example(LORD_HOWE, 2024)
@example("America/St_Johns", 1990)
@example("Africa/Casablanca", 2030)
@example("Pacific/Apia", 2011)
@example("Asia/Pyongyang", 2015)
def test_clocks_that_change_leave_a_gap_or_an_hour_that_is_there_twice(
    name: str, year: int
) -> None:
    for at, before, after in changes(name, year):
        wall = datetime.fromtimestamp(at // SECOND, UTC).replace(tzinfo=None)
        middle = wall + (before + after) / 2  # in the middle of what is skipped or repeated
        found = trouble(middle.isoformat(" "), name)
        assert found.code == ("no-such-time" if after > before else "ambiguous-time")
        offered = re.findall(r"\d{4}-\S+ \S+[+-]\d\d:\d\d", found.hint)
        assert len(offered) == 2
        first, second = (instant(each, name) for each in offered)
        assert abs(second - first) == abs(after - before) // timedelta(microseconds=1)


def test_pendulum_agrees_on_the_clocks_of_berlin_at_every_half_hour_of_2024() -> None:
    at = pendulum.datetime(2024, 1, 1)
    while at.year == 2024:
        here = at.in_timezone(BERLIN)
        assert instant(here.to_iso8601_string(), "UTC") == int(at.timestamp()) * SECOND
        at = at.add(minutes=30)


def test_from_half_past_one_to_half_past_three_is_an_hour_when_clocks_go_forward() -> None:
    start, end = moments(["2024-03-31 01:30", "03:30"], {}, TimeSettings(known(BERLIN)))
    assert isinstance(start, Moment)
    assert isinstance(end, Moment)
    assert end.best - start.best == 3600 * SECOND


def test_from_half_past_one_to_half_past_three_is_three_hours_when_clocks_go_back() -> None:
    start, end = moments(["2024-10-27 01:30", "03:30"], {}, TimeSettings(known(BERLIN)))
    assert isinstance(start, Moment)
    assert isinstance(end, Moment)
    assert end.best - start.best == 10_800 * SECOND


@pytest.mark.parametrize(
    "text", ["2024-03-31 02:30", "31 Mar 2024, 2:30 am", "2024年3月31日午前2時半"]
)
def test_half_past_two_does_not_exist_when_clocks_go_forward(text: str) -> None:
    found = trouble(text, BERLIN)
    assert found.code == "no-such-time"
    assert found.hint == "write 2024-03-31 02:30+01:00 or 2024-03-31 02:30+02:00"
    first, second = "2024-03-31 02:30+01:00", "2024-03-31 02:30+02:00"
    assert rfc3339(instant(first, BERLIN), BERLIN) == "2024-03-31T03:30:00+02:00"
    assert rfc3339(instant(second, BERLIN), BERLIN) == "2024-03-31T01:30:00+01:00"


@pytest.mark.parametrize(
    "text", ["2024-10-27 02:30", "27 Oct 2024, 2:30 am", "2024年10月27日2時半"]
)
def test_half_past_two_exists_twice_when_clocks_go_back(text: str) -> None:
    found = trouble(text, BERLIN)
    assert found.code == "ambiguous-time"
    assert found.hint == (
        "write 2024-10-27 02:30+02:00 for the first time, 2024-10-27 02:30+01:00 for the second"
    )
    first, second = "2024-10-27 02:30+02:00", "2024-10-27 02:30+01:00"
    assert instant(second, BERLIN) - instant(first, BERLIN) == 60 * MINUTE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1972-01-07 00:30", "Africa/Monrovia"),  # 44 minutes and 30 seconds behind
        ("1979-10-01 00:10", "Pacific/Kiritimati"),
        ("1911-03-10 23:55", "Africa/Algiers"),
    ],
)
def test_what_is_offered_can_be_read_where_clocks_were_odd_minutes_off(
    text: str, name: str
) -> None:
    hint = trouble(text, name).hint
    offered = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)", hint)
    assert len(offered) == 2
    assert len({instant(each, name) for each in offered}) == 2


def test_the_name_of_the_zone_tells_which_half_past_two_is_meant() -> None:
    first, second = (instant(f"2024-10-27 02:30 {name}", BERLIN) for name in ("CEST", "CET"))
    assert second - first == 60 * MINUTE


def test_clocks_on_lord_howe_change_by_half_an_hour() -> None:
    assert trouble("2024-10-06 02:15", LORD_HOWE).code == "no-such-time"
    assert trouble("2024-04-07 01:45", LORD_HOWE).code == "ambiguous-time"
    before, after = (instant(f"2024-04-07 {clock}", LORD_HOWE) for clock in ("01:15", "02:15"))
    assert after - before == 90 * MINUTE
    before, after = (instant(f"2024-10-06 {clock}", LORD_HOWE) for clock in ("01:45", "02:45"))
    assert after - before == 30 * MINUTE


@pytest.mark.parametrize(
    ("name", "offset"),
    [
        ("Asia/Kolkata", "+05:30"),
        ("Asia/Kathmandu", "+05:45"),
        ("America/St_Johns", "-03:30"),
        ("Australia/Eucla", "+08:45"),
        ("Pacific/Chatham", "+13:45"),
        ("Pacific/Kiritimati", "+14:00"),
    ],
)
def test_zones_need_not_be_whole_hours_ahead(name: str, offset: str) -> None:
    assert instant("2024-01-15 12:00", name) == instant(f"2024-01-15 12:00{offset}", "UTC")


def test_midnight_that_clocks_skip_still_starts_a_day() -> None:
    found = read("2024-04-26", "Africa/Cairo")
    assert isinstance(found, Moment)
    assert found.earliest is not None
    assert rfc3339(found.earliest, "Africa/Cairo") == "2024-04-26T01:00:00+03:00"


def test_offsets_may_be_mixed_in_one_file() -> None:
    texts = ["2022-10-15 15:19", "2022-10-15T06:33Z", "2022-10-15 08:40+02:00", "15:50"]
    found = moments(texts, {}, TimeSettings(known("Asia/Seoul")))
    clocks = [rfc3339(each.best, "Asia/Seoul") for each in found if isinstance(each, Moment)]
    assert [each[11:16] for each in clocks] == ["15:19", "15:33", "15:40", "15:50"]


@pytest.mark.parametrize(
    ("before", "text", "name", "clock"),
    [
        ("2022-10-16 01:00", "16:30Z", "Asia/Seoul", "2022-10-16T01:30"),
        ("2022-10-15T23:00:00Z", "23:30Z", "Asia/Seoul", "2022-10-16T08:30"),
        ("2022-10-15 22:00", "03:00Z", "America/New_York", "2022-10-15T23:00"),
    ],
)
def test_a_bare_time_with_an_offset_takes_the_date_in_that_offset(
    before: str, text: str, name: str, clock: str
) -> None:
    found = moments([before, text], {}, TimeSettings(known(name)))[-1]
    assert isinstance(found, Moment)
    assert rfc3339(found.best, name).startswith(clock)


def test_a_day_that_clocks_skipped_is_refused_with_its_neighbours() -> None:
    found = trouble("2011-12-30", "Pacific/Apia")
    assert found.code == "no-such-time"
    assert found.message.startswith("2011-12-30 does not exist in Pacific/Apia")
    assert found.hint == "write 2011-12-29 or 2011-12-31"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("IST", "India +05:30, Israel +02:00, Ireland +01:00", "15:19+05:30, if India"),
        ("CST", "US Central -06:00, China +08:00, Cuba -05:00", "15:19-06:00, if US Central"),
        ("BST", "British Summer Time +01:00, Bangladesh +06:00", "15:19+01:00, if British"),
        ("PDT", "not what clocks in Asia/Seoul are called", "15:19-07:00, if US Pacific"),
        ("PT", "not what clocks in Asia/Seoul are called", "15:19-08:00, if US Pacific"),
        ("MEZ", "`MEZ` is not what clocks", "15:19+01:00, if Central Europe"),
        ("XYZ", "not what clocks in Asia/Seoul are called", "15:19+09:00, or leave it out"),
    ],
)
def test_what_an_abbreviation_can_mean_is_named(text: str, message: str, hint: str) -> None:
    found = trouble(f"2024-01-15 15:19 {text}", "Asia/Seoul")
    assert message in found.message
    assert hint in found.hint
    assert "leave it out for Asia/Seoul" in found.hint


def test_pacific_time_is_what_clocks_in_los_angeles_show_all_the_year() -> None:
    for text in ("2024-01-15 15:19", "2024-07-15 15:19"):
        assert instant(f"{text} PT", "America/Los_Angeles") == instant(text, "America/Los_Angeles")
        assert trouble(f"{text} PT", "America/New_York").code == "unknown-zone"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022-10-15 15:19 KST", "Asia/Seoul"),
        ("2022-10-15 15:19 JST", "Asia/Tokyo"),
        ("2022-10-15 15:19 IST", "Asia/Kolkata"),
        ("2022-10-15 15:19 IST", "Europe/Dublin"),
        ("2022-10-15 15:19 IDT", "Asia/Jerusalem"),
        ("2022-01-15 15:19 CST", "America/Chicago"),
        ("2022-01-15 15:19 CST", "Asia/Shanghai"),
        ("2022-07-15 15:19 BST", "Europe/London"),
        ("2022-07-15 15:19 MESZ", "Europe/Berlin"),
        ("2022-01-15 15:19 MEZ", "Europe/Berlin"),
    ],
)
def test_a_zone_may_be_called_what_its_clocks_are_called_then(text: str, name: str) -> None:
    assert instant(text, name) == instant(text[:16], name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022-10-15 15:19 IST", "Asia/Seoul"),
        ("2022-10-15 15:19 CST", "Asia/Seoul"),
        ("2022-10-15 15:19 BST", "Asia/Seoul"),
        ("2022-10-15 15:19 KST", "UTC"),
        ("2022-07-15 15:19 CST", "America/Chicago"),
        ("2022-01-15 15:19 BST", "Europe/London"),
        ("2022-07-15 15:19 XYZ", "Europe/London"),
    ],
)
def test_any_other_name_of_a_zone_is_an_error_that_says_to_write_the_offset(
    text: str, name: str
) -> None:
    found = trouble(text, name)
    assert found.code == "unknown-zone"
    assert text[-3:] in found.message
    assert found.hint.startswith("write the offset, as in 2022-")
    offered = found.hint.removeprefix("write the offset, as in ").partition(",")[0]
    assert isinstance(read(offered, name), Moment)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Asia/Sol", "did you mean Asia/Seoul?"),
        ("Asia/Soul", "did you mean Asia/Seoul?"),
        ("Tokio", "did you mean Asia/Tokyo?"),
        ("Europe/Berlín", "did you mean Europe/Berlin?"),
        ("Seoul", "did you mean Asia/Seoul?"),
        ("asia/seoul", "did you mean Asia/Seoul?"),
        ("new york", "did you mean America/New_York?"),
        ("KST", "did you mean Asia/Seoul?"),
        ("pst", "did you mean America/Los_Angeles?"),
        ("CST", "did you mean America/Chicago or Asia/Shanghai?"),
        ("Mars/Base", "write an IANA name such as Asia/Seoul or UTC"),
        ("", "write an IANA name such as Asia/Seoul or UTC"),
        ("localtime", "write an IANA name such as Asia/Seoul or UTC"),
        ("../etc/passwd", "write an IANA name such as Asia/Seoul or UTC"),
        ("Europe", "write an IANA name such as Asia/Seoul or UTC"),
    ],
)
def test_a_zone_that_is_not_known_is_a_problem_with_its_hint(name: str, hint: str) -> None:
    found = zone(name)
    assert isinstance(found, ProblemText)
    assert (found.code, found.hint) == ("unknown-zone", hint)


def test_every_zone_there_is_is_known() -> None:
    assert [name for name in NAMES if not isinstance(zone(name), ZoneInfo)] == []


def test_the_zone_of_the_machine_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = instant("2024-07-01 12:00", BERLIN)
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert instant("2024-07-01 12:00", BERLIN) == before


@settings(deadline=None, max_examples=40)
@given(st.text() | st.sampled_from(NAMES).map(str.lower) | st.sampled_from(["\0", "/", "a" * 999]))
def test_no_text_makes_a_zone_raise(text: str) -> None:
    found = zone(text)
    if isinstance(found, ProblemText):
        assert found.hint


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((f"2024-03-31 02:30 {zone}", BERLIN) for zone in ("CET", "CEST", "MEZ", "MESZ")),
        *((f"2024-03-10 02:30 {zone}", "America/New_York") for zone in ("EST", "EDT", "ET")),
    ],
)
def test_no_name_of_a_zone_makes_a_time_exist_that_clocks_skip(text: str, name: str) -> None:
    found = trouble(text, name)
    assert found.code == "no-such-time"
    before, after = re.findall(r"\d{4}-\d\d-\d\d 02:30[+-]\d\d:00", found.hint or "")
    assert instant(before, name) - instant(after, name) == 60 * MINUTE
