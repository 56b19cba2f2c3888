"""Values of a document, each of the type that is expected. One of another type is a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

from outage_cli.model.problem import ERROR, WARNING, Place, Problem, ProblemText
from outage_cli.readers.document import Document, Value, Way

Result = TypeVar("Result")
ReadElement = Callable[[dict[str, Value], Way], Result | None]

_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]"
_HALF = r"\\[uU](?:0000)?[dD][89a-fA-F]"
_NUMBER = r"\d{1,15}|\d{1,3}(?:[,_]\d{3}){1,4}"


class Values:
    """Reads the values of one document and collects problems; a value with a problem is None."""

    def __init__(self, file: str, document: Document) -> None:
        self.file, self.document = file, document
        self.problems: list[Problem] = list(document.problems)

    def text(self, value: Value, way: Way, expected: str = "a text") -> str | None:
        """Return a scalar as it is written."""
        if value is None or isinstance(value, str):
            return value
        self.wrong(value, way, expected)
        return None

    def texts(self, value: Value, way: Way) -> tuple[str, ...]:
        """Return the texts of a list; a text by itself is a list of one."""
        if isinstance(value, str):
            return (value,)
        if isinstance(value, dict):
            self.wrong(value, way, "a text or a list of texts")
        if not isinstance(value, list):
            return ()
        texts = (self.text(element, (*way, at)) for at, element in enumerate(value))
        return tuple(text for text in texts if text is not None)

    def number(self, value: Value, way: Way) -> int | None:
        """Return a whole number, which may have its digits in groups."""
        text = self.text(value, way)
        if text is None:
            return None
        if not re.fullmatch(_NUMBER, text):
            hint = "write digits, as in 47500000"
            self.add_error("wrong-type", f"`{text}` is not a whole number", way, hint)
            return None
        return int(text.replace(",", "").replace("_", ""))

    def mapping(self, value: Value, way: Way) -> Mapping[str, Value]:
        """Return a mapping; nothing is an empty one."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.wrong(value, way, "a mapping, one `id: …` a line")
        return {}

    def listing(self, value: Value, way: Way) -> list[Value]:
        """Return a list; nothing is an empty one."""
        if isinstance(value, list):
            return value
        if value is not None:
            self.wrong(value, way, "a list, one `- …` a line")
        return []

    def elements(self, value: Value, way: Way, read: ReadElement[Result]) -> tuple[Result, ...]:
        """Return what `read` makes of each mapping in a list, without what it makes None of."""
        results: list[Result] = []
        for at, element in enumerate(self.listing(value, way)):
            if not isinstance(element, dict):
                self.wrong(element, (*way, at), "a mapping of keys to values")
            elif (result := read(element, (*way, at))) is not None:
                results.append(result)
        return tuple(results)

    def one_of(
        self, text: str | None, choices: Mapping[str, Result], way: Way, kind: str
    ) -> Result | None:
        """Return the value of a word; a word without one is the problem `unknown-KIND`."""
        if text is None or text in choices:
            return None if text is None else choices[text]
        hint = suggestion(text, choices)
        self.add_error(f"unknown-{kind}", f"`{text}` is not a {kind}", way, hint)
        return None

    def keys(self, value: Mapping[str, Value], way: Way, known: Collection[str]) -> None:
        """Add a problem for each key of a mapping that is not known."""
        for key in value:
            if key not in known:
                self.unknown_key(key, way, known, value)

    def unknown_key(
        self, key: str, way: Way, known: Collection[str], taken: Collection[str] = ()
    ) -> None:
        """Add the problem of an unknown key; the hint names the likeliest that is not `taken`."""
        message = f"has the key `{key}`, which means nothing here"
        close = replacement(key, known, taken)
        hint = f"did you mean {close}?" if close else suggestion(key, known, "keys here are ")
        self.add_error_at_key("unknown-key", message, (*way, key), hint)

    def misnamed(self, value: Collection[str], missing: str, known: Collection[str]) -> bool:
        """Whether the hint for an unknown key of a mapping names a key that is missing."""
        return any(key not in known and replacement(key, known, value) == missing for key in value)

    def wrong(self, value: Value, way: Way, expected: str) -> None:
        """Add the problem of a value of an unexpected type."""
        got = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "a text")
        names = [str(step) for step in way if not isinstance(step, int)]
        message = f"has {got} in `{'.'.join(names[-2:])}` where something else is expected"
        self.checked(ProblemText("wrong-type", message, f"write {expected}"), way)

    def checked(self, result: Result | ProblemText, way: Way) -> Result | None:
        """Return a result; the text of a problem becomes one at its place, and None."""
        if not isinstance(result, ProblemText):
            return result
        self.problems.append(result.at(self.document.find(way, False)))  # noqa: FBT003
        return None

    def add_error(self, code: str, message: str, way: Way, hint: str) -> None:
        """Add an error at a value."""
        self.checked(ProblemText(code, message, hint, ERROR), way)

    def add_warning(self, code: str, message: str, way: Way, hint: str) -> None:
        """Add a warning at a value."""
        self.checked(ProblemText(code, message, hint, WARNING), way)

    def add_error_at_key(self, code: str, message: str, way: Way, hint: str) -> None:
        """Add an error at the key of a value."""
        place = self.document.find(way, True)  # noqa: FBT003
        self.problems.append(Problem(code, message, place, hint))

    def add_problem_of_file(
        self, code: str, message: str, hint: str, severity: str = ERROR
    ) -> None:
        """Add a problem of the file as a whole."""
        self.problems.append(Problem(code, message, Place(self.file), hint, severity))

    def warn_of_escapes(self, text: str) -> None:
        """Add a warning for each control character and half character written as an escape.

        U+FFFD stands in the values for a half character.
        """
        known = any(problem.code == "half-character" for problem in self.problems)
        has_halves = not known and re.search(_HALF, text) and "\ufffd" not in text
        waiting: list[tuple[Way, Value]] = [((), self.document.data)]
        while waiting:
            way, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [((*way, key), inner) for key, inner in value.items()]
            elif isinstance(value, list):
                waiting += [((*way, at), inner) for at, inner in enumerate(value)]
            shown = value if isinstance(value, str) else str(way[-1]) if way else ""
            if control := re.search(_CONTROL, shown):
                hint = "remove it; it is shown as a visible sign wherever it is printed"
                message = f"holds the control character U+{ord(control[0]):04X}"
                self.add_warning("control-character", message, way, hint)
            elif has_halves and "\ufffd" in shown:
                hint = "write the character itself"
                self.add_warning("half-character", "holds half a character", way, hint)


def replacement(key: str, known: Collection[str], taken: Collection[str]) -> str | None:
    """Return the known key that an unknown one may stand for: a synonym, or a similar word."""
    from outage_cli.readers.native.synonyms import synonym  # only where a key is unknown

    return synonym(key, known, taken) or closest(key.lower(), tuple(known))


def suggestion(word: str, known: Collection[str], otherwise: str = "one of ") -> str:
    """Return the hint for an unknown word: the most similar known one, or a list of some."""
    if close := closest(word.lower(), tuple(known)):
        return f"did you mean {close}?"
    shown = ", ".join(list(known)[:MOST_NAMED])
    return otherwise + shown + (" …" if len(known) > MOST_NAMED else "")


@lru_cache(maxsize=256)
def closest(word: str, known: tuple[str, ...]) -> str | None:
    """Return the most similar word, or None; of many words only some that begin alike count."""
    if len(known) > MOST_COMPARED:
        known = tuple(other for other in known if other[:2] == word[:2])[:MOST_COMPARED]
    return next(iter(get_close_matches(word[:LONGEST_COMPARED], known, 1)), None)


MOST_NAMED, MOST_COMPARED, LONGEST_COMPARED = 20, 50, 60
