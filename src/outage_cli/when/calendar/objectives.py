"""Service-level objectives as people write them: `99.9%`, `99.9% monthly`, `99.9% per 30d`."""

from __future__ import annotations

import re

from outage_cli.model.problem import ProblemText
from outage_cli.model.service import Objective, Per
from outage_cli.model.share import share
from outage_cli.when.calendar.windows import UNITS
from outage_cli.when.words.durations import duration

LONGEST_TEXT = 200
"""What is longer is cut, and then no objective for its last character."""

TARGETS = "a percentage such as 99.9%"
PERIODS = f"{', '.join(UNITS)}, or a rolling length such as 30d"

_WORDS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
          "yearly": "year", "annually": "year", "annual": "year"}  # fmt: skip
_OBJECTIVE = re.compile(
    r"(?is)\s*(?P<target>\d[\d.]*\s*%?)"
    r"(?:\s*(?:\bper\b|/|\b(?:in|over)\s+any\b|\ba\b|\bevery\b|\beach\b|,)?\s*(?P<per>\S.*?))?\s*"
)


def objective(text: str) -> Objective | ProblemText:
    """Return the objective that a text says: a target, and per what it is to be met."""
    text = _spaced(text)
    read = _OBJECTIVE.fullmatch(text)
    if not read:
        return ProblemText("wrong-type", f"`{text}` is no target", f"write {TARGETS}")
    target = share(read["target"])
    if target is None:
        return ProblemText("wrong-type", f"`{read['target']}` is no target", f"write {TARGETS}")
    if read["per"] is None:
        return Objective(target, None)
    per = period(read["per"])
    return per if isinstance(per, ProblemText) else Objective(target, per)


def _spaced(text: str) -> str:
    """Return a text with one space where it has many, over which patterns take long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT] + "…"


def period(text: str) -> Per | ProblemText:
    """Return what an objective is to be met per: a unit of the calendar, or any so long a time."""
    text = _spaced(text)
    words = text.lower().removeprefix("calendar ").removeprefix("rolling ")
    word = _WORDS.get(words, words)
    if word in UNITS:
        if text.lower().startswith("rolling"):
            hint = "write how long, as in 30d, or the unit of the calendar by itself"
            return ProblemText("wrong-type", f"`{text}` does not say how long that is", hint)
        return Per(word, None)
    length = duration(words)
    if not length:
        return ProblemText("wrong-type", f"`{text}` is no period", f"write {PERIODS}")
    return Per(None, length)
