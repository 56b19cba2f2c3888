"""The native timeline in YAML. The parser keeps every scalar as text, so nothing is reinterpreted.

The parser is rapidyaml: it leaves scalars alone, aliases unexpanded and duplicate keys in place,
and is some twenty times as fast as PyYAML's C loader. It knows no places; `Places` finds them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from outage_cli.model.problem import ERROR, WARNING, Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Document, Value, Way
from outage_cli.readers.native import timeline as native
from outage_cli.readers.native import yaml_places
from outage_cli.readers.native.yaml_parser import ryml
from outage_cli.readers.source import Source, Text

MOST_ALIASED = 10_000
"""How many values aliases may stand for in one file. More is an alias bomb."""

_SPECIAL = (b"&", b"*", b"!")
_SPECIALS = rb"(?<!\w)[&*!]"
"""Without one of these a text has no anchor, alias or tag, and a walk need not ask for them."""

_LONE = r"\r(?!\n)"

_WORTH_IT = 200_000
"""From how many bytes on the fast way saves more than it takes to find out whether it may go."""

_NOT_JSON = (
    rb"(?:^|[\s\[{,:-])(?:[-+]?\.\d|[-+]?\d+\.(?=\s*(?:[,\]}\n#]|$))"
    rb"|[\"']?[-+]?\.?(?i:nan|inf|true|false)"
    rb"|~(?=\s*(?:[,\]}\n#]|$))|N(?i:ull)|\?(?:[\s,\]}]|$))|[\[{,]\s*:"
)
"""Scalars that the parser would write otherwise than they stand: `.5`, `1.`, `nan`, `~`."""

_HINTS = (b"~", b"?", b"nan", b"inf", b"true", b"false", b"null")
_DOTTED = rb"[\s\[{,:+-]\.|\.[\s,\]}#]|\.$|^\.|[\[{,]\s*:"
"""What a text must have in it to have one of those: much faster to look for."""

_CORE_TAGS = (b"!!str", b"!!int", b"!!float", b"!!bool", b"!!null", b"!!map", b"!!seq")
_NULL_LENGTH = len("null") + 1


def read(source: Source) -> ReadResult:
    """Read a native timeline from YAML 1.2."""
    return native.read(source, document)


def document(text: Text) -> Document | Problem:
    """Parse YAML. Troubles of the text as a whole come back as one problem."""
    if "\r" in text.text and re.search(_LONE, text.text):  # ends a line, and so does its stand-in
        text = Text(text.name, re.sub(_LONE, "\n", text.text))
    text = _uncommented(text)
    try:
        with _quiet():
            tree = ryml.parse_in_arena(text.data)
    except ryml.ExceptionParse as error:
        return _not_yaml(text, error)
    return _Walk(text, tree).document()


_CLOSED = r"[\r\n][ \t]*[,}]"
"""A line that begins with a comma or a brace."""

_GAP = r"(?:[\r\n]+[ \t]*(?:#[^\r\n]*)?)*"
_LEFT_ALONE = r"(?m)[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$|.{2000}"
"""A block scalar, in which there are no comments, or a line that nobody wrote by hand."""


def _uncommented(text: Text) -> Text:
    """Return a text without the comments that the parser takes for a part of what is before them.

    That is `{a: b # comment`, where a brace or a comma stands in a later line: it takes the place
    of the comment. All else stays where it is.
    """
    whole = text.text
    if " #" not in whole and "\t#" not in whole:
        return text
    if not re.search(_CLOSED, whole) or re.search(_LEFT_ALONE, whole):
        return text
    open_: list[str] = []
    parts, since, seen = [], 0, 0
    for found in re.finditer(_SIGNS, whole):
        sign, start = found[0], found.start()
        if sign in {"[", "{"}:
            open_.append(sign)
        elif sign in {"]", "}"}:
            if start >= since:  # else it was moved
                open_ = open_[:-1]
        elif sign[0] in " \t" and open_[-1:] == ["{"] and start >= seen:
            gap = re.compile(_GAP).match(whole, found.end())
            seen = gap.end() if gap else found.end()
            if whole[seen : seen + 1] in {",", "}"}:
                blank = re.sub(r"[^\r\n]", " ", whole[start + 1 : seen + 1])
                parts += [whole[since:start], whole[seen], blank]
                since = seen + 1
                open_ = open_[:-1] if whole[seen] == "}" else open_
    return Text(text.name, "".join([*parts, whole[since:]])) if parts else text


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the parser from printing its errors: it writes them to file descriptor 2 by itself."""
    if sys.stderr is not None:  # closed by whoever started us
        sys.stderr.flush()
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield  # stderr is closed, nothing can be printed
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _not_yaml(text: Text, error: ryml.ExceptionParse) -> Problem:
    where = error.errdata_parse.ymlloc
    place = text.place(text.offset(min(where.offset, len(text.data))))
    shown = text.line(place.line)
    message = f"is not YAML: {error.msg}".replace(": parse error", " from here on")
    hint = "check the indentation, brackets and quotes here and above"
    if "containers as keys" in error.msg:
        message = "is not a timeline: a key here is a mapping or a list"
        hint = "write a word before the colon, as in `down: naver`"
    elif opened := _unclosed(text, place.line):
        message, hint = f"is not YAML: `{opened[0]}` is not closed", f"close it with `{opened[1]}`"
        place = opened[2]
    elif shown[: len(shown) - len(shown.lstrip())].count("\t"):
        message, hint = "is not YAML: a tab indents this line", "indent with spaces"
    elif shown.rstrip().endswith(": ?"):
        hint = 'put the question mark in quotes: "?"'
    elif shown.count(": ") > 1 or "colon" in error.msg:
        hint = "put a text that holds `: ` in quotes"
    elif shown.lstrip().startswith(("@", "`", "%")) or ": %" in shown:
        hint = "put a text that starts with a special character in quotes"
    return Problem("not-yaml", message, place, hint)


_SIGNS = r"""(?m)"(?:[^"\\\n]|\\.)*"|(?<![^\s\[{,:])'(?:[^'\n]|'')*'|(?:^|\s)#.*$|[\[\]{}]"""


def _unclosed(text: Text, line: int) -> tuple[str, str, Place] | None:
    """Return the bracket that is still open where a line starts, what closes it, and its place."""
    open_: list[tuple[str, int]] = []
    for found in re.finditer(_SIGNS, text.text[: text.starts[line - 1]]):
        if found[0] in "[{" and found[0]:
            open_.append((found[0], found.start()))
        elif found[0] in "]}" and open_:
            open_.pop()
    if not open_:
        return None
    sign, offset = open_[-1]
    return sign, {"[": "]", "{": "}"}[sign], text.place(offset)


class _DuplicateKey(Exception):  # noqa: N818 - a signal between two ways of reading, not an error
    """A mapping has a key twice."""


def _plain(tree: ryml.Tree, root: int) -> Value:
    """Return the values below a node, all at once: the fast way, for a text with nothing special.

    The parser writes the tree as JSON, which is read back without a number being touched. Raises
    `_DuplicateKey`, and ValueError where the parser took for a number what JSON does not.
    """

    def unique(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise _DuplicateKey
        return found

    decoder = json.JSONDecoder(
        strict=False, object_pairs_hook=unique, parse_int=str, parse_float=str, parse_constant=str
    )
    value: Value = decoder.decode(ryml.emit_json(tree, root))
    return value


def _has_oddities(data: bytes) -> bool:
    lowered = data.lower()
    may_have = any(hint in lowered for hint in _HINTS) or re.search(_DOTTED, data)
    return bool(may_have and re.search(_NOT_JSON, data))


class _Walk:
    """One walk over a parsed tree, from nodes to values."""

    def __init__(self, text: Text, tree: ryml.Tree) -> None:
        self.text, self.tree = text, tree
        self.places = yaml_places.YamlPlaces(text, tree)
        self.anchors: dict[bytes, int] = {}
        self.aliased = 0
        self.deepest = 0
        self.problems: list[Problem] = []
        has_signs = any(sign in text.data for sign in _SPECIAL)
        self.is_special = has_signs and re.search(_SPECIALS, text.data) is not None

    def document(self) -> Document | Problem:
        root = self.tree.root_id()
        if self.tree.is_stream(root):
            if self.tree.num_children(root) > 1:
                second = self.tree.next_sibling(self.tree.first_child(root))
                place = self.places.of_node(second)
                hint = "write one timeline a file"
                return Problem("several-documents", "holds several YAML documents", place, hint)
            root = self.tree.first_child(root)
        self.places.root = root
        try:
            data = self.data(root)
        except RecursionError:
            place = self.places.of_node(self.deepest) if self.deepest else Place(self.text.name)
            return TOO_DEEP.at(place)
        return Document(data, self.places.find, tuple(self.problems), self.places.line)

    def data(self, root: int) -> Value:
        has_below = yaml_places.first_child(self.tree, root) != yaml_places.NONE
        is_large = len(self.text.data) > _WORTH_IT
        if is_large and has_below and not self.is_special and not _has_oddities(self.text.data):
            try:
                with _quiet():
                    return _plain(self.tree, root)
            except (_DuplicateKey, ValueError):
                pass  # the walk gets it right, and says where what is
            except ryml.ExceptionVisit:
                raise RecursionError from None
        return self.value(root, ())

    def value(self, node: int, way: Way) -> Value:
        tree = self.tree
        if len(way) > DEEPEST:
            self.deepest = self.deepest or node
            raise RecursionError
        if self.is_special:
            if tree.has_val_anchor(node):
                self.anchors[_bytes(tree.val_anchor(node))] = node
            if tree.has_val_tag(node) and not _bytes(tree.val_tag(node)).startswith(_CORE_TAGS):
                hint = "leave the tag out"
                self.say("tag", "has a YAML tag, which means nothing here", way, hint, WARNING)
            if tree.is_val_ref(node):
                return self.alias(_bytes(tree.val(node)), way)
        if yaml_places.is_map(tree, node):
            return self.mapping(node, way)
        if yaml_places.is_seq(tree, node):
            return [
                self.value(child, (*way, at))
                for at, child in enumerate(yaml_places.children(tree, node))
            ]
        view = yaml_places.value(tree, node)
        if view is None or (len(view) < _NULL_LENGTH and tree.val_is_null(node)):
            return None
        return str(view, "utf-8", "replace")

    def mapping(self, node: int, way: Way) -> Value:
        tree = self.tree
        found: dict[str, Value] = {}
        merged: list[Value] = []
        for child in yaml_places.children(tree, node):
            key = yaml_places.read(yaml_places.key(tree, child))
            if key == "<<" and tree.is_val_ref(child):
                merged.append(self.alias(_bytes(tree.val(child)), (*way, key)))
            elif key in found:
                hint = "merge the two, or rename one"
                self.problems.append(
                    Problem(
                        "duplicate-key",
                        f"has the key `{key}` twice here",
                        self.places.of_key(child),
                        hint,
                    )
                )
            else:
                found[key] = self.value(child, (*way, key))
        for each in merged:
            if isinstance(each, dict):
                found = {**each, **found}
        return found

    def alias(self, name: bytes, way: Way) -> Value:
        node = self.anchors.get(name.lstrip(b"*"))
        if node is None:
            hint = "an anchor (&name) stands before the alias (*name) that uses it"
            self.say(
                "unknown-alias", f"uses the alias {name.decode()}, which nothing defines", way, hint
            )
            return None
        self.aliased += 1 + _size(self.tree, node, MOST_ALIASED)
        if self.aliased > MOST_ALIASED:
            if self.aliased < 2 * MOST_ALIASED:
                self.aliased += MOST_ALIASED
                self.say(
                    "too-many-aliases",
                    "unfolds into more values than a timeline can have",
                    way,
                    "write the values out instead of nesting aliases",
                )
            return None
        return self.value(node, way)

    def say(self, code: str, message: str, way: Way, hint: str, severity: str = ERROR) -> None:
        place = self.places.find(way, False)  # noqa: FBT003
        self.problems.append(Problem(code, message, place, hint, severity))


def _bytes(view: memoryview | None) -> bytes:
    return b"" if view is None else bytes(view)


def _size(tree: ryml.Tree, node: int, most: int) -> int:
    """Return how many nodes hang below one, counting no further than `most`."""
    count, waiting = 0, [node]
    while waiting and count < most:
        below = list(yaml_places.children(tree, waiting.pop()))
        count += len(below)
        waiting += below
    return count
