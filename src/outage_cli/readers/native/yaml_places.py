"""Where the nodes of a YAML tree stand in their text. Nothing is searched before it is needed."""

from __future__ import annotations

import re

from outage_cli.model.event import Key
from outage_cli.model.problem import Place
from outage_cli.readers.document import Way
from outage_cli.readers.native import yaml_parser
from outage_cli.readers.native.yaml_parser import NONE, Tree, first_child, has_key, has_value
from outage_cli.readers.source import Text

_QUOTES = ('"', "'")
_INSIDE = ("", " ", "#", "\r")
_QUOTED = r'(?s)"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\''


class YamlPlaces:
    """The places of the nodes of one tree.

    Of a scalar whose offset the parser does not know, the place is that of its key.
    """

    def __init__(self, text: Text, tree: Tree, root: int) -> None:
        self.text, self.tree, self.root = text, tree, root
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
                break  # the values of an alias stand where the alias does
            node, parent = child, node
        else:
            if not of_key and way and yaml_parser.is_seq(self.tree, parent):
                return self._element(parent, way)
        return self.of_key(node) if of_key and has_key(self.tree, node) else self.of_node(node)

    def line(self, way: Way) -> int:
        """Return the line of the value at the end of a way."""
        if len(way) == 2 and isinstance(way[1], int):  # noqa: PLR2004 - an event, as in most calls
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
        """Return the lines on which the elements of the list below a key begin.

        In the block style they begin at one column, and no other line of the list does; so there is
        no need to search the tree. For a list in another style the result is empty.
        """
        head, mark, lines = f"{name}:", "", list[int]()
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
                lines.append(number)
                if not line[len(mark) :].lstrip(" {")[:1].isalpha():
                    return []
            elif line[:1] not in _INSIDE:
                break
            elif not mark and line.strip() and not line.lstrip().startswith("#"):
                return []
        node = self._step(self.root, name)
        if node is None or not yaml_parser.is_seq(self.tree, node):
            return []
        return lines if yaml_parser.count_children(self.tree, node) == len(lines) else []

    def _element(self, parent: int, way: Way) -> Place:
        """Return the place of an element of a list, and find those of all others in it too."""
        if way[:-1] not in self.elements:
            firsts = [self._first(node) for node in self._below(parent)]
            starts = yaml_parser.scalar_offsets(self.text.data, firsts)
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
        has_text = has_value(tree, node) and len(yaml_parser.value(tree, node) or b"") > 0
        return node, not has_text and has_key(tree, node)

    def _step(self, node: int, step: Key) -> int | None:
        if isinstance(step, int):
            below = self._below(node) if yaml_parser.is_seq(self.tree, node) else []
            return below[step] if step < len(below) else None
        child = yaml_parser.child_of(self.tree, node, step)
        return None if child == NONE else child

    def _below(self, node: int) -> list[int]:
        if node not in self.below:
            self.below[node] = list(yaml_parser.children(self.tree, node))
        return self.below[node]

    def _place(self, node: int, is_key: bool) -> Place:  # noqa: FBT001
        if not self.starts:  # one problem is seldom alone: find all
            scalars = yaml_parser.scalars(self.tree)
            offsets = yaml_parser.scalar_offsets(self.text.data, scalars)
            self.starts = dict(zip(scalars, offsets, strict=True))
        start = self.starts.get((node, is_key))
        if start is not None:
            return self._at(node, is_key, start)
        return Place(self.text.name) if is_key else self._place(node, is_key=True)

    def _at(self, node: int, is_key: bool, start: int) -> Place:  # noqa: FBT001
        """Return the place of a scalar that begins `start` bytes into the text."""
        text, offset, tree = self.text.text, self.text.offset(start), self.tree
        has_quote = text[offset - 1 : offset] in _QUOTES
        if has_quote and yaml_parser.is_quoted(tree, node, of_key=is_key):
            quoted = re.compile(_QUOTED).match(text, offset - 1)
            return self.text.place(offset - 1, len(quoted[0]) if quoted else 1)
        view = (yaml_parser.key if is_key else yaml_parser.value)(tree, node)
        return self.text.place(offset, len(yaml_parser.text_of(view).partition("\n")[0]))
