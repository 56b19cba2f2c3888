"""All values of a large YAML text at once, by way of JSON: faster than a walk over its nodes.

The parser writes the tree as JSON, which is read back with numbers as text. That is right only for
a text without scalars that JSON would change.
"""

from __future__ import annotations

import json
import re

from outage_cli.readers.document import Value
from outage_cli.readers.native.yaml_parser import Tree, as_json

_CHANGED = (
    rb"(?:^|[\s\[{,:-])(?:[-+]?\.\d|[-+]?\d+\.(?=\s*(?:[,\]}\n#]|$))"
    rb"|[\"']?[-+]?\.?(?i:nan|inf|true|false)"
    rb"|~(?=\s*(?:[,\]}\n#]|$))|N(?i:ull)|\?(?:[\s,\]}]|$))|[\[{,]\s*:"
)
"""Scalars that the parser writes otherwise than they stand: `.5`, `1.`, `nan`, `~`."""

_HINTS = (b"~", b"?", b"nan", b"inf", b"true", b"false", b"null")
_DOTTED = rb"[\s\[{,:+-]\.|\.[\s,\]}#]|\.$|^\.|[\[{,]\s*:"
"""What a text with such a scalar contains: much faster to search for."""


class _DuplicateKeyError(ValueError):
    """A mapping has a key twice."""


def values(data: bytes, tree: Tree, root: int) -> Value:
    """Return the values below a mapping or list.

    None where only a walk over the nodes gets them right. Raises RecursionError where they are
    nested too deep.
    """
    if _has_changed_scalar(data):
        return None
    decoder = json.JSONDecoder(
        strict=False, object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=str
    )
    try:
        value: Value = decoder.decode(as_json(tree, root))
    except ValueError:  # a key stands twice, or the parser wrote a number that JSON does not know
        return None
    return value


def _unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise _DuplicateKeyError
    return mapping


def _has_changed_scalar(data: bytes) -> bool:
    lowered = data.lower()
    may_have = any(hint in lowered for hint in _HINTS) or re.search(_DOTTED, data)
    return bool(may_have and re.search(_CHANGED, data))
