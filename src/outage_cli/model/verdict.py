"""Verdicts: what was checked, whether it holds, and by which figures. "No data" is not "failed"."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from outage_cli.model.problem import Place
from outage_cli.model.span import Duration


class Outcome(StrEnum):
    """The result of a check (SEMANTICS X)."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDABLE = "undecidable"


class Verdict(NamedTuple):
    """One check of one service: the text of the check, and the figure it was compared with.

    For a claim `by` is who made it, `difference` how far the computed figure is from it.
    """

    check: str
    service: str
    ruling: Outcome
    says: str
    computed: str
    places: tuple[Place, ...] = ()
    by: str | None = None
    difference: Duration | None = None


def overall(verdicts: Sequence[Verdict]) -> Outcome:
    """Return the ruling over all of them: one failure fails, one doubt leaves it undecided."""
    rulings = {each.ruling for each in verdicts}
    for ruling in (Outcome.FAILED, Outcome.UNDECIDABLE):
        if ruling in rulings:
            return ruling
    return Outcome.PASSED
