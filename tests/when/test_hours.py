"""Service hours are read as they stand on the door, and followed as the clock beside it shows."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Instant, Span, total
from outage_cli.when.calendar.clock_spans import instants_shown
from outage_cli.when.calendar.resolve import resolve
from outage_cli.when.calendar.service_hours import Hours, hours, open_spans
from outage_cli.when.clock.civil_time import midnight, strict
from outage_cli.when.clock.zones import FIRST, LAST, known, local

NINE_TO_FIVE = ((9, 17),)
OFFICE = [NINE_TO_FIVE] * 5 + [(), ()]
ROUND_THE_CLOCK = [((0, 24),)] * 7

WEEKS = {
    "Mon-Fri 08:30-15:30": [((8.5, 15.5),)] * 5 + [(), ()],
    "Mon-Fri 09:00-11:30, 12:30-15:00": [((9, 11.5), (12.5, 15))] * 5 + [(), ()],
    "Mon-Fri 09:00-11:30; 12:30-15:00": [((9, 11.5), (12.5, 15))] * 5 + [(), ()],
    "Mon,Wed,Fri 9-17": [NINE_TO_FIVE, (), NINE_TO_FIVE, (), NINE_TO_FIVE, (), ()],
    "Sat-Sun 10:00-14:00": [()] * 5 + [((10, 14),)] * 2,
    "Mon-Fri 09-17, Sat 10-14": [*OFFICE[:5], ((10, 14),), ()],
    "Mon-Thu 09-17\nFri 09-13": [*OFFICE[:4], ((9, 13),), (), ()],
    "Fri-Mon": [((0, 24),), (), (), ()] + [((0, 24),)] * 3,
    "Fri-Mon 9-17": [NINE_TO_FIVE, (), (), ()] + [NINE_TO_FIVE] * 3,
    "daily 06-24": [((6, 24),)] * 7,
    "09-17": [NINE_TO_FIVE] * 7,
    "every day from 9 to 17": [NINE_TO_FIVE] * 7,
    "24/7": ROUND_THE_CLOCK,
    "24 hours": ROUND_THE_CLOCK,
    "00-24": ROUND_THE_CLOCK,
    "22:00-06:00": [((22, 30),)] * 7,
    "17-09": [((17, 33),)] * 7,
    "Sat 22:00-00:00": [()] * 5 + [((22, 24),), ()],
    "MONDAY - friday: 9:00 - 17:00": OFFICE,
    "Mon to Fri 9am-5pm": OFFICE,
    "Tues, Thurs 12pm-12am": [(), ((12, 24),), (), ((12, 24),), (), (), ()],
    "Mon. – Fri. 09.00–17.00": OFFICE,
    "Mo-Fr 9-17": OFFICE,
    "weekdays 9-17": OFFICE,
    "Weekends 10-14; weekdays 9-17": [*OFFICE[:5], ((10, 14),), ((10, 14),)],
    "月-金 9時〜17時": OFFICE,
    "月曜日～金曜日 9:00-17:00": OFFICE,
    "平日 09:00〜17:30": [((9, 17.5),)] * 5 + [(), ()],
    "월~금 09:00~17:00": OFFICE,
    "土日 10-14、月水金 9-17": [
        *(NINE_TO_FIVE, (), NINE_TO_FIVE, (), NINE_TO_FIVE),
        *(((10, 14),), ((10, 14),)),
    ],
    "daily 09-17, Sun closed": [NINE_TO_FIVE] * 6 + [()],
    "closed on Sundays, daily 09-17": [NINE_TO_FIVE] * 6 + [()],
    "Sun closed": [*ROUND_THE_CLOCK[:6], ()],
    "Mon-Fri 09-17, 12-25 closed": OFFICE,
    "2024-12-25 closed": ROUND_THE_CLOCK,
}

DATES = {
    "2024-12-25 closed": {date(2024, 12, 25): ()},
    "closed 2024-12-24, 2024-12-25": {date(2024, 12, 24): (), date(2024, 12, 25): ()},
    "closed 2024-12-24, closed 2024-12-25": {date(2024, 12, 24): (), date(2024, 12, 25): ()},
    "2024-12-31 09:00-12:00": {date(2024, 12, 31): ((9, 12),)},
    "2024-12-31 9-12, 13-15": {date(2024, 12, 31): ((9, 12), (13, 15))},
    "2024-12-30..2025-01-01 closed": {
        date(2024, 12, 30): (),
        date(2024, 12, 31): (),
        date(2025, 1, 1): (),
    },
    "2024-12-31 9-12; 2024-12-31..2025-01-01 closed": {
        date(2024, 12, 31): ((9, 12),),
        date(2025, 1, 1): (),
    },
    "12-25 closed": {(12, 25): ()},
    "closed 12-25": {(12, 25): ()},
    "12-24 closed, 12-25 closed": {(12, 24): (), (12, 25): ()},
    "12-24 09:00-12:00": {(12, 24): ((9, 12),)},
    "12-31..01-01 closed": {(12, 31): (), (1, 1): ()},
    "02-28..03-01 closed": {(2, 28): (), (2, 29): (), (3, 1): ()},
    "Mon-Fri 09-17, 12-25 closed": {(12, 25): ()},
    "2024/12/25 休業": {date(2024, 12, 25): ()},
}

REFUSED = {
    "": "the hours are missing",
    "Mon-Foo": "did you mean Fri?",
    "Tusday 9-17": "did you mean Tuesday?",
    "clsoed 2024-12-25": "did you mean closed?",
    "Mon-Fri 25:00-26:00": "no clock shows 25:00",
    "Mon-Fri 09:61-10:00": "minutes to 59",
    "09-09": "a whole day is 00-24",
    "24-06": "a whole day is 00-24",
    "Mon 9-5pm": "can be read twice",
    "13pm-2pm": "no clock shows 13pm",
    "closed": "closed on which days?",
    "2024-12-25": "the hours are missing",
    "9-17 Mon-Fri": "write days first",
    "2024-02-30 closed": "no calendar has",
    "0024-01-01 closed": "no calendar has",
    "13-45 closed": "no calendar has",
    "2024-12-25..2024-12-24 closed": "write the earlier date first",
    "2020-01-01..2022-01-01 closed": "in_service",
    "Mon-Fri 09-17, Fri 09-13": "overlap on Friday",
    "2024-12-25 9-12, 11-13": "overlap on 2024-12-25",
    "2024-12-25 closed; 2024-12-25 9-12": "closed, and open",
    "Sun closed, 09-17": "put `daily` before",
    "09-17, 12-25 closed": "can be hours or a date",
    "closed 12-24, 12-25": "can be hours or a date",
    "2024-12 closed": "neither days nor hours",
    "0900-1700": "neither days nor hours",
    "Mon-Fri 9-17 & Sat": "neither days nor hours",
    "Mon 9-12," * 2000: "characters",
}

BERLIN, LORD_HOWE, SAO_PAULO = "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo"
ZONES = (BERLIN, LORD_HOWE, SAO_PAULO, "UTC", "Asia/Seoul", "America/New_York", "Pacific/Apia")


def read(*texts: str) -> Hours:
    found = hours(texts)
    assert isinstance(found, Hours), found
    return found


def in_hours(openings: Sequence[Span]) -> tuple[tuple[float, float], ...]:
    return tuple((start / HOUR, end / HOUR) for start, end in openings)


def at(text: str, zone: str) -> Instant:
    wall = strict(text)
    found = resolve(wall, None, known(zone)) if wall else None
    assert isinstance(found, int), text
    return found


def day_of(text: str, zone: str) -> Span:
    day = date.fromisoformat(text)
    return Span(midnight(day, known(zone)), midnight(day + timedelta(1), known(zone)))


def is_open(rule: Hours, instant: Instant, zone: str) -> bool:
    """Look at the clock and at the sign on the door."""
    clock = local(instant, known(zone))
    today = clock.toordinal() - date(1970, 1, 1).toordinal()
    since = ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND
    return any(
        start <= since + days * DAY < end for days in (0, 1) for start, end in rule.on(today - days)
    )


@pytest.mark.parametrize("text", WEEKS)
def test_weeks_are_read_as_people_write_them(text: str) -> None:
    assert [in_hours(each) for each in read(text).week] == WEEKS[text]


@pytest.mark.parametrize("text", DATES)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    found = read(text).dates
    assert {leaf: in_hours(openings) for leaf, openings in found.items()} == DATES[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_unclear_is_refused_with_a_hint(text: str) -> None:
    found = hours([text])
    assert isinstance(found, ProblemText)
    assert found.code == "not-hours"
    assert REFUSED[text] in f"{found.message} {found.hint}"
    assert found.hint


@pytest.mark.parametrize(
    "texts",
    [
        ("Mon-Fri 09:00-11:30, 12:30-15:00",),
        ("Mon-Fri 09:00-11:30", "12:30-15:00"),
        ("Mon-Fri 09:00-11:30", "Mon-Fri 12:30-15:00"),
        ("Mon", "Tue", "Wed-Fri 09:00-11:30", "12:30-15:00"),
    ],
)
def test_a_list_says_the_same_however_yaml_has_cut_it(texts: tuple[str, ...]) -> None:
    assert read(*texts) == read("Mon-Fri 09:00-11:30, 12:30-15:00")


def test_a_weekend_outage_is_down_for_an_hour_of_office_time() -> None:
    outage = Span(at("2024-06-07 16:30", BERLIN), at("2024-06-10 09:30", BERLIN))
    assert total(open_spans(read("Mon-Fri 09-17"), outage, known(BERLIN))) == 60 * MINUTE


def test_the_tokyo_exchange_is_open_five_hours_a_day() -> None:
    week = Span(at("2024-06-03 00:00", "Asia/Tokyo"), at("2024-06-10 00:00", "Asia/Tokyo"))
    found = open_spans(read("Mon-Fri 09:00-11:30, 12:30-15:00"), week, known("Asia/Tokyo"))
    assert len(found) == 10
    assert total(found) == 25 * HOUR
    assert found[0] == Span(
        at("2024-06-03 09:00", "Asia/Tokyo"), at("2024-06-03 11:30", "Asia/Tokyo")
    )


@pytest.mark.parametrize(
    ("zone", "day", "text", "length"),
    [
        (BERLIN, "2024-03-31", "00-24", 23),
        (BERLIN, "2024-03-31", "02:00-04:00", 1),
        (BERLIN, "2024-03-31", "02:30-04:00", 1),  # opens at 03:00, the first instant there is
        (BERLIN, "2024-03-31", "01:00-02:30", 1),  # closes at 03:00: 02:30 is past
        (BERLIN, "2024-03-31", "02:15-02:45", 0),
        (BERLIN, "2024-10-27", "00-24", 25),
        (BERLIN, "2024-10-27", "02:00-04:00", 3),
        (BERLIN, "2024-10-27", "02:30-04:00", 2),  # shut again while it is not yet 02:30 again
        (BERLIN, "2024-10-27", "01:00-02:30", 2),
        (BERLIN, "2024-10-27", "02:15-02:45", 1),
        (LORD_HOWE, "2024-04-07", "00-24", 24.5),
        (LORD_HOWE, "2024-04-07", "01:30-02:00", 1),
        (LORD_HOWE, "2024-10-06", "00-24", 23.5),
        (LORD_HOWE, "2024-10-06", "02:00-03:00", 0.5),
        (SAO_PAULO, "2018-11-04", "00-24", 23),  # there was no midnight
        (SAO_PAULO, "2018-11-04", "00:30-08:00", 7),
        (SAO_PAULO, "2018-02-17", "00-24", 25),  # 23:00 came twice
        (SAO_PAULO, "2018-02-17", "22:00-23:30", 2),
        ("Pacific/Apia", "2011-12-29", "00-24", 24),
        ("Pacific/Apia", "2011-12-31", "00-24", 24),  # and no 30 December between them
    ],
)
def test_a_day_is_open_while_its_clock_says_so(
    zone: str, day: str, text: str, length: float
) -> None:
    assert total(open_spans(read(text), day_of(day, zone), known(zone))) == length * HOUR


def test_a_night_belongs_to_the_day_it_starts_on() -> None:
    rule = read("Fri 22:00-06:00", "2024-06-08 closed")
    saturday = day_of("2024-06-08", BERLIN)
    assert open_spans(rule, saturday, known(BERLIN)) == [
        Span(saturday.start, saturday.start + 6 * HOUR)
    ]


def test_a_night_over_a_change_of_clocks_has_its_real_length() -> None:
    nights = {"2024-03-30": 7, "2024-10-26": 9, "2024-06-01": 8}
    for day, length in nights.items():
        start = midnight(date.fromisoformat(day), known(BERLIN)) + 12 * HOUR
        night = Span(start, start + DAY)
        assert total(open_spans(read("Sat 22:00-06:00"), night, known(BERLIN))) == length * HOUR


def test_leap_days_are_days() -> None:
    rule = read("daily 9-17", "02-29 closed")
    for year, days in ((2023, 365), (2024, 365), (1900, 365), (2000, 365)):
        span = Span(
            midnight(date(year, 1, 1), known("UTC")), midnight(date(year + 1, 1, 1), known("UTC"))
        )
        assert total(open_spans(rule, span, known("UTC"))) == days * 8 * HOUR


@pytest.mark.parametrize("year", range(1990, 2060, 7))
@pytest.mark.parametrize("zone", [BERLIN, LORD_HOWE, "America/New_York"])
def test_a_year_round_the_clock_is_the_whole_year(year: int, zone: str) -> None:
    info = known(zone)
    span = Span(midnight(date(year, 1, 1), info), midnight(date(year + 1, 1, 1), info))
    assert open_spans(read("24/7"), span, info) == [span]
    nights = total(open_spans(read("20-08"), span, info))
    days = total(open_spans(read("08-20"), span, info))
    assert nights + days == span.length


def test_nothing_is_open_where_there_is_no_time() -> None:
    noon = at("2024-06-03 12:00", BERLIN)
    assert open_spans(read("24/7"), Span(noon, noon), known(BERLIN)) == []
    assert open_spans(read("24/7"), Span(noon, noon - DAY), known(BERLIN)) == []
    assert open_spans(read("24/7"), Span(-(1 << 62), 1 << 62), known(BERLIN)) == [Span(FIRST, LAST)]


def test_sixty_years_have_as_many_spans_as_working_days() -> None:
    span = Span(at("1990-01-01 00:00", BERLIN), at("2050-01-01 00:00", BERLIN))
    rule = read("Mon-Fri 09:00-11:30, 12:30-15:00", "12-25 closed")
    assert len(open_spans(rule, span, known(BERLIN))) > 30_000


WORDS = st.sampled_from(
    [
        *("Mon", "-", "Fri", "Sat", ",", ";", " ", " ", " ", "closed", "daily", "24/7", "to", "月"),
        *("9-17", "09:00-11:30", "22:00-06:00", "12-25", "2024-12-24", "..", "25:00", "pm", "9時"),
    ]
)
SIGNS = st.lists(
    st.sampled_from(
        [
            *(
                "Mon-Fri 09-17",
                "Sat 10:00-14:30",
                "Sun closed",
                "2024-10-27 closed",
                "03-31 closed",
            ),
            *("Mon-Sun 17:30-19:00", "Sun 22:00-06:00", "2024-03-31 01:30-02:30", "Sat 01:15-04"),
        ]
    ),
    min_size=1,
    unique=True,
)
MINUTES = st.integers(
    at("2024-03-01 00:00", "UTC") // MINUTE, at("2024-11-30 00:00", "UTC") // MINUTE
)
CHANGES = st.sampled_from(
    [
        at(day, "UTC") // MINUTE
        for day in ("2024-03-31 00:00", "2024-10-27 00:00", "2024-04-06 14:00")
    ]
)


@given(st.lists(st.one_of(st.text(), st.lists(WORDS, max_size=12).map("".join)), max_size=3))
@example(["²⁴/⁷"])
@example(["٩-١٧"])
@example(["closed " * 500])
@settings(deadline=None)
def test_no_text_raises(texts: list[str]) -> None:
    found = hours(texts)
    if isinstance(found, ProblemText):
        assert found.code == "not-hours"
        assert found.message
        assert found.hint
    else:
        march = Span(at("2024-03-01 00:00", BERLIN), at("2024-04-01 00:00", BERLIN))
        open_spans(found, march, known(BERLIN))


@given(SIGNS, st.one_of(CHANGES, MINUTES), st.integers(1, 5000), st.sampled_from(ZONES))
@settings(deadline=None, max_examples=60)
def test_doors_are_open_exactly_while_the_clock_shows_their_hours(
    texts: list[str], start: int, length: int, zone: str
) -> None:
    rule = read(*texts)
    within = Span(start * MINUTE, (start + length) * MINUTE)
    found = open_spans(rule, within, known(zone))
    opened = {each for span in found for each in range(span.start, span.end, MINUTE)}
    assert opened == {each for each in range(*within, MINUTE) if is_open(rule, each, zone)}
    assert total(found) == len(opened) * MINUTE


@given(SIGNS, st.integers(FIRST, LAST), st.integers(0, 400 * DAY), st.sampled_from(ZONES))
@settings(deadline=None)
def test_open_and_closed_make_up_the_window(
    texts: list[str], start: Instant, length: int, zone: str
) -> None:
    within = Span(start, start + length)
    found = open_spans(read(*texts), within, known(zone))
    edges = [within.start, *(edge for span in found for edge in span), within.end]
    assert edges == sorted(edges)
    assert all(span.length > 0 for span in found)
    assert all(before.end < after.start for before, after in pairwise(found))
    closed = sum(end - start for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert total(found) + closed == within.length


@given(st.integers(FIRST, LAST - 2), st.sampled_from(ZONES))
def test_every_instant_is_shown_once(at: Instant, zone: str) -> None:
    clock = local(at, known(zone))
    wall = at + (clock.utcoffset() or timedelta()) // timedelta(microseconds=1)
    assert instants_shown([Span(wall, wall + 1)], Span(at, at + 2), known(zone))[0] == Span(
        at, at + 1
    )


def test_changes_four_days_apart_are_both_seen() -> None:
    freetown = known("Africa/Freetown")
    span = Span(at("1939-08-20 00:00", "UTC"), at("1939-09-20 00:00", "UTC"))
    assert open_spans(read("24/7"), span, freetown) == [span]
    opened = open_spans(read("02:00-04:00"), span, freetown)
    minutes = [
        each for each in range(*span, MINUTE) if is_open(read("02:00-04:00"), each, freetown.key)
    ]
    assert total(opened) == len(minutes) * MINUTE
