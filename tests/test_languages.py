"""Every language has all words and phrases, and data is the same in all of them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from outage_cli import languages, pipeline, registry, writers
from outage_cli.cli.language import CODES, ambient
from outage_cli.languages.en import English
from outage_cli.model.event import Phase
from outage_cli.model.figure_catalogue import FIGURES
from outage_cli.model.method import Treatment
from outage_cli.model.milestones import TimeBetween
from outage_cli.model.promises import ClaimVerdict
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.span import HOUR, MINUTE, SECOND
from outage_cli.model.state import State
from outage_cli.model.totals import GROUPINGS
from outage_cli.pipeline import ReportRequest, compare, explain, read, show
from outage_cli.readers.source import Source
from outage_cli.writers.page.wrap import folded
from tests.test_registry import imported

OTHERS = [code for code in CODES if code != "en"]
ALIKE = {"time_of_day"}
"""Names for what is written the same everywhere: digits of a clock."""

ABBREVIATIONS = {"SLO", "MTBF"}
"""Words that are written the same everywhere."""

NAMES = [name for name in vars(English) if not name.startswith("_")]
WORDS = [name for name in NAMES if not callable(vars(English)[name])]
PHRASES = [name for name in NAMES if callable(vars(English)[name])]
ROOT = Path(__file__).parent.parent
KAKAO = ROOT / "timelines" / "2022-10-15-kakao.yaml"
NOW = 1_700_000_000 * SECOND


def catalogue(code: str) -> English:
    found: English = registry.language(code)
    return found


def texts(value: object) -> Iterator[str]:
    yield from map(str, value.values()) if isinstance(value, Mapping) else [str(value)]


def test_no_language_is_forgotten() -> None:
    rooms = Path(languages.__path__[0]).glob("*.py")
    homes = {f"languages.{path.stem}" for path in rooms if "CATALOGUE" in path.read_text("utf-8")}
    assert homes == {entry.home for entry in registry.LANGUAGES}
    assert [catalogue(code).code for code in CODES] == list(CODES)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_in_every_language(code: str, name: str) -> None:
    there, here = getattr(English, name), getattr(type(catalogue(code)), name)
    if name in ALIKE:
        assert there is here or there == here
        return
    assert here is not there, f"{name} is missing"
    if name in PHRASES:
        assert inspect.signature(here) == inspect.signature(there)
        return
    if isinstance(there, Mapping):
        assert here.keys() == there.keys()
    for text, english in zip(texts(here), texts(there), strict=True):
        assert text != english or text in ABBREVIATIONS, f"{name} is English still"


@pytest.mark.parametrize("code", CODES)
def test_mappings_have_a_word_for_every_value(code: str) -> None:
    say = catalogue(code)
    assert set(say.states) == set(State)
    assert set(say.phases) == {each.value for each in Phase}
    assert set(say.findings) == {each.value for each in ClaimVerdict}
    assert set(say.times_to) == set(say.times_taken) == {each.value for each in TimeBetween}
    assert set(say.groupings) == set(GROUPINGS)
    assert set(say.figures) == {each.key for each in FIGURES if each.column or each.table}
    for words in (say.states, say.phases, say.findings):
        assert len(set(words.values())) == len(words), "two would read the same"


def test_every_word_is_used() -> None:
    """A word is used where somebody writes `say.word`, or the catalogue itself `self.word`."""
    room = Path(writers.__path__[0])
    used = {
        node.attr
        for path in (*room.rglob("*.py"), *Path(languages.__path__[0]).glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and (
            getattr(node.value, "id", "") in {"say", "self"}
            or getattr(node.value, "attr", "") == "say"
        )
    }
    assert set(NAMES) - used == set()


# What people read, in a language that is not that of the file

RICH = """\
title: Большой сбой
timezone: Europe/Berlin
window: 2024-03
as_of: 2024-03-31 12:00
sources:
  - {name: Газета, date: 2024-04-02, note: Сообщение}
services:
  a: {name: Сеть, operator: Мы, group: Ядро, users: 47512345, slo: 99.9%}
  b: {name: Почта, operator: Мы, group: Ядро, requires: [a], slo: 99.95% monthly, users: 230000}
  c: {name: Касса, requires: [{any: [a, b], at_worst: degraded}], hours: "08:00-18:00"}
  d: {name: Склад, slo: 99% per 7d, in_service: {from: 2024-03-05}}
  e: {name: Сайт, group: Ядро, requires: [b]}
maintenance:
  - {services: [a, d], from: 2024-03-03 03:00, to: 2024-03-03 04:00, repeats: FREQ=WEEKLY,
     what: Работы}
events:
  - {at: ~2024-03-06 10:00, id: e1, what: Отказ, down: a, phase: started}
  - {at: 2024-03-06 10:05, what: Видно, phase: detected}
  - {at: 2024-03-06 10:04, what: Принято, phase: acknowledged}
  - {at: by 2024-03-06 11:00, what: Частично, partial: a}
  - {at: 2024-03-06 12:00, what: Почти, degraded: a, down: d, phase: mitigated}
  - {at: after 2024-03-06 13:00, what: Восстановлено, up: [a, d], phase: resolved}
  - {at: 2024-03-07, what: Сутки, unknown: d}
  - {at: 2024-03-08 09:00 ± 3h, what: Известно, up: d}
  - {at: 2024-03-10 03:30, what: Замена, maintenance: d}
  - {at: 2024-03-10 04:40, what: Заменено, up: d}
  - {at: 2024-03-20 12:00, what: Кабель, maintenance: b}
  - {at: 2024-03-20 12:10, what: Готово, up: b}
  - {at: 2024-03-30 10:00, what: Опять, down: [a, e]}
  - {at: "?", what: Никто не знает}
claims:
  - {service: a, downtime: at least 2h, by: Газета, since: e1}
  - {service: a, downtime: 1h to 2h, window: 2024-03-06}
  - {service: a, availability: about 99.5%, window: 2024-03-06}
  - {service: a, ends: by 2024-03-06 10:00}
  - {service: b, starts: ~2024-03-06}
  - {service: c, downtime: less than 3 h 20 s}
notes: [Заметка]
"""

SECOND_INCIDENT = """\
title: Второй
timezone: Europe/Berlin
services: {f: Поиск}
events:
  - {at: 2024-03-12 10:00, what: Отказ, down: f, phase: started}
  - {at: 2024-03-12 10:20, what: Видно, phase: detected}
  - {at: 2024-03-12 10:25, what: Принято, phase: acknowledged}
  - {at: 2024-03-12 12:00, what: Восстановлено, up: f, phase: resolved}
"""

FROM_THE_FILE = {
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "e1",
    "ж",
    "first",
    "second",
    "yaml",
    "Europe",
    "Berlin",
}
NOT_WORDS = {"SLO", "MTBF", "JSON", "SHA", "UTC", "json", "csv", "window", "outage", "n", "p", "x"}
METHODS = {name for entry in registry.METHODS for name in entry.name.split("-")}
CONTRACT = {"docs", "accounting", "md"}
ALLOWED = FROM_THE_FILE | NOT_WORDS | METHODS | CONTRACT
"""What may stand in Latin letters: names of the file, formats, methods, options and a page."""


@cache
def readings() -> Sequence[Any]:
    sources = {"first.yaml": RICH, "second.yaml": SECOND_INCIDENT}
    results = [read(Source(name, text.encode())) for name, text in sources.items()]
    assert not [each for reading in results for each in reading.problems if each.is_error]
    return results


@cache
def writer_called(name: str) -> Any:  # noqa: ANN401 - a module's type is its own
    """Return the module of an output format."""
    entry = registry.named(name, registry.WRITERS)
    assert entry
    return registry.load(entry.home)


def human(code: str, *, width: int = 100_000) -> dict[str, str]:
    """Return all that people can be shown of the richest timeline, by what it is."""
    screen = Screen(width=width, is_full=True, language=code)
    request = ReportRequest(NOW, by="month", group_by="group", shift="2d", needs=registry.NEEDS)
    report = pipeline.report(readings(), request)
    assert isinstance(report, Report)
    values = {
        f"report {name}": writer_called(name).report(report, screen)
        for name in ("table", "markdown", "html", "svg", "mermaid")
    }
    every = screen._replace(columns=("all",))
    values["report table all"] = registry.load("writers.page.terminal").report(report, every)
    values["report markdown all"] = registry.load("writers.page.markdown").report(report, every)
    story = show(readings(), ReportRequest(NOW))
    values |= {
        f"show {name}": writer_called(name).show(story, screen)
        for name in ("text", "markdown", "html", "svg", "mermaid")
    }
    methods = [registry.method(entry.name) for entry in registry.METHODS]
    comparison = compare(readings(), ReportRequest(NOW), methods)
    times = (
        None,
        "2024-03-06 10:30",
        "~2024-03-06 10:00",
        "by 2024-03-10 03:45",
        "2024-03-04 12:00",
    )
    for name in ("table", "markdown"):
        writer = writer_called(name)
        values[f"compare {name}"] = writer.comparison(comparison, screen)
        for service in "abcdef":
            for at in times:
                for reading in ("best", "harshest"):
                    told_of = explain(
                        readings(),
                        ReportRequest(NOW, services=(service,)),
                        methods[-1],
                        reading,
                        at,
                    )
                    key = f"explain {name} {service} {at} {reading}"
                    values[key] = writer.explanation(told_of, screen)
    return values


def latin(name: str, text: str) -> set[str]:
    """Return the Latin words of a text, without markup and syntax."""
    if "html" in name or "svg" in name:
        labels = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', text)
        text = re.sub(r"<style>.*?</style>", " ", text, flags=re.DOTALL)
        text = unescape(" ".join([*labels, re.sub(r"<[^>]*>", " ", text)]))
        text = re.sub(r"SHA-256 [0-9a-f]+", " ", text)
    if "mermaid" in name or "markdown" in name:
        text = re.sub(r"(?m)^(---|```mermaid|displayMode.*|gantt|    (dateFormat|axisFormat) .*|"
                      r"    todayMarker off)$", " ", text)  # fmt: skip
        text = re.sub(r"(?m)^    (title|section) ", " ", text)
        text = re.sub(r"(?m):((crit|done|active|milestone), )?[\dT:-]+, ([\dT:-]+|0s)$", " ", text)
    return set(re.findall(r"[A-Za-z]+", re.sub(r"\b[MSTCK]\d\b|\b\d+h\b", " ", text)))


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_is_left_in_what_people_read(code: str) -> None:
    values = {name: latin(name, text) - ALLOWED for name, text in human(code).items()}
    for name in ("show text", "report table all", "report markdown all"):  # which have charts
        values[name] = {each for each in values[name] if set(each) - set("DPduSAIMR")}
    assert {name: words for name, words in values.items() if words} == {}


class Texts(ast.NodeVisitor):
    """The texts of a catalogue that people are told: no keys, docstrings or conditions."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        """Keep a text."""
        self.texts += [node.value] if isinstance(node.value, str) else []

    def visit_Dict(self, node: ast.Dict) -> None:
        """Look at values only."""
        for each in node.values:
            self.visit(each)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Look at words, not at names of fonts."""
        if getattr(node.targets[0], "id", "") not in {"code", "fonts", "typesetting"}:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        """Pass over what texts are compared with."""
        if getattr(node.func, "attr", "") not in {"startswith", "removeprefix", "get"}:
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Pass over docstrings."""

    def visit_Compare(self, node: ast.Compare) -> None:
        """Pass over conditions."""

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Pass over keys."""


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_is_left_in_a_catalogue(code: str) -> None:
    """What few reports say, such as how many rows there is no room for, is looked for here."""
    module = inspect.getmodule(type(catalogue(code)))
    assert module
    found = Texts()
    found.visit(ast.parse(inspect.getsource(module)))
    assert len(found.texts) > 300
    left = {
        text: set(re.findall(r"[A-Za-z]+", text)) - ALLOWED - {"S", "M"} for text in found.texts
    }
    assert {text: words for text, words in left.items() if words} == {}


def test_the_check_for_english_finds_some() -> None:
    values = {name: latin(name, text) - ALLOWED for name, text in human("en").items()}
    assert not [name for name, words in values.items() if len(words) < 3]


@pytest.mark.parametrize("code", CODES)
def test_figures_are_the_same_in_every_language(code: str) -> None:
    """Seconds and percentages are digits, and the same ones everywhere (SEMANTICS M8)."""
    figures = re.compile(r"\d{1,3}(?:,\d{3})+|\d+\.\d{3}(?!\d)")
    there, here = (human(each)["report table"] for each in ("en", code))
    expected = [each for each in figures.findall(there) if "." in each]
    assert sorted(each for each in figures.findall(here) if "." in each) == sorted(expected)


# Data

DATA = [
    writer.home
    for name, writer in registry.writers("report").items()
    if name not in {"table", "markdown", "html", "svg", "mermaid", "parquet"}
]


def test_data_is_the_same_bytes_in_every_language() -> None:
    request = ReportRequest(NOW, needs=registry.NEEDS)
    report = pipeline.report(readings(), request)
    comparison = compare(
        readings(), request, [registry.method("strict"), registry.method("statuspage")]
    )
    explained = explain(readings(), request._replace(services=("a",)), at="2024-03-06 10:30")
    story = show(readings(), request)
    made = {
        code: [
            *(registry.load(home).report(report, Screen(language=code)) for home in DATA),
            registry.load("writers.json.report").comparison(comparison, Screen(language=code)),
            registry.load("writers.sheet.csv").comparison(comparison, Screen(language=code)),
            registry.load("writers.json.report").explanation(explained, Screen(language=code)),
            registry.load("writers.json.report").show(story, Screen(language=code)),
        ]
        for code in CODES
    }
    assert len(DATA) >= 7
    assert made["ja"] == made["ko"] == made["en"]


def test_json_imports_no_language_and_english_no_other() -> None:
    timeline = "timelines/2022-10-15-kakao.yaml"
    assert not [each for each in imported("report", timeline, "-f", "json") if ".languages" in each]
    spoken = imported("report", timeline, "--lang", "en")
    catalogues = {each for each in spoken if ".languages." in each} - {
        "outage_cli.languages.claims"
    }
    assert catalogues == {"outage_cli.languages.en"}


# The environment


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ko_KR.eucKR"}, "ko"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "ko-KR"}, "ko"),
        ({"LANG": "ja_JP@cjknarrow"}, "ja"),
        ({"LANG": "JA_JP.SJIS"}, "ja"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "jav_ID"}, "en"),
        ({"LANG": "ja_JP", "LC_MESSAGES": "ko_KR"}, "ko"),
        ({"LANG": "ja_JP", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP", "LC_ALL": "", "LC_MESSAGES": ""}, "ja"),
        ({"LANG": "ja_JP", "LC_MESSAGES": "C", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
    ],
)
def test_the_environment_says_which_language(environment: dict[str, str], code: str) -> None:
    assert ambient(environment) == code


# How it looks


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_wide_characters_keep_within_the_screen_and_in_their_columns(code: str, width: int) -> None:
    report = pipeline.report(
        [read(Source("k.yaml", KAKAO.read_bytes()))], ReportRequest(NOW, needs=registry.NEEDS)
    )
    assert isinstance(report, Report)
    say, screen = catalogue(code), Screen(width=width, language=code)
    lines = registry.load("writers.page.terminal").report(report, screen).split("\n")
    assert max(map(cell_len, lines)) <= width
    heading = next(
        line
        for line in lines
        if line.startswith(say.service) and say.figures["availability"] in line
    )
    end = cell_len(
        heading[: heading.index(say.figures["availability"]) + len(say.figures["availability"])]
    )
    figures = [line for line in lines if re.search(r"\b\d+\.\d{3}%", line)][:17]
    ends = {
        cell_len(line[: match.end()])
        for line in figures
        for match in re.finditer(r"(?<![\d.~〜])\d+\.\d{3}%(?= |$)", line)
    }
    assert end in ends
    assert len(ends) <= 2, "the availability, and its bounds in a column of their own"


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_in_which_language_it_is(code: str) -> None:
    page = human(code)["report html"]
    assert f'<html lang="{code}">' in page
    assert catalogue(code).fonts in page
    for label in re.findall(r'aria-label="([^"]+)"', page):
        assert label
    picture = human(code)["report svg"]
    assert (f' lang="{code}"' in picture.partition(">")[0]) == (code != "en")


def test_durations_are_told_as_natives_tell_them() -> None:
    ja, ko = catalogue("ja"), catalogue("ko")
    best, least, most = (30 * HOUR + minutes * MINUTE for minutes in (41, 26, 56))
    assert ja.bounded(best, least, most) == "30時間41分（30時間26分〜30時間56分）"
    assert ko.bounded(best, least, most) == "30시간 41분(30시간 26분~30시간 56분)"
    assert ja.duration(291 * HOUR) == "12日3時間"
    assert ko.duration(-8 * MINUTE - 7 * SECOND) == "−8분 7초"
    assert ja.duration(0) == "0秒"
    assert ja.duration(1) == "1秒未満"
    assert ko.duration(1) == "1초 미만"
    close = 4 * HOUR
    assert ja.duration_range(close + 10 * SECOND, close + 40 * SECOND) == "4時間10秒〜4時間40秒"


def test_many_are_counted_in_ten_thousands() -> None:
    ja, ko = catalogue("ja"), catalogue("ko")
    hours = {
        14_232_500_000: ("142億時間", "142억 시간"),
        1_423_250_000: ("14.2億時間", "14.2억 시간"),
        5_279_000: ("528万時間", "528만 시간"),
        14_204_000: ("1420万時間", "1420만 시간"),
        99_960_000: ("1億時間", "1억 시간"),
        9_996: ("1万時間", "1만 시간"),
        9_994: ("9990時間", "9990시간"),
        1_500_000_000_000: ("1.5兆時間", "1.5조 시간"),
        12: ("12時間", "12시간"),
    }
    assert {each: (ja.user_time(each * HOUR), ko.user_time(each * HOUR)) for each in hours} == hours
    assert (ja.user_time(30 * SECOND), ko.user_time(0)) == ("1分未満", "0분")
    people = {
        47_500_000: ("4750万人", "4750만 명"),
        47_512_345: ("4751万2345人", "4751만 2345명"),
        1_200_000_300: ("12億300人", "12억 300명"),
        285: ("285人", "285명"),
        0: ("0人", "0명"),
    }
    assert {each: (ja.people(each), ko.people(each)) for each in people} == people


@pytest.mark.parametrize(
    ("label", "ja", "ko"),
    [
        ("2022", "2022年", "2022년"),
        ("2022-10", "2022年10月", "2022년 10월"),
        ("2022-10-05", "2022年10月5日", "2022년 10월 5일"),
        ("2022-Q4", "2022年第4四半期", "2022년 4분기"),
        ("2022-W41", "2022年第41週", "2022년 41주차"),
        ("2022-10..2022-11", "2022年10月〜2022年11月", "2022년 10월 ~ 2022년 11월"),
        ("last 30d", "直近30日", "최근 30일"),
        ("ノート", "ノート", "ノート"),
    ],
)
def test_parts_of_the_calendar_have_names(label: str, ja: str, ko: str) -> None:
    assert (catalogue("ja").period_label(label), catalogue("ko").period_label(label)) == (ja, ko)
    assert catalogue("en").period_label(label) == label


def test_lines_break_where_a_language_allows_it() -> None:
    japanese = "本日、主要なサービスが復旧（一部を除く）しました。"
    lines = folded(japanese, 12)
    assert "".join(lines) == japanese
    assert max(map(cell_len, lines)) <= 12
    assert not [line for line in lines if line[0] in "、。）" or line[-1] == "（"]
    assert folded("주요 서비스 복구", 8) == ["주요", "서비스", "복구"], "between words"
    assert folded("kakaotalk：停止", 12) == ["kakaotalk：", "停止"]
    assert folded("a" * 20, 12) == ["a" * 12, "a" * 8]


CLAIMED = """\
title: t
timezone: Asia/Seoul
window: 2022-10
services: {kakao: K}
events:
  - {at: 2022-10-15 15:19, id: fire, what: x, down: kakao}
  - {at: 2022-10-16 22:00, id: end, what: x, up: kakao}
claims:
  - {service: kakao, KIND: "SAYS"REST}
"""


@pytest.mark.parametrize(
    ("kind", "says", "rest", "ja", "ko"),
    [
        ("downtime", "30–35h", "", "30時間〜35時間", "30시간~35시간"),
        ("downtime", "≥ 30h", "", "30時間以上", "30시간 이상"),
        ("downtime", "30시간 이상", "", "30時間以上", "30시간 이상"),
        ("downtime", "2日間近く", "", "2日間近く", "거의 48시간"),
        ("downtime", "8 min 7.5 s", "", "8 min 7.5 s", "8 min 7.5 s"),
        ("downtime", "30h", ", since: fire", "30時間（起点：fire）", "30시간(시작: fire)"),
        (
            "downtime",
            "30h",
            ", since: ~2022-10-15 15:19, until: end",
            "30時間（起点：2022年10月15日 15:19頃、終点：end）",
            "30시간(시작: 2022년 10월 15일 15:19경, 종료: end)",
        ),
        (
            "downtime",
            "8h",
            ", window: 2022-10-15",
            "8時間（期間：2022年10月15日）",
            "8시간(기간: 2022년 10월 15일)",
        ),
        (
            "downtime",
            "9h",
            ", window: 2022-10-15 15:00..2022-10-16",
            "9時間（期間：2022年10月15日 15:00〜2022年10月16日）",
            "9시간(기간: 2022년 10월 15일 15:00 ~ 2022년 10월 16일)",
        ),
        (
            "downtime",
            "30h",
            ", window: fire..end",
            "30時間（期間：fire..end）",
            "30시간(기간: fire..end)",
        ),
        ("availability", "99.90 %", "", "99.90%", "99.90%"),
        ("availability", "0.9995", "", "99.95%", "99.95%"),
        ("availability", "less than 99.9 percent", "", "99.9%未満", "99.9% 미만"),
        ("availability", "99.5% to 99.90%", "", "99.5〜99.90%", "99.5~99.90%"),
        ("starts", "15:19", "", "2022年10月15日 15:19", "2022년 10월 15일 15:19"),
        ("starts", "fire", "", "fire", "fire"),
        ("starts", "fire + 2h", "", "2022年10月15日 17:19", "2022년 10월 15일 17:19"),
        ("starts", "by fire + 2h", "", "2022年10月15日 17:19以前", "2022년 10월 15일 17:19 이전"),
        (
            "starts",
            "after 2022-10-15 12:00",
            "",
            "2022年10月15日 12:00以降",
            "2022년 10월 15일 12:00 이후",
        ),
        (
            "starts",
            "before 2022-10-15 12:00",
            "",
            "2022年10月15日 12:00より前",
            "2022년 10월 15일 12:00 전",
        ),
        ("starts", "2022-10-15", "", "2022年10月15日", "2022년 10월 15일"),
        ("starts", "~2022-10-15 15:33", "", "2022年10月15日 15:33頃", "2022년 10월 15일 15:33경"),
        ("starts", "about 15:20", "", "2022年10月15日 15:20頃", "2022년 10월 15일 15:20경"),
        (
            "starts",
            "2022-10-15 15:19 ± 5 min",
            "",
            "2022年10月15日 15:19頃（±5分）",
            "2022년 10월 15일 15:19경(±5분)",
        ),
        (
            "starts",
            "2022-10-15 15:00 .. 2022-10-15 16:00",
            "",
            "2022年10月15日 15:00〜16:00",
            "2022년 10월 15일 15:00 ~ 16:00",
        ),
        ("starts", "2022-10-15 06:19 UTC", "", "2022年10月15日 15:19", "2022년 10월 15일 15:19"),
    ],
)
def test_claims_are_told_in_the_words_of_a_language(
    kind: str, says: str, rest: str, ja: str, ko: str
) -> None:
    """What is understood is told; what is not, such as an id, is quoted, and so is one's own."""
    text = CLAIMED.replace("KIND", kind).replace("SAYS", says).replace("REST", rest)
    report = pipeline.report([read(Source("c.yaml", text.encode()))], ReportRequest(NOW))
    assert isinstance(report, Report)
    (claim,) = report.claims
    for say, expected in ((catalogue("ja"), ja), (catalogue("ko"), ko)):
        assert say.claimed(claim, report.timezone).partition(" ")[2] == expected


@pytest.mark.parametrize(("code", "foreign"), [("ja", r" \(|\)|, |; | （"), ("ko", "; |、|；|（")])
def test_punctuation_is_that_of_the_language(code: str, foreign: str) -> None:
    """No half-width brackets and commas in Japanese, and no space before full-width ones."""
    request = ReportRequest(NOW)
    counting = registry.method("standard")._replace(min_outage=90 * MINUTE, whole_minutes=True)
    screen = Screen(width=100_000, is_full=True, language=code)
    report = pipeline.report(readings(), request, counting)
    methods = [registry.method(entry.name) for entry in registry.METHODS]
    table = registry.load("writers.page.terminal")
    found = [
        table.report(report, screen),
        table.comparison(compare(readings(), request, methods), screen),
        registry.load("writers.page.markdown").show(show(readings(), request), screen),
    ]
    found[-1] = found[-1].partition("```mermaid")[0]
    for at in (None, "2024-03-06 10:30", "2024-03-17 03:30", "2024-03-10 03:40"):
        for service in "abcd":
            only = ReportRequest(NOW, services=(service,))
            explained = explain(readings(), only, counting, at=at)
            found.append(table.explanation(explained, screen))
    lines = [line for text in found for line in text.split("\n") if re.search(foreign, line)]
    assert lines == []


def test_a_source_has_its_date_as_people_write_it() -> None:
    assert "Газета、2024年4月2日" in human("ja")["report html"]
    assert "Газета, 2024년 4월 2일" in human("ko")["report html"]
    assert "Газета, 2024-04-02" in human("en")["report html"]


def test_a_rule_has_its_length_in_words() -> None:
    assert catalogue("ja").rule_word("shorter-than-5m") == "5分未満の障害"
    assert catalogue("ko").rule_word("shorter-than-90s") == "1분 30초 미만 장애"
    assert catalogue("en").rule_word("shorter-than-5m") == "shorter-than-5m"


TREATED = [
    (State.MAINTENANCE, "メンテナンスは正常扱い", "점검을 정상으로 간주"),
    (State.UNKNOWN, "状態不明は正常扱い", "상태 불명을 정상으로 간주"),
    (State.OUT_OF_HOURS, "サービス時間外は正常扱い", "운영 시간 외를 정상으로 간주"),
]


@pytest.mark.parametrize(("state", "ja", "ko"), TREATED)
def test_particles_follow_the_sound_before_them(state: State, ja: str, ko: str) -> None:
    assert catalogue("ja").treated(state, Treatment.AS_UP) == ja
    assert catalogue("ko").treated(state, Treatment.AS_UP) == ko
    aside = f"{state.name.lower().replace('_', '-')}-as-up"
    if state is not State.NOT_IN_SERVICE:
        assert catalogue("ko").rule_word(aside) == ko
    assert catalogue("ko").treated(State.DEGRADED, Treatment.COUNT) == "성능 저하를 산입"
    assert catalogue("ko").weighs(State.PARTIAL, "0") == "일부 장애를 산입하지 않음"


@pytest.mark.parametrize("code", OTHERS)
def test_a_thing_has_one_name(code: str) -> None:
    """What is one thing is called the same in each table, and two things are not."""
    say = catalogue(code)
    assert say.operator == say.groupings["operator"]
    assert say.rule_word("unknown") == say.states[State.UNKNOWN]
    assert say.source == say.sources
    assert say.is_open != say.calendars["hours"]
    assert say.figures["budget_used"][:2] != say.figures["burn_rate"][:2]


def signs_and_digits(text: str, units: str) -> float:
    """Return the number that a text means which counts in ten thousands."""
    read = re.fullmatch(rf"([\d.]+)([{units}]?)( ?시간|時間)", text)
    assert read, text
    return float(read[1]) * 10_000.0 ** (units.index(read[2]) + 1 if read[2] else 0)


@given(st.integers(1, 9 * 10**15), st.integers(0, HOUR - 1))
def test_many_are_the_same_number_as_in_english(hours: int, rest: int) -> None:
    """Of user-hours three digits are told: the exact value is within half of the last one."""
    lost = hours * HOUR + rest
    for code, units in (("ja", "万億兆"), ("ko", "만억조")):
        text = catalogue(code).user_time(lost)
        assert abs(signs_and_digits(text, units) * HOUR - lost) <= lost * 0.005, text
        assert "e" not in text


@given(st.integers(0, 10**16))
def test_users_are_told_exactly(count: int) -> None:
    for code, units in (("ja", "万億兆"), ("ko", "만억조")):
        text = re.sub(r"[\s人명]", "", catalogue(code).people(count))
        parts = re.findall(rf"(\d+)([{units}]?)", text)
        assert "".join(map("".join, parts)) == text
        powers = [10_000 ** (units.index(unit) + 1 if unit else 0) for _, unit in parts]
        assert powers == sorted(set(powers), reverse=True)
        assert sum(int(n) * power for (n, _), power in zip(parts, powers, strict=True)) == count


@given(st.integers(-(10**14), 10**14))
def test_durations_are_the_same_number_as_in_english(length: int) -> None:
    signs = {"日": "d", "時間": "h", "分": "min", "秒": "s", "일": "d", "시간": "h", "분": "min"}
    signs["초"] = "s"
    for code in OTHERS:
        for tell in ("duration", "exact_duration"):
            there = getattr(catalogue("en"), tell)(length).replace(" ", "")
            here = getattr(catalogue(code), tell)(length).replace(" ", "")
            here = re.sub("(?<=\\d)[^\\d]+", lambda match: signs.get(match[0], match[0]), here)
            under = {"1s未満": "under1s", "1s미만": "under1s"}
            for text, english in {"1秒未満": "under1s", "1초미만": "under1s", **under}.items():
                here = here.replace(text, english)
            assert here == there


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [("ja", "3月6日 10:00", "3月6日 13:00"), ("ko", "3월 6일 10:00", "3월 6일 13:00")],
)
def test_times_side_by_side_leave_out_the_same_year(code: str, start: str, end: str) -> None:
    request = ReportRequest(NOW, services=("d",))
    report = pipeline.report(readings()[:1], request)
    table = registry.load("writers.page.terminal").report(
        report, Screen(width=100_000, language=code)
    )
    heading = catalogue(code).stated_end
    lines = table.split("\n")
    (at,) = [at for at, line in enumerate(lines) if heading in line]
    assert start in lines[at + 1]
    assert end in lines[at + 1]
    assert not re.search("2024[年년]", lines[at + 1])


def test_what_spreads_is_not_called_what_is_told_to_others() -> None:
    """장애 전파 is to tell colleagues of an incident; what one service does to another is 파급."""
    assert [name for name, text in human("ko").items() if "전파" in text] == []
    assert "db에서 파급" in catalogue("ko").via("db")


def test_the_ends_of_a_range_are_in_one_unit() -> None:
    """Days begin at ten of them: of a range across that, all is told in hours, as in English."""
    ja, ko = catalogue("ja"), catalogue("ko")
    least, best, most = 128 * HOUR + 45 * MINUTE, 699 * HOUR, 699 * HOUR + 15 * MINUTE
    assert ja.duration_range(least, most) == "128時間45分〜699時間15分"
    assert ja.bounded(best, least, most) == "699時間（128時間45分〜699時間15分）"
    assert ko.bounded(29 * HOUR, 28 * HOUR, most) == "29시간(28시간~699시간 15분)"
    assert ko.duration_range(-most, -least) == "−699시간 15분~−128시간 45분"
    assert ja.duration_range(0, most) == "0秒〜29日3時間15分"
    assert ja.bounded(best, 290 * HOUR, most) == "29日3時間（12日2時間〜29日3時間15分）"
