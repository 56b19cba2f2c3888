"""Values out of a document, each of the type that is wanted. What is of another is a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar

from outage_cli.model.problem import ERROR, WARNING, Place, Problem, ProblemText
from outage_cli.readers.document import Document, Value, Way

Found = TypeVar("Found")
Made = Callable[[dict[str, Value], Way], Found | None]

_STEERS = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]"
_HALF = r"\\[uU](?:0000)?[dD][89a-fA-F]"
_NUMBER = r"\d{1,15}|\d{1,3}(?:[,_]\d{3}){1,4}"


class Values:
    """One document being read. Problems gather as it goes; what is wrong comes back as nothing."""

    def __init__(self, file: str, document: Document) -> None:
        self.file, self.document = file, document
        self.problems: list[Problem] = list(document.problems)

    def text(self, value: Value, way: Way, wanted: str = "a text") -> str | None:
        """Return a scalar as it is written."""
        if value is None or isinstance(value, str):
            return value
        self.wrong(value, way, wanted)
        return None

    def texts(self, value: Value, way: Way) -> tuple[str, ...]:
        """Return the texts of a list; a text by itself is a list of one."""
        if isinstance(value, str):
            return (value,)
        if isinstance(value, dict):
            self.wrong(value, way, "a text or a list of texts")
        if not isinstance(value, list):
            return ()
        told = (self.text(each, (*way, at)) for at, each in enumerate(value))
        return tuple(each for each in told if each is not None)

    def number(self, value: Value, way: Way) -> int | None:
        """Return a whole number, which may have its digits in groups."""
        text = self.text(value, way)
        if text is None:
            return None
        if not re.fullmatch(_NUMBER, text):
            hint = "write digits, as in 47500000"
            self.say("wrong-type", f"`{text}` is not a whole number", way, hint)
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

    def each(self, value: Value, way: Way, made: Made[Found]) -> Iterator[Found]:
        """Yield what is made of each mapping in a list."""
        for at, each in enumerate(self.listing(value, way)):
            if not isinstance(each, dict):
                self.wrong(each, (*way, at), "a mapping of keys to values")
            elif (found := made(each, (*way, at))) is not None:
                yield found

    def one_of(
        self, text: str | None, among: Mapping[str, Found], way: Way, kind: str
    ) -> Found | None:
        """Return what a word stands for; one that is not known is `unknown-KIND`."""
        if text is None or text in among:
            return None if text is None else among[text]
        self.say(f"unknown-{kind}", f"`{text}` is not a {kind}", way, meant(text, among))
        return None

    def keys(self, value: Mapping[str, Value], way: Way, known: Collection[str]) -> None:
        """Say which keys of a mapping mean nothing."""
        for key in value:
            if key not in known:
                self.unknown_key(key, way, known, value)

    def unknown_key(
        self, key: str, way: Way, known: Collection[str], taken: Collection[str] = ()
    ) -> None:
        """Say that a key means nothing, and which one may be meant; not one that is `taken`."""
        message = f"has the key `{key}`, which means nothing here"
        close = replacement(key, known, taken)
        hint = f"did you mean {close}?" if close else meant(key, known, "keys here are ")
        self.say_of_key("unknown-key", message, (*way, key), hint)

    def misnamed(self, value: Collection[str], wanted: str, known: Collection[str]) -> bool:
        """Whether an unknown key of a mapping has been taken for one that is wanted."""
        return any(key not in known and replacement(key, known, value) == wanted for key in value)

    def wrong(self, value: Value, way: Way, wanted: str) -> None:
        """Say that a value is of a type that is not wanted."""
        got = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "a text")
        names = [str(step) for step in way if not isinstance(step, int)]
        message = f"has {got} in `{'.'.join(names[-2:])}` where something else is expected"
        self.judged(ProblemText("wrong-type", message, f"write {wanted}"), way)

    def judged(self, told: Found | ProblemText, way: Way) -> Found | None:
        """Return what was told, or nothing once its trouble has become a problem."""
        if not isinstance(told, ProblemText):
            return told
        self.problems.append(told.at(self.document.find(way, False)))  # noqa: FBT003
        return None

    def say(self, code: str, message: str, way: Way, hint: str) -> None:
        """Note an error at a value."""
        self.judged(ProblemText(code, message, hint, ERROR), way)

    def warn(self, code: str, message: str, way: Way, hint: str) -> None:
        """Note something doubtful at a value."""
        self.judged(ProblemText(code, message, hint, WARNING), way)

    def say_of_key(self, code: str, message: str, way: Way, hint: str) -> None:
        """Note an error at the key of a value."""
        place = self.document.find(way, True)  # noqa: FBT003
        self.problems.append(Problem(code, message, place, hint))

    def say_of_file(self, code: str, message: str, hint: str, severity: str = ERROR) -> None:
        """Note something about the file as a whole."""
        self.problems.append(Problem(code, message, Place(self.file), hint, severity))

    def warn_of_escapes(self, text: str) -> None:
        """Warn of what was written as an escape and is no text: control signs, half characters.

        No screen shall obey the former; the sign U+FFFD has taken the place of the latter.
        """
        known = any(each.code == "half-character" for each in self.problems)
        has_halves = not known and re.search(_HALF, text) and "\ufffd" not in text
        waiting: list[tuple[Way, Value]] = [((), self.document.data)]
        while waiting:
            way, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [((*way, key), each) for key, each in value.items()]
            elif isinstance(value, list):
                waiting += [((*way, at), each) for at, each in enumerate(value)]
            shown = value if isinstance(value, str) else str(way[-1]) if way else ""
            if found := re.search(_STEERS, shown):
                hint = "remove it; it is shown as a visible sign wherever it is printed"
                message = f"holds the control character U+{ord(found[0]):04X}"
                self.warn("control-character", message, way, hint)
            elif has_halves and "\ufffd" in shown:
                hint = "write the character itself"
                self.warn("half-character", "holds half a character", way, hint)


def replacement(key: str, known: Collection[str], taken: Collection[str]) -> str | None:
    """Return the key that an unknown one may stand for: one that it resembles, or a synonym."""
    from outage_cli.readers.native.synonyms import synonym  # only where there is something wrong

    return synonym(key, known, taken) or resembles(key.lower(), tuple(known))


def meant(word: str, among: Collection[str], otherwise: str = "one of ") -> str:
    """Return the hint for a word that is not known: the one it resembles, or some there are."""
    if close := resembles(word.lower(), tuple(among)):
        return f"did you mean {close}?"
    shown = ", ".join(list(among)[:MOST_NAMED])
    return otherwise + shown + (" …" if len(among) > MOST_NAMED else "")


@lru_cache(maxsize=256)
def resembles(word: str, among: tuple[str, ...]) -> str | None:
    """Return what a word resembles most, or None; of very many, those that begin like it."""
    if len(among) > MOST_COMPARED:
        among = tuple(each for each in among if each[:2] == word[:2])[:MOST_COMPARED]
    return next(iter(get_close_matches(word[:LONGEST_COMPARED], among, 1)), None)


MOST_NAMED, MOST_COMPARED, LONGEST_COMPARED = 20, 50, 60
