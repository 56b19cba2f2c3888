"""TOML becomes the text that was written, every mistake says what to do, and nothing crashes."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import MethodType
from typing import Any, NamedTuple, TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outage_cli.model.problem import Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import DEEPEST, Document, Value, Way
from outage_cli.readers.native import yaml
from outage_cli.readers.native.timeline import read_timeline
from outage_cli.readers.native.toml import document, read
from outage_cli.readers.source import Source, Text

KAKAO = Path(__file__).parents[2] / "timelines" / "2022-10-15-kakao.yaml"
FIRE = '''# the fire
title = """
화재 🔥"""
timezone = "Asia/Seoul"   # not UTC

[services.naver]
name = "Naver"
slo = 99.90
users = 47_500_000

[services]
kakao.name = 'Kakao'
daum = { name = "Daum", users = 4.75e7, in_service = { from = 2020-01-01 } }
tistory = {}

[[events]]
at = 2022-10-15T15:19:00+09:00
what = "fire [1] # \\"hot\\" = 'x'"
down = [
  "naver",  # first
  'kakao', # ]
  "daum",
]

[[events]]
  "at" = 2022-10-15 15:33:00  # cut
  what = \'\'\'power
cut\'\'\'
  down = "kakao"
  [events.users]
  kakao = 1_000

[[ events ]]
[[events]]
at = 22:00:00
tags = []
is_it = true
'''


class Scalar(NamedTuple):
    """A scalar: as it is written and as it must be read."""

    source: str
    text: str


Tree: TypeAlias = "Scalar | list[Tree] | dict[str, Tree]"

AS_WRITTEN = (
    *("0", "+1_000", "-17", "0xDEAD_beef", "0o755", "0b1101", "9" * 100),
    *("1.10", "-0.0", "6.626e-34", "1e06", "9_224.5_5", "inf", "-nan", "+inf"),
    *("true", "false"),
    *("1979-05-27T07:32:00Z", "1979-05-27 07:32:00.999999-07:00", "1979-05-27t00:32:00"),
    *("1979-05-27", "07:32:00", "00:32:00.999999"),
)

plain = st.text(st.characters(exclude_characters="'", exclude_categories=["Cc", "Cs"]))


def basic(text: str) -> str:
    """Return a text in double quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


scalars = st.one_of(
    st.sampled_from(AS_WRITTEN).map(lambda text: Scalar(text, text)),
    st.text().map(lambda text: Scalar(basic(text), text)),
    st.text().map(lambda text: Scalar(f'""{basic(text)}""', text)),
    st.text().map(lambda text: Scalar(f'"""\n{basic(text)[1:]}""', text)),
    st.just(Scalar('"""\\\n   a""b\\"""""', 'a""b"""'[:6])),
    plain.map(lambda text: Scalar(f"'{text}'", text)),
    plain.map(lambda text: Scalar(f"'''\n{text}\n # '\"\n'''", f"{text}\n # '\"\n")),
    st.just(Scalar("''''a'''''", "'a''")),
)
keys = st.from_regex(r"\A[A-Za-z0-9_-]+\Z") | st.text(max_size=5)
trees = st.dictionaries(
    keys,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    ),
    max_size=6,
)


class Pen:
    """Writes a tree as TOML in one of the many ways that TOML has."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def one_of(self, *choices: str) -> str:
        """Return one of the choices."""
        return self.data.draw(st.sampled_from(choices))

    def path(self, *way: str) -> str:
        """Return a dotted key, each part bare or in quotes."""
        parts = []
        for key in way:
            is_bare = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
            is_literal = key.isprintable() and "'" not in key
            forms = [key] * is_bare + [f"'{key}'"] * is_literal + [basic(key)]
            parts.append(self.one_of(*forms))
        return self.one_of(".", " . ", ".\t").join(parts)

    def value(self, tree: Tree) -> str:
        """Return a value as it stands after `=`."""
        if isinstance(tree, Scalar):
            return tree.source
        if isinstance(tree, dict):
            pairs = (f"{self.path(key)}= {self.value(each)}" for key, each in tree.items())
            return f"{{ {', '.join(pairs)} }}"
        gap = self.one_of("", " ", "\n", " # ] ' \"\n\t")
        after = self.one_of(",", "") if tree else ""
        inside = f"{gap},{gap}".join(self.value(each) for each in tree)
        return f"[{gap}{inside}{gap}{after}{gap}]"

    def lines(self, table: dict[str, Tree], *way: str) -> Iterator[str]:
        """Yield a table's lines: first what is written without a header."""
        under_headers: list[tuple[str, str, dict[str, Tree]]] = []
        for key, tree in table.items():
            form = self.one_of("inline", "dotted", "header")
            many = [each for each in tree if isinstance(each, dict)] if tree else []
            if form == "header" and isinstance(tree, dict):
                under_headers.append((key, "[{}]", tree))
            elif form == "header" and many and len(many) == len(tree):
                under_headers += [(key, "[[{}]]", each) for each in many]
            elif form == "dotted" and isinstance(tree, dict) and tree:
                for inner, each in tree.items():
                    yield f"{self.path(key, inner)} = {self.value(each)}"
            else:
                end = self.one_of("", " # = [x]", "\n", "\r")
                yield f"{self.path(key)}{self.one_of('', ' ')}={self.value(tree)}{end}"
        for key, header, tree in under_headers:
            yield self.one_of("", "  ") + header.format(self.path(*way, key))
            yield from self.lines(tree, *way, key)


def text_of(tree: Tree) -> Any:  # noqa: ANN401
    """Return what must be read."""
    if isinstance(tree, dict):
        return {key: text_of(each) for key, each in tree.items()}
    return tree.text if isinstance(tree, Scalar) else [text_of(each) for each in tree]


def scalars_in(tree: Tree, way: Way = ()) -> Iterator[tuple[Way, Scalar]]:
    """Yield the scalars of a tree and the ways to them."""
    if isinstance(tree, Scalar):
        yield way, tree
    else:
        for key, each in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from scalars_in(each, (*way, key))


def parsed(text: str) -> Document:
    """Return the document in a text that has one."""
    found = document(Text("t.toml", text))
    assert isinstance(found, Document), found
    return found


def refused(text: str) -> Problem:
    """Return why a text is no document."""
    found = document(Text("t.toml", text))
    assert isinstance(found, Problem)
    return found


def pointed(text: str, place: Place) -> str:
    """Return the characters at a place."""
    line = text.replace("\r\n", "\n").split("\n")[place.line - 1]
    return line[place.column - 1 :][: place.length]


@settings(deadline=None)
@given(trees, st.data())
def test_however_it_is_written_the_text_and_its_place_are_found(
    tree: dict[str, Tree], data: st.DataObject
) -> None:
    text = "\n".join(Pen(data).lines(tree)).replace("\r\n", "\n").replace("\r", "\r\n")
    ours = tomllib.loads(text, parse_float=str)
    found = parsed(text)
    assert found.data == text_of(tree)
    assert same_shape(found.data, ours)
    for way, scalar in scalars_in(tree):
        assert pointed(text, found.find(way, False)) == scalar.source.partition("\n")[0]
        if isinstance(way[-1], str):
            key = pointed(text, found.find(way, True))
            assert list(tomllib.loads(f"{key} = 1")) == [way[-1]]


def same_shape(ours: object, theirs: object) -> bool:
    """Whether two values have the same keys, lengths and texts."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return list(ours) == list(theirs) and all(same_shape(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same_shape, ours, theirs))
    return ours == theirs or not isinstance(theirs, str)


@pytest.mark.parametrize(
    ("way", "of_key", "place", "what"),
    [
        (("title",), False, (2, 9, 3), '"""'),
        (("title",), True, (2, 1, 5), "title"),
        (("services",), True, (6, 2, 8), "services"),
        (("services",), False, (6, 11, 5), "naver"),
        (("services", "naver"), True, (6, 11, 5), "naver"),
        (("services", "naver"), False, (7, 1, 4), "name"),
        (("services", "naver", "slo"), False, (8, 7, 5), "99.90"),
        (("services", "naver", "note"), False, (7, 1, 4), "name"),
        (("services", "kakao"), True, (12, 1, 5), "kakao"),
        (("services", "kakao"), False, (12, 7, 4), "name"),
        (("services", "kakao", "name"), False, (12, 14, 7), "'Kakao'"),
        (("services", "daum", "in_service", "from"), False, (13, 63, 10), "2020-01-01"),
        (("services", "tistory"), False, (14, 11, 2), "{}"),
        (("events",), True, (16, 3, 6), "events"),
        (("events",), False, (17, 1, 2), "at"),
        (("events", 0), True, (17, 1, 2), "at"),
        (("events", 0, "at"), False, (17, 6, 25), "2022-10-15T15:19:00+09:00"),
        (("events", 0, "down"), False, (20, 3, 7), '"naver"'),
        (("events", 0, "down", 1), False, (21, 3, 7), "'kakao'"),
        (("events", 1), False, (26, 3, 4), '"at"'),
        (("events", 1, "at"), False, (26, 10, 19), "2022-10-15 15:33:00"),
        (("events", 1, "what"), False, (27, 10, 8), "'''power"),
        (("events", 1, "users"), False, (31, 3, 5), "kakao"),
        (("events", 1, "users"), True, (30, 11, 5), "users"),
        (("events", 1, "users", "kakao"), False, (31, 11, 5), "1_000"),
        (("events", 2), False, (33, 1, 12), "[[ events ]]"),
        (("events", 2, "at"), True, (33, 1, 12), "[[ events ]]"),
        (("events", 3, "at"), False, (35, 6, 8), "22:00:00"),
        (("events", 3, "tags"), False, (36, 8, 2), "[]"),
        ((), False, (2, 1, 5), "title"),
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
    assert (found, pointed(text, found)) == (Place("t.toml", *place), what)


def test_empty_table_stands_where_its_name_does() -> None:
    found = parsed("[services.naver]\n[services.'a b'] # x")
    assert found.find(("services", "naver"), False) == Place("t.toml", 1, 11, 5)
    assert found.find(("services", "a b"), False) == Place("t.toml", 2, 11, 5)


def test_nothing_is_nowhere() -> None:
    found = parsed("\n# nothing\n")
    assert (found.data, found.find((), False)) == ({}, Place("t.toml"))


@pytest.mark.parametrize(
    ("text", "key", "line", "column"),
    [
        ("a = 1\nb = 2\na = 3", "a", 3, 1),
        ("a = 1\n'a' = [\n{x = 1}]\nb = 1", "'a'", 2, 1),
        ("[a]\n[b]\n[ a ]", "a", 3, 3),
        ("x = {b = 1, c.d = 1, b = 2}", "b", 1, 22),
        ('[[e]]\na = 1\n[[e]]\na = 1\n"\\u0061" = 2', '"\\u0061"', 5, 1),
        ("[[e]]\n[e]", "e", 2, 2),
        ("e = []\n[[e]]", "e", 2, 3),
        ("a = 1\na.b = 2", "a", 2, 1),
        ("a.b = 1\n[a]", "a", 2, 2),
        ("[a]\nb = 1\n[a.b]", "b", 3, 4),
    ],
)
def test_second_key_is_a_problem(text: str, key: str, line: int, column: int) -> None:
    problem = refused(text)
    assert problem.code == "duplicate-key"
    assert problem.message.endswith("` twice here")
    assert problem.hint == "merge the two, or rename one"
    assert (problem.place, pointed(text, problem.place)) == (
        Place("t.toml", line, column, len(key)),
        key,
    )


UNCLOSED_TEXT = ("a text is never closed", "close it with the quotes that it starts with")
ONE_LINE = ("expected a key", "keep { } on one line, no comma at its end")
NO_SUCH_ESCAPE = "write \\\\ for a backslash"
MISTAKES = [
    ("at = ~15:33", "`~15:33` has no quotes", 'put it in quotes: "~15:33"', "~15:33"),
    (
        "at = 22:00 # late",
        "`22:00` is not a time",
        'put it in quotes: "22:00", or write 22:00:00',
        "22:00",
    ),
    (
        "at = 2022-10-15 14:30",
        "`2022-10-15 14:30` has no quotes",
        'put it in quotes: "2022-10-15 14:30"',
        "2022-10-15 14:30",
    ),
    (
        "a = [1,\n 22:00]",
        "`22:00` is not a time",
        'put it in quotes: "22:00", or write 22:00:00',
        "22:00",
    ),
    ("down = [naver, kakao]", "`naver` has no quotes", 'put it in quotes: "naver"', "naver"),
    ("a = {b = x y}", "`x y` has no quotes", 'put it in quotes: "x y"', "x y"),
    ("slo = 99.9%", "`99.9%` has no quotes", 'put it in quotes: "99.9%"', "99.9%"),
    ("users = 47,500", "`47,500` has no quotes", 'put it in quotes: "47,500"', "47,500"),
    ("a = True", "expected `true`", "write true", "True"),
    ("a = null", "`null` means nothing", "leave the key out", "null"),
    ("a =\n", "expected a value", "write one, or leave the key out", ""),
    ("a = [1,, 2]", "expected a value", "write one, or leave the key out", ","),
    ('a = "x" y', "expected the end of the line", "begin a new line, or use quotes", '"x" y'),
    ("a = 1 b = 2", "expected the end of the line", "begin a new line, or use quotes", "1 b = 2"),
    ("at: 22:00", "expected `=`", "write key = value", ":"),
    ("x = 1\n- at: 1", "expected `=`", "begin each event with a line [[events]]", "at"),
    ("네이버 = 1", "the key `네이버` has no quotes", 'put it in quotes: "네이버"', "네이버"),
    ("[a.네이버]", "the key `네이버` has no quotes", 'put it in quotes: "네이버"', "네이버"),
    ("a = {b = 1,\nc = 2}", *ONE_LINE, ""),
    ("a = {b = 1,}", *ONE_LINE, "}"),
    ('{"a": 1}', "expected a key", "write key = value", "{"),
    ("[services\na = 1", "expected `]`", "write [services] or [[events]]", ""),
    ("[[events]", "expected `]`", "write [services] or [[events]]", "]"),
    ("a = [1, 2\n[[b]]", "`[` is never closed", "add `]`", "["),
    ('a = ["x"\nb = "y"', "`[` is never closed", "add `]`", "["),
    ("a = {b = 1", "`{` is never closed", "add `}`", "{"),
    ("a = ['x' 'y']", "expected a comma", "put a comma between two values", "'x' 'y'"),
    ('a = "x\nb = 1', *UNCLOSED_TEXT, '"x'),
    ("a = 'x\nb = 1", *UNCLOSED_TEXT, "'x"),
    ('a = [1, "x', *UNCLOSED_TEXT, '"x'),
    ('a = """x\nb = 1', *UNCLOSED_TEXT, '"""x'),
    ('a = \'x\nb = "y"', *UNCLOSED_TEXT, "'x"),
    ("a = '''x\nb = 1", *UNCLOSED_TEXT, "'''x"),
    ('a = "C:\\x"', "`\\x` means nothing in a text", NO_SUCH_ESCAPE, "\\x"),
    ('a = "\\ud800"', "`\\ud800` means nothing in a text", NO_SUCH_ESCAPE, "\\ud800"),
    ("a = 1 # x\x01", "an invisible character", "remove it", "\x01"),
    ("[a.b]\n[a]\nb.c = 1", "a table is defined twice", "write each table in one place", ""),
    ("a = {b = 1}\na.c = 2", "a table is defined twice", "write each table in one place", ""),
]


@pytest.mark.parametrize(("text", "message", "hint", "where"), MISTAKES)
def test_mistake_says_what_to_do(text: str, message: str, hint: str, where: str) -> None:
    problem = refused(text)
    assert problem._replace(place=Place("")) == Problem(
        "not-toml", f"is not TOML: {message}", Place(""), hint
    )
    assert pointed(text, problem.place) == where


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_mistake_is_found_in_its_line(line_end: str) -> None:
    text = line_end.join(['a = """', 'x"""', "# 네이버", "b = [", "  1,", "  ~2,", "]"])
    assert refused(text).place == Place("t.toml", 6, 3, 2)


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a=", "}"), ("[ # [\n", "]"), ("{a.b=", "}")]
)
def test_nesting_ends_at_the_deepest_level(opening: str, closing: str) -> None:
    each = 2 if "." in opening else 1
    deepest = (DEEPEST - 1) // each
    assert parsed("a=" + opening * deepest + "1" + closing * deepest)
    for depth in (DEEPEST + 1, 500, 20_000):
        for text in (opening * depth + "1" + closing * depth, opening * depth):
            assert refused("a=" + text).code in {"too-deep", "not-toml"}
    assert refused("a=" + opening * 50 + "1" + closing * 50).code == "too-deep"
    assert refused("a=" + opening * 50_000).code == "too-deep"


@pytest.mark.parametrize("form", ["{} = 1", "[{}]", "[[{}]]", "a = [{{ {} = 1 }}]"])
@pytest.mark.parametrize("dot", [".", " . ", '."a".'])
def test_dotted_keys_end_at_the_deepest_level(form: str, dot: str) -> None:
    for parts in (DEEPEST, 1_000, 100_000):
        assert refused("b = 1\n" + form.format("a" + f"{dot}a" * parts)).code == "too-deep"
    assert parsed("\n".join([form.format("a.a.a"), f'b = "{"a." * 200}"', f"c = 1 # {'a.' * 200}"]))


def test_integer_of_any_length_keeps_its_digits() -> None:
    digits = "9" * 5000
    text = f'a = {digits}\nb = [-{digits}, +1_{digits}]\nc = \'{digits} \'\nd = """\n{digits}"""'
    assert parsed(text).data == {
        "a": digits,
        "b": [f"-{digits}", f"+1_{digits}"],
        "c": f"{digits} ",
        "d": digits,
    }
    assert refused(f"a = {digits}\nb = ~1").place == Place("t.toml", 2, 5, 2)
    assert refused(f"a = {digits}_").code == "not-toml"


def test_nothing_is_scanned_before_somebody_asks() -> None:
    found = parsed('a = "x"\nb = 1.5\nc = true\n')
    assert found.data == {"a": "x", "b": "1.5", "c": "true"}
    assert isinstance(found.find, MethodType)
    assert "scan" not in vars(found.find.__self__)
    found.find(("a",), False)
    assert "scan" in vars(found.find.__self__)


def test_timeline_in_toml_is_read() -> None:
    reading = read(Source("fire.toml", FIRE.replace("[[ events ]]\n", "").encode("utf-16")))
    assert reading.timeline
    assert reading.timeline.title == "화재 🔥"
    assert reading.timeline.services["kakao"].name == "Kakao"
    assert reading.timeline.services["naver"].users == 47_500_000
    assert [event.what for event in reading.timeline.events][1] == "power\ncut"
    assert reading.find(reading.timeline.events[1].mark) == Place("fire.toml", 26, 3, 4)


def test_same_timeline_says_the_same_in_toml_as_in_yaml() -> None:
    source = Source("kakao", KAKAO.read_bytes())
    found = yaml.document(Text(source.name, source.data.decode()))
    assert isinstance(found, Document)
    assert isinstance(found.data, dict)
    ours = parsed("\n".join(f"{key} = {in_one_line(each)}" for key, each in found.data.items()))
    reading = read_timeline(source, lambda _: ours)
    expected = yaml.read(source)
    assert (reading.timeline, reading.problems) == (expected.timeline, expected.problems)


def in_one_line(value: Value) -> str:
    """Return a value as it stands after `=`."""
    if isinstance(value, dict):
        told = {key: each for key, each in value.items() if each is not None}
        return f"{{{', '.join(f'{basic(key)} = {in_one_line(told[key])}' for key in told)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_one_line, value))}]"
    return basic(value or "")


def told(reading: ReadResult) -> bytes:
    """Return all that a reading says, as a program would print it."""
    events = reading.timeline.events if reading.timeline else ()
    places = [reading.find(event.mark) for event in events]
    return repr((reading, places)).encode()


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode))
@example(b"a=" + b"[" * 100_000)
@example(b"a" + b".a" * 100_000 + b"=1")
@example(b"[[events]]\nat = " + b"9" * 5000)
@example(b"[services]\n\xea\xb0\x80 = 1\rx")
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert told(read(Source("t.toml", data)))


@settings(deadline=None)
@given(st.data())
def test_no_slip_of_the_hand_makes_it_raise(data: st.DataObject) -> None:
    text = FIRE
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 9, len(text))))
        slip = st.text(st.sampled_from("{}[],:='\"\\ \n\r#-.0eaT🔥"), max_size=3)
        text = text[:start] + data.draw(slip) + text[end:]
    assert told(read(Source("t.toml", text.encode())))
    found = document(Text("t.toml", text))
    try:
        theirs = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert isinstance(found, Problem)
        assert found.place.line
        assert found.hint
    else:
        assert isinstance(found, Document)
        assert means(found.data, theirs)


def means(ours: object, theirs: object) -> bool:
    """Whether the texts that we read are what the parser made its values of."""
    if isinstance(theirs, dict):
        return isinstance(ours, dict) and all(means(ours[k], theirs[k]) for k in ours | theirs)
    if isinstance(theirs, list):
        return isinstance(ours, list) and all(map(means, ours, theirs))
    return ours == theirs or bool(tomllib.loads(f"_ = {ours}")["_"] == theirs)


def test_every_place_of_many_events_is_exact() -> None:
    events = 10_000
    event = '[[events]]\nat = 15:19:00\nwhat = "x"\ndown = ["a"]\nusers = { a = 5 }'
    text = "\n".join([event] * events)
    found = parsed(text)
    for at in range(events):
        assert found.find(("events", at, "at"), False).line == at * 5 + 2


@pytest.mark.parametrize(
    "text",
    [
        "a = [" + "1," * 200_000 + "]",
        "a = [" + "'x' " * 200_000,
        "a = [" + "[1]," * 50_000 + "[",
        'a = """' + '\\"""' * 200_000,
        "a = '''" + "' " * 200_000,
        "a = " + "a." * 200_000 + "\n",
        "a = '" + "a." * 200_000 + "'\nb",
        "a = " + "9" * 1_000_000,
        "a = [" + "9" * 4_000 + "".join(f",\n{'9' * 5_000}" for _ in range(50)) + "]",
        "#" * 1_000_000 + "\nx",
        "\n" * 500_000 + "[",
        "[[a]]\n" * 50_000 + "[a]",
        "a = 1\n" * 50_000,
        "".join(f"k{at} = {at}\n" for at in range(50_000)) + "k7 = 1",
    ],
    ids=lambda text: text[:12],
)
def test_long_nonsense_is_judged(text: str) -> None:
    assert document(Text("t.toml", text))
