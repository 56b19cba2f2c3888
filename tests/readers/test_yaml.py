"""YAML is read as it is written, fast where nothing is special, and every place is exact."""

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.event import Key
from outage_cli.model.problem import Problem
from outage_cli.readers.document import Document
from outage_cli.readers.native import yaml, yaml_bulk
from outage_cli.readers.source import Source, Text

PIECES = [
    *("a: ", "b: ", "- ", "{", "}", "[", "]", ", ", ": ", "? ", "?", "\n", "\n  ", "\n    ", "\t"),
    *("22:00", "2022-10-15", "~", "null", "Null", "true", "True", "no", "nan", ".NaN", "-Infinity"),
    *(
        "1.10",
        "007",
        "0x1F",
        "1e3",
        ".5",
        "+5",
        "-0",
        "1_000",
        "1.",
        "1e",
        "9" * 25,
        "0.0",
        "1.5E-3",
    ),
    *(
        '"x"',
        "'y'",
        '"1"',
        '"true"',
        '"nan"',
        '""',
        "''",
        "# c",
        "|\n  ",
        ">\n  ",
        "é",
        "日本",
        "\r\n",
    ),
    *("&x ", "*x", "!!str ", "!odd ", "<<: ", '"\\u0041\\n"', "\\"),
]
DOCUMENTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def parsed(text: str) -> Document:
    document = yaml.document(Text("story.yaml", text))
    assert isinstance(document, Document), document
    return document


def test_a_scalar_is_the_text_that_stands_in_the_file() -> None:
    text = "{at: 22:00, no: no, n: 1.10, o: 007, x: 0x1F, d: 2022-10-15, t: true, q: '~', e: }"
    assert parsed(text).data == {
        "at": "22:00",
        "no": "no",
        "n": "1.10",
        "o": "007",
        "x": "0x1F",
        "d": "2022-10-15",
        "t": "true",
        "q": "~",
        "e": None,
    }


@settings(deadline=None, max_examples=600)
@given(DOCUMENTS)
@example("[?")
@example("[: [")
@example('"nan": 1')
@example("*xa: !!str ")
def test_the_fast_way_and_the_walk_read_the_same(text: str) -> None:
    with patch.object(yaml, "_LARGE", 0):
        fast = yaml.document(Text("story.yaml", text))
    with patch.object(yaml_bulk, "values", lambda *_: None):
        walked = yaml.document(Text("story.yaml", text))
    if isinstance(fast, Document) and isinstance(walked, Document):
        assert fast.data == walked.data
        assert fast.problems == walked.problems
    else:
        assert fast == walked


@settings(deadline=None, max_examples=500)
@given(st.binary(max_size=200) | DOCUMENTS.map(str.encode))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    reading = yaml.read(Source("story.yaml", data))
    for problem in reading.problems:
        assert problem.hint or problem.severity == "note"
    if reading.timeline:
        for event in reading.timeline.events:
            assert reading.find(event.mark).line > 0


LINES = st.lists(
    st.sampled_from(
        [
            *("events:", "events: # all", "  - at: 1", "- at: 2", "  -", "    at: 3", "    down:"),
            *(
                "      - a",
                "  - {at: 4}",
                "  - {",
                "at: 5}",
                "  - - a",
                "  - # none",
                "  # - at: 6",
            ),
            *("    what: |", "       - at: 7", '  - "at": 8', "  - 15:19", "", "\r", "services:"),
            *("maintenance:", "- b", "    what: 'a", "      - at: 9'", "  -  at: 10", "...", "---"),
        ]
    ),
    max_size=12,
).map("\n".join)


@settings(deadline=None, max_examples=1500)
@given(LINES)
@example("events:\n  -\n    down:\n      - a")
@example("events:\n- at: 1\n- at: 2\nservices:\n- b")
def test_a_line_is_that_of_the_place(text: str) -> None:
    document = yaml.document(Text("story.yaml", text))
    if not isinstance(document, Document) or not isinstance(document.data, dict):
        return
    assert document.line is not None
    for key, value in document.data.items():
        for at in range(len(value)) if isinstance(value, list) else ():
            assert document.line((key, at)) == document.find((key, at), False).line


STORY = """\
# a story
title: "Feuer é\\u00e9"
services:
  a: {name: 'it''s', users: 5}
events:
  - {at: 2022-01-01, what: "x"}
  - at: 2022-01-02
    what: >
      folded
      text
    down: [a, b]
"""


@pytest.mark.parametrize(
    ("way", "of_key", "line", "column", "length"),
    [
        (("title",), False, 2, 8, 15),
        (("title",), True, 2, 1, 5),
        (("services", "a", "name"), False, 4, 13, 7),
        (("services", "a", "users"), False, 4, 29, 1),
        (("services", "a", "users"), True, 4, 22, 5),
        (("events", 0), False, 6, 6, 2),
        (("events", 1), False, 7, 5, 2),
        (("events", 1, "what"), True, 8, 5, 4),
        (("events", 1, "down", 1), False, 11, 15, 1),
        (("events", 1, "down"), False, 11, 12, 1),
    ],
)
def test_every_place_is_exact(
    way: tuple[Key, ...], line: int, column: int, length: int, *, of_key: bool
) -> None:
    for text in (STORY, STORY.replace("\n", "\r\n")):
        place = parsed(text).find(way, of_key)
        assert (place.line, place.column, place.length) == (line, column, length)


def test_a_key_twice_is_a_problem_at_the_second() -> None:
    document = parsed("a: 1\nb: 2\na: 3\n")
    assert document.data == {"a": "1", "b": "2"}
    (problem,) = document.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("duplicate-key", 3, 1)


def test_aliases_and_merge_keys_are_unfolded() -> None:
    document = parsed("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\nlist: [*b]\n")
    assert isinstance(document.data, dict)
    assert document.data["use"] == {"x": "1", "y": "3"}
    assert document.data["list"] == [{"x": "1", "y": "2"}]


def test_an_alias_of_itself_ends() -> None:
    problem = yaml.document(Text("story.yaml", "a: &a [1, *a]\n"))
    assert isinstance(problem, Problem)
    assert problem.code == "too-deep"


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("a: [1, 2\nb: 3\n", 1, 4, "close it with `]`"),
        ("title: a: b\n", 1, 11, "put a text that holds `: ` in quotes"),
        ("a:\n\tb: 1\n", 2, 1, "indent with spaces"),
        ("at: ?\n", 1, 5, 'put the question mark in quotes: "?"'),
        ("a: %x\n", 1, 4, "put a text that starts with a special character in quotes"),
    ],
)
def test_what_is_not_yaml_says_where_and_what_to_write(
    text: str, line: int, column: int, hint: str
) -> None:
    problem = yaml.document(Text("story.yaml", text))
    assert isinstance(problem, Problem)
    assert problem.code == "not-yaml"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.hint == hint


def test_the_parser_itself_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    yaml.document(Text("story.yaml", "a: [1, 2\nb: 3\n"))
    assert capfd.readouterr() == ("", "")


def test_several_documents_are_one_too_many() -> None:
    problem = yaml.document(Text("story.yaml", "a: 1\n---\nb: 2\n"))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.line) == ("several-documents", 3)


def test_a_carriage_return_by_itself_ends_a_line() -> None:
    document = parsed("a: 1\rb:\r  - x\r\nc: 2\n")
    assert document.data == {"a": "1", "b": ["x"], "c": "2"}
    place = document.find(("b", 0), False)
    assert (place.line, place.column) == (3, 5)


def test_a_key_that_is_a_mapping_is_called_so() -> None:
    problem = yaml.document(Text("story.yaml", "events:\n  - ? {a: b}\n    : c\n"))
    assert isinstance(problem, Problem)
    assert (problem.message, problem.place.line) == (
        "is not a timeline: a key here is a mapping or a list",
        2,
    )


def test_what_is_too_deep_says_where() -> None:
    problem = yaml.document(Text("story.yaml", f"a: 1\nb: {'[' * 40}x{']' * 40}\n"))
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.line, problem.place.column) == ("too-deep", 2, 44)


def test_half_a_character_is_warned_of_at_its_place() -> None:
    text = 'timezone: UTC\ntitle: "a\\ud800b"\nevents: []\nservices: {}\n'
    reading = yaml.read(Source("story.yaml", text.encode(), None))
    found = [(each.code, each.place.line) for each in reading.problems]
    assert ("half-character", 2) in found
    assert reading.timeline
    assert "\ufffd" in reading.timeline.title


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: {b: c # x\n }", {"a": {"b": "c"}}),
        ("a: {b: c # x, y\n  # more\n }", {"a": {"b": "c"}}),
        ("a: {b: c d # x\n}\ne: f", {"a": {"b": "c d"}, "e": "f"}),
        ("a: {b: c # x\n , d: e}", {"a": {"b": "c", "d": "e"}}),
        ("a: {b:\n c # x\n }", {"a": {"b": "c"}}),
        ("a: {b: [c], d: e\t# 説明 }\r\n\r\n }", {"a": {"b": ["c"], "d": "e"}}),
        ("a: [{b: c # x\n }, d] # y", {"a": [{"b": "c"}, "d"]}),
        ("a: {b: c#x\n }", {"a": {"b": "c#x"}}),
        ('a: {b: "c # x"\n }', {"a": {"b": "c # x"}}),
        ("a: {b: c, # x\n d: e # y\n}", {"a": {"b": "c", "d": "e"}}),
        ("a: |\n  {\n    b # c\n  }\n", {"a": "{\n  b # c\n}\n"}),
    ],
)
def test_a_comment_behind_a_value_in_braces_is_no_part_of_it(text: str, data: object) -> None:
    """The parser takes it for one; behind the last value of several lines it is usual."""
    assert parsed(text).data == data


def test_places_stay_exact_behind_a_comment_in_braces() -> None:
    found = parsed("a: {b: c # 説明\n , d: e}\nf: g").find(("a", "d"), False)
    assert (found.line, found.column, found.length) == (2, 7, 1)
