"""Values of a native timeline, and texts in quotes, for all writers of the native format."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""A timeline as it was read: every scalar is its text in the file."""

UNSEEN = "\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
"""Invisible characters, which are written as escapes: part of a character class."""

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_HALF = "\ud800-\udfff"  # one half of a surrogate pair


def quoted(text: str) -> str:
    r"""Return a text in double quotes, as JSON, TOML, YAML and plain text all read it: `"a\tb"`."""
    return escaped(
        _ENCODE(re.sub(f"[{_HALF}]", "\ufffd", text) if not text.isprintable() else text)
    )


def escaped(text: str) -> str:
    r"""Return JSON with invisible characters written as escapes: `\ufeff`."""
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(f"[{UNSEEN}{_HALF}]", lambda sign: f"\\u{ord(sign[0]):04x}", text)
