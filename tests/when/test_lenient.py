"""Times as people write them are read; two meanings are both offered, and nothing is guessed."""

# ruff: noqa: DTZ001 - what a wall clock shows is naive

import re
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from unicodedata import normalize

import pendulum
import pytest
from dateutil import parser as dateutil_parser
from hypothesis import example, given
from hypothesis import strategies as st

from outage_cli.model.problem import ProblemText
from outage_cli.when.clock.civil_time import Wall, strict
from outage_cli.when.clock.zones import FIRST, FIRST_YEAR, LAST, LAST_YEAR
from outage_cli.when.words.informal import HedgedWall, lenient

FIRE = Wall(2022, 10, 15, 15, 19)
FIRE_INSTANT = 1_665_814_740_000_000

READ = {
    # ISO 8601: basic, week and ordinal dates
    "20221015T151900Z": FIRE._replace(zone="Z"),
    "20221015T1519": FIRE,
    "20221015T151900.25+0900": FIRE._replace(microsecond=250_000, zone="+09:00"),
    "20221015": Wall(2022, 10, 15),
    "20221015T15Z": Wall(2022, 10, 15, 15, zone="Z"),
    "2022-10-15T15+09:00": Wall(2022, 10, 15, 15, zone="+09:00"),
    "2022-10-15 (Sat) 15:19": FIRE,
    "20221015 15:19": FIRE,
    "202210151519": FIRE,
    "20221015151930": FIRE._replace(second=30),
    "2022-W41-6": Wall(2022, 10, 15),
    "2022W416T1519": FIRE,
    "2022-288": Wall(2022, 10, 15),
    "2022288": Wall(2022, 10, 15),
    "2020-W53-5": Wall(2021, 1, 1),
    "2022-288T15:19Z": FIRE._replace(zone="Z"),
    "2022-10-15T15:19:00+09:00[Asia/Seoul]": FIRE._replace(zone="+09:00"),
    "2022-10-15T15:19:00.000Z[UTC]": FIRE._replace(zone="Z"),
    "2022-10-15_15:19": FIRE,
    # e-mail, web servers, logs, and what programs print
    "Sat, 15 Oct 2022 15:19:00 +0900": FIRE._replace(zone="+09:00"),
    "Sat, 15 Oct 2022 06:19:00 GMT": Wall(2022, 10, 15, 6, 19, zone="GMT"),
    "Sat, 15 Oct 2022 15:19:00 +0900 (KST)": FIRE._replace(zone="+09:00"),
    "Saturday, 15-Oct-2022 15:19:00 UTC": FIRE._replace(zone="UTC"),
    "15/Oct/2022:15:19:00 +0900": FIRE._replace(zone="+09:00"),
    "[15/Oct/2022:15:19:00 +0900]": FIRE._replace(zone="+09:00"),
    "Oct 15 15:19:00": Wall(None, 10, 15, 15, 19),
    "Oct  5 15:19:00.123": Wall(None, 10, 5, 15, 19, microsecond=123_000),
    "Sat Oct 15 15:19:00 2022": FIRE,
    "Sat Oct 15 15:19:00 KST 2022": FIRE._replace(zone="KST"),
    "Sat Oct 15 03:19:00 PM KST 2022": FIRE._replace(zone="KST"),
    "Sat Oct 15 2022 15:19:00 GMT+0900 (Korean Standard Time)": FIRE._replace(zone="+09:00"),
    "2022-10-15 15:19:00 +0900 KST": FIRE._replace(zone="+09:00"),
    # numbers with a year among them
    "2022/10/15 15:19": FIRE,
    "2022.10.15 15:19": FIRE,
    "2022. 10. 15. 15:19": FIRE,
    "2022/10/15 15:19:30,123": FIRE._replace(second=30, microsecond=123_000),
    "2022/10/15 15:19:30.1234567": FIRE._replace(second=30, microsecond=123_456),
    "2022-10-15, 3:19 pm": FIRE,
    "2022-10-15 3pm": Wall(2022, 10, 15, 15),
    "2022-1-5 15:19": Wall(2022, 1, 5, 15, 19),
    "15.10.2022 15:19": FIRE,
    "10.11.2022": Wall(2022, 11, 10),
    "10/15/2022 15:19": FIRE,
    "15/10/2022 15:19": FIRE,
    "15-10-2022 15:19": FIRE,
    "11/11/2022": Wall(2022, 11, 11),
    "10/30 7:27a": Wall(None, 10, 30, 7, 27),
    "03-26 23:04": Wall(None, 3, 26, 23, 4),
    "15.10. 15:19": Wall(None, 10, 15, 15, 19),
    # names of months
    "15 Oct 2022, 3:19 pm": FIRE,
    "October 15th, 2022 at 3:19 p.m.": FIRE,
    "the 15th of October, 2022 at 15:19": FIRE,
    "15 OCTOBER 2022 15:19": FIRE,
    "Oct 15 15:19": Wall(None, 10, 15, 15, 19),
    "15 Oct 15:19": Wall(None, 10, 15, 15, 19),
    "Oct 15, 2022": Wall(2022, 10, 15),
    "15 Oct 2022": Wall(2022, 10, 15),
    "2022 Oct 15 15:19": FIRE,
    "2022-Oct-15": Wall(2022, 10, 15),
    "15 Oct 2022 1519": FIRE,
    "15 Oct 1519": Wall(None, 10, 15, 15, 19),
    "15 Oct 2022 15.10": Wall(2022, 10, 15, 15, 10),
    "Sept. 5, 2022 9:05": Wall(2022, 9, 5, 9, 5),
    "May 1": Wall(None, 5, 1),
    "Oct 24, 2018 - 14:05 UTC": Wall(2018, 10, 24, 14, 5, zone="UTC"),
    "22:30 UTC (Oct 29)": Wall(None, 10, 29, 22, 30, zone="UTC"),
    "14:05 UTC on July 27": Wall(None, 7, 27, 14, 5, zone="UTC"),
    "3:19 pm, 15 Oct 2022": FIRE,
    "Saturday 15 October 2022 at 03:19pm KST": FIRE._replace(zone="KST"),
    "on the 15th at 3pm": Wall(None, None, 15, 15),
    "29 Feb": Wall(None, 2, 29),
    # clocks
    "3:19 PM": Wall(hour=15, minute=19),
    "3:19pm": Wall(hour=15, minute=19),
    "3:19 P.M.": Wall(hour=15, minute=19),
    "3:19:30 pm": Wall(hour=15, minute=19, second=30),
    "3.19 pm": Wall(hour=15, minute=19),
    "3pm": Wall(hour=15),
    "3 p.m. UTC": Wall(hour=15, zone="UTC"),
    "12:15 AM": Wall(hour=0, minute=15),
    "12:15 PM": Wall(hour=12, minute=15),
    "12 am": Wall(hour=0),
    "12pm": Wall(hour=12),
    "08:00 AM UTC": Wall(hour=8, zone="UTC"),
    "7 in the evening": Wall(hour=19),
    "3 o'clock pm": Wall(hour=15),
    "noon": Wall(hour=12),
    "12 noon": Wall(hour=12),
    "12:00 noon": Wall(hour=12),
    "noon on 15 Oct 2022": Wall(2022, 10, 15, 12),
    "15.19": Wall(hour=15, minute=19),
    "15.10 Uhr": Wall(hour=15, minute=10),
    "15.10 UTC": Wall(hour=15, minute=10, zone="UTC"),
    "15h19": Wall(hour=15, minute=19),
    "15:19h": Wall(hour=15, minute=19),
    "1519": Wall(hour=15, minute=19),
    "0019": Wall(hour=0, minute=19),
    "1519 hrs": Wall(hour=15, minute=19),
    "1930": Wall(hour=19, minute=30),
    "2022 hrs": Wall(hour=20, minute=22),
    "2022Z": Wall(hour=20, minute=22, zone="Z"),
    "T1519": Wall(hour=15, minute=19),
    "151930": Wall(hour=15, minute=19, second=30),
    "3:19 pm>": Wall(hour=15, minute=19, days_on=1),
    "next day 1:31": Wall(hour=1, minute=31, days_on=1),
    "4:11 AM UTC the following morning": Wall(hour=4, minute=11, days_on=1, zone="UTC"),
    "same day, 3:19 pm": Wall(hour=15, minute=19),
    # zones
    "15:19 UTC+9": Wall(hour=15, minute=19, zone="+09:00"),
    "15:19 GMT+09:00": Wall(hour=15, minute=19, zone="+09:00"),
    "15:19 UTC-3:30": Wall(hour=15, minute=19, zone="-03:30"),
    "15:19 PDT (UTC-7)": Wall(hour=15, minute=19, zone="-07:00"),
    "15:19 UTC−7": Wall(hour=15, minute=19, zone="-07:00"),
    "3:19 pm PDT": Wall(hour=15, minute=19, zone="PDT"),
    "3:19 pm pdt": Wall(hour=15, minute=19, zone="PDT"),
    "3:19 pm (KST)": Wall(hour=15, minute=19, zone="KST"),
    "3:19 pm z": Wall(hour=15, minute=19, zone="Z"),
    "3:19 pm US/Pacific": Wall(hour=15, minute=19, zone="US/Pacific"),
    "2022/10/15 15:19-0700": FIRE._replace(zone="-07:00"),
    "日本時間16日午後10時": Wall(None, None, 16, 22, zone="JST"),
    "한국시간 오후 3시 19분": Wall(hour=15, minute=19, zone="KST"),
    # epochs
    "1665814740": Wall(instant=FIRE_INSTANT),
    "1665814740.5": Wall(instant=FIRE_INSTANT + 500_000),
    "@1665814740": Wall(instant=FIRE_INSTANT),
    "1665814740123": Wall(instant=FIRE_INSTANT + 123_000),
    "1665814740123456": Wall(instant=FIRE_INSTANT + 123_456),
    "1665814740123456789": Wall(instant=FIRE_INSTANT + 123_456),
    # Japanese
    "2022年10月15日午後3時19分": FIRE,
    "２０２２年１０月１５日午後３時１９分": FIRE,
    "2022年10月15日(土) 15時19分30秒": FIRE._replace(second=30),
    "2022年10月24日(月)15時56分": Wall(2022, 10, 24, 15, 56),
    "2022年10月15日 午後3:19": FIRE,
    "2022年10月15日15:19": FIRE,
    "10月15日 15時19分": Wall(None, 10, 15, 15, 19),
    "10月15日(土)": Wall(None, 10, 15),
    "10月15日土曜日": Wall(None, 10, 15),
    "10月10日(月・祝)": Wall(None, 10, 10),
    "同日午後3時19分": Wall(hour=15, minute=19),
    "同日": Wall(),
    "同33分": Wall(minute=33, same_hour=True),
    "同33分20秒": Wall(minute=33, second=20, same_hour=True),
    "16日午後10時": Wall(None, None, 16, 22),
    "16日の午後10時に": Wall(None, None, 16, 22),
    "午前0時": Wall(hour=0),
    "零時": Wall(hour=0),
    "午後0時半": Wall(hour=12, minute=30),
    "午後15時": Wall(hour=15),
    "正午": Wall(hour=12),
    "24時": Wall(hour=24),
    "24時30分": Wall(hour=0, minute=30, days_on=1),
    "25時30分": Wall(hour=1, minute=30, days_on=1),
    "10月15日 25:30": Wall(None, 10, 15, 1, 30, days_on=1),
    "深夜25時": Wall(hour=1, days_on=1),
    "翌日": Wall(days_on=1),
    "翌々日午前9時": Wall(hour=9, days_on=2),
    "翌16日午前1時": Wall(None, None, 16, 1),
    "翌日(16日)午前1時": Wall(None, None, 16, 1),
    "翌日午前1時31分": Wall(hour=1, minute=31, days_on=1),
    "翌朝7時24分": Wall(hour=7, minute=24, days_on=1),
    "未明の1時30分": Wall(hour=1, minute=30),
    "夕方5時": Wall(hour=17),
    "夜10時": Wall(hour=22),
    "令和4年10月15日": Wall(2022, 10, 15),
    "令和元年10月15日": Wall(2019, 10, 15),
    "平成31年4月30日": Wall(2019, 4, 30),
    "昭和64年1月7日": Wall(1989, 1, 7),
    # Korean
    "2022년 10월 15일 오후 3시 19분": FIRE,
    "2022년10월15일 오후3시19분": FIRE,
    normalize("NFD", "2022년 10월 15일 오후 3시 19분"): FIRE,
    "2022. 10. 15. 오후 3:19": FIRE,
    "2022/10/15 (토) 오후 3:19": FIRE,
    "15일(토) 오후 3시 19분": Wall(None, None, 15, 15, 19),
    "10월 15일 토요일 15시 19분": Wall(None, 10, 15, 15, 19),
    "오후 3시 반": Wall(hour=15, minute=30),
    "오후 12시 30분": Wall(hour=12, minute=30),
    "오전 12시 30분": Wall(hour=0, minute=30),
    "20일 23시": Wall(None, None, 20, 23),
    "20일 0시": Wall(None, None, 20, 0),
    "새벽 1시 30분": Wall(hour=1, minute=30),
    "낮 12시": Wall(hour=12),
    "낮 1시": Wall(hour=13),
    "저녁 7시": Wall(hour=19),
    "밤 10시": Wall(hour=22),
    "다음 날 오전 1시 31분": Wall(hour=1, minute=31, days_on=1),
    "다음날인 16일 오전 1시 31분": Wall(None, None, 16, 1, 31),
    "이튿날": Wall(days_on=1),
    "같은 날": Wall(),
    "이날 오후 3시 30분에": Wall(hour=15, minute=30),
    "정오": Wall(hour=12),
    # Chinese
    "2022年10月15日下午3时19分": FIRE,
    "10月15日星期六15点19分": Wall(None, 10, 15, 15, 19),
    "晚上10点半": Wall(hour=22, minute=30),
}

TWO_MEANINGS = {
    "10/11/2022": ["2022-11-10", "2022-10-11"],
    "10/11/2022 3:19 pm": ["2022-11-10 15:19", "2022-10-11 15:19"],
    "10-11-2022 15:19Z": ["2022-11-10 15:19Z", "2022-10-11 15:19Z"],
    "15/10/22": ["2022-10-15", "2015-10-22"],
    "10/11/12": ["2012-11-10", "2012-10-11", "2010-11-12"],
    "15 Oct 22": ["2022-10-15"],
    "Oct 15 '99": ["1999-10-15"],
    "15-Oct-22 15:19": ["2022-10-15 15:19"],
    "'22년 10월 15일": ["2022-10-15"],
    "7/8 15:19": ["7 Aug 15:19", "8 Jul 15:19"],
    "03-04 23:04": ["3 Apr 23:04", "4 Mar 23:04"],
    "15.10": ["15:10", "15 Oct"],
    "221015": ["22:10:15", "2022-10-15"],
    "2022": ["20:22"],
    "Oct 15 1930": ["1930-10-15", "15 Oct 19:30"],
    "2022101501": ["2034-01-28 22:51:41Z", "2022-10-15 01:00"],
    "midnight": ["00:00", "24:00"],
    "15 Oct 2022 midnight": ["2022-10-15 00:00", "2022-10-15 24:00"],
    "12 midnight": ["00:00", "24:00"],
    "자정": ["00:00", "24:00"],
    "16일 자정": ["16일 00:00", "16일 24:00"],
    "밤 12시": ["00:00", "24:00"],
    "午後12時30分": ["12:30", "00:30>"],
    "午前12時": ["00:00", "12:00"],
    "15日深夜1時": ["15日 01:00", "15日 25:00"],
    "15 Oct 深夜1:00": ["10月15日 01:00", "10月15日 25:00"],
    "深夜 1:00": ["01:00", "01:00>"],
    "2022年10月15日深夜1時": ["2022-10-15 01:00", "2022-10-16 01:00"],
    "3:19 xm": ["03:19", "15:19"],
    "17:14 am": ["05:14", "17:14"],
    "13:19 pm": ["01:19", "13:19"],
    "2018-01-17 17:14pm": ["2018-01-17 05:14", "2018-01-17 17:14"],
    "0:30 pm": ["00:30", "12:30"],
    "3:19 am/pm": ["03:19", "15:19"],
    "noon in the morning": ["00:00", "12:00"],
    "3 o'clock": ["03:00", "15:00"],
    "15:00 -09:00": ["15:00..09:00"],
}

WRONG = {
    "2017/02/30": ("no calendar has `2017/02/30`", "February 2017 has 28 days"),
    "2017.02.30": ("no calendar", "February 2017 has 28 days"),
    "30 Feb 2017, 3:19 pm": ("no calendar", "February 2017 has 28 days"),
    "2017年2月30日": ("no calendar", "February 2017 has 28 days"),
    "2017년 2월 30일": ("no calendar", "February 2017 has 28 days"),
    "20170230": ("no calendar", "February 2017 has 28 days"),
    "30 Feb": ("no calendar", "February has 29 days at most"),
    "32 Oct 2022": ("no calendar", "October 2022 has 31 days"),
    "0 Oct 2022": ("no calendar", "October 2022 has 31 days"),
    "the 15th, 2022": ("names no month", "2022-10-15"),
    "2022年15日": ("names no month", "2022-10-15"),
    "2022/13/01": ("no calendar", "months run from 1 to 12"),
    "1850-288": ("the year 1850 is out of reach", "from 1900 to 2199"),
    "1850-W41-6": ("the year 1850 is out of reach", "from 1900 to 2199"),
    "2022-366": ("no calendar", "the days of 2022 run from 001 to 365"),
    "2022-W53-1": ("no calendar", "2022 has 52 weeks"),
    "25:61": ("no clock shows `25:61`", "minutes and seconds to 59"),
    "2022/10/15 25:61": ("no clock", "minutes and seconds to 59"),
    "2022/10/15 25:30": ("no clock", "write 2022-10-16 01:30"),
    "25:30 pm": ("no clock", "01:30>"),
    "15:19:61": ("no clock", "minutes and seconds to 59"),
    "15時61分": ("no clock", "minutes and seconds to 59"),
    "31時": ("no clock", "hours"),
    "同61分": ("no clock", "minutes"),
    "2575": ("no clock", "minutes"),
    "0000/00/00": ("the year 0 is out of reach", "from 1900 to 2199"),
    "0000-00-00": ("the year 0 is out of reach", "from 1900 to 2199"),
    "99999-10-15": ("the year 99999 is out of reach", "from 1900 to 2199"),
    "15 Oct 99999": ("the year 99999 is out of reach", "from 1900 to 2199"),
    "99999年10月15日": ("the year 99999 is out of reach", "from 1900 to 2199"),
    "9999999999": ("out of reach", "from 1900 to 2199"),
    "平成40年10月15日": (
        "no calendar has `平成40年10月15日`",
        "平成 ended with its year 31, this would be 2028",
    ),
    "令和0年1月1日": ("no calendar", "令和 began with its year 1, which is 2019"),
    "October 2022": ("names no day", "2022-10-15"),
    "2022-10": ("names no day", "2022-10-15"),
    "2022-W41": ("names no day", "2022-10-15"),
    "2022-Q4": ("names no day", "2022-10-15"),
    "2022年10月": ("names no day", "2022-10-15"),
    "1985": ("names no day", "2022-10-15"),
    "16日午後": ("not the time", "16日 12:00..24:00"),
    "20일 오후": ("not the time", "20일 12:00..24:00"),
    "early morning of 3 July": ("not the time", "3 Jul 00:00..06:00"),
    "2022年10月15日未明": ("not the time", "2022-10-15 00:00..06:00"),
    "同日夜": ("not the time", "18:00..24:00"),
    "午前9時まで": ("then or earlier", "by 09:00"),
    "since 3pm": ("then or later", "after 15:00"),
    "2016-12-31 23:59:60Z": ("no clock", "write 2016-12-31 23:59:59Z"),
    "after about 3pm": ("vague in two ways", "~15:00"),
    "15 Oct 2022 KST": ("a zone and no time", "2022-10-15 15:19"),
    "15 Oct 2022 -0700": ("a zone and no time", "2022-10-15 15:19"),
    "Saturday 3:19 pm": ("which", "date"),
    "土曜日午後3時": ("which", "date"),
    "yesterday 3:19 pm": ("says no date by itself", "date"),
    "어제 오후 3시": ("says no date by itself", "date"),
    "now": ("says no date by itself", "date"),
    "10:25 am - 11:40 am": ("more than one", "15:10..15:25"),
    "14:05-15:19": ("more than one", "15:10..15:25"),
    "同33分15時": ("more than one", "15:10..15:25"),
    "1665814740 15:19": ("more than one", "15:10..15:25"),
    "same day, next day": ("more than one", "15:10..15:25"),
    "15 Oct 2022 16 Oct 2022": ("more than one", "15:10..15:25"),
}

ROUGHLY = {
    "翌日頃": (Wall(days_on=1), "about"),
    "午後3時過ぎ": (Wall(hour=15), "after"),
    "午後3時すぎ": (Wall(hour=15), "after"),
    "15時以降": (Wall(hour=15), "after"),
    "15時前": (Wall(hour=15), "by"),
    "3시 무렵 ": (Wall(hour=3), "about"),
    "오후 3시 넘어": (Wall(hour=15), "after"),
    "at about 3pm": (Wall(hour=15), "about"),
    "10月15日頃 午後3時": (Wall(None, 10, 15, 15), "about"),
    "2022年10月15日頃": (Wall(2022, 10, 15), "about"),
    "shortly after 22:00": (Wall(hour=22), "after"),
    "just before 10 pm": (Wall(hour=22), "by"),
    "15:19 (approx.)": (Wall(hour=15, minute=19), "about"),
    "2. Juli 2022, gegen 15 Uhr": (Wall(2022, 7, 2, 15), "about"),
    "vers 14h30": (Wall(hour=14, minute=30), "about"),
}

NO_TIME = [
    *("", " ", "\0", "may", "sat", "Oct", "10", "7", "a", "z", "pm", "UTC", "KST", "T", "-", ":"),
    *("in March", "March", "second", "half past two", "soon", "n/a", "TBD", "15 km", "15 times"),
    *(
        ">",
        "-07:00 pm",
        "同日頃",
        "4h",
        "4 hours",
        "4時間",
        "15日間",
        "4시간",
        "10-15",
        "15h",
        "15:19 down",
        "15:19 and",
        "3 xm",
    ),
    *("123", "12345", "1.5", "v2.3.1", "1.2.3.4", "#1519", "+4h", "fire + 4h", "?", "10 items"),
    *("a b", "de ad", "Maybe 15:19", "2022-10-15T", "1665814740 apples", "土", "일", "月", "다음"),
    *(
        "5時10分前",
        "3時間前",
        "4日前",
        "16日午後10時だった",
        "10月15日以",
        "ⅻ" * 200,
        "1" * 101,
        "15:19 " * 40,
    ),
]


@pytest.mark.parametrize(("text", "wall"), READ.items())
def test_what_people_write_is_read(text: str, wall: Wall) -> None:
    assert lenient(text) == wall


@pytest.mark.parametrize(("text", "readings"), TWO_MEANINGS.items())
def test_two_meanings_are_both_offered(text: str, readings: list[str]) -> None:
    trouble = lenient(text)
    assert isinstance(trouble, ProblemText)
    assert trouble.code == "not-a-moment"
    assert [part for part in offered(trouble) if part in readings] == readings


@pytest.mark.parametrize(("text", "expected"), WRONG.items())
def test_what_is_wrong_is_said_with_a_remedy(text: str, expected: tuple[str, str]) -> None:
    trouble = lenient(text)
    assert isinstance(trouble, ProblemText)
    assert trouble.code == "not-a-moment"
    assert expected[0] in trouble.message
    assert expected[1] in trouble.hint


@pytest.mark.parametrize(("text", "rough"), ROUGHLY.items())
def test_a_word_that_leaves_a_time_open_is_kept(text: str, rough: tuple[Wall, str]) -> None:
    assert lenient(text) == HedgedWall(*rough)


@pytest.mark.parametrize("text", NO_TIME)
def test_what_is_no_time_does_not_become_one(text: str) -> None:
    assert lenient(text) is None


@pytest.mark.parametrize("text", [*TWO_MEANINGS, *WRONG])
def test_what_a_hint_tells_to_write_can_be_read(text: str) -> None:
    trouble = lenient(text)
    assert isinstance(trouble, ProblemText)
    assert offered(trouble) or "write" not in trouble.hint
    for each in ends(trouble):
        assert isinstance(strict(each) or lenient(each), Wall)


@pytest.mark.parametrize("text", [text for text in READ if not text.startswith("@")])
def test_full_width_digits_space_and_case_do_not_matter(text: str) -> None:
    wide = text.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    assert lenient(wide) == lenient(f"  {text}\u3000\n") == lenient(text)
    if re.search(r"[A-Z]{2,}|[/T]", text) is None:
        assert lenient(text.upper()) == lenient(text.lower()) == lenient(text)


MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2059, 12, 31, 23, 59, 59))
AS_WRITTEN = [
    "%Y%m%dT%H%M%S", "%Y%m%d%H%M%S", "%Y%m%d %H:%M:%S", "%G-W%V-%uT%H:%M:%S", "%GW%V%uT%H%M%S",
    "%Y-%jT%H:%M:%S", "%a, %d %b %Y %H:%M:%S", "%d/%b/%Y:%H:%M:%S", "%a %b %d %H:%M:%S %Y",
    "%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y, %H.%M.%S Uhr",
    "%d %B %Y, %I:%M:%S %p", "%B %d, %Y at %I:%M:%S %p", "%I:%M:%S%p on %A, %B %d %Y",
    "%H:%M:%S, %d-%b-%Y", "%Y %b %d %H%M%S",
    "%Y年%m月%d日%H時%M分%S秒", "%Y年%m月%d日(土)%p%I:%M:%S", "%Y年%m月%d日 %H:%M:%S",
    "%Y년 %m월 %d일 %H시 %M분 %S초", "%Y. %m. %d. %p %I:%M:%S", "%Y년 %m월 %d일(토) %H:%M:%S",
    "%Y年%m月%d日%H时%M分%S秒",
]  # fmt: skip
ZONES = {"": None, " Z": "Z", " UTC": "UTC", " +0900": "+09:00", " GMT-3": "-03:00", " KST": "KST"}


@given(MOMENTS, st.sampled_from(AS_WRITTEN), st.sampled_from(sorted(ZONES)))
def test_what_was_written_is_what_is_read(at: datetime, written: str, zone: str) -> None:
    text = at.strftime(written.replace("%Y", f"{at.year:04}"))
    text = text.replace("(토)", f"({'월화수목금토일'[at.weekday()]})")
    text = text.replace("(土)", f"({'月火水木金土日'[at.weekday()]})")
    if written.endswith(("%Y", "Uhr")):
        zone = ""
    wall = lenient(text + zone)
    assert wall == Wall(*at.timetuple()[:6], zone=ZONES[zone])


@given(MOMENTS, st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%H:%M KST", "%H:%M:%S.%f>"]))
def test_the_generous_way_agrees_with_the_fast_one(at: datetime, written: str) -> None:
    text = at.strftime(written)
    assert lenient(text) == strict(text)


@given(MOMENTS)
def test_the_halves_of_the_day_are_read_in_each_language(at: datetime) -> None:
    japan = (
        f"{at.month}月{at.day}日{'午前' if at.hour < 12 else '午後'}{at.hour % 12}時{at.minute}分"
    )
    korea = f"{at.month}월 {at.day}일 {'오전' if at.hour < 12 else '오후'} {at:%I}시 {at.minute}분"
    expected = Wall(None, at.month, at.day, at.hour, at.minute)
    assert lenient(japan) == lenient(korea) == expected


@given(st.integers(0, 29), st.integers(0, 59), st.dates(date(2000, 1, 1), date(2059, 1, 1)))
def test_hours_past_midnight_are_the_next_day(hour: int, minute: int, day: date) -> None:
    wall = lenient(f"{day.year}年{day.month}月{day.day}日{hour}時{minute}分")
    assert isinstance(wall, Wall)
    start = datetime(wall.year or 0, wall.month or 0, wall.day or 0)
    read = start + timedelta(days=wall.days_on, hours=wall.hour or 0, minutes=wall.minute)
    assert read == datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)


@given(st.integers(10**15, LAST - 1))
def test_epochs_are_instants_in_every_unit(at: int) -> None:
    assert lenient(str(at)) == Wall(instant=at)
    assert lenient(str(at // 1000)) == Wall(instant=at // 1000 * 1000)
    assert lenient(f"{at // 10**6}.{at % 10**6:06}") == Wall(instant=at)


@given(MOMENTS, st.sampled_from(["%d %B %Y %I:%M %p", "%a %b %d %H:%M:%S %Y", "%Y%m%dT%H%M%S"]))
def test_dateutil_agrees_where_a_text_says_everything(at: datetime, written: str) -> None:
    text = at.strftime(written)
    assert as_datetime(lenient(text)) == dateutil_parser.parse(text)


@given(MOMENTS, st.sampled_from(["%G-W%V-%u", "%Y-%j", "%GW%V%u", "%Y%j", "%Y%m%d"]))
def test_pendulum_agrees_on_the_dates_of_iso_8601(at: datetime, written: str) -> None:
    text = at.strftime(written)
    assert as_datetime(lenient(text)) == pendulum.parse(text, strict=True).naive()  # type: ignore[union-attr]


@pytest.mark.parametrize("year", [1970, 1999, 2000, 2024, 2038, 2059])
def test_every_day_of_a_year_can_be_written_without_it(year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert lenient(f"{day:%b} {day.day}") == Wall(None, day.month, day.day)
        day += timedelta(days=1)


WORDS = [
    *("am", "pm", "xm", "Oct", "May", "Sat", "noon", "midnight", "KST", "+09:00", "-07:00", "W41"),
    *("about", "by", "now", "next day", "翌日", "同日", "深夜"),
]
SIGNS = "0123456789:./-+,' ()[]TZ>~@年月日時分秒년월일시분초午前後同半令和오전후자정土토頃"
ALPHABET = st.sampled_from([*SIGNS, *WORDS])
VALID = sorted({*READ, *TWO_MEANINGS, *WRONG})


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """Return a text that almost says a time."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        end = min(end, start + 3)
        text = text[:start] + "".join(draw(st.lists(ALPHABET, max_size=2))) + text[end:]
    return text


@given(st.one_of(st.text(), st.lists(ALPHABET, max_size=12).map("".join), mutations()))
@example("٣:١٩ pm")
@example("²⁰²²/10/15")
@example("\ud800")
@example("99999999999999999999年1月1日")
@example("1.01 " * 20)
def test_no_text_raises_and_every_wall_is_well_formed(text: str) -> None:
    read = lenient(text)
    if isinstance(read, ProblemText):
        assert read.code == "not-a-moment"
        assert read.message
        assert read.hint
        assert "\n" not in read.message + read.hint
        assert all(isinstance(strict(each) or lenient(each), Wall) for each in ends(read)), read
    elif read is not None:
        assert_well_formed(read)


@given(mutations())
def test_what_is_read_can_be_read_again_the_same(text: str) -> None:
    read = lenient(text)
    assert lenient(f" {text} ") == read


def test_reading_needs_neither_pendulum_nor_dateutil() -> None:
    program = (
        "import sys; from outage_cli.when.words.informal import HedgedWall, lenient;"
        "lenient('2022-W41-6');"
        "lenient('no time'); print({'pendulum', 'dateutil'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert run.stdout == "set()\n"


def offered(trouble: ProblemText) -> list[str]:
    """Return what a hint tells to write."""
    parts = re.split(r"\bwrite | or |,? as in ", trouble.hint)
    return [part.partition(" for ")[0] for part in parts[1:] if re.search(r"\d|next day", part)]


def ends(trouble: ProblemText) -> list[str]:
    """Return the times that a hint tells to write, without what stands before them."""
    plain = (re.sub(r"^(?:~|by |after )", "", each) for each in offered(trouble))
    return [end for each in plain for end in each.split("..")]


def as_datetime(wall: Wall | HedgedWall | ProblemText | None) -> datetime:
    assert isinstance(wall, Wall)
    return datetime(
        wall.year or 0, wall.month or 0, wall.day or 0, wall.hour or 0, wall.minute, wall.second
    )


def assert_well_formed(said: Wall | HedgedWall) -> None:
    wall = said.wall if isinstance(said, HedgedWall) else said
    if wall.instant is not None:
        assert wall == Wall(instant=wall.instant)
        assert FIRST <= wall.instant < LAST
        return
    assert wall.year is None or FIRST_YEAR <= wall.year <= LAST_YEAR
    assert wall.month is None or wall.day is not None
    assert wall.year is None or wall.month is not None
    if wall.day is not None:
        date(wall.year or 2000, wall.month or 1, wall.day)
    midnight = (24, 0, 0, 0)
    clock = (wall.hour or 0, wall.minute, wall.second, wall.microsecond)
    assert clock == midnight or time(*clock) >= time()
    assert wall.hour is not None or wall.same_hour or clock == (0, 0, 0, 0)
    assert wall.hour is not None or wall.zone is None
    assert 0 <= wall.days_on <= 11
    assert wall.zone is None or re.fullmatch(
        r"Z|[+-]\d\d:\d\d|[A-Z]{2,5}|[A-Za-z]+(?:/[A-Za-z_]+)+", wall.zone
    )
    assert not wall.same_hour or (wall.hour is None and not wall.has_date)


WEEKDAYS = {
    "Mon, 6 Mar 2024 12:00": ["2024-03-06 12:00 for Wednesday", "2024-03-04 12:00 for Monday"],
    "Sat 6 March 2024": ["2024-03-06 for Wednesday", "2024-03-09 for Saturday"],
    "2024-03-06 (Sun) 12:00": ["2024-03-06 12:00 for Wednesday", "2024-03-03 12:00 for Sunday"],
    "2024年3月6日(火) 12時": ["2024-03-06 12:00 for Wednesday", "2024-03-05 12:00 for Tuesday"],
    "2024년 3월 6일(금) 12시": ["2024-03-06 12:00 for Wednesday", "2024-03-08 12:00 for Friday"],
    "Sonnabend, 6. März 2024 12:00": ["2024-03-06 12:00 for Wed", "2024-03-09 12:00 for Sat"],
    "dimanche 6 mars 2024 12:00": ["2024-03-06 12:00 for Wed", "2024-03-03 12:00 for Sunday"],
    "2024-01-01 (Sun) 12:00": ["2024-01-01 12:00 for Monday", "2023-12-31 12:00 for Sunday"],
}


@pytest.mark.parametrize("text", WEEKDAYS)
def test_a_weekday_that_is_not_the_one_of_its_date_is_refused(text: str) -> None:
    found = lenient(text)
    assert isinstance(found, ProblemText)
    assert found.code == "not-a-moment"
    assert all(each in found.hint for each in WEEKDAYS[text])


@pytest.mark.parametrize(
    "text",
    [
        *("Wed, 6 Mar 2024 12:00", "Wednesday 6 March 2024, 12:00", "2024-03-06 (Wed) 12:00"),
        *("2024年3月6日(水) 12時", "2024년 3월 6일 수요일 12시", "2024年3月6日 星期三 12時"),
        *("Mittwoch, 6. März 2024 12:00", "Mi., 6. März 2024 12:00", "mercredi 6 mars 2024 12:00"),
    ],
)
def test_the_weekday_of_a_date_may_stand_beside_it(text: str) -> None:
    assert lenient(text) == Wall(2024, 3, 6, 12)


def test_the_night_of_a_day_may_have_the_weekday_of_either_day() -> None:
    assert all(isinstance(lenient(f"2024年3月6日({day})25時"), Wall) for day in "水木")
    assert isinstance(lenient("2024年3月6日(金)25時"), ProblemText)
