"""What a release promises: one version everywhere, and Pythons and dependencies that are tested."""

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml as pyyaml

from outage_cli import __version__

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_newest_release_of_the_changelog_is_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", text, re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    assert headings[1][0] == __version__
    assert all(date for _, date in headings[1:])


def test_the_workflow_tests_every_python_that_the_package_names() -> None:
    workflow = pyyaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    named = re.findall(r":: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == named
    targets = {
        step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step
    }
    assert targets == {"make test PYTHON=python", "make ${{ matrix.target }} PYTHON=python"}


def test_the_workflow_calls_targets_that_make_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("test", "oldest", "coverage"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_run_time_dependency_is_imported_and_has_a_lower_bound() -> None:
    modules = {"python-dateutil": "dateutil", "rapidyaml": "ryml"}
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.py"))
    for requirement in PROJECT["dependencies"]:
        name, bound, _ = requirement.partition(">=")
        assert bound, requirement
        if name != "tzdata":  # zoneinfo reads it
            module = modules.get(name, name)
            assert re.search(rf"^\s*(?:from|import) {module}\b", source, re.MULTILINE), name
