"""What the writers of the native timeline share: the values they get, and texts in quotes."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""A timeline as it was read: every scalar is the text that stood in the file."""

UNSEEN = "\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
"""Characters that nobody sees and no file should hold as they are."""

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_HALF = "\ud800-\udfff"


def quoted(text: str) -> str:
    r"""Return a text in double quotes, as JSON, TOML, YAML and plain text all read it: `"a\tb"`."""
    return escaped(
        _ENCODE(re.sub(f"[{_HALF}]", "\ufffd", text) if not text.isprintable() else text)
    )


def escaped(text: str) -> str:
    r"""Return JSON with what nobody sees written as escapes: `\ufeff`."""
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(f"[{UNSEEN}{_HALF}]", lambda found: f"\\u{ord(found[0]):04x}", text)
