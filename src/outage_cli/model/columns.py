"""The columns that a reader can ask for, by name, and what comes of asking.

```text
downtime,slo      these, in this order; after the service, which goes without saying
+users,-seconds   the usual ones, with users and without seconds: the list begins with a sign
all,-strip        every one but the strip
```
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

STRIP, ALL = "strip", "all"

_BESIDE = {
    "service": "Name of the service.",
    "strip": "Its states in the order of time, a sign for each part.",
    "seconds": "The downtime in seconds.",
    "between": "Bounds of the availability.",
    "at-end": "State at the end of the window.",
    "id": "Id in the file.",
    "operator": "Who runs it.",
    "group": "The group it is in.",
    "category": "The category it is of.",
    "users": "How many people use it.",
}
"""What a table of services can show beside figures."""

_FIRST = (
    "service", "strip", "downtime", "seconds", "availability", "between", "weighted", "outages",
    "inherited", "users-lost", "slo", "budget-left", "at-end", "id", "operator", "group",
    "category", "users", "own", "considered", "down", "partial", "degraded", "maintenance",
    "unknown", "out-of-hours", "not-in-service", "up", "mtbf", "down-per-failure", "mean",
    "median", "p90", "longest", "budget", "spent", "burn-rate",
)  # fmt: skip
"""The columns whose order is frozen; other figures come last."""


def services() -> dict[str, str]:
    """Return what a table of services can show, by name, and what that is."""
    from outage_cli.model.figure_catalogue import FIGURES  # few people ask

    known = _BESIDE | {each.column: each.means for each in FIGURES if each.column}
    return {name: known[name] for name in _FIRST} | known


PERIODS = {"period": "Part of the window.", "hours": "Length of the part."}
"""What the parts of a window show beside that."""

WHOLE = (STRIP, "at-end")
"""What only the window as a whole has."""

METHODS = {
    "service": "Name of the service.",
    "method": "Accounting method.",
    "weighted-downtime": "Each second times the weight of its state.",
    "seconds": "The same in seconds.",
    "availability": "1 − weighted downtime / considered; none where nothing is considered.",
    "between": "Bounds of the availability.",
    "outages": "Number of outages in the window, ongoing and cut ones included.",
    "beside-standard": "Why it is not what `standard` says.",
}
"""What a comparison of methods can show."""


class ChosenColumns(NamedTuple):
    """Columns in their order; those that were `asked` for stay, whatever they say."""

    keys: tuple[str, ...]
    asked: frozenset[str]


def split(text: str) -> list[str]:
    """Return the names in a text as they are spelt here: `Users lost` is `users-lost`."""
    names = ("-".join(each.lower().replace("_", " ").split()) for each in text.split(","))
    return [each for each in names if each]


def bare(name: str) -> str:
    """Return a name without the sign that adds it or takes it away."""
    return name[1:] if name[:1] in "+-" else name


def resolved(
    names: Sequence[str], usual: Sequence[str], known: Iterable[str], first: Sequence[str]
) -> ChosenColumns:
    """Return what comes of asking for names, where `usual` is shown to who asks for nothing.

    What rows are about comes `first`, unless it is asked for elsewhere or taken away.
    """
    adds = not names or names[0][:1] in "+-"
    keys = dict.fromkeys(usual if adds else ())
    gone: set[str] = set()
    asked: set[str] = set()
    for each in names:
        for key in known if bare(each) == ALL else (bare(each),):
            if each.startswith("-"):
                keys.pop(key, None)
                asked.discard(key)
                gone.add(key)
            else:
                keys[key] = None
                gone.discard(key)
                asked.add(key)
    front = [key for key in first if key not in keys and key not in gone]
    return ChosenColumns((*front, *keys), frozenset(asked))


def draws(names: Sequence[str], *, is_terminal: bool) -> bool:
    """Whether strips are shown: a terminal has them as far as nobody takes them away."""
    usual = (STRIP,) if is_terminal else ()
    return STRIP in resolved(names, usual, (STRIP,), ()).keys
