"""An independent computation of SEMANTICS C: which figures agree with a claimed duration.

It shares nothing with the code it is an oracle for: it looks at every twentieth of a second between
two bounds. All durations are in those.
"""

from __future__ import annotations

from collections.abc import Callable

SECOND = 20


def _equal(found: int, stated: int) -> bool:
    """Rounded to the second, or cut to it, it is what was said."""
    return stated in ((found + SECOND // 2) // SECOND * SECOND, found // SECOND * SECOND)


AGREES: dict[str, Callable[[int, int], bool]] = {
    "{}s": _equal,
    "= {}s": _equal,
    "about {}s": lambda found, said: _equal(found, said) or said * 9 <= found * 10 <= said * 11,
    "at least {}s": lambda found, said: found >= said,
    "more than {}s": lambda found, said: found > said,
    "at most {}s": lambda found, said: found <= said,
    "less than {}s": lambda found, said: found < said,
    "nearly {}s": lambda found, said: said * 9 <= found * 10 and found < said,
}
"""What people write, and whether a duration agrees with it."""


def verdict(words: str, stated: int, least: int, most: int) -> str:
    """Return the verdict on so many seconds, from all that the figure may be between two others."""
    between = range(least * SECOND, most * SECOND + 1)
    answers = {AGREES[words](found, stated * SECOND) for found in between}
    if len(answers) > 1:
        return "undecidable"
    return "agrees" if True in answers else "differs"
