"""Plain text reads as the same YAML would; a line without meaning is a problem with a place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outage_cli.model.problem import Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.pipeline import read as sniffed
from outage_cli.readers.document import DEEPEST, Document, Value, Way
from outage_cli.readers.native.plain import document, read
from outage_cli.readers.native.yaml import document as yaml
from outage_cli.readers.source import Source, Text
from tests.strategies import tried

FIRE = """\
title: The fire
timezone: Asia/Seoul
source: Newsweek Japan
  date: 2022-10-24

service pangyo: SK C&C Pangyo data centre
service kakaotalk: KakaoTalk
  users: 47500000
  requires: pangyo
service naver
# What happened

2022-10-15
15:19 Fire in the electrical room #fire
15:33~ Power cut  kakaotalk: down
[fire + 4h] It is back, says Kakao +press !resolved  pangyo, kakaotalk: up, naver: degraded
  users: {kakaotalk: 1000}
  note: And this note
    goes on
claim: naver
  downtime: 4h
note: A note
"""

AS_YAML = """\
title: The fire
timezone: Asia/Seoul
sources: [{name: Newsweek Japan, date: 2022-10-24}]
services:
  pangyo: SK C&C Pangyo data centre
  kakaotalk: {name: KakaoTalk, users: 47500000, requires: pangyo}
  naver:
events:
  - {at: 2022-10-15 15:19, what: Fire in the electrical room, id: fire}
  - {at: ~2022-10-15 15:33, what: Power cut, down: kakaotalk}
  - {at: fire + 4h, what: "It is back, says Kakao", tags: [press], phase: resolved,
     up: [pangyo, kakaotalk], degraded: naver, users: {kakaotalk: 1000},
     note: And this note goes on}
claims: [{service: naver, downtime: 4h}]
notes: [A note]
"""


def parsed(text: str) -> Document:
    """Return what the reader makes of a text."""
    found = document(Text("t", text))
    assert isinstance(found, Document)
    return found


def events(text: str) -> Value:
    """Return the events of a text without problems."""
    found = parsed(text)
    assert found.problems == ()
    assert isinstance(found.data, dict)
    return found.data.get("events")


def event(line: str) -> Value:
    """Return the one event of a text."""
    result = events(line)
    assert isinstance(result, list)
    assert len(result) == 1
    return result[0]


def problems_of(text: str) -> list[tuple[str, str, str]]:
    """Return the codes of all problems, what each is about, and its line and column."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        (each.code, shown(lines, each.place), f"{each.place.line}:{each.place.column}")
        for each in sorted(parsed(text).problems, key=lambda each: each.place)
    ]


def shown(lines: list[str], place: Place) -> str:
    """Return what stands at a place."""
    start = place.column - 1
    return lines[place.line - 1][start : start + place.length] if place.line else ""


def test_plain_text_says_what_yaml_says() -> None:
    as_yaml = yaml(Text("t", AS_YAML))
    assert isinstance(as_yaml, Document)
    assert parsed(FIRE).data == as_yaml.data
    assert parsed(FIRE).problems == ()


def test_the_timeline_is_read_without_problems() -> None:
    reading = read(Source("t", FIRE.encode()))
    assert reading.timeline
    assert [each.code for each in reading.problems] == []
    assert [each.id for each in reading.timeline.events] == ["fire", None, None]


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ("15:19", "2022-10-15 15:19"),
        ("9:05", "2022-10-15 9:05"),
        ("15:19:30", "2022-10-15 15:19:30"),
        ("15:19:30.5Z", "2022-10-15 15:19:30.5Z"),
        ("15:19+09:00", "2022-10-15 15:19+09:00"),
        ("~15:33", "~2022-10-15 15:33"),
        ("15:33~", "~2022-10-15 15:33"),
        ("22:00>", "2022-10-16 22:00"),
        ("22:00>>", "2022-10-17 22:00"),
        ("~00:10>", "~2022-10-16 00:10"),
        ("15:10..15:25", "2022-10-15 15:10..15:25"),
        ("23:50..00:10>", "2022-10-15 23:50..00:10>"),
        ("[by 08:00]", "by 2022-10-15 08:00"),
        ("[by 08:00>]", "by 2022-10-16 08:00"),
        ("[after 22:00]", "after 2022-10-15 22:00"),
        ("[15:33 ± 5m]", "2022-10-15 15:33 ± 5m"),
        ("[15:19 KST]", "2022-10-15 15:19 KST"),
        ("[by 2022-10-16 08:00]", "by 2022-10-16 08:00"),
        ("2022-10-16T15:19+09:00", "2022-10-16T15:19+09:00"),
        ("2022-10-16 15:19", "2022-10-16 15:19"),
        ("~2022-10-16 15:19", "~2022-10-16 15:19"),
        ("2022-10-16", "2022-10-16"),
        ("[power-cut + 4h]", "power-cut + 4h"),
        ("+4h", "+4h"),
        ("?", "?"),
        ("１５：１９", "2022-10-15 １５：１９"),
        ("noon", "2022-10-15 noon"),
        ("3:19pm", "2022-10-15 3:19pm"),
        ("1519", "2022-10-15 1519"),
        ("午後3時19分", "2022-10-15 午後3時19分"),
        ("[午後3時33分頃]", "2022-10-15 午後3時33分頃"),
        ("[by 8 pm]", "by 2022-10-15 8 pm"),
        ("[翌日 8時]", "翌日 8時"),
    ],
)
def test_a_time_takes_the_date_of_the_heading(time: str, at: str) -> None:
    assert event(f"2022-10-15\n{time} x") == {"at": at, "what": "x"}


@pytest.mark.parametrize(
    ("time", "at"),
    [("15:19", "15:19"), ("15:33~", "~15:33"), ("22:00>", "22:00>"), ("[by 08:00]", "by 08:00")],
)
def test_without_a_heading_a_time_stays_as_it_is(time: str, at: str) -> None:
    assert event(f"{time} x") == {"at": at, "what": "x"}


@pytest.mark.parametrize(
    "day",
    [
        "2022-10-15",
        "2022-10-15  ",
        "２０２２-１０-１５",
        "15 October 2022",
        "2022年10月15日",
        "2022-10-15 (Saturday)",
        "Sat 15 Oct 2022",
    ],
)
def test_a_heading_is_a_day_alone_on_its_line(day: str) -> None:
    assert event(f"{day}\n15:19 x") == {"at": "2022-10-15 15:19", "what": "x"}


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ("Fire", {"what": "Fire"}),
        ("   Fire in the room   ", {"what": "Fire in the room"}),
        ("Fire #fire", {"what": "Fire", "id": "fire"}),
        ("Fire   #fire", {"what": "Fire", "id": "fire"}),
        ("See ticket #1234", {"what": "See ticket #1234"}),
        ("C# and C++ fail", {"what": "C# and C++ fail"}),
        ("Fire #fire of 15:19", {"what": "Fire #fire of 15:19"}),
        ("Fire +a +b !started", {"what": "Fire", "tags": ["a", "b"], "phase": "started"}),
        ("x  naver: down", {"what": "x", "down": "naver"}),
        ("x\tnaver: down", {"what": "x", "down": "naver"}),
        ("x #a  naver:down", {"what": "x", "id": "a", "down": "naver"}),
        ("x  naver: down #a", {"what": "x", "id": "a", "down": "naver"}),
        ("x  a, b: down", {"what": "x", "down": ["a", "b"]}),
        ("x  a, b: down, c: up", {"what": "x", "down": ["a", "b"], "up": "c"}),
        ("x  a, b: down; c: up;", {"what": "x", "down": ["a", "b"], "up": "c"}),
        ("x  a: down, b: up, c: down", {"what": "x", "down": ["a", "c"], "up": "b"}),
        ("x  all: up", {"what": "x", "up": "all"}),
        ('x  "my shop", "a: b": down', {"what": "x", "down": ["my shop", "a: b"]}),
        ("x  naver: dwon", {"what": "x", "dwon": "naver"}),
        ("naver: down", {"down": "naver"}),
        (" naver: down", {"down": "naver"}),
        ("naver: down #a", {"down": "naver", "id": "a"}),
        ("#a", {"id": "a"}),
        ("", {}),
        ('"Fire  in the room" #a  b: up', {"what": "Fire  in the room", "id": "a", "up": "b"}),
        (r'"a\n\"b\" \u706b"', {"what": 'a\n"b" 火'}),
        ('"Fire!" he said', {"what": '"Fire!" he said'}),
        ('"naver: down"', {"what": "naver: down"}),
        ("火災　発生", {"what": "火災　発生"}),
        ("x" * 10_000, {"what": "x" * 10_000}),
    ],
)
def test_what_stands_behind_the_time(rest: str, says: dict[str, Value]) -> None:
    assert event(f"15:19 {rest}") == {"at": "15:19", **says}


@pytest.mark.parametrize(
    ("below", "says"),
    [
        ("  source: Kakao", {"source": "Kakao"}),
        ("\tsource: Kakao", {"source": "Kakao"}),
        ("  in the room", {"what": "Fire in the room"}),
        ("  in the room #a  naver: down", {"what": "Fire in the room", "id": "a", "down": "naver"}),
        ("  note: a\n    b\n  c", {"note": "a b c"}),
        ("  note: a\n\n  # not this\n    b", {"note": "a b"}),
        ('  note: "a\\nb"', {"note": "a\nb"}),
        ('  note: "a" and "b"', {"note": '"a" and "b"'}),
        ("  note:", {"note": None}),
        ('  note: ""', {"note": ""}),
        ("  down: [a]", {"down": ["a"]}),
        ("  a, b: down\n  c: up", {"down": ["a", "b"], "up": "c"}),
        ('  users: {a: 1, "b c": 2}', {"users": {"a": "1", "b c": "2"}}),
        ("  tags: []\n  users: {}", {"tags": [], "users": {}}),
        ("  tags: [a, , {b: [c], d: }, ]", {"tags": ["a", None, {"b": ["c"], "d": None}]}),
        ("  sorce: Kakao", {"sorce": "Kakao"}),
        ("  https://example.org", {"what": "Fire https://example.org"}),
    ],
)
def test_what_is_indented_below_an_event(below: str, says: dict[str, Value]) -> None:
    assert event(f"15:19 Fire\n{below}") == {"at": "15:19", "what": "Fire", **says}


def test_a_time_that_no_line_can_hold_stands_below() -> None:
    text = '[] x\n  at: " a]\\n"'
    assert event(text) == {"at": " a]\n", "what": "x"}
    assert parsed(text).find(("events", 0, "at"), False) == Place("t", 2, 7, 7)
    assert parsed(text).find(("events", 0), False) == Place("t", 1, 1, 2)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("service a: A", {"services": {"a": "A"}}),
        ("service a\nservice b:", {"services": {"a": None, "b": None}}),
        ('service "a b": {name: A}', {"services": {"a b": {"name": "A"}}}),
        ("service a: A\n  users: 5", {"services": {"a": {"name": "A", "users": "5"}}}),
        ("service a:\n  name: A", {"services": {"a": {"name": "A"}}}),
        ("services: {a: A}\nservice b: B", {"services": {"a": "A", "b": "B"}}),
        ("services:\n  a: A\n  b:", {"services": {"a": "A", "b": None}}),
        ("events: []", {"events": []}),
        ("claim: {service: a, by: b}", {"claims": [{"service": "a", "by": "b"}]}),
        ("claim:\n  service: a", {"claims": [{"service": "a"}]}),
        ("maintenance: [a]\n  from: x", {"maintenance": [{"services": ["a"], "from": "x"}]}),
        ('note: a\nnote: "b"\nnote:', {"notes": ["a", "b", None]}),
        ('"note": a', {"note": "a"}),
        ("title: a\n  b", {"title": "a b"}),
        ("titel: a", {"titel": "a"}),
    ],
)
def test_everything_but_events(text: str, data: dict[str, Value]) -> None:
    assert parsed(text).data == data
    assert parsed(text).problems == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Then it burned", [("not-a-line", "Then it burned", "1:1")]),
        ("- {at: 15:19}", [("not-a-line", "- {at: 15:19}", "1:1")]),
        ("  note: x", [("not-a-line", "note: x", "1:3")]),
        ("2022-10-15\n  x", [("not-a-line", "x", "2:3")]),
        ("2022-02-30\n15:19 x", [("not-a-moment", "2022-02-30", "1:1")]),
        ("2022-10-15\n15:19 x\n15:10 y", [("runs-backwards", "15:10", "3:1")]),
        ("2022-10-15\n15:19 x\n~9:10 y", [("runs-backwards", "~9:10", "3:1")]),
        ("2022-10-15\n00:10> x\n00:20 y", [("runs-backwards", "00:20", "3:1")]),
        ("2022-10-15\n15:19 x\n2022-10-15\n15:10 y", []),
        ("# 2022-10-15\n15:19 x", [("comment", "# 2022-10-15", "1:1")]),
        ("15:19 x  and more", [("not-a-state", "and more", "1:10")]),
        ("15:19 x  naver: down and out", [("not-a-state", "and out", "1:22")]),
        ("15:19 x  naver: note", [("not-a-state", "naver: note", "1:10")]),
        ("service a\n15:19 x a: down", [("one-space", "15:19 x a: down", "2:1")]),
        ("15:19 x a: down", []),
        ("15:19 x #a #b", [("duplicate-key", "#", "1:12")]),
        ("15:19 x #a\n  id: b", [("duplicate-key", "id", "2:3")]),
        ("15:19 x\n  down: a\n  down: b", [("duplicate-key", "down", "3:3")]),
        ("title: a\ntitle: b", [("duplicate-key", "title: b", "2:1")]),
        ("service a\nservice a: b", [("duplicate-key", "service a: b", "2:1")]),
        ("events: []\n15:19 x", [("duplicate-key", "15:19 x", "2:1")]),
        ("claims: a\nclaim: b", [("duplicate-key", "claim: b", "2:1")]),
        ("title: a\n  b: c", [("not-a-line", "b: c", "2:3")]),
        ("title: [a", [("not-plain", "[", "1:8")]),
        ("title: [sic] a", [("not-plain", " a", "1:13")]),
        ("title: {a}", [("not-plain", "a", "1:9")]),
        ("title: {a: b, a: c}", [("not-plain", "a", "1:15")]),
        ('title: ["a]', [("not-plain", '"a]', "1:9")]),
        (r'title: "a\qb"', [("not-plain", r"\q", "1:10")]),
        (r'15:19 "a\qb"', [("not-plain", r"\q", "1:9")]),
        ("title: " + "[" * 40 + "]" * 40, [("not-plain", "[", f"1:{8 + DEEPEST}")]),
        ("title: [a, b", [("not-plain", "[", "1:8")]),
        ("service a b: c", [("not-a-line", "service a b: c", "1:1")]),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    text: str, problems: list[tuple[str, str, str]]
) -> None:
    assert problems_of(text) == problems
    assert all(each.hint for each in parsed(text).problems)


@pytest.mark.parametrize(
    "line",
    [
        "3:19 pm it fails",
        "3:19 PM",
        "5:37 P.M. - Channel 9",
        "12:15 a.m. it fails",
        "2022-10-16 3:19 pm it fails",
        "~3:19 pm it fails",
        "14:00 UTC it fails",
        "15:00 -0400 it fails",
        "15:19 CEST: it fails",
        "16:00 頃 停電",
        "15:30 경 정전",
        "15:19 Uhr: Ausfall",
        "19:30 ± 5m it fails",
        "19:40 .. 19:50 it fails",
        "17:00 - 18:00 it is slow",
        "오후3시 경 정전",
    ],
)
def test_a_time_that_seems_to_go_on_in_the_words_is_told(line: str) -> None:
    """`3:19 pm` outside brackets is 3:19, and would be twelve hours early in silence."""
    (problem,) = parsed(f"2022-10-15\n{line}").problems
    assert (problem.code, problem.severity, problem.place.line) == ("several-words", "warning", 2)
    time = problem.hint.removeprefix("write ").partition("]")[0] + "]"
    assert parsed(f"2022-10-15\n{time} it fails").problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "15:19 PMs are told",
        "15:19 am Standort Berlin",
        "15:19 America is offline",
        "15:19 - with a dash",
        "15:19 – 3 of 4 fail",
        "15:19 경찰 도착",
        "15:19 UTCtime is off",
        "15:19 -1 of the power",
        '15:19 "UTC is off"',
        "[3:19 pm] it fails",
        "[15:19 UTC] UTC is off",
    ],
)
def test_words_that_only_begin_like_a_time_are_words(line: str) -> None:
    assert parsed(f"2022-10-15\n{line}").problems == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("way", "of_key", "there"),
    [
        (("title",), False, "1:The fire"),
        (("title",), True, "1:title"),
        (("services",), False, "6:pangyo"),
        (("services", "pangyo"), True, "6:pangyo"),
        (("services", "kakaotalk", "name"), False, "7:KakaoTalk"),
        (("services", "kakaotalk", "users"), False, "8:47500000"),
        (("services", "kakaotalk", "requires"), True, "9:requires"),
        (("services", "naver"), False, "10:naver"),
        (("sources", 0, "date"), False, "4:2022-10-24"),
        (("sources", 0, "name"), False, "3:Newsweek Japan"),
        (("sources", 0), False, "3:source: "),
        (("events", 0), False, "14:15:19"),
        (("events", 0, "at"), False, "14:15:19"),
        (("events", 0, "id"), False, "14:fire"),
        (("events", 0, "id"), True, "14:#"),
        (("events", 1, "at"), False, "15:15:33~"),
        (("events", 1, "what"), False, "15:Power cut"),
        (("events", 1, "down"), False, "15:kakaotalk"),
        (("events", 1, "down"), True, "15:down"),
        (("events", 2), False, "16:[fire + 4h]"),
        (("events", 2, "at"), False, "16:fire + 4h"),
        (("events", 2, "up", 1), False, "16:kakaotalk"),
        (("events", 2, "tags", 0), False, "16:press"),
        (("events", 2, "phase"), False, "16:resolved"),
        (("events", 2, "users", "kakaotalk"), False, "17:1000"),
        (("events", 2, "users", "kakaotalk"), True, "17:kakaotalk"),
        (("events", 2, "note"), True, "18:note"),
        (("events", 2, "note"), False, "18:And this note"),
        (("claims", 0, "downtime"), False, "21:4h"),
        (("claims", 0, "since"), False, "20:claim: "),
        (("notes", 0), False, "22:A note"),
    ],
)
def test_places_are_exact(way: Way, of_key: bool, there: str, end: str) -> None:  # noqa: FBT001
    text = FIRE.replace("\n", end)
    place = parsed(text).find(way, of_key)
    line, _, words = there.partition(":")
    assert (place.line, shown(FIRE.split("\n"), place)) == (int(line), words)


def test_bytes_of_windows_are_read() -> None:
    reading = read(Source("t", b"\xef\xbb\xbf" + FIRE.replace("\n", "\r\n").encode()))
    assert reading.native == parsed(FIRE).data
    reading = read(Source("t", FIRE.encode("utf-16")))
    assert reading.native == parsed(FIRE).data


@pytest.mark.parametrize(
    "text",
    [FIRE, "2022-10-15\n15:19 x  a: down\nservice a", "15:19 x\nservice a: A", "service a: A"],
)
def test_an_unnamed_source_is_recognised(text: str) -> None:
    reading = sniffed(Source("<stdin>", text.encode()))
    assert reading.native == parsed(text).data


def test_yaml_is_not_taken_for_plain_text() -> None:
    reading = sniffed(Source("<stdin>", AS_YAML.encode()))
    assert reading.native == parsed(FIRE).data


def test_the_fast_way_and_the_close_look_agree() -> None:
    lines = ["Fire", "Fire #a", "Fire +a !up", "x  a: up", "x #b  a, c: up +d", "#e  a: up"]
    text = "".join(f"15:19 {line}\n" for line in lines)
    fast = events(text)
    assert isinstance(fast, list)
    for value in ("s", '"s"'):  # a value in quotes has its event read once more
        close = events("".join(f"15:19 {line}\n  source: {value}\n" for line in lines))
        assert [{**each, "source": "s"} for each in fast if isinstance(each, dict)] == close


pieces = st.sampled_from(
    (
        *("[]", "at: x", "noon", "午後3時19分", "[午後3時33分頃]", "翌日", "16日", "15 Oct 2022"),
        *("15:19", "~15:33", "[", "]", "[by 08:00]", "2022-10-15", "?", " ", "  ", "\n", "\n  "),
        *("\r\n", "\t", "x", "#a", "+b", "!c", "#", "a: down", "a, b: up", ": ", ":", ",", ";"),
        *('"', '"a b"', "\\", "{", "}", "{a: b}", "[a, b]", "service a", "service ", "title: "),
        *("claim: ", "source: ", "note: ", "maintenance: ", "events: ", "# ", "１５：１９", "火"),
        *("\u2028", "\x85", ">", "..", "99999-01-01", "9999-12-31\n", "23:59>>>", "99:99"),
    )
)


@tried(500)
@given(st.text() | st.lists(pieces, max_size=20).map("".join))
@example("9999-12-31\n23:59> x")
@example('15:19 x  "\\q": down')
@example('service "\\q": x')
@example("title:\n  a: b\n  a: c")
def test_no_text_makes_it_raise(text: str) -> None:
    found = document(Text("t", text))
    reading = read(Source("t", text.encode()))
    assert isinstance(reading, ReadResult)
    if isinstance(found, Problem):
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for way in ways(found.data):
        for of_key in (False, True):
            place = found.find(way, of_key)
            if place.line:
                assert place.column + place.length <= len(lines[place.line - 1]) + 2
    for problem in found.problems:
        assert 1 <= problem.place.line <= len(lines)


def ways(value: Value, way: Way = ()) -> list[Way]:
    """Return the ways to everything in a value, and one that leads too far."""
    below: list[tuple[Way, Value]] = []
    if isinstance(value, dict):
        below = [((*way, key), each) for key, each in value.items()]
    elif isinstance(value, list):
        below = [((*way, at), each) for at, each in enumerate(value)]
    return [way, (*way, "beyond"), *(each for inner in below for each in ways(inner[1], inner[0]))]


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert isinstance(read(Source("t", data)), ReadResult)


def test_what_is_no_timeline_at_all_is_given_up() -> None:
    problem = document(Text("t", "a word\n" * 1_000_000))
    assert isinstance(problem, Problem)
    assert problem.code == "not-a-timeline"


@pytest.mark.parametrize(
    "text",
    [
        "15:19 " + "a " * 50_000,
        "15:19 " + "#a " * 2_000,
        "15:19 x  " + "a, " * 50_000,
        "15:19 x  " + "a: down, " * 20_000,
        '15:19 "' + "\\" * 100_000,
        "[" * 100_000,
        "15:19 x\n" + "  go on\n" * 5_000,
        "title: " + "[" * 100_000,
        "title: [" + "a, " * 50_000,
        "15:19" + " " * 100_000 + "x",
        "\n" * 500_000,
        "service a: A\n" + "  x" * 50_000,
        "by " * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_long_lines_are_read_or_refused(text: str) -> None:
    assert isinstance(document(Text("t", text)), Document | Problem)


def test_every_place_of_many_events_is_exact() -> None:
    number = 20_000
    text = "2022-10-15\n" + "15:19 x #a  naver: down\n  source: y\n" * number
    found = parsed(text)
    for at in range(number):
        assert found.find(("events", at), False).line == 2 * at + 2


@pytest.mark.parametrize(
    ("above", "text", "message", "hint"),
    [
        ("08:00>", "10:00", "10:00 is before 08:00>, the time above it", "write 10:00> if"),
        ("10:00>", "08:00", "08:00 is before 10:00>, the time above it", "write 08:00>> if"),
        ("08:00>>", "10:00>", "10:00> is before 08:00>>, the time above it", "write 10:00>> if"),
        ("10:00", "08:00", "08:00 is before 10:00, the time above it", "write 08:00> if"),
        ("10:00", "9:59:59", "9:59:59 is before 10:00, the time above it", "write 9:59:59> if"),
    ],
)
def test_a_time_that_runs_backwards_is_told_as_it_is_written(
    above: str, text: str, message: str, hint: str
) -> None:
    story = f"timezone: UTC\nservice web\n\n2024-03-05\n{above} One\n{text} Two\n"
    problems = sniffed(Source("web.txt", story.encode())).problems
    [problem] = [each for each in problems if each.code == "runs-backwards"]
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
