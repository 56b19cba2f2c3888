"""Windows come again by their rule on the wall clock, and no rule keeps the tool busy."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from outage_cli.model.problem import ProblemText
from outage_cli.model.span import DAY, HOUR, MINUTE, SECOND, Instant, Span, total
from outage_cli.when.calendar.occurrences import occurrences
from outage_cli.when.calendar.recurrence import Recurrence, recurrence
from outage_cli.when.clock.civil_time import midnight
from outage_cli.when.clock.exact_times import exact_times
from outage_cli.when.clock.zones import EPOCH, FIRST, LAST, known, local

BERLIN, LORD_HOWE, SAO_PAULO = "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo"
ZONES = (BERLIN, LORD_HOWE, SAO_PAULO, "UTC", "Asia/Seoul", "America/New_York")
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def at(text: str, zone: str = BERLIN) -> Instant:
    found = exact_times(known(zone)).exact(text)
    assert found is not None, text
    return found


def during(first: str, last: str, zone: str = BERLIN) -> Span:
    """Return the span from one day to the start of another."""
    return Span(*(midnight(date.fromisoformat(each), known(zone)) for each in (first, last)))


MARCH = during("2024-03-01", "2024-04-01")
YEAR_2024 = during("2024-01-01", "2025-01-01")
SIXTY_YEARS = during("1990-01-01", "2050-01-01")


def rule_of(text: str, *exceptions: str) -> Recurrence:
    rule = recurrence(text, exceptions)
    assert isinstance(rule, Recurrence), rule
    return rule


def windows(
    text: str, first: str, within: Span, *exceptions: str, zone: str = BERLIN
) -> list[Span]:
    """Return the windows after `first`, written as `2024-03-03 02:00-04:00`."""
    start, end = first.split("-", 2)[2].split(" ")[1].split("-")
    day = first[:10]
    found = occurrences(
        rule_of(text, *exceptions),
        at(f"{day} {start}", zone),
        at(f"{day} {end}", zone),
        within,
        known(zone),
    )
    assert isinstance(found, list), found
    return found


def starts(spans: list[Span], zone: str = BERLIN) -> list[str]:
    return [f"{local(span.start, known(zone)):%m-%d}" for span in spans]


def test_sundays_in_march_are_nine_hours_in_berlin() -> None:
    found = windows("FREQ=WEEKLY;BYDAY=SU", "2024-03-03 02:00-04:00", MARCH)
    assert [span.length // HOUR for span in found] == [2, 2, 2, 2, 1]
    assert found[-1] == Span(at("2024-03-31 03:00"), at("2024-03-31 04:00"))


def test_the_night_in_october_has_three_hours() -> None:
    october = during("2024-10-01", "2024-11-01")
    found = windows("RRULE:FREQ=WEEKLY", "2024-03-03 02:00-04:00", october)
    assert [span.length // HOUR for span in found] == [2, 2, 2, 3]


def test_what_clocks_skip_does_not_come() -> None:
    found = windows("FREQ=DAILY", "2024-03-29 02:15-02:45", MARCH)
    assert starts(found) == ["03-29", "03-30"]


def test_what_clocks_show_twice_comes_twice() -> None:
    night = during("2024-10-27", "2024-10-28")
    found = windows("FREQ=DAILY", "2024-10-20 02:15-02:45", night)
    assert [span.length // MINUTE for span in found] == [30, 30]
    assert found[1].start - found[0].start == HOUR


def test_a_first_window_lasts_as_it_was_given() -> None:
    first = Span(at("2024-10-27 02:30+02:00"), at("2024-10-27 02:15+01:00"))
    found = occurrences(rule_of("FREQ=DAILY;COUNT=2"), *first, YEAR_2024, known(BERLIN))
    next_day = at("2024-10-28 02:30")
    assert found == [first, Span(next_day, next_day + first.length)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", "03-05 03-12 03-19"),
        ("FREQ=WEEKLY;INTERVAL=2", "03-05 03-19"),
        ("freq=weekly; byday=tu,fr; until=20240315", "03-05 03-08 03-12 03-15"),
        ("FREQ=WEEKLY;UNTIL=20240319T050000", "03-05 03-12 03-19"),
        ("FREQ=WEEKLY;UNTIL=20240319T045959", "03-05 03-12"),
        ("FREQ=WEEKLY;UNTIL=20240319T040000Z", "03-05 03-12 03-19"),
        ("FREQ=WEEKLY;UNTIL=20240319T035959Z", "03-05 03-12"),
        ("FREQ=DAILY;INTERVAL=10", "03-05 03-15 03-25"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,10", "03-05 03-10 03-31"),
        ("FREQ=MONTHLY;BYDAY=-1SU,1TU", "03-05 03-31"),
        ("FREQ=MONTHLY;BYDAY=WE,1TU", "03-05 03-06 03-13 03-20 03-27"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "03-05 03-29"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2,-2", "03-05 03-28"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SA", "03-05 03-09"),
        ("FREQ=YEARLY;BYWEEKNO=12", "03-05 03-19"),
        ("FREQ=YEARLY;BYWEEKNO=12;BYDAY=MO", "03-05 03-18"),
        ("FREQ=YEARLY;BYYEARDAY=70,-281", "03-05 03-10 03-26"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=4", "03-05 03-10 03-19 03-24"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4", "03-05 03-17 03-19 03-31"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=3", "03-05 03-11 03-18"),
        ("FREQ=HOURLY;INTERVAL=240", "03-05 03-15 03-25"),
        ("FREQ=MINUTELY;INTERVAL=14400", "03-05 03-15 03-25"),
        ("FREQ=SECONDLY;BYDAY=FR;BYHOUR=5;BYMINUTE=0;BYSECOND=0", "03-05 03-08 03-15 03-22 03-29"),
        ("RDATE:20240309,20240311T050000", "03-05 03-09 03-11"),
        ("FREQ=WEEKLY;COUNT=2\nRDATE;TZID=America/New_York:20240308T230000", "03-05 03-09 03-12"),
        ("FREQ=WEEKLY;COUNT=2 RRULE:FREQ=MONTHLY;BYMONTHDAY=7", "03-05 03-07 03-12"),
    ],
)
def test_rules_are_followed(rule: str, days: str) -> None:
    found = windows(rule, "2024-03-05 05:00-06:00", during("2024-03-01", "2024-04-02"))
    assert starts(found) == days.split()


@pytest.mark.parametrize(
    "dropped",
    [
        ("FREQ=WEEKLY", "2024-03-10"),
        ("FREQ=WEEKLY", "2024-03-10 02:00"),
        ("FREQ=WEEKLY", "2024-03-10T01:00Z"),
        ("FREQ=WEEKLY", "20240310T020000+01:00"),
        ("RRULE:FREQ=WEEKLY\nEXDATE:20240310",),
        ("RRULE:FREQ=WEEKLY\r\nEXDATE;VALUE=DATE:20240310,20240504",),
        ("EXDATE:20240310T020000 RRULE:FREQ=WEEKLY",),
        ("RRULE:FREQ=WEEKLY\n  EXDATE:20240310T010000Z",),
        ("RRULE:FREQ=WEEKLY\nEXDATE;TZID=America/New_York:20240309T200000",),
        ('RRULE:FREQ=WEEKLY\nexdate;tzid="Europe/Berlin":20240310t020000',),
    ],
)
def test_an_exception_drops_one_window(dropped: tuple[str, ...]) -> None:
    found = windows(dropped[0], "2024-03-03 02:00-04:00", MARCH, *dropped[1:])
    assert starts(found) == ["03-03", "03-17", "03-24", "03-31"]


def test_an_exception_at_another_time_drops_nothing() -> None:
    found = windows("FREQ=WEEKLY", "2024-03-03 02:00-04:00", MARCH, "2024-03-10 03:00")
    assert len(found) == 5


def test_the_first_window_can_be_an_exception() -> None:
    found = windows("FREQ=WEEKLY;COUNT=2", "2024-03-03 02:00-04:00", MARCH, "2024-03-03")
    assert starts(found) == ["03-10"]


def test_a_window_at_the_edge_is_clipped_also_if_it_began_before() -> None:
    rule = rule_of("FREQ=WEEKLY")
    start, end = at("2024-02-25 22:00"), at("2024-02-26 06:00")
    within = Span(at("2024-03-04 04:00"), at("2024-03-11 01:00"))
    assert occurrences(rule, start, end, within, known(BERLIN)) == [
        Span(within.start, at("2024-03-04 06:00")),
        Span(at("2024-03-10 22:00"), within.end),
    ]


def test_windows_that_overlap_are_one() -> None:
    start, end = at("2024-03-01 00:00"), at("2024-03-04 00:00")
    found = occurrences(rule_of("FREQ=DAILY"), start, end, MARCH, known(BERLIN))
    assert found == [MARCH]


def test_the_31st_and_the_29th_of_february_come_when_they_come() -> None:
    found = windows("FREQ=MONTHLY", "2024-01-31 12:00-13:00", YEAR_2024)
    assert starts(found) == ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"]
    leap = windows("FREQ=YEARLY", "1992-02-29 12:00-13:00", SIXTY_YEARS)
    assert len(leap) == 15


def test_midnight_that_does_not_exist_moves_to_one() -> None:
    within = during("2018-11-01", "2018-11-08", SAO_PAULO)
    found = windows("FREQ=WEEKLY;BYDAY=SU", "2018-10-28 00:00-03:00", within, zone=SAO_PAULO)
    assert found == [Span(at("2018-11-04 01:00", SAO_PAULO), at("2018-11-04 03:00", SAO_PAULO))]


def test_half_an_hour_of_lord_howe() -> None:
    within = during("2024-04-01", "2024-04-30", LORD_HOWE)
    found = windows("FREQ=WEEKLY;BYDAY=SU", "2024-03-31 01:00-03:00", within, zone=LORD_HOWE)
    assert [span.length // MINUTE for span in found] == [150, 120, 120, 120]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "does not say how often"),
        ("FREQ=WEEKY", "did you mean FREQ=WEEKLY?"),
        ("weekly", "did you mean FREQ=WEEKLY?"),
        ("every Sunday", "is not a rule"),
        ("FREQ=WEEKLY;BYDAYS=SU", "did you mean BYDAY=?"),
        ("FREQ=WEEKLY;BYDAY=SUN", "did you mean SU?"),
        ("FREQ=WEEKLY;BYDAY=XX", "write MO"),
        ("FREQ=WEEKLY;BYDAY=", "write MO"),
        ("FREQ=MONTHLY;BYDAY=0SU", "write MO"),
        ("FREQ=WEEKLY;BYDAY=1SU", "write FREQ=MONTHLY;BYDAY=1SU"),
        ("FREQ=MONTHLY;BYDAY=6SU", "from 1 to 5"),
        ("FREQ=YEARLY;BYDAY=-54SU", "from 1 to 53"),
        ("FREQ=DAILY;INTERVAL=0", "from 1 to"),
        ("FREQ=DAILY;INTERVAL=-1", "from 1 to"),
        ("FREQ=DAILY;COUNT=1,2", "from 1 to"),
        ("FREQ=DAILY;COUNT=999999999", "from 1 to 100000"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20240501", "keep one of them"),
        ("FREQ=DAILY;UNTIL=tomorrow", "no day and no time"),
        ("FREQ=DAILY;UNTIL=20240230", "no day and no time"),
        ("FREQ=DAILY;UNTIL=2024", "no day and no time"),
        ("FREQ=DAILY;BYHOUR=24", "from 0 to 23"),
        ("FREQ=DAILY;BYSECOND=60", "from 0 to 59"),
        ("FREQ=DAILY;BYMONTHDAY=0", "from -31 to -1"),
        ("FREQ=DAILY;FREQ=DAILY", "stands twice"),
        ("FREQ=DAILY;BYEASTER=1", "is not a rule"),
        ("EXDATE:20240310", "only exceptions"),
        ("DTSTART:20240303T020000\nRRULE:FREQ=DAILY", "DTSTART is not read here"),
        ("RDATE;VALUE=PERIOD:20240310T020000/PT2H", "no day and no time"),
        ("FREQ=DAILY\nEXDATE;TZID=Europe/Berlinn:20240310T020000", "did you mean Europe/Berlin?"),
        ("RRULE:FREQ=DAILY\n" * 11, "too many"),
        ("FREQ=DAILY;BYHOUR=" + "1," * 20_000, "characters"),
    ],
)
def test_what_is_no_rule_is_refused_with_a_hint(text: str, says: str) -> None:
    found = recurrence(text, [])
    assert isinstance(found, ProblemText)
    assert found.code == "not-a-rule"
    assert says in f"{found.message} {found.hint}"
    assert found.hint


def test_an_exception_that_is_no_date_is_refused() -> None:
    found = recurrence("FREQ=DAILY", ["2024-03-10", "next Easter"])
    assert isinstance(found, ProblemText)
    assert found.code == "not-a-moment"


@pytest.mark.parametrize(
    ("rule", "end", "code"),
    [
        ("FREQ=WEEKLY", None, "no-end"),
        ("FREQ=WEEKLY", 1 << 62, "no-end"),
        ("FREQ=WEEKLY", at("2024-03-03 01:00"), "ends-early"),
        ("FREQ=WEEKLY;UNTIL=20240302", at("2024-03-03 04:00"), "ends-early"),
    ],
)
def test_a_window_that_cannot_come_again_is_refused(rule: str, end: int | None, code: str) -> None:
    found = occurrences(rule_of(rule), at("2024-03-03 02:00"), end, MARCH, known(BERLIN))
    assert isinstance(found, ProblemText)
    assert found.code == code


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=59",
        "FREQ=YEARLY;BYDAY=MO,TU;BYHOUR=1,2,3;BYMINUTE=1,2,3,4,5,6,7,8;BYSECOND=1,2,3,4,5,6;BYSETPOS=1",
    ],
)
def test_a_rule_that_never_rests_is_refused(rule: str) -> None:
    found = occurrences(
        rule_of(rule), at("1990-01-01 00:00"), at("1990-01-01 00:01"), SIXTY_YEARS, known(BERLIN)
    )
    assert isinstance(found, ProblemText)
    assert found.code == "too-many-occurrences"


@pytest.mark.parametrize(
    ("rule", "is_refused"),
    [
        ("FREQ=SECONDLY;INTERVAL=7;BYDAY=MO", True),
        ("FREQ=SECONDLY;INTERVAL=59;BYMONTHDAY=30", True),
        ("FREQ=MINUTELY;BYDAY=MO", False),
        ("FREQ=SECONDLY;INTERVAL=7;BYDAY=MO;COUNT=20000", False),
    ],
)
def test_a_rule_that_hits_more_than_once_a_minute_is_refused(rule: str, is_refused: bool) -> None:  # noqa: FBT001
    start = at("2024-03-01 00:00")
    found = occurrences(rule_of(rule), start, start + SECOND, MARCH, known(BERLIN))
    assert isinstance(found, ProblemText) == is_refused
    if isinstance(found, ProblemText):
        assert found.code == "too-many-occurrences"
        assert "1,440 times a day" in found.message


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", 1),
        ("FREQ=SECONDLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYMINUTE=0;BYSECOND=0", 3),
        ("FREQ=MINUTELY;INTERVAL=60;BYMINUTE=30", 1),  # dateutil: ValueError
        ("FREQ=HOURLY;INTERVAL=2;BYHOUR=3", 1),  # dateutil: ValueError
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", 1),
        ("FREQ=YEARLY;INTERVAL=100000", 1),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366", 1),
        ("FREQ=SECONDLY;COUNT=100000", 1),
        ("FREQ=DAILY;BYHOUR=3", 1 + 21_915),
    ],
)
def test_a_rule_that_hardly_ever_hits_ends_soon(rule: str, count: int) -> None:
    found = occurrences(
        rule_of(rule), at("1990-01-01 00:00"), at("1990-01-01 00:01"), SIXTY_YEARS, known(BERLIN)
    )
    assert isinstance(found, list)
    assert len(found) == count


def test_a_rule_from_long_ago_is_looked_at_where_it_matters() -> None:
    day = during("2024-03-05", "2024-03-06")
    found = occurrences(
        rule_of("FREQ=MINUTELY"),
        at("1901-01-01 00:00"),
        at("1901-01-01 00:00:30"),
        day,
        known(BERLIN),
    )
    assert isinstance(found, list)
    assert len(found) == 24 * 60


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(each) for each in range((last - first).days + 1)]


def minutes_on(hits: Callable[[date], bool], first: Span, within: Span, zone: str) -> int:
    """Look at the clock once a minute, and count the minutes in which some window is on."""
    info = known(zone)
    start, end = (local(each, info).replace(tzinfo=None) for each in first)

    def is_on(shown: datetime) -> bool:
        latest = datetime.combine(shown, start.time())
        return any(
            each >= start and hits(each.date()) and each <= shown < each + (end - start)
            for each in (latest, latest - timedelta(1))
        )

    return sum(is_on(local(each, info).replace(tzinfo=None)) for each in range(*within, MINUTE))


DAYS = ("2024-03-30", "2024-10-26", "2024-04-06", "2024-02-28", "2018-11-03")
CLOCKS = st.tuples(st.integers(0, 24 * 60 - 1), st.integers(1, 24 * 60))


@given(
    st.sampled_from(DAYS),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 3),
    CLOCKS,
    st.sampled_from(ZONES),
)
@settings(deadline=None, max_examples=25)
def test_weekly_windows_are_on_exactly_while_the_clock_shows_them(
    day: str, weekdays: set[int], interval: int, clock: tuple[int, int], zone: str
) -> None:
    after = date.fromisoformat(day) + timedelta(2)
    first = date.fromisoformat(day) - timedelta(28)
    monday = first - timedelta(first.weekday())
    names = ",".join(NAMES[each] for each in sorted(weekdays))
    start = midnight(first, known(zone)) + clock[0] * MINUTE
    window = Span(start, start + clock[1] * MINUTE)
    assume(
        local(window.start, known(zone)).utcoffset() == local(window.end, known(zone)).utcoffset()
    )
    within = during(day, after.isoformat(), zone)
    rule = rule_of(f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={names}")
    found = occurrences(rule, *window, within, known(zone))
    assert isinstance(found, list)

    def hits(day: date) -> bool:
        return (day - monday).days // 7 % interval == 0 and day.weekday() in weekdays

    assert total(found) == minutes_on(hits, window, within, zone) * MINUTE


@given(
    st.dates(date(1990, 1, 1), date(2059, 12, 31)),
    st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]),
    st.integers(0, 6),
    st.integers(1, 14),
    st.integers(0, 1200),
)
@settings(deadline=None, max_examples=60)
def test_monthly_windows_agree_with_the_calendar_leafed_through(
    first: date, ordinal: int, weekday: int, interval: int, skipped: int
) -> None:
    def hits(day: date) -> bool:
        months = (day.year - first.year) * 12 + day.month - first.month
        nth = (day.day - 1) // 7 + 1
        after = (day.replace(day=28) + timedelta(4)).replace(day=1)
        nth_last = ((after - day).days - 1) // 7 + 1
        return day.weekday() == weekday and ordinal in {nth, -nth_last} and months % interval == 0

    start = midnight(first, known("UTC"))
    since = first + timedelta(skipped)
    until = since + timedelta(1500)
    within = Span(midnight(since, known("UTC")), midnight(until, known("UTC")))
    rule = rule_of(f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={ordinal}{NAMES[weekday]}")
    found = occurrences(rule, start, start + HOUR, within, known("UTC"))
    assert isinstance(found, list)
    expected = [day for day in days(since, until - timedelta(1)) if hits(day) or day == first]
    assert [local(span.start, known("UTC")).date() for span in found] == expected


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    each = st.integers(low, high).filter(lambda number: number or not low)
    return st.lists(each, min_size=1, max_size=3, unique=True).map(
        lambda found: ",".join(map(str, found))
    )


WEEKDAYS = st.lists(st.sampled_from(NAMES), min_size=1, unique=True)
MONTH_DAYS = {"BYMONTH": numbers(1, 12), "BYMONTHDAY": numbers(-28, 28)}
YEAR_DAYS = {"BYYEARDAY": numbers(-365, 365)}
OTHERS = {
    "BYDAY": WEEKDAYS.map(",".join),
    "WKST": st.sampled_from(NAMES),
    "BYHOUR": numbers(0, 23),
    "BYMINUTE": numbers(0, 59),
    "BYSECOND": numbers(0, 59),
    "COUNT": numbers(2, 30).map(lambda found: found.split(",")[0]),
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a rule that dateutil reads as RFC 5545 has it, and of which it finds an end."""
    every = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    parts = {"FREQ": every, "INTERVAL": str(draw(st.integers(1, 6)))}
    for name, values in {**draw(st.sampled_from([MONTH_DAYS, YEAR_DAYS])), **OTHERS}.items():
        if draw(st.integers(0, 2)) == 0:
            parts[name] = draw(values)
    if every in {"YEARLY", "MONTHLY"} and draw(st.integers(0, 3)) == 0:
        parts["BYDAY"] = f"{draw(st.sampled_from([1, 2, 5, -1, -4]))}{draw(WEEKDAYS)[0]}"
    if every in {"YEARLY", "MONTHLY"} and draw(st.booleans()):
        parts["BYSETPOS"] = draw(numbers(-3, 3))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@given(
    rules(),
    st.datetimes(datetime(2000, 1, 1), datetime(2004, 12, 31)),  # noqa: DTZ001 - a wall clock
    st.integers(0, 900),
)
@settings(deadline=None, max_examples=60)
def test_dateutil_left_alone_finds_the_same(rule: str, first: datetime, skipped: int) -> None:
    first = first.replace(microsecond=0)
    since, until = first + timedelta(skipped), first + timedelta(skipped + 400)
    hits: list[datetime] = []
    with suppress(ValueError):  # so dateutil says that a rule never hits
        if "COUNT" in rule:
            hits = list(rrulestr(rule, dtstart=first))
            assume(hits[:1] in ([], [first]))  # RFC 5545 counts the first, dateutil only hits
        else:
            hits = list(rrulestr(f"{rule};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=first))
    expected = sorted(each for each in {first, *hits} if since <= each < until)
    start = (first - EPOCH) // timedelta(microseconds=1)
    within = Span(start + skipped * DAY, start + (skipped + 400) * DAY)
    found = occurrences(rule_of(rule), start, start + SECOND, within, known("UTC"))
    assert isinstance(found, list)
    seconds = [each for span in found for each in range(*span, SECOND)]
    assert seconds == [(each - EPOCH) // timedelta(microseconds=1) for each in expected]


LINES = st.sampled_from(
    [
        *(
            "RRULE:",
            "EXDATE:",
            "RDATE;TZID=",
            "FREQ=",
            "WEEKLY",
            "SECONDLY",
            ";",
            "\n",
            " ",
            ",",
            "=",
        ),
        *(
            "BYDAY=",
            "-1SU",
            "MO",
            "UNTIL=",
            "20240310",
            "T020000Z",
            "COUNT=",
            "INTERVAL=",
            "3",
            "-1",
        ),
    ]
)


@given(
    st.one_of(st.text(), st.lists(LINES, max_size=15).map("".join), rules()),
    st.lists(st.one_of(st.text(), st.sampled_from(["2024-03-10", "20240310T020000Z"])), max_size=2),
)
@example("FREQ=DAILY;UNTIL=٢٠٢٤٠٣١٠", [])
@example("FREQ=DAILY;COUNT=²", ["2024-W10-7"])
@example("FREQ=DAILY;UNTIL=20240310T020000+99:99", [])
@settings(deadline=None)
def test_no_text_raises(text: str, exceptions: list[str]) -> None:
    rule = recurrence(text, exceptions)
    if isinstance(rule, ProblemText):
        assert rule.message
        assert rule.hint
        return
    found = occurrences(rule, at("2024-03-03 02:00"), at("2024-03-03 04:00"), MARCH, known(BERLIN))
    if isinstance(found, ProblemText):
        assert found.hint


@given(
    rules(),
    st.tuples(st.integers(FIRST, LAST - 1), st.integers(0, 40 * DAY)),
    st.tuples(st.integers(FIRST, LAST), st.integers(0, 400 * DAY)),
    st.sampled_from(ZONES),
)
@settings(deadline=None, max_examples=60)
def test_windows_are_in_order_apart_and_inside(
    text: str, first: tuple[Instant, int], window: tuple[Instant, int], zone: str
) -> None:
    (start, length), (since, width) = first, window
    within = Span(since, since + width)
    found = occurrences(rule_of(text), start, start + length, within, known(zone))
    if isinstance(found, ProblemText):
        assert found.code in {"too-many-occurrences", "no-end"}
        return
    assert all(within.start <= span.start < span.end <= within.end for span in found)
    assert all(before.end < after.start for before, after in pairwise(found))


@given(st.sampled_from([*range(1, 54), *range(-53, 0)]), st.integers(1990, 2059))
@settings(deadline=None)
def test_weeks_are_those_of_iso_8601(week: int, year: int) -> None:
    rule = rule_of(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU")
    monday, after = (date.fromisocalendar(each, 1, 1) for each in (year, year + 1))
    weeks = (after - monday).days // 7
    number = week if week > 0 else weeks + 1 + week
    within = during(f"{monday}", f"{after}", "UTC")
    found = occurrences(rule, 0, HOUR, within, known("UTC"))
    starts = [within.start + ((number - 1) * 7 + day) * DAY for day in range(7)]
    assert found == [Span(at, at + HOUR) for at in starts if 1 <= number <= weeks]


def test_weeks_can_start_on_sunday() -> None:
    rule = "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU,SA;WKST=SU"
    found = windows(rule, "2022-06-01 05:00-06:00", SIXTY_YEARS)
    assert starts(found)[1:5] == ["01-01", "01-07", "12-31", "01-06"]
