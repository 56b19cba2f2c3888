"""Moments as SEMANTICS T4 and T5 have them: in a list of times, each leans on its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.moment import Moment
from outage_cli.model.problem import ProblemText
from outage_cli.when.calendar.moments import (
    UNREADABLE_REFERENCE,
    MomentResult,
    TimeSettings,
    moment,
    moments,
)
from outage_cli.when.clock.exact_times import exact_times
from outage_cli.when.clock.zones import known, local
from outage_cli.when.words.expressions import words

SEOUL, BERLIN = known("Asia/Seoul"), known("Europe/Berlin")
LORD_HOWE = known("Australia/Lord_Howe")
ZONES = (SEOUL, BERLIN, LORD_HOWE, known("America/St_Johns"), known("UTC"))


def told(*texts: str, zone: str = "Asia/Seoul", ids: Sequence[str] = ()) -> list[MomentResult]:
    """Return what times say one after the other; `ids` are those of the first ones."""
    labels = {name: index for index, name in enumerate(ids)}
    return moments(texts, labels, TimeSettings(known(zone)))


def alone(text: str, zone: str = "Asia/Seoul") -> MomentResult:
    """Return what a time says with nothing before it."""
    return told(text, zone=zone)[0]


def shown(each: MomentResult, zone: str = "Asia/Seoul") -> str | tuple[str | None, ...] | None:
    """Return a moment as clocks show it: the best estimate, with its bounds if it has any."""
    if each is None:
        return None
    assert isinstance(each, Moment), each
    best, earliest, latest = (
        None if at is None else local(at, known(zone)).replace(tzinfo=None).isoformat(" ")
        for at in each
    )
    parts = [text and text.removesuffix(":00") for text in (best, earliest, latest)]
    return parts[0] if each.is_exact else tuple(parts)


def trouble(*texts: str, zone: str = "Asia/Seoul", ids: Sequence[str] = ()) -> ProblemText:
    """Return what is wrong with the last of some times."""
    found = told(*texts, zone=zone, ids=ids)[-1]
    assert isinstance(found, ProblemText), found
    return found


FIRE = "2022-10-15 15:19"
DAY = "2022-10-15"

# Exact times


@pytest.mark.parametrize(
    "text",
    [
        "2022-10-15 15:19",
        "2022-10-15T15:19",
        "2022-10-15 15:19:00.000",
        "2022-10-15T06:19:00Z",
        "2022-10-15T15:19:00+09:00",
        "2022-10-15t15:19:00+0900",
        "2022-10-15 15:19 KST",
        "2022-10-15 06:19 UTC",
        "2022-10-15 06:19 GMT",
        "20221015T061900Z",
        "2022-W41-6T15:19",
        "2022-288T15:19",
        "Sat, 15 Oct 2022 15:19:00 +0900",
        "2022/10/15 15:19",
        "15 Oct 2022, 3:19 pm",
        "15 October 2022 at 3:19 p.m. KST",
        "2022-10-15 3:19 PM",
        "15 Oct 2022 15.19",
        "2022-10-15 1519",
        "2022-10-15 15.19",
        "1665814740",
        "1665814740000",
        "2022年10月15日午後3時19分",
        "２０２２年１０月１５日１５時１９分",
        "令和4年10月15日15時19分",
        "2022년 10월 15일 오후 3시 19분",
        "2022. 10. 15. 오후 3:19",
    ],
)
def test_the_fire_is_at_15_19_however_it_is_written(text: str) -> None:
    assert shown(alone(text)) == FIRE


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("15:19", "15:19"),
        ("15.19", "15:19"),
        ("1519", "15:19"),
        ("3:19 pm", "15:19"),
        ("3:19PM", "15:19"),
        ("12:15 AM", "00:15"),
        ("12:15 PM", "12:15"),
        ("noon", "12:00"),
        ("午後3時19分", "15:19"),
        ("午後３時１９分", "15:19"),
        ("同33分", "00:33"),
        ("正午", "12:00"),
        ("오후 3시 반", "15:30"),
        ("Oct 15 15:19", "15:19"),
        ("15일 15시 19분", "15:19"),
    ],
)
def test_a_time_of_day_takes_the_date_of_the_event_before(text: str, clock: str) -> None:
    assert shown(told(f"{DAY} 00:01", text)[-1]) == f"{DAY} {clock}"


def test_a_bare_time_is_on_the_day_of_a_date_without_a_time() -> None:
    assert shown(told(DAY, "09:00")[-1]) == f"{DAY} 09:00"


def test_midnight_at_the_end_of_a_day_is_24_00() -> None:
    assert shown(alone(f"{DAY} 24:00")) == "2022-10-16 00:00"


def test_the_next_day_and_the_one_after_have_signs() -> None:
    found = told(f"{DAY} 22:00", "01:30>", "22:00>>", "２３：００")
    assert [shown(each) for each in found[1:]] == [
        "2022-10-16 01:30",
        "2022-10-18 22:00",
        "2022-10-18 23:00",
    ]


def test_japanese_counts_days_and_hours_on() -> None:
    found = told("2022年10月15日22時", "25時30分", "翌日午前7時24分", "同日午後3時", "翌々日正午")
    assert [shown(each) for each in found[1:]] == [
        "2022-10-16 01:30",
        "2022-10-17 07:24",
        "2022-10-17 15:00",
        "2022-10-19 12:00",
    ]


def test_korean_counts_days_and_hours_on() -> None:
    found = told("2022년 10월 15일 22시", "다음날 오전 1시 30분", "20일 23시", "4시간 뒤")
    assert [shown(each) for each in found[1:]] == [
        "2022-10-16 01:30",
        "2022-10-20 23:00",
        "2022-10-21 03:00",
    ]


# Dates without their year, or without their month


@pytest.mark.parametrize(
    "text", ["Jan 1 00:10", "1 Jan 00:10", "1月1日0時10分", "1월 1일 0시 10분"]
)
def test_a_date_after_new_year_is_in_the_new_year(text: str) -> None:
    assert shown(told("2022-12-31 23:50", text)[-1]) == "2023-01-01 00:10"


def test_a_date_before_new_year_is_in_the_old_year() -> None:
    assert shown(told("2023-01-01 00:10", "Dec 31 23:50")[-1]) == "2022-12-31 23:50"


@pytest.mark.parametrize("text", ["1日0時30分", "1일 0시 30분", "11월 1일 0시 30분"])
def test_a_day_after_the_end_of_a_month_is_in_the_next_one(text: str) -> None:
    assert shown(told("2022-10-31 23:50", text)[-1]) == "2022-11-01 00:30"


def test_a_day_before_the_start_of_a_month_is_in_the_one_before() -> None:
    assert shown(told("2022-11-01 00:30", "31日23時")[-1]) == "2022-10-31 23:00"


def test_a_leap_day_is_looked_for_in_the_years_around() -> None:
    assert shown(told("2024-02-28 12:00", "Feb 29 09:00")[-1]) == "2024-02-29 09:00"


# Bounds


@pytest.mark.parametrize(
    ("text", "best", "earliest", "latest"),
    [
        ("~15:33", "15:33", "15:18", "15:48"),
        ("about 15:33", "15:33", "15:18", "15:48"),
        ("circa 3:33 pm", "15:33", "15:18", "15:48"),
        ("15:33頃", "15:33", "15:18", "15:48"),
        ("同33分頃", "15:33", "15:18", "15:48"),
        ("15시 33분경", "15:33", "15:18", "15:48"),
        ("오후 3시 33분께", "15:33", "15:18", "15:48"),
        ("15:33 ± 5m", "15:33", "15:28", "15:38"),
        ("15:33 +/- 5 min", "15:33", "15:28", "15:38"),
        ("15:33 +- 0s", "15:33", "15:33", "15:33"),
        ("15:20..15:30", "15:25", "15:20", "15:30"),
        ("15:20…15:30", "15:25", "15:20", "15:30"),
        ("15:20..15:20", "15:20", "15:20", "15:20"),
        ("by 16:00", "16:00", None, "16:00"),
        ("no later than 16:00", "16:00", None, "16:00"),
        ("after 22:00", "22:00", "22:00", None),
        ("no earlier than 22:00", "22:00", "22:00", None),
        ("by 16:00..17:00", None, None, None),
    ],
)
def test_a_vague_time_has_its_bounds(
    text: str, best: str | None, earliest: str | None, latest: str | None
) -> None:
    found = told(FIRE, text)[-1]
    if best is None:
        assert isinstance(found, ProblemText)
        assert found.code == "not-a-moment"
        return
    expected = [each and f"{DAY} {each}" for each in (best, earliest, latest)]
    assert shown(found) == (expected[0] if best == earliest == latest else tuple(expected))


def test_a_day_is_some_time_that_day() -> None:
    assert shown(alone("2025-12-30")) == (
        "2025-12-30 12:00",
        "2025-12-30 00:00",
        "2025-12-31 00:00",
    )


def test_the_middle_of_a_day_with_23_hours_is_not_noon() -> None:
    (found,) = told("2024-03-31", zone="Europe/Berlin")
    assert shown(found, "Europe/Berlin") == (
        "2024-03-31 12:30",
        "2024-03-31 00:00",
        "2024-04-01 00:00",
    )


def test_by_a_day_is_by_its_end_and_after_a_day_from_its_start() -> None:
    assert shown(alone(f"by {DAY}")) == ("2022-10-16 00:00", None, "2022-10-16 00:00")
    assert shown(alone(f"after {DAY}")) == ("2022-10-15 00:00", "2022-10-15 00:00", None)


def test_a_range_may_lead_past_midnight() -> None:
    assert shown(alone(f"{DAY} 23:30..00:30>")) == (
        "2022-10-16 00:00",
        "2022-10-15 23:30",
        "2022-10-16 00:30",
    )


def test_about_is_as_wide_as_the_file_says() -> None:
    found = moment(f"~{FIRE}", TimeSettings(SEOUL, about=60_000_000))
    assert shown(found) == ("2022-10-15 15:19", "2022-10-15 15:18", "2022-10-15 15:20")


def test_a_question_mark_is_no_time_and_is_leant_on_by_nobody() -> None:
    assert [shown(each) for each in told(FIRE, "?", "？", "15:20")] == [
        FIRE,
        None,
        None,
        "2022-10-15 15:20",
    ]


# Relative times


@pytest.mark.parametrize(
    "text",
    [
        *("+4h", "+ 4 h", "+240m", "4h later", "4 hours later", "4時間後", "4시간 뒤"),
        *("+PT4H", "+ PT3H60M", "fire + PT4H", "PT4H after fire", "four hours later"),
        *("4시간 후", "fire + 4h", "fire+4h", "4h after fire", "fire + 3 h 60 min", "４時間後"),
    ],
)
def test_four_hours_after_the_fire_is_19_19(text: str) -> None:
    assert shown(told(FIRE, text, ids=["fire"])[-1]) == "2022-10-15 19:19"


@pytest.mark.parametrize(
    "text",
    [
        "火災から30時間以上経過した16日午後10時頃",  # as the article of 24 October 2022 has it
        "発生から30時間半たった翌16日午後10時ごろ",
        "화재 발생 30시간 이상 지난 16일 오후 10시쯤",
        "화재 발생 후 30시간이 지난 16일 오후 10시께",
    ],
)
def test_how_long_after_something_a_time_was_may_stand_before_it(text: str) -> None:
    first = "2022-10-15 15:19"
    assert shown(told(first, text)[-1]) == (
        "2022-10-16 22:00",
        "2022-10-16 21:45",
        "2022-10-16 22:15",
    )


def test_how_long_after_something_is_no_time_by_itself() -> None:
    assert isinstance(told(FIRE, "火災から30時間以上経過した")[-1], ProblemText)


def test_a_relative_time_counts_from_the_event_with_the_id_and_not_the_one_before() -> None:
    found = told(FIRE, "18:00", "fire + 4h", "-10m", "fire - 9m", ids=["fire"])
    assert [shown(each) for each in found[2:]] == [
        "2022-10-15 19:19",
        "2022-10-15 19:09",
        "2022-10-15 15:10",
    ]


def test_a_relative_time_inherits_the_bounds_of_its_anchor() -> None:
    assert shown(told("~2022-10-15 15:33", "+4h")[-1]) == (
        "2022-10-15 19:33",
        "2022-10-15 19:18",
        "2022-10-15 19:48",
    )


def test_about_so_long_after_widens_the_bounds_of_its_anchor() -> None:
    assert shown(told("~2022-10-15 15:33", "about 4 hours later")[-1]) == (
        "2022-10-15 19:33",
        "2022-10-15 19:03",
        "2022-10-15 20:03",
    )


def test_a_relative_time_may_count_from_an_event_further_down() -> None:
    found = told("back - 4h", "later + 10m", "2022-10-15 19:33", ids=["down", "later", "back"])
    assert isinstance(found[1], ProblemText)  # it is called `later` itself
    assert shown(found[0]) == "2022-10-15 15:33"


def test_four_hours_are_elapsed_time_when_clocks_change() -> None:
    found = told("2024-03-31 00:30", "+4h", zone="Europe/Berlin")
    assert shown(found[-1], "Europe/Berlin") == "2024-03-31 05:30"


def test_ten_thousand_times_can_count_each_from_the_one_before() -> None:
    found = told(FIRE, *["+1s"] * 10_000)
    assert shown(found[-1]) == "2022-10-15 18:05:40"


def test_three_thousand_times_can_count_each_from_the_one_below() -> None:
    ids = [f"e{number}" for number in range(3001)]
    found = told(*[f"{name} - 1s" for name in ids[1:]], FIRE, ids=ids)
    assert shown(found[0]) == "2022-10-15 14:29"


@pytest.mark.parametrize(
    "texts",
    [
        ["a + 1h"],
        ["b + 1h", "a + 1h"],
        ["b + 1h", "c + 1h", "a + 1h"],
        ["b + 1h", "+1h"],
        ["~c + 1h", "a + 1h", "by b + 1h"],
        ["b + 1h..b + 2h", "a + 1h"],
    ],
)
def test_times_that_go_round_in_a_circle_are_each_in_trouble(texts: list[str]) -> None:
    found = told(*texts, ids="abc"[: len(texts)])
    assert [each.code for each in found if isinstance(each, ProblemText)] == [
        "circular-time"
    ] * len(texts)


# Bad input: every rejected time says what to write


BAD = {
    "2017-02-30": ("not-a-moment", "February 2017 has 28 days"),
    "2017/02/30": ("not-a-moment", "February 2017 has 28 days"),
    "25:61": ("not-a-moment", "hours run from 00 to 23"),
    "15:19:61": ("not-a-moment", "seconds to 59"),
    "3:19 xm": ("not-a-moment", "write 03:19 or 15:19"),
    "0000-10-15 15:19": ("not-a-moment", "a year from 1900 to 2199"),
    "2022-10-15 25:30": ("not-a-moment", "write 2022-10-16 01:30"),
    "25:30": ("not-a-moment", "write 01:30>"),
    "2022-10-15 13:42-14:52": ("not-a-moment", "write 2022-10-15 13:42..14:52"),
    "2022-10-15 13:42 - 14:52": ("not-a-moment", "write 2022-10-15 13:42..14:52"),
    "15:30..15:10": ("ends-early", "the earlier time first"),
    "tbd": ("not-a-moment", 'write "?"'),
    "15h": ("not-a-moment", "write 15:00 for the time of day, +15h"),
    "99999-10-15 15:19": ("not-a-moment", "a year from 1900 to 2199"),
    "half past two": ("not-a-moment", "write it as 2022-10-15 15:19"),
    "": ("not-a-moment", "write it as 2022-10-15 15:19"),
    "2022": ("not-a-moment", "write 20:22"),
    "2022-10": ("not-a-moment", "2022-10-15"),
    "10/11/2022": ("not-a-moment", "write 2022-11-10 or 2022-10-11"),
    "yesterday": ("not-a-moment", "write the date itself"),
    "15:33 ± a bit": ("not-a-duration", "write 4h"),
    "16:00..15:00": ("ends-early", "the earlier time first"),
    "fire + a while": ("not-a-moment", "fire + 4h"),
    "fire + 4 parsecs": ("not-a-duration", "write 4h"),
    "fier + 4h": ("unknown-id", "did you mean fire?"),
    "smoke + 4h": ("unknown-id", "give the event it counts from that id"),
    "2022-10-15 15:19 IST": ("unknown-zone", "write the offset"),
    "2022-10-15 15:19 CST": ("unknown-zone", "write the offset"),
    "2022-10-15 15:19 BST": ("unknown-zone", "write the offset"),
    "2022-10-15 15:19+25:00": ("unknown-zone", "from -12:00 to +14:00"),
    "2022-10-15 15:19 Asia/Sol": ("unknown-zone", "did you mean Asia/Seoul?"),
    "+200000d": ("not-a-moment", "write it as"),
    "+100000d": ("not-a-moment", "check the duration"),
    "14:00": ("runs-backwards", "write 14:00> if it is the next day"),
}


@pytest.mark.parametrize("text", BAD)
def test_a_rejected_time_says_why_and_what_to_write(text: str) -> None:
    code, says = BAD[text]
    found = trouble(FIRE, text, ids=["fire"])
    assert found.code == code
    assert says in f"{found.message}: {found.hint}"


@pytest.mark.parametrize("text", ["+4h", "4時間後", "~+4h"])
def test_a_relative_time_needs_something_to_count_from(text: str) -> None:
    assert trouble(text).code == "no-anchor"


def test_a_relative_time_cannot_count_from_what_is_not_known_to_have_happened() -> None:
    assert trouble(FIRE, "?", "end + 1h", ids=["fire", "end"]).code == "no-anchor"


@pytest.mark.parametrize(
    "text", ["15:19", "~15:19", "by 08:00", "16日午後10時頃", "翌日", "01:00>"]
)
def test_a_time_without_a_date_needs_one_before_it(text: str) -> None:
    found = trouble(text)
    assert found.code == "no-date"
    assert "2022-10-15" in found.hint


def test_a_mistake_is_told_once_and_what_leans_on_it_is_left_out() -> None:
    found = told("half past two", "15:33", "+4h", "2022-10-16 22:00", "23:00")
    assert [each.code for each in found if isinstance(each, ProblemText)] == [
        "not-a-moment",
        "no-date",
        "no-date",
    ]
    assert found[1] is found[2] is UNREADABLE_REFERENCE


def test_a_time_below_a_mistake_has_the_date_of_the_last_good_one() -> None:
    found = told(FIRE, "25:61", "15:33", "same again", "~16:00", "翌日午前1時")
    assert [shown(each) for each in found if isinstance(each, Moment)] == [
        FIRE,
        f"{DAY} 15:33",
        (f"{DAY} 16:00", f"{DAY} 15:45", f"{DAY} 16:15"),
        "2022-10-16 01:00",
    ]


@pytest.mark.parametrize("text", ["+4h", "4時間後", "bad + 4h", "14:00", "by 02:00"])
def test_what_a_mistake_may_explain_is_not_blamed(text: str) -> None:
    found = told(FIRE, "2022-13-16 01:00", text, ids=["fire", "bad"])
    assert found[2] is UNREADABLE_REFERENCE  # whether it runs backwards only the mistake could tell


def test_what_leans_on_a_mistake_is_not_blamed_for_another_day() -> None:
    found = told("half past two", "15:19 EDT", FIRE, zone="America/New_York")
    assert isinstance(found[1], ProblemText)
    assert found[1].code == "no-date"
    assert "1970" not in found[1].message + found[1].hint


def test_what_is_wrong_by_itself_is_told_although_it_leans_on_a_mistake() -> None:
    assert trouble("half past two", "15:61").code == "not-a-moment"
    assert "25:61" in trouble("half past two", "15:30..25:61").message
    assert trouble("half past two", "fier + 4h", ids=["fire"]).code == "unknown-id"


def test_thousands_of_mistakes_are_passed_in_linear_time() -> None:
    found = told(FIRE, *["25:61"] * 20_000, "15:33")
    assert shown(found[-1]) == f"{DAY} 15:33"


# Which comes first is for the best estimates to say


def test_a_range_that_starts_before_the_time_above_it_does_not_run_backwards() -> None:
    found = told(f"{DAY} 15:12", "15:10..15:25", "15:20")
    assert shown(found[1]) == (f"{DAY} 15:17:30", f"{DAY} 15:10", f"{DAY} 15:25")
    assert shown(found[2]) == f"{DAY} 15:20"


def test_a_range_whose_middle_is_before_the_time_above_it_runs_backwards() -> None:
    found = trouble(f"{DAY} 15:20", "15:10..15:25")
    assert found.code == "runs-backwards"
    assert found.message == "15:10..15:25 is before 15:20, the time above it"
    assert found.hint == "write 15:10>..15:25 if it is the next day, or its date"
    assert shown(told(f"{DAY} 15:20", "15:10>..15:25")[-1]) == (
        "2022-10-16 15:17:30",
        "2022-10-16 15:10",
        "2022-10-16 15:25",
    )


@pytest.mark.parametrize(
    ("text", "write"),
    [("14:00頃", "~14:00>"), ("by 14:00", "by 14:00>"), ("shortly after 2pm", "after 14:00>")],
)
def test_what_is_vague_stays_vague_where_it_runs_backwards(text: str, write: str) -> None:
    found = trouble(FIRE, text)
    assert found.message == "14:00 is before 15:19, the time above it"
    assert found.hint == f"write {write} if it is the next day, or its date"
    assert isinstance(told(FIRE, write)[-1], Moment)


def test_backwards_by_seconds_is_told_with_seconds() -> None:
    found = trouble(f"{FIRE}:45", "15:19:30")
    assert "15:19:30 is before 15:19:45" in found.message
    assert "15:19:30>" in found.hint


def test_backwards_is_told_on_the_clocks_that_were_written() -> None:
    found = trouble(FIRE, "06:00Z")
    assert found.message == "06:00 is before 06:19, the time above it"
    assert found.hint == "write 06:00Z> if it is the next day, or its date"
    assert shown(told(FIRE, "06:00Z>")[-1]) == "2022-10-16 15:00"


@pytest.mark.parametrize(
    "text", ["15:33..15:40 KST", "15:33 KST..15:40", "06:33..06:40Z", "between 6:33 and 6:40 UTC"]
)
def test_a_zone_is_that_of_both_ends_of_a_range(text: str) -> None:
    assert shown(told(FIRE, text)[-1]) == (f"{DAY} 15:36:30", f"{DAY} 15:33", f"{DAY} 15:40")


def test_ends_with_a_date_each_keep_their_zones() -> None:
    assert shown(alone("2022-10-15 15:33..2022-10-15 06:40Z")) == (
        f"{DAY} 15:36:30",
        f"{DAY} 15:33",
        f"{DAY} 15:40",
    )


@pytest.mark.parametrize(
    "text", ["3:30..3:40 pm", "between 3:30 and 3:40 pm", "午後3時30分..3時40分", "3:30 pm..3:40"]
)
def test_a_half_of_the_day_is_that_of_both_ends_of_a_range(text: str) -> None:
    assert shown(told(FIRE, text)[-1]) == (f"{DAY} 15:35", f"{DAY} 15:30", f"{DAY} 15:40")


def test_a_range_may_start_in_the_morning_and_end_in_the_afternoon() -> None:
    found = told(f"{DAY} 09:00", "between 11:54 and 1:11 pm")[-1]
    assert shown(found) == (f"{DAY} 12:32:30", f"{DAY} 11:54", f"{DAY} 13:11")


def test_a_range_of_days_turned_round_ends_early() -> None:
    assert trouble("2022-10-16..2022-10-15").code == "ends-early"


@pytest.mark.parametrize("text", ["2022-10-15 15:00..?", "?..2022-10-15 15:00"])
def test_a_range_with_an_open_end_is_not_silently_nothing(text: str) -> None:
    assert isinstance(alone(text), ProblemText)


@pytest.mark.parametrize(
    "text", ["約4時間後", "약 4시간 뒤", "4時間後頃", "about four hours later"]
)
def test_about_four_hours_after(text: str) -> None:
    assert shown(told(FIRE, text)[-1]) == (f"{DAY} 19:19", f"{DAY} 19:04", f"{DAY} 19:34")


# The fast way never reads what the slow way reads otherwise, or refuses


@pytest.mark.parametrize(
    "text",
    [
        *("2022-10-15 15:19.5", "2022-10-15 15,19", "2022-10-15 15:19:305", "2022-10-15 15:195"),
        *("2022-10-15 15+1930", "2022-10-15 15:19:30:00", "2022-10-15 15:19:30+090270"),
        *("2022-10-15 13:42-14:52", "2022-10-15 13:42-09:05", "2022-10-15 13:42-12:30"),
    ],
)
def test_digits_that_say_nothing_are_refused(text: str) -> None:
    assert isinstance(alone(text), ProblemText)


CLOCKS = st.text("0123456789:.,+-Z ", max_size=12).map(lambda each: f"{DAY} {each}")


@settings(deadline=None, max_examples=500)
@given(CLOCKS)
@example(f"{DAY} 15.19")
@example(f"{DAY} 13:42-14:52")
@example(f"{DAY} 13:42-12:00")
def test_the_fast_way_agrees_with_the_slow_one(text: str) -> None:
    at = exact_times(SEOUL).exact(text)
    if at is not None:  # a space before it leaves the fast way
        assert moment(f" {text}", TimeSettings(SEOUL)) == Moment.exactly(at)


# Laws


VALID = (
    *(FIRE, DAY, "15:33", "~15:33", "15:33 ± 5m", "15:10..15:25", "by 08:00", "after 22:00", "?"),
    *(
        "+4h",
        "fire + 4h",
        "4h after fire",
        "4 hours later",
        "4時間後",
        "22:00>",
        "22:00>>",
        "Oct 15",
    ),
    *("15 Oct 2022, 3:19 pm", "2022-10-15T15:19:00+09:00", "Sat, 15 Oct 2022 15:19:00 +0900"),
    *("15.19", "1519", "1665814740", "1665814740000", "2022年10月15日午後3時19分", "同33分頃"),
    *(
        "16日午後10時頃",
        "25時30分",
        "翌日",
        "2022년 10월 15일 오후 3시 19분",
        "오후 3시 반",
        "20일 23시께",
    ),
    *(
        "2017-02-30",
        "25:61",
        "3:19 xm",
        "99999-01-01",
        "10/11/2022",
        "2022-10-15 15:19 IST",
        "1900",
    ),
    *("2024-03-31 02:30", "2024-10-27 02:30", "2024-04-07 01:45", "2024-10-06 02:15", "1900-01-01"),
)
BITS = (
    *"0123456789:./-+,' ()TZ>~±?年月日時分秒년월일시분후後午頃께",
    *("..", "am", "pm", " by ", "about ", "after ", "± 5m", "fire", "KST", "+09:00", "9" * 12),
    *("\0", "\ud800", "²", "٣", "\u3000", "~" * 40, "± 100000d"),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a text that says a time, or almost."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 3)))
        text = (
            text[:start] + "".join(draw(st.lists(st.sampled_from(BITS), max_size=2))) + text[end:]
        )
    return text


ANYTHING = st.one_of(texts(), texts(), st.text(max_size=30))


@settings(deadline=None, max_examples=300)
@given(st.lists(ANYTHING, max_size=5), st.sampled_from(ZONES))
@example(["~" * 150 + FIRE], SEOUL)
@example(["(" * 150], SEOUL)
@example(["15:00.." * 25 + "15:00"], SEOUL)
def test_no_text_raises_and_bounds_are_in_order(lines: list[str], zone: ZoneInfo) -> None:
    found = moments([FIRE, *lines], {"fire": 0}, TimeSettings(zone))
    for text, each in zip([FIRE, *lines], found, strict=True):
        words(text)
        if isinstance(each, Moment):
            earliest = each.best if each.earliest is None else each.earliest
            latest = each.best if each.latest is None else each.latest
            assert earliest <= each.best <= latest, (text, each)
        elif each is not None:
            assert each.message, text
            assert each.hint, text
            assert "\n" not in each.hint, text


ONE = r"(?:~|by |after )?(\d[^,]*?)(?= for | if | or |,|$)"
OFFERED = re.compile(rf"(?:write|write it as|as in|or) {ONE}")


@settings(deadline=None, max_examples=300)
@given(texts(), st.sampled_from(ZONES))
@example("2024-03-31 02:30", BERLIN)
@example("2024-10-27 02:30", BERLIN)
@example("2024-04-07 01:45", LORD_HOWE)
@example("2024-10-06 02:15", LORD_HOWE)
@example("3:19 xm", SEOUL)
@example("2022年10月15日25時61分", SEOUL)
@example("2022-10-15 15:19 IST", SEOUL)
def test_whatever_a_hint_tells_to_write_is_accepted(text: str, zone: ZoneInfo) -> None:
    calendar = TimeSettings(zone)
    before = moment("2022-10-15 00:00", calendar)
    assert isinstance(before, Moment)
    found = moment(text, calendar, before)
    if not isinstance(found, ProblemText) or found.code == "not-a-duration":
        return
    for offered in OFFERED.findall(found.hint):
        again = moment(offered, calendar, before)
        if not isinstance(again, Moment) and ".." not in offered:
            # It is read, and then turns out to exist twice, or to have another mistake.
            assert again is not None
            assert again.code in {"no-such-time", "ambiguous-time", "unknown-zone"}, (text, again)


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("2024-03-06 ²:30", "not-a-moment", "footnote"),
        ("2024-03-06 12:30²", "not-a-moment", "footnote"),
        ("~2024-03-06 ①:30", "not-a-moment", "footnote"),
        ("2024-03-06 12:00+15:00", "unknown-zone", "+14:00"),
        ("2024-03-06T12:00:00+14:15", "unknown-zone", "+14:00"),
        ("2024-03-06 13:00 pm", "not-a-moment", "2024-03-06 13:00"),
        ("2024-03-06 0:30 pm", "not-a-moment", "2024-03-06 00:30 or 2024-03-06 12:30"),
        ("2024-03-06 12:00:00.123456789", "not-a-moment", "write 2024-03-06 12:00:00.123456"),
        ("2024-03-06T12:00:00.1234567Z", "not-a-moment", "write 2024-03-06T12:00:00.123456Z"),
        ("~2024-03-06 12:00:00,1234560001", "not-a-moment", "2024-03-06 12:00:00,123456"),
        ("20240306T120000.1234567Z", "not-a-moment", "write 20240306T120000.123456Z"),
    ],
)
def test_what_no_clock_shows_is_refused(text: str, code: str, hint: str) -> None:
    found = trouble(text)
    assert found.code == code
    assert hint in found.hint


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("２０２４-０３-０６ １２：００", "2024-03-06 12:00"),
        ("2024-03-06 12:00:00.500000000", "2024-03-06 12:00:00.500000"),
        ("2024-03-06T12:00:00.500000000+09:00", "2024-03-06 12:00:00.500000"),
        ("2024-03-06 17:00+14:00", "2024-03-06 12:00"),
        ("2024-03-05 15:00-12:00", "2024-03-06 12:00"),
        ("2024-03-06 12:00 pm", "2024-03-06 12:00"),
        ("2024-03-06 午後13時", "2024-03-06 13:00"),
    ],
)
def test_what_is_close_to_it_and_a_time_is_read(text: str, clock: str) -> None:
    assert shown(alone(text)) == clock
