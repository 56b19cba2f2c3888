"""The README, the manual and the stories do what they say; a page that lies is found out."""

import os
from pathlib import Path

import pytest

from tests.stories_runner import ROOT, difference, pages, rewrite, surprises

PAGES = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()]


@pytest.mark.parametrize("page", PAGES)
def test_page(page: Path) -> None:
    """Run one page; several run side by side when pytest has several workers."""
    found = surprises(page)
    if os.environ.get("UPDATE_STORIES"):
        rewrite(page, found)
    elif found:
        pytest.fail(difference(page, found), pytrace=False)
