"""Which columns a table has: their keys, choosing among them, and the room they need."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from outage_cli import writers
from outage_cli.model import columns


def test_a_key_stands_for_one_heading_in_every_table() -> None:
    found = defaultdict(set)
    for path in Path(writers.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column":
                key, heading = (ast.literal_eval(each) for each in node.args)
                assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key), key
                found[key].add(heading)
    assert len(found) > 50
    assert {key: each for key, each in found.items() if len(each) > 1} == {}


USUAL, KNOWN, FIRST = (
    ("service", "strip", "a", "b"),
    ("service", "strip", "a", "b", "c"),
    ("service",),
)


@pytest.mark.parametrize(
    ("text", "keys", "asked"),
    [
        ("b,a", "service b a", "a b"),
        ("b,service", "b service", "b service"),
        ("+c", "service strip a b c", "c"),
        ("-a, -strip", "service b", ""),
        ("+c,-service", "strip a b c", "c"),
        ("B, b", "service b", "b"),
        ("+b", "service strip a b", "b"),
        ("c,-service", "c", "c"),
        ("all,-a", "service strip b c", "service strip b c"),
        ("-a,+a", "service strip b a", "a"),
        ("+all", "service strip a b c", "service strip a b c"),
        ("+c,a", "service strip a b c", "a c"),
        ("-all", "", ""),
    ],
)
def test_columns_are_named_added_or_taken_away(text: str, keys: str, asked: str) -> None:
    found = columns.resolved(columns.split(text), USUAL, KNOWN, FIRST)
    assert (found.keys, found.asked) == (tuple(keys.split()), frozenset(asked.split()))


def test_names_may_be_written_as_headings() -> None:
    assert columns.split("Users lost,+budget_left,,") == ["users-lost", "+budget-left"]
