"""Where keys and values stand in a JSON text."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from outage_cli.readers.native.places import Notation, Scan, Scanner

STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*"'
_ATOM = r'[^\s,:\[\]{}"]++'
_NODE = rf"(?s)[\s,]*+((?:({STRING})\s*+:\s*+)?(?:{STRING}|{_ATOM}|([\[{{])|([\]}}])))"


def scan(text: str) -> Scan:
    """Return where everything stands in a valid text."""
    scanner = Scanner()
    here = scanner.here
    for match in re.finditer(_NODE, text):
        source, opened, closed = match.group(2, 3, 4)
        if closed:
            here = scanner.close()
            continue
        key = len(here) if source is None else _decoded(source)
        if opened or key in here:
            here = scanner.add(here, key, match.start(1), opened)
        else:  # most are, so without a call
            here[key] = match.start(1)
    return Scan(scanner.top[0], scanner.repeated)


@lru_cache(maxsize=1024)
def _decoded(key: str) -> str:
    return str(json.loads(key)) if "\\" in key else key[1:-1]


NOTATION = Notation(
    scan,
    key=rf"(?s)({STRING})\s*+:\s*+",
    token=rf"(?s){STRING}?|\[\s*+\]|{{\s*+}}|[\[\]{{}}]|{_ATOM}",
)
