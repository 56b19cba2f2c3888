"""The YAML parser, rapidyaml: the only module that knows it.

It leaves scalars as text, aliases unexpanded and duplicate keys in place, and is some twenty times
as fast as PyYAML's C loader. Nodes of a tree are numbers; `NONE` is no node.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TypeAlias

_DEPRECATION = "deprecation"


class _StandIn(ModuleType):
    """Takes the place of `deprecation`, which marks retired names of the parser.

    The real one imports `packaging` to compare versions. No retired name is used here.
    """

    @staticmethod
    def deprecated(**_: object) -> object:
        """Return a decorator that leaves a function as it is."""
        return lambda function: function


_is_imported = _DEPRECATION in sys.modules
if not _is_imported:
    sys.modules[_DEPRECATION] = _StandIn(_DEPRECATION)
try:
    import ryml
finally:
    if not _is_imported:
        del sys.modules[_DEPRECATION]

Tree: TypeAlias = ryml.Tree
NONE: int = ryml.NONE

# The functions behind the methods of a tree: a walk calls nothing else, and each method would cost
# it a second call.
is_map, is_seq = ryml.ryml._ryml.Tree_is_map, ryml.ryml._ryml.Tree_is_seq  # noqa: SLF001
key, value = ryml.ryml._ryml.Tree_key, ryml.ryml._ryml.Tree_val  # noqa: SLF001
has_key, has_value = ryml.ryml._ryml.Tree_has_key, ryml.ryml._ryml.Tree_has_val  # noqa: SLF001
first_child = ryml.ryml._ryml.Tree_first_child  # noqa: SLF001
next_sibling = ryml.ryml._ryml.Tree_next_sibling  # noqa: SLF001
is_null, is_alias = ryml.ryml._ryml.Tree_val_is_null, ryml.ryml._ryml.Tree_is_val_ref  # noqa: SLF001


class NotYaml(Exception):  # noqa: N818 - a mistake in a text, not in the program
    """The parser's message about a text, and where it is, in bytes from the start."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def parse(data: bytes) -> Tree:
    """Return the tree of a text. Raises NotYaml."""
    try:
        with _quiet():
            return ryml.parse_in_arena(data)
    except ryml.ExceptionParse as error:
        raise NotYaml(error.msg, error.errdata_parse.ymlloc.offset) from None


def as_json(tree: Tree, root: int) -> str:
    """Return the values below a node as the parser writes them as JSON. Raises RecursionError."""
    try:
        with _quiet():
            text: str = ryml.emit_json(tree, root)
    except ryml.ExceptionVisit:
        raise RecursionError from None
    return text


def documents(tree: Tree) -> list[int]:
    """Return the nodes of the documents of a tree."""
    root: int = tree.root_id()
    return list(children(tree, root)) if tree.is_stream(root) else [root]


def children(tree: Tree, node: int) -> Iterator[int]:
    """Yield the nodes right below one, in order."""
    child = first_child(tree, node)
    while child != NONE:
        yield child
        child = next_sibling(tree, child)


def child_of(tree: Tree, node: int, name: str) -> int:
    """Return the node below a mapping that has a key, or NONE."""
    found: int = tree.find_child(node, name.encode()) if is_map(tree, node) else NONE
    return found


def count_children(tree: Tree, node: int) -> int:
    """Return how many nodes are right below one."""
    count: int = tree.num_children(node)
    return count


def text_of(view: memoryview | None) -> str:
    """Return the text of a scalar."""
    return "" if view is None else str(view, "utf-8", "replace")


def anchor(tree: Tree, node: int) -> bytes | None:
    """Return the anchor of a value, if it has one."""
    return bytes(tree.val_anchor(node) or b"") if tree.has_val_anchor(node) else None


def tag(tree: Tree, node: int) -> bytes | None:
    """Return the tag of a value, if it has one."""
    return bytes(tree.val_tag(node) or b"") if tree.has_val_tag(node) else None


def is_quoted(tree: Tree, node: int, *, of_key: bool) -> bool:
    """Return whether the key or the value of a node stands in quotes."""
    return bool((tree.is_key_quoted if of_key else tree.is_val_quoted)(node))


def scalars(tree: Tree) -> list[tuple[int, bool]]:
    """Return all scalars: the node of each, and whether it is the key there."""
    nodes = range(tree.size())
    keys = [(node, True) for node in nodes if has_key(tree, node)]
    return keys + [(node, False) for node in nodes if has_value(tree, node)]


def scalar_offsets(data: bytes, wanted: list[tuple[int, bool]]) -> list[int | None]:
    """Return how many bytes into a text each scalar begins, or None where that is not known.

    A scalar of a tree is a view into the buffer from which it was parsed. So a second copy is
    parsed, every byte of its buffer is overwritten with a digit of its own offset, one digit a
    round, and the views then read where they are. A scalar that became longer when it was unescaped
    is stored elsewhere, so that its view does not change.
    """
    buffer = bytearray(data)
    tree = ryml.parse_in_place(buffer)
    views = [(key if is_key else value)(tree, node) or b"" for node, is_key in wanted]
    rounds: list[list[int]] = []
    for digit in range(-2, (len(buffer).bit_length() + 7) // 8):
        buffer[:] = _digits(digit, len(buffer))
        rounds.append([view[0] if view else 0 for view in views])
    two, one, *digits = rounds  # the rounds that fill the buffer with 2, and with 1
    offsets = [int.from_bytes(row, "little") for row in zip(*digits, strict=True)]
    checks = zip(offsets, two, one, strict=True)
    return [offset if (a, b) == (2, 1) else None for offset, a, b in checks]


def _digits(digit: int, length: int) -> bytes:
    """Return, for each offset below `length`, its digit to the base of 256.

    Rounds before digit 0 fill the buffer with one value each, which tells the views into it from
    others.
    """
    if digit < 0:
        return bytes([-digit]) * length
    width = 256**digit
    values = range(min(256, length // width + 1))
    once = b"".join(bytes([value]) * width for value in values)
    return (once * (length // len(once) + 1))[:length]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the parser from printing its errors, which it writes to file descriptor 2 by itself."""
    if sys.stderr is not None:  # closed by the process that started this one
        sys.stderr.flush()
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield  # file descriptor 2 is closed, nothing can be printed
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
