"""Which columns a table has: their keys, choosing among them, and the room they need."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from outage_cli import writers


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
