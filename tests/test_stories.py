"""The README, the manual and the stories do what they say; a page that lies is found out."""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.stories_runner import ROOT, Surprise, difference, pages, rewrite, surprises

PAGES = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()]


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[Path, Future[list[Surprise]]]]:
    """Run the chosen pages side by side, one on each core."""
    chosen = [
        page
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.originalname == "test_page"
        and isinstance(page := item.callspec.params["page"], Path)
    ]
    pool = ThreadPoolExecutor(os.cpu_count())
    yield {page: pool.submit(surprises, page) for page in chosen}
    pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("page", PAGES)
def test_page(page: Path, runs: dict[Path, Future[list[Surprise]]]) -> None:
    found = runs[page].result()
    if os.environ.get("UPDATE_STORIES"):
        rewrite(page, found)
    elif found:
        pytest.fail(difference(page, found), pytrace=False)
