"""Rules for the repository: imports, names, and texts that no file may have."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sysconfig
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "outage_cli"
LINT_IMPORTS = Path(sysconfig.get_path("scripts"), "lint-imports")


def committed() -> list[Path]:
    """Return the files of the repository, also those that are about to be committed."""
    listing = subprocess.run(
        [
            *("git", "-c", "safe.directory=*"),
            *("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    files = [ROOT / name for name in listing.split("\0") if name]
    return [file for file in files if file.is_file()]


def test_environment_has_no_pydantic() -> None:
    assert importlib.util.find_spec("pydantic") is None


def test_source_imports_neither_click_nor_pydantic() -> None:
    banned = re.compile(r"^\s*(?:import|from)\s+(?:click|pydantic)\b", re.MULTILINE)
    assert [
        file for file in PACKAGE.rglob("*.py") if banned.search(file.read_text(encoding="utf-8"))
    ] == []


def test_no_file_names_a_registry() -> None:
    hosts = [
        ".".join(parts).encode()
        for parts in (
            ("pypi", "org"),
            ("files", "pythonhosted"),
            ("deb", "debian", "org"),
            ("security", "debian", "org"),
            ("archive", "ubuntu", "com"),
            ("registry", "npmjs"),
            ("registry", "yarnpkg"),
        )
    ]
    assert [
        (str(file.relative_to(ROOT)), host.decode())
        for file in committed()
        for host in hosts
        if host in file.read_bytes()
    ] == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        pytest.param("readers", "import outage_cli.writers", id="readers-meet-writers"),
        pytest.param("writers", "import outage_cli.readers", id="writers-meet-readers"),
        pytest.param("accounting", "import outage_cli.measures", id="accounting-meets-measures"),
        pytest.param("lint", "import outage_cli.accounting", id="lint-meets-accounting"),
        pytest.param("lint", "import outage_cli.verdicts", id="lint-meets-verdicts"),
        pytest.param("verdicts", "import outage_cli.pipeline", id="verdicts-meet-pipeline"),
        pytest.param("model", "import outage_cli.when", id="model-meets-when"),
        pytest.param("readers", "import outage_cli.cli", id="readers-meet-cli"),
        pytest.param("readers", "import dateutil", id="dateutil-in-a-reader"),
        pytest.param("cli", "import pendulum", id="pendulum-in-cli"),
        pytest.param("measures", "import rich", id="rich-in-a-measure"),
        pytest.param("cli", "import click", id="click-in-cli"),
        pytest.param("model", "import pydantic", id="pydantic-in-model"),
    ],
)
def test_import_the_wrong_way_is_refused(tmp_path: Path, room: str, line: str) -> None:
    assert "BROKEN" in lint(tmp_path, room, line)


def test_measures_may_meet_accounting(tmp_path: Path) -> None:
    assert "0 broken" in lint(tmp_path, "measures", "import outage_cli.accounting")


def test_module_outside_the_layout_is_refused(tmp_path: Path) -> None:
    assert "BROKEN" in lint(tmp_path, ".", "", name="utils.py")


ROOMS = sorted(folder.parent.name for folder in PACKAGE.glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_no_modules_of_a_room_import_each_other_in_a_circle(room: str) -> None:
    files = list((PACKAGE / room).rglob("*.py"))
    names = {file.relative_to(PACKAGE.parent).with_suffix(""): file for file in files}
    sources = {
        ".".join(name.parts).removesuffix(".__init__"): file.read_text(encoding="utf-8")
        for name, file in names.items()
    }
    assert len(sources) > 1
    assert circular(sources) == []


def test_a_circle_is_found_also_inside_functions() -> None:
    sources = {
        "room.one": "import room.two\n",
        "room.two": "def late() -> None:\n    from room import one\n",
        "room.three": "from room.four import value\n",
        "room.four": "value = 1\n",
    }
    assert circular(sources) == ["room.one", "room.two"]


def test_no_two_classes_share_a_name() -> None:
    homes = defaultdict[str, list[str]](list)
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(file.relative_to(PACKAGE).as_posix())
    assert "Report" in homes
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def circular(sources: Mapping[str, str]) -> list[str]:
    """Return the modules that are on a circle of imports, or that import one of those."""
    left = {name: imports(source) & sources.keys() for name, source in sources.items()}
    while ends := [name for name, targets in left.items() if not targets & left.keys()]:
        for name in ends:
            del left[name]
    return sorted(left)


def imports(source: str) -> set[str]:
    """Return the modules and names that a source imports anywhere, each with its dotted path."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def lint(folder: Path, room: str, line: str, name: str = "wrong.py") -> str:
    """Return what import-linter says against a copy of the package with one more module."""
    shutil.copytree(PACKAGE, folder / "outage_cli", dirs_exist_ok=True)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "outage_cli" / room / name).write_text(f"{line}\n", encoding="utf-8")
    verdict = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        check=False,
        capture_output=True,
        text=True,
    )
    return verdict.stdout + verdict.stderr
