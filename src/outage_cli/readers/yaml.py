"""The native timeline in YAML. The parser keeps every scalar as text, so nothing is reinterpreted.

The parser is rapidyaml: it leaves scalars alone, aliases unexpanded and duplicate keys in place,
and is some twenty times as fast as PyYAML's C loader. It knows no places; `Places` finds them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import ryml

from outage_cli.model.event import Key
from outage_cli.model.problem import ERROR, WARNING, Place, Problem
from outage_cli.model.timeline import Reading
from outage_cli.readers import native
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Document, Value, Way
from outage_cli.readers.source import Source, Text

MOST_ALIASED = 10_000
"""How many values aliases may stand for in one file. More is an alias bomb."""

_SPECIAL = (b"&", b"*", b"!")
"""Without one of these a text has no anchor, alias or tag, and a walk need not ask for them."""

_CORE_TAGS = (b"!!str", b"!!int", b"!!float", b"!!bool", b"!!null", b"!!map", b"!!seq")
_NULL_LENGTH = len("null") + 1

# The functions behind the methods of a tree: a walk is made of nothing else, and each method would
# cost it a second call.
_is_map, _is_seq = ryml.ryml._ryml.Tree_is_map, ryml.ryml._ryml.Tree_is_seq  # noqa: SLF001
_key, _value = ryml.ryml._ryml.Tree_key, ryml.ryml._ryml.Tree_val  # noqa: SLF001
_first_child = ryml.ryml._ryml.Tree_first_child  # noqa: SLF001
_next_sibling = ryml.ryml._ryml.Tree_next_sibling  # noqa: SLF001
_NONE: int = ryml.NONE


def read(source: Source) -> Reading:
    """Read a native timeline from YAML 1.2."""
    return native.read(source, document)


def document(text: Text) -> Document | Problem:
    """Parse YAML. Troubles of the text as a whole come back as one problem."""
    try:
        with _quiet():
            tree = ryml.parse_in_arena(text.data)
    except ryml.ExceptionParse as error:
        return _not_yaml(text, error)
    return _Walk(text, tree).document()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the parser from printing its errors: it writes them to file descriptor 2 by itself."""
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
    if opened := _unclosed(text, place.line):
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


class _Walk:
    """One walk over a parsed tree, from nodes to values."""

    def __init__(self, text: Text, tree: ryml.Tree) -> None:
        self.text, self.tree = text, tree
        self.places = Places(text, tree)
        self.anchors: dict[bytes, int] = {}
        self.aliased = 0
        self.problems: list[Problem] = []
        self.is_special = any(sign in text.data for sign in _SPECIAL)

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
            data = self.value(root, ())
        except RecursionError:
            return TOO_DEEP.at(Place(self.text.name))
        return Document(data, self.places.find, tuple(self.problems))

    def value(self, node: int, way: Way) -> Value:
        tree = self.tree
        if len(way) > DEEPEST:
            raise RecursionError
        if self.is_special:
            if tree.has_val_anchor(node):
                self.anchors[bytes(tree.val_anchor(node))] = node
            if tree.has_val_tag(node) and not bytes(tree.val_tag(node)).startswith(_CORE_TAGS):
                hint = "leave the tag out"
                self.say("tag", "has a YAML tag, which means nothing here", way, hint, WARNING)
            if tree.is_val_ref(node):
                return self.alias(bytes(tree.val(node)), way)
        if _is_map(tree, node):
            return self.mapping(node, way)
        if _is_seq(tree, node):
            return [self.value(child, (*way, at)) for at, child in enumerate(_children(tree, node))]
        view = _value(tree, node)
        if view is None or (len(view) < _NULL_LENGTH and tree.val_is_null(node)):
            return None
        return str(view, "utf-8", "replace")

    def mapping(self, node: int, way: Way) -> Value:
        tree = self.tree
        found: dict[str, Value] = {}
        merged: list[Value] = []
        for child in _children(tree, node):
            key = _text(_key(tree, child))
            if key == "<<" and tree.is_val_ref(child):
                merged.append(self.alias(bytes(tree.val(child)), (*way, key)))
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


def _text(view: memoryview | None) -> str:
    return "" if view is None else str(view, "utf-8", "replace")


def _children(tree: ryml.Tree, node: int) -> Iterator[int]:
    child = _first_child(tree, node)
    while child != _NONE:
        yield child
        child = _next_sibling(tree, child)


def _size(tree: ryml.Tree, node: int, most: int) -> int:
    """Return how many nodes hang below one, counting no further than `most`."""
    count, waiting = 0, [node]
    while waiting and count < most:
        below = list(_children(tree, waiting.pop()))
        count += len(below)
        waiting += below
    return count


class Places:
    """Where the nodes of a tree stand in the text, found when somebody asks.

    A scalar of a tree is a view into the buffer it was parsed from. So a second copy is parsed,
    every byte of its buffer is overwritten with a digit of its own offset, one digit a round, and
    the views then read where they are. A scalar that grew when it was unescaped lives elsewhere
    and does not follow; the key beside it stands in.
    """

    def __init__(self, text: Text, tree: ryml.Tree) -> None:
        self.text, self.tree = text, tree
        self.root: int = tree.root_id()
        self.starts: dict[tuple[int, bool], int | None] = {}
        self.below: dict[int, list[int]] = {}
        self.located: set[int] = set()

    def find(self, way: Way, of_key: bool) -> Place:  # noqa: FBT001 - the form of Document.find
        """Return the place of the value at the end of a way, or of the key before it."""
        node, parent = self.root, self.root
        for step in way:
            child = self._step(node, step)
            if child is None:
                break  # what an alias brought in stands where the alias does
            node, parent = child, node
        if parent not in self.located and self.tree.is_seq(parent):
            self.located.add(parent)  # one of many is asked for: others will follow
            self._locate([self._first(each) for each in self._below(parent)])
        return self.of_key(node) if of_key and self.tree.has_key(node) else self.of_node(node)

    def of_key(self, node: int) -> Place:
        """Return the place of a node's key."""
        return self._place(node, is_key=True)

    def of_node(self, node: int) -> Place:
        """Return the place of a scalar, or of the first thing in a list or mapping."""
        return self._place(*self._first(node))

    def _first(self, node: int) -> tuple[int, bool]:
        """Return the scalar that a node begins with, and whether it is a key."""
        tree = self.tree
        while not tree.has_val(node) and tree.has_children(node):
            node = tree.first_child(node)
            if tree.has_key(node):
                return node, True
        has_text = tree.has_val(node) and len(tree.val(node) or b"") > 0
        return node, not has_text and tree.has_key(node)

    def _step(self, node: int, step: Key) -> int | None:
        if isinstance(step, int):
            below = self._below(node) if self.tree.is_seq(node) else []
            return below[step] if step < len(below) else None
        found: int = (
            self.tree.find_child(node, step.encode()) if self.tree.is_map(node) else ryml.NONE
        )
        return None if found == ryml.NONE else found

    def _below(self, node: int) -> list[int]:
        if node not in self.below:
            self.below[node] = list(_children(self.tree, node))
        return self.below[node]

    def _place(self, node: int, is_key: bool) -> Place:  # noqa: FBT001
        if (node, is_key) not in self.starts:  # where one thing is wrong, more may be: find all
            every = range(self.tree.size())
            self._locate([(each, True) for each in every if self.tree.has_key(each)])
            self._locate([(each, False) for each in every if self.tree.has_val(each)])
        start = self.starts.get((node, is_key))
        if start is None:
            return Place(self.text.name) if is_key else self._place(node, is_key=True)
        text, offset = self.text.text, self.text.offset(start)
        tree = self.tree
        if (tree.is_key_quoted if is_key else tree.is_val_quoted)(node):
            quoted = re.compile(_QUOTED).match(text, offset - 1)
            return self.text.place(offset - 1, len(quoted[0]) if quoted else 1)
        length = len(_text(tree.key(node) if is_key else tree.val(node)).partition("\n")[0])
        return self.text.place(offset, length)

    def _locate(self, wanted: list[tuple[int, bool]]) -> None:
        """Find the offsets, in bytes, of scalars not yet found."""
        wanted = [each for each in wanted if each not in self.starts]
        if not wanted:
            return
        buffer = bytearray(self.text.data)
        marked = ryml.parse_in_place(buffer)
        views = [(marked.key if is_key else marked.val)(node) for node, is_key in wanted]
        offsets = [0] * len(views)
        stays = [bool(view) for view in views]
        for digit in range(-2, (len(buffer).bit_length() + 7) // 8):
            buffer[:] = _digits(digit, len(buffer))
            for at, view in enumerate(views):
                if not stays[at]:
                    continue
                if digit >= 0:
                    offsets[at] |= view[0] << 8 * digit
                else:
                    stays[at] = view[0] == buffer[0]
        for each, offset, stayed in zip(wanted, offsets, stays, strict=True):
            self.starts[each] = offset if stayed else None


_SIGNS = r"""(?m)"(?:[^"\\\n]|\\.)*"|(?<![^\s\[{,:])'(?:[^'\n]|'')*'|(?:^|\s)#.*$|[\[\]{}]"""
_QUOTED = r'(?s)"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''


def _digits(digit: int, length: int) -> bytes:
    """Return, for each offset below `length`, its digit to the base of 256.

    Rounds before digit 0 fill the buffer with one value each: a view that does not follow is not
    a view into it.
    """
    if digit < 0:
        return bytes([-digit]) * length
    each = 256**digit
    values = range(min(256, length // each + 1))
    once = b"".join(bytes([value]) * each for value in values)
    return (once * (length // len(once) + 1))[:length]
