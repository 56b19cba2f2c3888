"""The rules of the house hold: what may be imported where, and what the repository never names."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sysconfig
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


@pytest.mark.parametrize(
    "room", ["accounting", "languages", "lint", "measures", "model", "readers", "verdicts"]
)
def test_no_modules_of_a_room_import_each_other_in_a_circle(room: str) -> None:
    imports = imports_below(PACKAGE / room)
    assert len(imports) > 1
    assert circular(imports) == set()


def test_imports_of_every_kind_make_a_circle(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "a.py").write_text("from outage_cli.room import b\n", encoding="utf-8")
    (room / "b.py").write_text("def f():\n    import outage_cli.room.c\n", encoding="utf-8")
    (room / "c.py").write_text("if TYPE_CHECKING:\n    from outage_cli.room.a import A\n", "utf-8")
    (room / "d.py").write_text("from outage_cli.room.a import A\n", encoding="utf-8")
    names = {f"outage_cli.room.{name}" for name in "abc"}
    assert circular(imports_below(room)) == names


def imports_below(room: Path) -> dict[str, set[str]]:
    """Return the modules below a folder of the package, each with those of them it imports."""
    names = {
        file: ".".join(("outage_cli", *file.relative_to(room.parent).with_suffix("").parts))
        for file in room.rglob("*.py")
    }
    modules = {name.removesuffix(".__init__"): file for file, name in names.items()}
    imports: dict[str, set[str]] = {}
    for name, file in modules.items():
        imported: set[str] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                members = {f"{node.module}.{alias.name}" for alias in node.names}
                imported |= members & modules.keys() or {node.module}
        imports[name] = imported & modules.keys() - {name}
    return imports


def circular(imports: Mapping[str, set[str]]) -> set[str]:
    """Return the modules that import themselves by way of others."""
    circles = set()
    for name in imports:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            fresh = imports[waiting.pop()] - reached
            reached |= fresh
            waiting += fresh
        if name in reached:
            circles.add(name)
    return circles


def test_module_outside_the_layout_is_refused(tmp_path: Path) -> None:
    assert "BROKEN" in lint(tmp_path, ".", "", name="utils.py")


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
