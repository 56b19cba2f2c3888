"""Phrases that the writers of findings share."""

from __future__ import annotations

from collections.abc import Sequence

from outage_cli.model.problem import Problem
from outage_cli.model.verdict import Verdict


def sentence(verdict: Verdict) -> str:
    """Return the service, the words of the check and the computed figure: `shop: slo 99.9% (…)`."""
    return f"{verdict.service}: {verdict.says} ({verdict.computed})"


def message_lines(problem: Problem) -> list[str]:
    """Return the message of a problem, and its hint if it has one."""
    return [problem.message, *([f"hint: {problem.hint}"] if problem.hint else [])]


def capped(lines: Sequence[str], most: int) -> list[str]:
    """Return the first `most` lines, and one line with the number of the others."""
    more = len(lines) - most
    return [*lines[:most], f"… and {more} more"] if more > 0 else list(lines)
