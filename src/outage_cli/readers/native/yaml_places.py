"""Where the nodes of a YAML tree stand in their text. Nothing is looked for until somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from outage_cli.model.event import Key
from outage_cli.model.problem import Place
from outage_cli.readers.document import Way
from outage_cli.readers.native.yaml_parser import ryml
from outage_cli.readers.source import Text

# The functions behind the methods of a tree: a walk is made of nothing else, and each method would
# cost it a second call.
is_map, is_seq = ryml.ryml._ryml.Tree_is_map, ryml.ryml._ryml.Tree_is_seq  # noqa: SLF001
key, value = ryml.ryml._ryml.Tree_key, ryml.ryml._ryml.Tree_val  # noqa: SLF001
has_key, has_value = ryml.ryml._ryml.Tree_has_key, ryml.ryml._ryml.Tree_has_val  # noqa: SLF001
first_child = ryml.ryml._ryml.Tree_first_child  # noqa: SLF001
next_sibling = ryml.ryml._ryml.Tree_next_sibling  # noqa: SLF001
NONE: int = ryml.NONE

_QUOTES = ('"', "'")
_INSIDE = ("", " ", "#", "\r")
_QUOTED = r'(?s)"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''


def read(view: memoryview | None) -> str:
    """Return the text of a scalar."""
    return "" if view is None else str(view, "utf-8", "replace")


def children(tree: ryml.Tree, node: int) -> Iterator[int]:
    """Yield the nodes right below one, in order."""
    child = first_child(tree, node)
    while child != NONE:
        yield child
        child = next_sibling(tree, child)


class YamlPlaces:
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
        self.elements: dict[Way, list[tuple[int, bool, int | None]]] = {}
        self.lists: dict[Key, list[int]] = {}

    def find(self, way: Way, of_key: bool) -> Place:  # noqa: FBT001 - the form of Document.find
        """Return the place of the value at the end of a way, or of the key before it."""
        node, parent = self.root, self.root
        for step in way:
            child = self._step(node, step)
            if child is None:
                break  # what an alias brought in stands where the alias does
            node, parent = child, node
        else:
            if not of_key and way and self.tree.is_seq(parent):
                return self._element(parent, way)
        return self.of_key(node) if of_key and has_key(self.tree, node) else self.of_node(node)

    def line(self, way: Way) -> int:
        """Return the line of the value at the end of a way."""
        if len(way) == 2 and isinstance(way[1], int):  # noqa: PLR2004 - most that are asked for
            if way[0] not in self.lists:
                self.lists[way[0]] = self._lines(str(way[0]))
            if lines := self.lists[way[0]]:
                return lines[way[1]]
        elements = self.elements.get(way[:-1])
        at = way[-1] if way else None
        if elements and isinstance(at, int) and (start := elements[at][2]) is not None:
            return self.text.line_of(start)
        return self.find(way, False).line  # noqa: FBT003

    def _lines(self, name: str) -> list[int]:
        """Return the lines on which the elements of a list begin that stands below a key.

        In the block style they begin at one column, and no other line of the list does; so there is
        no need to ask the tree. Of a list in another style this is none.
        """
        head, mark, found = f"{name}:", "", list[int]()
        below = False
        for number, line in enumerate(self.text.text.split("\n"), 1):
            if not below:
                below = line.startswith(head)
                if below and line[len(head) :].strip():
                    return []
                continue
            if not mark and line.lstrip(" ").startswith("- "):
                mark = line[: line.index("- ") + 2]
            if mark and line.startswith(mark):
                found.append(number)
                if not line[len(mark) :].lstrip(" {")[:1].isalpha():
                    return []
            elif line[:1] not in _INSIDE:
                break
            elif not mark and line.strip() and not line.lstrip().startswith("#"):
                return []
        node = self._step(self.root, name)
        is_list = node is not None and is_seq(self.tree, node)
        return found if is_list and self.tree.num_children(node) == len(found) else []

    def _element(self, parent: int, way: Way) -> Place:
        """Return the place of an element of a list: where one is asked for, others follow."""
        if way[:-1] not in self.elements:
            firsts = [self._first(each) for each in self._below(parent)]
            starts = self._offsets(firsts)
            self.elements[way[:-1]] = [
                (*first, start) for first, start in zip(firsts, starts, strict=True)
            ]
        at = way[-1]
        node, is_key, start = self.elements[way[:-1]][at if isinstance(at, int) else 0]
        return self._place(node, is_key) if start is None else self._at(node, is_key, start)

    def of_key(self, node: int) -> Place:
        """Return the place of a node's key."""
        return self._place(node, is_key=True)

    def of_node(self, node: int) -> Place:
        """Return the place of a scalar, or of the first thing in a list or mapping."""
        return self._place(*self._first(node))

    def _first(self, node: int) -> tuple[int, bool]:
        """Return the scalar that a node begins with, and whether it is a key."""
        tree = self.tree
        while (child := NONE if has_value(tree, node) else first_child(tree, node)) != NONE:
            node = child
            if has_key(tree, node):
                return node, True
        has_text = has_value(tree, node) and len(tree.val(node) or b"") > 0
        return node, not has_text and has_key(tree, node)

    def _step(self, node: int, step: Key) -> int | None:
        if isinstance(step, int):
            below = self._below(node) if self.tree.is_seq(node) else []
            return below[step] if step < len(below) else None
        found: int = self.tree.find_child(node, step.encode()) if self.tree.is_map(node) else NONE
        return None if found == NONE else found

    def _below(self, node: int) -> list[int]:
        if node not in self.below:
            self.below[node] = list(children(self.tree, node))
        return self.below[node]

    def _place(self, node: int, is_key: bool) -> Place:  # noqa: FBT001
        if not self.starts:  # where one thing is wrong, more may be: find all
            every = range(self.tree.size())
            wanted = [(each, True) for each in every if self.tree.has_key(each)]
            wanted += [(each, False) for each in every if self.tree.has_val(each)]
            self.starts = dict(zip(wanted, self._offsets(wanted), strict=True))
        start = self.starts.get((node, is_key))
        if start is not None:
            return self._at(node, is_key, start)
        return Place(self.text.name) if is_key else self._place(node, is_key=True)

    def _at(self, node: int, is_key: bool, start: int) -> Place:  # noqa: FBT001
        """Return the place of a scalar that begins `start` bytes into the text."""
        text, offset, tree = self.text.text, self.text.offset(start), self.tree
        if text[offset - 1 : offset] in _QUOTES and (
            tree.is_key_quoted if is_key else tree.is_val_quoted
        )(node):
            quoted = re.compile(_QUOTED).match(text, offset - 1)
            return self.text.place(offset - 1, len(quoted[0]) if quoted else 1)
        view = (key if is_key else value)(tree, node)
        return self.text.place(offset, len(read(view).partition("\n")[0]))

    def _offsets(self, wanted: list[tuple[int, bool]]) -> list[int | None]:
        """Return how many bytes into the text each scalar begins, or None for one that moved."""
        buffer = bytearray(self.text.data)
        marked = ryml.parse_in_place(buffer)
        views = [(key if is_key else value)(marked, node) or b"" for node, is_key in wanted]
        rounds: list[list[int]] = []
        for digit in range(-2, (len(buffer).bit_length() + 7) // 8):
            buffer[:] = _digits(digit, len(buffer))
            rounds.append([view[0] if view else 0 for view in views])
        two, one, *digits = rounds  # the rounds that fill the buffer with 2, and with 1
        offsets = [int.from_bytes(row, "little") for row in zip(*digits, strict=True)]
        stays = zip(offsets, two, one, strict=True)
        return [offset if (a, b) == (2, 1) else None for offset, a, b in stays]


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
