"""The contract of the figures is in the repository, and what cites a clause points there."""

import re
from pathlib import Path

import pytest

from outage_cli import registry
from outage_cli.languages.en import English
from outage_cli.model.explanation import Explanation
from outage_cli.model.screen import Screen
from outage_cli.pipeline import ReportRequest, explain, read
from outage_cli.readers.source import Source
from outage_cli.writers.page import markdown, terminal
from tests.stories_runner import ROOT

PAGE = ROOT / "docs" / "accounting.md"
CITED = re.compile(r"(?:SEMANTICS |\()((?:[TSM]\d|[KCX]\b)(?:(?:, | and )(?:[TSM]\d|[KCX]\b))*)")
CLAUSE = re.compile(r"\b(?:[TSM]\d|[KCX])\b")
SILENT = b"""\
timezone: UTC
window: 2024-05-13
services: {wiki: {name: Wiki, hours: "06:00-22:00"}}
events:
  - {at: 2024-05-13 07:00, what: It fails, down: wiki}
  - {at: 2024-05-13 08:00, what: It works, up: wiki}
"""


def anchors() -> dict[str, str]:
    """Return the heading below each anchor of the contract."""
    found = re.findall(r'^<a id="(\w+)"></a>\n\n#+ (.*)$', PAGE.read_text("utf-8"), re.MULTILINE)
    return dict(found)


def cited(path: Path) -> set[str]:
    """Return the clauses that a module cites."""
    text = path.read_text("utf-8")
    return {clause for found in CITED.findall(text) for clause in CLAUSE.findall(found)}


def test_every_clause_that_the_code_cites_is_on_the_page() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {clause}"
        for path in (ROOT / "src").rglob("*.py")
        for clause in cited(path)
        if clause.lower() not in anchors()
    }
    assert missing == set()
    everywhere = {clause for path in (ROOT / "src").rglob("*.py") for clause in cited(path)}
    assert {"T5", "S4", "M1", "M8", "K", "C", "X"} <= everywhere  # citations are found at all


def test_each_anchor_stands_above_its_clause() -> None:
    assert len(anchors()) == PAGE.read_text("utf-8").count("<a id=")
    for anchor, heading in anchors().items():
        assert heading.startswith(f"{anchor.upper()}. ")


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
@pytest.mark.parametrize("at", [None, "2024-05-13 06:30", "2024-05-13 05:30"])
def test_an_explanation_says_once_where_its_clauses_are_defined(
    language: str, at: str | None
) -> None:
    explanation = explain([read(Source("wiki.yaml", SILENT))], ReportRequest(now=0), at=at)
    assert isinstance(explanation, Explanation)
    for writer in (terminal, markdown):
        text = writer.explanation(explanation, Screen(language=language))
        *body, last = text.rstrip().split("\n")
        say: English = registry.language(language)
        clauses = sorted(set(CLAUSE.findall("\n".join(body))))
        assert clauses
        assert last.replace("\\", "").replace("&#46;", ".") == say.clauses_defined(clauses)
        assert text.count("accounting") == 1
