"""An accounting method from a TOML file (SEMANTICS M4).

A key that is missing has the value of the base method, which is `standard` by default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import TypeAlias

from outage_cli.model.method import Method, Treatment
from outage_cli.model.problem import Place, Problem
from outage_cli.model.share import WHOLE, Share
from outage_cli.model.share import share as read_share
from outage_cli.model.span import Duration
from outage_cli.model.state import LADDER, State
from outage_cli.readers.document import Document, Value, Way
from outage_cli.readers.native import toml
from outage_cli.readers.native.values import Values
from outage_cli.readers.source import Source, decode, digest
from outage_cli.when.words.durations import FORMS, duration

Read: TypeAlias = tuple[Method | None, tuple[Problem, ...]]

TREATMENTS = {treatment.value: treatment for treatment in Treatment}
SWITCH = {"true": True, "false": False}
WEIGHING = {state.word: state for state in LADDER[1:]}
KEYS = (
    "name",
    "version",
    "base",
    "weights",
    "maintenance",
    "out_of_hours",
    "unknown",
    "min_outage",
    "whole_minutes",
    "decimals",
)
_NAME = r"[^\W_][\w.-]*"
_MOST_DECIMALS = 9


def read(source: Source, known: Mapping[str, Method]) -> Read:
    """Return the method that a source defines, and its problems.

    `known` are the methods that come with the tool, by name.
    """
    text = decode(source)
    if isinstance(text, Problem):
        if text.code == "empty":
            text = text._replace(hint='begin with name = "…" and base = "standard"')
        return None, (text,)
    document = toml.document(text)
    if isinstance(document, Problem):
        return None, (document._replace(hint=_of_a_method(document.hint)),)
    reader = _MethodReader(source, document, known)
    method = reader.method()
    problems = sorted(reader.problems, key=lambda problem: problem.place)
    return (None if problems else method), tuple(problems)


def _of_a_method(hint: str) -> str:
    """Return a hint that names no table of a timeline."""
    return "write key = value" if "[services]" in hint or "[[events]]" in hint else hint


class _MethodReader(Values):
    """Reads one file with a method."""

    def __init__(self, source: Source, document: Document, known: Mapping[str, Method]) -> None:
        super().__init__(source.name, document)
        self.source, self.known = source, known

    def method(self) -> Method:
        """Return the method, which is valid if there are no problems."""
        data = self.mapping(self.document.data, ())
        self.keys(data, (), KEYS)
        text = self.text(data.get("base"), ("base",), "the name of a method")
        base = self.one_of(text, self.known, ("base",), "method") or self.known["standard"]
        unknown, closed = (self.treatment(data, key) for key in ("unknown", "out_of_hours"))
        least = self.duration(data.get("min_outage"), ("min_outage",))
        whole = self.text(data.get("whole_minutes"), ("whole_minutes",), "true or false")
        switched = self.one_of(whole, SWITCH, ("whole_minutes",), "switch")
        return Method(
            name=self.name(data.get("name")),
            version=self.counted(data.get("version"), ("version",), 1),
            weights=self.weights(data.get("weights"), base),
            maintenance=self.treatment(data, "maintenance") or base.maintenance,
            decimals=self.decimals(data.get("decimals"), base.decimals),
            out_of_hours=closed or base.out_of_hours,
            unknown=unknown or base.unknown,
            min_outage=base.min_outage if least is None else least,
            whole_minutes=base.whole_minutes if switched is None else switched,
            base=base.name,
            file=self.source.name,
            sha256=digest(self.source.data),
        )

    def name(self, value: Value) -> str:
        """Return the name, which is not that of a method of the tool: a report shows it."""
        text = self.text(value, ("name",))
        hint = 'write it at the top, as in name = "acme-2024"'
        if text is None:
            if value is None:
                place = Place(self.file)
                self.problems.append(Problem("no-name", "has no `name`", place, hint))
            return ""
        if text in self.known:
            message = f"`{text}` is the name of a method that comes with outage"
            self.add_error("name-taken", message, ("name",), f"call it {text}-of-ours, for example")
        elif not re.fullmatch(_NAME, text):
            message = f"`{text}` is no name for a method"
            self.add_error("not-a-name", message, ("name",), "use letters, digits, - . and _")
        return text

    def counted(self, value: Value, way: Way, otherwise: int) -> int:
        """Return a whole number from 0, or the default."""
        number = self.number(value, way)
        return otherwise if number is None else number

    def decimals(self, value: Value, otherwise: int) -> int:
        """Return how many decimals of a percentage are shown."""
        decimals = self.counted(value, ("decimals",), otherwise)
        if decimals > _MOST_DECIMALS:
            message = f"{decimals} decimals are more than there are"
            self.add_error(
                "too-many-decimals", message, ("decimals",), f"write 0 to {_MOST_DECIMALS}"
            )
            return otherwise
        return decimals

    def treatment(self, data: Mapping[str, Value], key: str) -> Treatment | None:
        """Return the treatment of time in states beside the ladder, if the file has it."""
        text = self.text(data.get(key), (key,), f"one of {', '.join(TREATMENTS)}")
        return self.one_of(text, TREATMENTS, (key,), "treatment")

    def duration(self, value: Value, way: Way) -> Duration | None:
        """Return a duration; 0 is one."""
        text = self.text(value, way, f"a duration, as in {FORMS}")
        if text is None or text.strip() == "0":
            return None if text is None else 0
        length = duration(text)
        if length is None:
            hint = f"write {FORMS}, in quotes"
            self.add_error("not-a-duration", f"`{text}` does not say how long", way, hint)
        return length

    def weights(self, value: Value, base: Method) -> dict[State, Share]:
        """Return the weight of each state; that of a worse one is never less."""
        weights = {state: base.weight(state) for state in WEIGHING.values()}
        if value is not None and not isinstance(value, dict):
            self.wrong(value, ("weights",), "a table, [weights], with degraded, partial and down")
            return weights
        table = self.mapping(value, ("weights",))
        for key, weight in table.items():
            way = ("weights", key)
            state = WEIGHING.get(key)
            if state is None and (key in KEYS or key == State.UP.word):
                hint = (
                    f"write {key} = … above [weights]" if key in KEYS else "leave it out: it is 0"
                )
                self.add_error_at_key("unknown-key", f"has a weight for `{key}`", way, hint)
            elif state is None:
                self.unknown_key(key, ("weights",), tuple(WEIGHING))
            elif (share := self.share(weight, way)) is not None:
                weights[state] = share
        for better, worse in pairwise(WEIGHING.values()):
            if weights[worse] < weights[better]:
                message = f"lets `{worse.word}` weigh less than `{better.word}`"
                word = next((state.word for state in (worse, better) if state.word in table), None)
                at: Way = ("weights", word) if word else ("weights",)
                hint = f"{worse.word} is worse: give it the greater weight, or the same"
                self.add_error("weights-fall", message, at, hint)
        return weights

    def share(self, value: Value, way: Way) -> Share | None:
        """Return a weight from 0 to 1."""
        text = self.text(value, way, "a number from 0 to 1")
        if text is None:
            return None
        weight = {"0": 0, "1": WHOLE}.get(text.strip(), read_share(text))
        if weight is None:
            hint = "write a number from 0 to 1, as in 0.3"
            self.add_error("not-a-weight", f"`{text}` is no weight", way, hint)
        return weight
