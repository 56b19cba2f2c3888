"""The README is short, its links lead somewhere, and its picture is what the tool draws now."""

import importlib.metadata
import os
import re
from pathlib import Path

import pytest

from hatch_build import description
from tests.cli.test_command_line import outage

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = ROOT / "docs" / "images" / "kakao.svg"
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)[^)]*\)")


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("target", LINK.findall(README))
def test_a_link_of_the_readme_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).is_file()


def test_the_description_of_the_package_has_no_link_that_an_index_cannot_follow() -> None:
    assert LINK.findall(description(README)) == []
    assert "Where to go on" in description(README)
    assert description("a [page](docs/a.md#b), a [site](https://example.com)\n") == (
        "a page, a [site](https://example.com)\n"
    )


def test_the_metadata_has_that_description() -> None:
    metadata = importlib.metadata.metadata("outage-cli").json
    assert metadata["description_content_type"] == "text/markdown"
    assert "# outage" in metadata["description"]
    assert "docs/images" not in metadata["description"]


def test_the_picture_is_what_the_tool_draws() -> None:
    drawn = outage("show", "timelines/2022-10-15-kakao.yaml", "-f", "svg", cwd=ROOT).stdout
    if os.environ.get("UPDATE_STORIES"):
        PICTURE.write_bytes(drawn)
    assert drawn == PICTURE.read_bytes()
    assert b"prefers-color-scheme:dark" in drawn
