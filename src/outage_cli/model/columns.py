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

SERVICES = {
    "service": "what it is called",
    "strip": "its states in the order of time, a sign for each part",
    "downtime": "the downtime, with its bounds",
    "seconds": "the downtime in seconds",
    "availability": "the share of what is considered in which it was up",
    "between": "the bounds of the availability",
    "weighted": "the downtime as the method weighs it",
    "outages": "how many there were",
    "inherited": "the downtime that came down from what it requires",
    "users-lost": "users × time lost",
    "slo": "the target, and whether it is missed",
    "budget-left": "what is left of the error budget",
    "at-end": "the state in which the window leaves it",
    "id": "the id in the file",
    "operator": "who runs it",
    "group": "the group it is in",
    "category": "the category it is of",
    "users": "how many people use it",
    "own": "the downtime that it accounts for itself",
    "considered": "the time that counts",
    "down": "the time down",
    "partial": "the time partly down",
    "degraded": "the time degraded",
    "maintenance": "the time under planned work",
    "unknown": "the time of which nothing is known",
    "out-of-hours": "the time in which it was closed",
    "not-in-service": "the time in which it was not offered",
    "up": "the time up",
    "mtbf": "the mean time between failures",
    "down-per-failure": "the downtime by the failures",
    "mean": "the mean length of its outages, where there are several",
    "median": "the length in the middle",
    "p90": "the length that 90 % do not exceed",
    "longest": "the longest outage",
    "budget": "the error budget",
    "spent": "the share of the error budget that is spent",
    "burn-rate": "how fast the error budget is spent",
}
"""What a table of services can show, and what that is."""

PERIODS = {"period": "the part of the window", "hours": "how long it is"}
"""What the parts of a window show beside that."""

WHOLE = (STRIP, "at-end")
"""What only the window as a whole has."""

METHODS = {
    "service": "what it is called",
    "method": "the accounting method",
    "weighted-downtime": "the downtime as the method weighs it",
    "seconds": "the same in seconds",
    "availability": "the share of what is considered in which it was up",
    "between": "the bounds of the availability",
    "outages": "how many there were",
    "beside-standard": "why it is not what `standard` says",
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
    return STRIP in resolved(names, usual, SERVICES, ()).keys
