"""The description in the metadata is README.md without what works only beside the repository.

A package index shows the description away from `docs/`, so links to pages of the repository become
their text there, and pictures go.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class DescriptionHook(MetadataHookInterface):
    """Sets the description of the package."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add `readme` to the metadata."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": description(text)}


def description(text: str) -> str:
    """Return a page without pictures and without links to files beside it."""
    without_pictures = re.sub(r"(?m)^!\[[^\]]*\]\([^)]*\)\n\n?", "", text)
    return re.sub(r"\[([^\]]*)\]\((?!https?:)[^)]*\)", r"\1", without_pictures)
