"""The manual is whole: its links lead somewhere, its index has every page, its glossary is true."""

import os
import re
from pathlib import Path

import pytest

from tests.stories_runner import ROOT

DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "outage_cli"
PAGES = sorted(DOCS.glob("**/*.md"))
FENCED = re.compile(r"^( *)(`{3,})[^\n]*\n.*?^\1\2`* *$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CONCEPT = re.compile(r"^\| [^|]+ \| .+ \| `(\w+)` \| `([\w/]+\.py)` \|$", re.MULTILINE)


def prose(page: Path) -> str:
    """Return a page without its blocks."""
    return FENCED.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page: those of its headings, and those with a name of their own."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
    return slugs | set(re.findall(r'<a id="(\w+)">', prose(page)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = Path(os.path.normpath(page.parent / path)) if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_the_index_has_every_page() -> None:
    index = DOCS / "README.md"
    listed = {
        Path(os.path.normpath(DOCS / link.partition("#")[0]))
        for link in LINK.findall(prose(index))
        if "://" not in link
    }
    assert set(PAGES) - {index} <= listed


def test_every_class_of_the_glossary_is_in_its_file() -> None:
    concepts = CONCEPT.findall((DOCS / "glossary.md").read_text("utf-8"))
    assert len(concepts) >= 20  # the table is read at all
    for name, path in concepts:
        source = (PACKAGE / path).read_text("utf-8")
        assert re.search(rf"^class {name}\b", source, re.MULTILINE), f"{name} in {path}"


def test_every_file_of_the_glossary_exists() -> None:
    files = set(re.findall(r"`([\w/]+\.py)`", (DOCS / "glossary.md").read_text("utf-8")))
    assert [path for path in sorted(files) if not (PACKAGE / path).is_file()] == []
