"""The native timeline in YAML. Every scalar stays text, so that nothing is reinterpreted."""

from __future__ import annotations

import re

from outage_cli.model.problem import ERROR, WARNING, Place, Problem
from outage_cli.model.timeline import ReadResult
from outage_cli.readers.document import DEEPEST, TOO_DEEP, Document, Value, Way
from outage_cli.readers.native import yaml_parser
from outage_cli.readers.native.timeline import read_timeline
from outage_cli.readers.native.yaml_brackets import without_comments
from outage_cli.readers.native.yaml_parser import NONE, NotYaml, Tree, children, text_of
from outage_cli.readers.native.yaml_places import YamlPlaces
from outage_cli.readers.source import Source, Text

MOST_ALIASED = 10_000
"""How many values the aliases of one file may stand for. More is an alias bomb."""

_SIGNS = (b"&", b"*", b"!")
_SPECIAL = rb"(?<!\w)[&*!]"
"""Without one of these a text has no anchor, alias or tag, and a walk need not look for them."""

_LONE_RETURN = r"\r(?!\n)"

_LARGE = 200_000
"""From how many bytes on bulk reading saves more than the check before it costs."""

_CORE_TAGS = (b"!!str", b"!!int", b"!!float", b"!!bool", b"!!null", b"!!map", b"!!seq")
_NULL_LENGTH = len("null") + 1


def read(source: Source) -> ReadResult:
    """Read a native timeline from YAML 1.2."""
    return read_timeline(source, document)


def document(text: Text) -> Document | Problem:
    """Parse YAML. A mistake that spoils the text as a whole comes back as one problem."""
    if "\r" in text.text and re.search(_LONE_RETURN, text.text):  # it ends a line, as \n does
        text = Text(text.name, re.sub(_LONE_RETURN, "\n", text.text))
    text = without_comments(text)
    try:
        tree = yaml_parser.parse(text.data)
    except NotYaml as error:
        from outage_cli.readers.native.yaml_mistakes import not_yaml

        return not_yaml(text, error.message, error.offset)
    roots = yaml_parser.documents(tree)
    places = YamlPlaces(text, tree, roots[0])
    if len(roots) > 1:
        hint = "write one timeline a file"
        place = places.of_node(roots[1])
        return Problem("several-documents", "holds several YAML documents", place, hint)
    return _Walk(text, tree, places).document()


class _Walk:
    """One walk over a parsed tree, from nodes to values."""

    def __init__(self, text: Text, tree: Tree, places: YamlPlaces) -> None:
        self.text, self.tree, self.places = text, tree, places
        self.anchors: dict[bytes, int] = {}
        self.aliased = 0
        self.deepest = 0
        self.problems: list[Problem] = []
        has_signs = any(sign in text.data for sign in _SIGNS)
        self.is_special = has_signs and re.search(_SPECIAL, text.data) is not None

    def document(self) -> Document | Problem:
        """Return the values of the tree, or the problem that they are nested too deep."""
        root = self.places.root
        try:
            data = self.bulk(root) or self.value(root, ())
        except RecursionError:
            place = self.places.of_node(self.deepest) if self.deepest else Place(self.text.name)
            return TOO_DEEP.at(place)
        return Document(data, self.places.find, tuple(self.problems), self.places.line)

    def bulk(self, root: int) -> Value:
        """Return the values of a large text all at once, or None where that is not possible."""
        has_below = yaml_parser.first_child(self.tree, root) != NONE
        if len(self.text.data) <= _LARGE or not has_below or self.is_special:
            return None
        from outage_cli.readers.native import yaml_bulk

        return yaml_bulk.values(self.text.data, self.tree, root)

    def value(self, node: int, way: Way) -> Value:
        """Return the value of a node. Raises RecursionError where it is nested too deep."""
        tree = self.tree
        if len(way) > DEEPEST:
            self.deepest = self.deepest or node
            raise RecursionError
        if self.is_special:
            if (anchor := yaml_parser.anchor(tree, node)) is not None:
                self.anchors[anchor] = node
            tag = yaml_parser.tag(tree, node)
            if tag is not None and not tag.startswith(_CORE_TAGS):
                message, hint = "has a YAML tag, which means nothing here", "leave the tag out"
                self.add_problem("tag", message, way, hint, WARNING)
            if yaml_parser.is_alias(tree, node):
                return self.alias(node, way)
        if yaml_parser.is_map(tree, node):
            return self.mapping(node, way)
        if yaml_parser.is_seq(tree, node):
            return [self.value(child, (*way, at)) for at, child in enumerate(children(tree, node))]
        view = yaml_parser.value(tree, node)
        if view is None or (len(view) < _NULL_LENGTH and yaml_parser.is_null(tree, node)):
            return None
        return str(view, "utf-8", "replace")

    def mapping(self, node: int, way: Way) -> Value:
        """Return a mapping, with the keys of those merged into it by `<<` that it lacks."""
        tree = self.tree
        mapping: dict[str, Value] = {}
        merged: list[Value] = []
        for child in children(tree, node):
            key = text_of(yaml_parser.key(tree, child))
            if key == "<<" and yaml_parser.is_alias(tree, child):
                merged.append(self.alias(child, (*way, key)))
            elif key in mapping:
                message, hint = f"has the key `{key}` twice here", "merge the two, or rename one"
                place = self.places.of_key(child)
                self.problems.append(Problem("duplicate-key", message, place, hint))
            else:
                mapping[key] = self.value(child, (*way, key))
        for other in merged:
            if isinstance(other, dict):
                mapping = {**other, **mapping}
        return mapping

    def alias(self, alias: int, way: Way) -> Value:
        """Return the value for which an alias stands."""
        name = text_of(yaml_parser.value(self.tree, alias))
        node = self.anchors.get(name.lstrip("*").encode())
        if node is None:
            hint = "an anchor (&name) stands before the alias (*name) that uses it"
            message = f"uses the alias {name}, which nothing defines"
            self.add_problem("unknown-alias", message, way, hint)
            return None
        self.aliased += 1 + _size(self.tree, node, MOST_ALIASED)
        if self.aliased > MOST_ALIASED:
            if self.aliased < 2 * MOST_ALIASED:
                self.aliased += MOST_ALIASED
                message = "unfolds into more values than a timeline can have"
                hint = "write the values out instead of nesting aliases"
                self.add_problem("too-many-aliases", message, way, hint)
            return None
        return self.value(node, way)

    def add_problem(
        self, code: str, message: str, way: Way, hint: str, severity: str = ERROR
    ) -> None:
        """Add a problem with a value."""
        place = self.places.find(way, False)  # noqa: FBT003
        self.problems.append(Problem(code, message, place, hint, severity))


def _size(tree: Tree, node: int, most: int) -> int:
    """Return how many nodes hang below one, counting no further than `most`."""
    count, waiting = 0, [node]
    while waiting and count < most:
        below = list(children(tree, waiting.pop()))
        count += len(below)
        waiting += below
    return count
