"""The native timeline in TOML. Numbers, dates and times stay the text that they are written with.

The standard library parses and finds mistakes; here they get words that say what to do.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from outage_cli.model.problem import Problem
from outage_cli.model.timeline import Reading
from outage_cli.readers import native
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Document
from outage_cli.readers.places import Branch, Notation, Places, Scan, settled
from outage_cli.readers.source import Source, Text

_TEXT = (  # also one that is never closed
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
)
_BARE = r"""\d{4}-\d\d-\d\d[ ]\d\d:[^\s,\]}#]++|[^\s,\[\]{}#"'=][^\s,\]}#]*+"""
_KEY = r"""(?:[\w-]++|"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""
_DOT = r"[ \t]*+\.[ \t]*+"
_IS = r"[ \t]*+=[ \t]*+"
_PATH = rf"{_KEY}(?:{_DOT}{_KEY})*+"
_NODE = rf"(?P<node>(?:(?P<path>{_PATH}){_IS})?+(?:{_TEXT}|{_BARE}|(?P<opened>[\[{{])))"
_LINE = (
    rf"(?sx)(?:\s++|\#[^\n]*+)*+(?:(?P<header>\[\[?)[ \t]*+(?P<name>{_PATH})[ \t]*+\]\]?|{_NODE})"
)
