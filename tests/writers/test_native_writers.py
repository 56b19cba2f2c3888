"""A timeline is the same in every notation: each reader reads back what its writer wrote."""

import json
import tomllib
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from outage_cli import registry
from outage_cli.model.screen import Screen
from outage_cli.model.state import STATED
from outage_cli.pipeline import read
from outage_cli.readers.document import Document, Value
from outage_cli.readers.source import Source, Text, decode
from tests.stories_runner import ROOT
from tests.strategies import tried

NOTATIONS = list(registry.writers("timeline"))
KAKAO = ROOT / "timelines" / "2022-10-15-kakao.yaml"


def written(native: Value, notation: str) -> str:
    """Return a timeline in a notation."""
    home = registry.writers("timeline")[notation].home
    text = registry.load(home).timeline(native, Screen())
    assert isinstance(text, str)
    return text


def parsed(text: str, notation: str) -> Document:
    """Return what the reader of a notation makes of a text."""
    source = decode(Source("t", text.encode()))
    assert isinstance(source, Text), source
    reader = registry.named(notation, registry.READERS)
    assert reader
    found = registry.load(reader.home).document(source)
    assert isinstance(found, Document), (found, text)
    assert found.problems == (), text
    return found


def read_back(native: Value, notation: str) -> Value:
    """Return a timeline once it has been written in a notation and read."""
    return parsed(written(native, notation), notation).data


# Random timelines, with every key there is

NASTY = (
    *("", " ", "#", "# x", "#x", "a #b", "a # b", "+x", "!resolved", "x !resolved", "x +y #z"),
    *(": ", ":", "a:", "a: b", "naver: up", "Power cut  naver: down", "x naver: down", "x:down"),
    *("'", '"', '"a"', '"a" b', 'a "b"', "it's", "`", "\\", "\\n", "[", "]", "[a]", "{a: b}", "a]"),
    *("{", "}", ",", "a,b", "a, b", "- a", "-", "---", "...", "?", "? a", "|", ">", "%", "@a"),
    *("&a", "&a b", "(Saturday)", "October 2022", "16"),
    *("*a", "!a", "!!str a", "<<", "=", "~", "~ ", "null", "Null", "true", "no", "NO", "on", "y"),
    *("1", "-1", "+1", "0x1F", "1_000", "1.", ".5", "1e3", ".inf", "nan", ".NaN", "0o7", "007"),
    *("2022-10-15", "2022-10-15 15:19", "15:19", "15:33~", "~15:33", "22:00>", "?", "+4h", "by 8"),
    *("fire + 4h", "15:10..15:25", "by 2022-10-16 08:00", "2022-10-15T15:19+09:00", "up", "all"),
    *("２０２２", "１５：１９"),
    *("頃", "a\u3000b", "a\u3000\u3000b", "\u3000", "a\xa0b", "\xa0", "é"),
    *("a\nb", "a\r\nb", "\n", "\n\n", "\ta", "a\tb", "a  b", " a", "a ", "a\n  b", "a\\\nb"),
    *("\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\ufeff", "\ufffe"),
    *("\u202e", "🔥", "a" * 200, "a " * 100, "a, " * 100, "service x", "title: x", "//", "a//b"),
)  # fmt: skip

characters = st.characters(codec="utf-8")
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(characters, max_size=12),
    st.lists(st.sampled_from(NASTY), max_size=3).map(" ".join),
    st.lists(st.sampled_from(NASTY), max_size=3).map("".join),
    st.text("ab:#,+!\"'[]{}~?->. \n\t1", max_size=8),
)
ids = st.sampled_from(("naver", "kakao-talk", "a.b", "데이터", "all", "up")) | texts
times = st.one_of(
    st.sampled_from(("2022-10-15 15:19", "~2022-10-15 15:33", "2022-10-15 9:05:30", "15:33", "?")),
    st.datetimes().map(lambda at: at.isoformat(" ", "minutes")),
    st.datetimes().map(lambda at: at.isoformat() + "Z"),
    st.sampled_from(("15", "2022-10-16", "~2022-10-16", "noon", "午後3時33分頃", "翌日", "1519")),
    texts,
)
some_ids = ids | st.lists(ids, max_size=3)


def mapping(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Value]]:
    """Return a strategy for mappings that have some of these keys, in any order."""
    return st.permutations(list(values)).flatmap(
        lambda keys: st.fixed_dictionaries(
            {}, optional={key.rstrip("_"): values[key] for key in keys}
        )
    )


groups = mapping(all=some_ids, any=some_ids, at_least=texts, of=some_ids, at_worst=texts)
services = mapping(
    **dict.fromkeys(
        ("name", "operator", "group", "category", "users", "population", "slo", "note"), texts
    ),
    requires=some_ids | groups | st.lists(ids | groups, max_size=3),
    hours=texts | st.lists(texts, max_size=2),
    in_service=mapping(from_=times, to=times),
    replaced_by=some_ids,
)
events = mapping(
    at=times,
    what=texts,
    **dict.fromkeys(STATED, some_ids),
    id=ids,
    phase=st.sampled_from(("resolved", "started")) | texts,
    users=st.dictionaries(ids, texts, max_size=2),
    source=texts,
    tags=texts | st.lists(ids, max_size=3),
    note=texts,
)
works = mapping(services=some_ids, from_=times, to=times, repeats=texts, what=texts, source=texts)
claims = mapping(
    service=ids,
    **dict.fromkeys(("downtime", "availability", "by", "url", "note", "window"), texts),
    **dict.fromkeys(("starts", "ends", "since", "until"), times),
)
sources = mapping(name=texts, date=texts, url=texts, note=texts)
timelines = mapping(
    **dict.fromkeys(("title", "timezone", "about", "window", "as_of"), texts),
    sources=st.lists(sources, max_size=2),
    services=st.dictionaries(ids, texts | services, max_size=4),
    events=st.lists(events, max_size=6),
    maintenance=st.lists(works, max_size=2),
    claims=st.lists(claims, max_size=2),
    notes=texts | st.lists(texts, max_size=3),
).filter(bool)
scalars = texts | st.none()
anything = st.dictionaries(
    st.sampled_from(("title", "service", "note", "events", "services", "claims")) | texts,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=6,
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("notation", NOTATIONS)
@tried(300)
@given(native=timelines)
def test_a_timeline_is_the_same_in_every_notation(notation: str, native: Value) -> None:
    assert read_back(native, notation) == native


@pytest.mark.parametrize("notation", ["json", "plain", "yaml"])
@tried(200)
@given(native=anything)
def test_what_is_no_timeline_survives_too(notation: str, native: Value) -> None:
    assert read_back(native, notation) == native


@tried(200)
@given(native=timelines)
def test_other_parsers_read_the_same(native: dict[str, Value]) -> None:
    assert pyyaml.load(written(native, "yaml"), pyyaml.BaseLoader) == native  # noqa: S506 - texts only
    assert json.loads(written(native, "json")) == native
    assert _texts(tomllib.loads(written(native, "toml"))) == native


def test_what_says_nothing_is_left_out_of_toml_and_means_the_same() -> None:
    native: Value = {
        "title": None,
        "services": {"mail": None, "wiki": {"name": "Wiki", "operator": None}},
        "events": None,
        "notes": ["a", None],
    }
    assert read_back(native, "toml") == {
        "notes": ["a"],
        "events": [],
        "services": {"mail": {}, "wiki": {"name": "Wiki"}},
    }


@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_kakao_timeline_is_the_same_in_every_notation(notation: str) -> None:
    native = parsed(KAKAO.read_text(encoding="utf-8"), "yaml").data
    assert read_back(native, notation) == native


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022-10-15 15:19", "2022-10-15 15:19"),
        ("~15:33", "~15:33"),
        ("power-cut + 4h", "power-cut + 4h"),
        ("22:00>", "22:00>"),
        ("99.9%", "99.9%"),
        ("47500000", "47500000"),
        ("SK C&C", "SK C&C"),
        ("Kakao's", "Kakao's"),
        ("https://example.org/a", "https://example.org/a"),
        ("佐々木和義", "佐々木和義"),
        ("?", '"?"'),
        ("~", '"~"'),
        ("", '""'),
        ("no", '"no"'),
        ("NULL", '"NULL"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a, b", '"a, b"'),
        ("- a", '"- a"'),
        ("*a", '"*a"'),
        ("a\nb", r'"a\nb"'),
        ("\ufeff", r'"\ufeff"'),
    ],
)
def test_yaml_has_quotes_only_where_they_are_needed(text: str, shown: str) -> None:
    assert written({"events": [{"at": text}]}, "yaml") == f"events:\n  - {{at: {shown}}}\n"


@pytest.mark.parametrize(
    ("event", "lines"),
    [
        ({"at": "2022-10-15 15:19", "what": "Fire", "id": "fire"}, "2022-10-15\n15:19 Fire #fire"),
        ({"at": "~2022-10-15 15:33", "what": "x"}, "2022-10-15\n~15:33 x"),
        ({"at": "~15:33", "what": "x"}, "~15:33 x"),
        ({"at": "by 08:00", "what": "x"}, "[by 08:00] x"),
        ({"at": "2022-10-16", "what": "x"}, "[2022-10-16] x"),
        ({"at": "2022-10-16", "what": "15:19"}, "[2022-10-16] 15:19"),
        ({"at": "2022-10-16"}, "[2022-10-16]"),
        ({"at": "15:33~", "what": "x"}, "[] x\n  at: 15:33~"),
        ({"at": "?", "up": "a"}, "?  a: up"),
        ({"what": "x"}, "[] x"),
        ({"at": "+4h", "what": "a #b"}, '+4h "a #b"'),
        ({"at": "+4h", "what": "a: up"}, '+4h "a: up"'),
        ({"at": "+4h", "what": "a", "down": ["b", "c"]}, "+4h a  b, c: down"),
        ({"at": "+4h", "what": "a", "down": ["b"]}, "+4h a\n  down: [b]"),
        ({"at": "+4h", "what": "a", "note": "b: c"}, "+4h a\n  note: b: c"),
        ({"at": "+4h", "what": "a", "note": "[b] c"}, '+4h a\n  note: "[b] c"'),
    ],
)
def test_plain_text_is_written_as_people_do(event: dict[str, Value], lines: str) -> None:
    assert written({"events": [event]}, "plain") == f"{lines}\n"


def _texts(value: object) -> Value:
    """Return what a parser found, its numbers as texts again."""
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    return str(value)


@pytest.mark.parametrize("words", ["pm shift begins", "UTC is back", "- 12:00", "頃合い", "am 3"])
def test_words_that_could_belong_to_the_time_are_put_in_quotes(words: str) -> None:
    event: Value = {"at": "2022-01-01 10:00", "what": words, "unknown": "a"}
    text = written({"timezone": "UTC", "services": {"a": None}, "events": [event]}, "plain")
    reading = read(Source("story.outage", text.encode(), "plain"))
    assert {each.code for each in reading.problems} <= {"never-closed"}
    assert reading.timeline
    assert reading.timeline.events[0].what == words
