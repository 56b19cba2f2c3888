"""JSON becomes the text that was written, every mistake says what to do, and nothing crashes."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import MethodType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.problem import WARNING, Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import DEEPEST, Document, Way
from outage_cli.readers.native import yaml
from outage_cli.readers.native.json import document, read
from outage_cli.readers.native.timeline import read_timeline
from outage_cli.readers.source import Source, Text

KAKAO = Path(__file__).parents[2] / "timelines" / "2022-10-15-kakao.yaml"
FIRE = """{
  "title": "화재 🔥",
  "timezone": "Asia/Seoul",
  "services": {"naver": {"name": "Naver", "slo": 99.90, "users": 4.75e7}, "kakao": null},
  "events": [
    {"at": "2022-10-15 15:19", "what": "fire \\ud83d\\udd25", "down": ["naver", "kakao"]},
    {"at": "~15:33", "what": "power \\"cut\\"", "down": "kakao", "users": {"kakao": 47500000}},
    {}
  ]
}
"""

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    scalars.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)
layouts = st.fixed_dictionaries(
    {"indent": st.sampled_from([None, 0, 2, "\t"]), "ensure_ascii": st.booleans()}
)


def parsed(text: str) -> Document:
    """Return the document in a text that has one."""
    found = document(Text("t.json", text))
    assert isinstance(found, Document)
    return found


def refused(text: str) -> Problem:
    """Return why a text is no document."""
    found = document(Text("t.json", text))
    assert isinstance(found, Problem)
    return found


def pointed(text: str, place: Place) -> str:
    """Return the characters at a place."""
    line = text.replace("\r\n", "\n").split("\n")[place.line - 1]
    return line[place.column - 1 :][: place.length]


def ways(value: object, way: Way = ()) -> Iterator[Way]:
    """Yield the ways to everything in a value, as it is written from top to bottom."""
    yield way
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from ways(each, (*way, key))


def as_text(value: object) -> object:
    """Return a value with its scalars as JSON writes them: the oracle."""
    if isinstance(value, dict):
        return {key: as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return value if value is None or isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1.10", "1.10"),
        ("4.75e7", "4.75e7"),
        ("-0", "-0"),
        ("1E400", "1E400"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        ("true", "true"),
        ("false", "false"),
        ("null", None),
        ('"null"', "null"),
        ('"\\ud83d\\uDD25 \\u00e9 \\n \\/"', "🔥 é \n /"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalar_is_the_text_as_written(source: str, text: str | None) -> None:
    assert parsed(f'{{"a": [{source}]}}').data == {"a": [text]}
    assert parsed(source).data == text


@settings(deadline=None)
@given(values, layouts)
@example("🔥\ud7ff\ue000", {"indent": None, "ensure_ascii": True})
def test_what_json_dumps_is_read_back_as_text(value: Any, layout: dict[str, Any]) -> None:  # noqa: ANN401
    assert parsed(json.dumps(value, **layout)).data == as_text(value)


@settings(deadline=None)
@given(values, layouts)
def test_every_place_holds_what_it_is_the_place_of(value: Any, layout: dict[str, Any]) -> None:  # noqa: ANN401
    text = json.dumps(value, **layout)
    found = parsed(text)
    starts = []
    for way in ways(value):
        inner = value
        for step in way:
            inner = inner[step]
        place = found.find(way, False)
        if not isinstance(inner, dict | list):
            assert pointed(text, place) == json.dumps(
                inner, ensure_ascii=bool(layout["ensure_ascii"])
            )
            starts.append(place)
        elif not inner:
            assert pointed(text, place) == json.dumps(inner)
        if way and isinstance(way[-1], str):
            assert json.loads(pointed(text, found.find(way, True))) == way[-1]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    ("way", "of_key", "place", "what"),
    [
        (("title",), False, (2, 12, 6), '"화재 🔥"'),
        (("title",), True, (2, 3, 7), '"title"'),
        (("services",), False, (4, 16, 7), '"naver"'),
        (("services", "naver", "slo"), False, (4, 50, 5), "99.90"),
        (("services", "kakao"), False, (4, 84, 4), "null"),
        (("events",), False, (6, 6, 4), '"at"'),
        (("events", 0, "what"), False, (6, 40, 19), '"fire \\ud83d\\udd25"'),
        (("events", 0, "down"), False, (6, 70, 7), '"naver"'),
        (("events", 0, "down", 1), False, (6, 79, 7), '"kakao"'),
        (("events", 1), False, (7, 6, 4), '"at"'),
        (("events", 1), True, (7, 6, 4), '"at"'),
        (("events", 1, "note"), True, (7, 6, 4), '"at"'),
        (("events", 1, "users", "kakao"), True, (7, 74, 7), '"kakao"'),
        (("events", 2), False, (8, 5, 2), "{}"),
        ((), False, (2, 3, 7), '"title"'),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_place_is_exact(
    way: Way,
    of_key: bool,  # noqa: FBT001 - the form of Document.find
    place: tuple[int, int, int],
    what: str,
    line_end: str,
) -> None:
    text = FIRE.replace("\n", line_end)
    found = parsed(text).find(way, of_key)
    assert (found, pointed(text, found)) == (Place("t.json", *place), what)


def test_second_key_is_a_problem_and_its_value_is_left_out() -> None:
    text = '{"a": 1, "b": {"c": 1, "\\u0063": 2},\n "a": {"d": 1, "d": 2}, "a": 3}'
    found = parsed(text)
    assert found.data == {"a": "1", "b": {"c": "1"}}
    assert found.find(("a",), False) == Place("t.json", 1, 7, 1)
    assert [(each.code, each.message, each.place[1:]) for each in found.problems] == [
        ("duplicate-key", "has the key `c` twice here", (1, 24, 8)),
        ("duplicate-key", "has the key `a` twice here", (2, 2, 3)),
        ("duplicate-key", "has the key `d` twice here", (2, 16, 3)),
        ("duplicate-key", "has the key `a` twice here", (2, 25, 3)),
    ]
    assert {each.hint for each in found.problems} == {"merge the two, or rename one"}


MISTAKES = [
    ('{"a": [1, 2,]}', "a comma before the closing `]`", "remove the comma", ","),
    ('{"a": 1,\n}', "a comma before the closing `}`", "remove the comma", ","),
    ('{"a": 1 "b": 2}', "expected a comma", "put a comma between two values", '"'),
    ('{"a": "he said "no""}', "expected a comma", 'write \\" for a quote inside a text', "no"),
    ('{"a" 1}', "expected a colon", 'write "key": value', "1"),
    ('{"a": }', "expected a value", "write one, or null", "}"),
    ('{, "a": 1}', "expected a key", 'write "key": value', ","),
    ("{'a': 1}", "single quotes", "put texts and keys in double quotes", "'a'"),
    ("{at: 1}", "the key `at` has no quotes", 'put it in double quotes: "at"', "at"),
    ('{"a": ~15:33}', "`~15:33` has no quotes", 'put it in double quotes: "~15:33"', "~15:33"),
    ('{"a":22:00}', "`22:00` has no quotes", 'put it in double quotes: "22:00"', "22:00"),
    (
        '{"a": 2022-10-15 14:30, "b": 1}',
        "`2022-10-15 14:30` has no quotes",
        'put it in double quotes: "2022-10-15 14:30"',
        "2022-10-15 14:30",
    ),
    ('{"a": 47,500}', "a comma inside a number", "write the digits without commas", "500"),
    ('{"a": 99.9%}', "`99.9%` has no quotes", 'put it in double quotes: "99.9%"', "99.9%"),
    ('{"NaN": [1, NaN]}', "`NaN` is no number", "write null, or leave the key out", "NaN"),
    ("[-Infinity]", "`-Infinity` is no number", "write null, or leave the key out", "-Infinity"),
    ('{"a": True}', "expected `true`", "write true", "True"),
    ('{"a": None}', "expected `null`", "write null", "None"),
    ("{} // end", "it has a comment", "remove it; YAML and TOML have comments", "// end"),
    ("[1, # 1\n2]", "it has a comment", "remove it; YAML and TOML have comments", "# 1"),
    ('{"a": 1', "`{` is never closed", "add `}`", "{"),
    ('{"a": [1, 2\n', "`[` is never closed", "add `]`", "["),
    ('{"a": 1]', "expected `}`", "the bracket opened last closes first", "]"),
    ("{}}", "`}` closes nothing", "remove it", "}"),
    ("{}\n{}", "it goes on after its end", "write one timeline a file, in one pair of { }", "{"),
    ("title: x", "expected `{`", "begin with { and end with }", "title: x"),
    ('{"a": "x}', "a text is never closed", 'close it with "', '"'),
    ('{"a": "x\n"}', "a line ends inside a text", 'close the text with ", or write \\n', ""),
    ('{"a": "x\ty"}', "a tab stands in a text", "write it as \\t", "\t"),
    ('{"a": "C:\\x"}', "`\\x` means nothing in a text", "write \\\\ for a backslash", "\\x"),
    (
        '{"a": "\\u12"}',
        "\\u stands without four hexadecimal digits",
        "write \\\\ for a backslash",
        "u",
    ),
    ('{\u00a0"a": 1}', "an unusual space", "replace it with a plain one", "\u00a0"),
]


@pytest.mark.parametrize(("text", "message", "hint", "where"), MISTAKES)
def test_mistake_says_what_to_do(text: str, message: str, hint: str, where: str) -> None:
    problem = refused(text)
    assert problem._replace(place=Place("")) == Problem(
        "not-json", f"is not JSON: {message}", Place(""), hint
    )
    assert pointed(text, problem.place) == where


def test_half_a_character_is_replaced_and_warned_of() -> None:
    text = '{"\\ud800": "\\\\ud800 \\udD25\\ud83d \\ud83d\\udd25"}'
    found = parsed(text)
    assert found.data == {"\ufffd": "\\ud800 \ufffd\ufffd 🔥"}
    assert [(each.severity, pointed(text, each.place)) for each in found.problems] == [
        (WARNING, "\\ud800"),
        (WARNING, "\\udD25"),
        (WARNING, "\\ud83d"),
    ]
    assert pointed(text, found.find(("\ufffd",), True)) == '"\\ud800"'


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_nesting_ends_at_the_deepest_level(opening: str, closing: str) -> None:
    assert parsed(opening * DEEPEST + "1" + closing * DEEPEST)
    for depth in (DEEPEST + 1, 200, 5_000, 100_000):
        for text in (opening * depth + "1" + closing * depth, opening * depth):
            problem = refused(text)
            if closing in text or depth > DEEPEST * 100:
                assert problem.code == "too-deep"
                assert problem.place.column == DEEPEST * len(opening) + 1
            else:
                assert problem.code == "not-json"


def test_nothing_is_scanned_before_somebody_asks() -> None:
    found = parsed(FIRE)
    assert isinstance(found.find, MethodType)
    assert "scan" not in vars(found.find.__self__)
    found.find(("events",), False)
    assert "scan" in vars(found.find.__self__)


def test_timeline_in_json_is_read() -> None:
    reading = read(Source("fire.json", FIRE.replace(",\n    {}\n", "\n").encode("utf-16")))
    assert reading.timeline
    assert reading.timeline.services["naver"].name == "Naver"
    assert [event.what for event in reading.timeline.events] == ["fire 🔥", 'power "cut"']
    assert reading.find(reading.timeline.events[1].mark) == Place("fire.json", 7, 6, 4)


def test_same_timeline_says_the_same_in_json_as_in_yaml() -> None:
    source = Source("kakao", KAKAO.read_bytes())
    ours = parsed(json.dumps(plain(source), indent=1))
    reading = read_timeline(source, lambda _: ours)
    expected = yaml.read(source)
    assert (reading.timeline, reading.problems) == (expected.timeline, expected.problems)


def plain(source: Source) -> object:
    """Return the values in a YAML source."""
    found = yaml.document(Text(source.name, source.data.decode()))
    assert isinstance(found, Document)
    return found.data


def told(reading: ReadResult) -> bytes:
    """Return all that a reading says, as a program would print it."""
    places = (
        [reading.find(event.mark) for event in reading.timeline.events] if reading.timeline else []
    )
    return repr((reading, places)).encode()


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode))
@example(b"[" * 100_000)
@example(b'{"events": [], "services": {"\\udfff": "\\ud800"}}')
@example(b'{"events": [{"at": ' + b"9" * 5000 + b"}]}")
@example(b"\xef\xbb\xbf\xef\xbb\xbf{}")
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert told(read(Source("t.json", data)))


@settings(deadline=None)
@given(st.data())
def test_no_slip_of_the_hand_makes_it_raise(data: st.DataObject) -> None:
    text = FIRE
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 9, len(text))))
        slip = st.text(st.sampled_from("{}[],:\"\\ \n/*'#-.0e🔥u"), max_size=3)
        text = text[:start] + data.draw(slip) + text[end:]
    assert told(read(Source("t.json", text.encode())))
    found = document(Text("t.json", text))
    try:
        json.loads(text, parse_constant=lambda name: json.loads(name.lower()))
    except json.JSONDecodeError:
        assert isinstance(found, Problem)
        assert found.place.line
        assert found.hint
    else:
        assert isinstance(found, Document)


def test_every_place_of_many_events_is_exact() -> None:
    events = 20_000
    event = '{"at": "2022-10-15 15:19", "what": "x", "down": ["naver"], "users": {"naver": 5}}'
    text = '{"events": [' + ",\n".join([event] * events) + "]}"
    found = parsed(text)
    for at in range(events):
        assert found.find(("events", at, "at"), False).line == at + 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        '{"a":' * 500_000,
        '"' + '\\"' * 500_000,
        "[" + '"a" ' * 500_000,
        "1" * 2_000_000,
        "[" + "9" * 2_000_000 + "]",
        '{"a":' + "a" * 1_000_000 + '"',
        "\n" * 1_000_000 + "{",
        '{"a": ' + "-" * 1_000_000,
        "[" + '"\\ud800",' * 100_000,
        "{" + '"a":1,' * 200_000 + '"b":1}',
    ],
    ids=lambda text: text[:12],
)
def test_long_nonsense_is_refused(text: str) -> None:
    assert document(Text("t.json", text))
