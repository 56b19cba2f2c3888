"""Hypothesis profiles and shared fixtures. Properties are tried on the same examples each time.

`HYPOTHESIS_PROFILE=thorough` draws new ones, and twenty times as many where laws are at stake.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.terminal import Terminal

settings.register_profile("steady", derandomize=True)
settings.register_profile("thorough", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Return a list for pseudo-terminals, which are closed when the test is over."""
    opened: list[Terminal] = []
    yield opened
    for each in opened:
        each.close()
