"""The registry names every module that is found by name, and each name leads somewhere."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from outage_cli import registry

PACKAGE = Path(registry.__file__).parent


def defining(room: str, functions: Iterable[str]) -> set[str]:
    """Return the modules of a room that define, at the top, one of the functions."""
    starts = tuple(f"def {each}(" for each in functions)
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in (PACKAGE / room).rglob("*.py")
        if any(line.startswith(starts) for line in path.read_text(encoding="utf-8").splitlines())
    }


def homes(entries: Iterable[registry.Registration | registry.Reader | registry.Writer]) -> set[str]:
    return {entry.home for entry in entries}


def test_no_reader_is_forgotten() -> None:
    readers = defining("readers", ["document"])
    assert readers
    assert readers == homes(registry.READERS)


def test_no_writer_is_forgotten() -> None:
    functions = {function for writer in registry.WRITERS for function in writer.writes}
    assert defining("writers", functions) == homes(registry.WRITERS)


def test_no_check_is_forgotten() -> None:
    assert defining("lint", ["check"]) == homes(registry.CHECKS)


def test_no_command_is_forgotten() -> None:
    assert defining("cli", ["command"]) == homes(registry.COMMANDS)


@pytest.mark.parametrize("entry", registry.READERS, ids=lambda entry: entry.name)
def test_a_reader_reads(entry: registry.Reader) -> None:
    assert callable(registry.load(entry.home).read)


@pytest.mark.parametrize("entry", registry.WRITERS, ids=lambda entry: entry.name)
def test_a_writer_writes_what_it_says(entry: registry.Writer) -> None:
    assert entry.writes
    for function in entry.writes:
        assert callable(getattr(registry.load(entry.home), function))


@pytest.mark.parametrize("entry", registry.METHODS, ids=lambda entry: entry.name)
def test_a_method_is_called_by_its_name(entry: registry.Registration) -> None:
    module = registry.load(entry.home)
    assert entry.name in {getattr(value, "name", None) for value in vars(module).values()}


def test_a_name_stands_once_in_its_list() -> None:
    for entries in (registry.READERS, registry.WRITERS, registry.METHODS, registry.COMMANDS):
        names = [entry.name for entry in entries]
        assert len(names) == len(set(names))


def test_every_entry_says_what_it_is() -> None:
    summaries = [entry.summary for entry in (*registry.READERS, *registry.WRITERS)]
    for entries in (registry.METHODS, registry.CHECKS, registry.COMMANDS):
        summaries += [entry.summary for entry in entries]
    assert all(summaries)
    assert not any(summary.endswith(".") for summary in summaries)


def imported(*arguments: str) -> set[str]:
    """Return the modules that a run of the tool has imported."""
    code = (
        "import sys, os\n"
        "from outage_cli.cli import main\n"
        "os._exit = lambda code: print(*sys.modules, file=sys.stderr)\n"
        "main.main()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent.parent,
    )
    return set(run.stderr.split())


KAKAO = "timelines/2022-10-15-kakao.yaml"


def test_json_needs_neither_rich_nor_pendulum_nor_other_formats() -> None:
    modules = imported("report", KAKAO, "-f", "json")
    assert "outage_cli.writers.json.report" in modules
    assert not {each.partition(".")[0] for each in modules} & {"rich", "pendulum", "dateutil"}
    strangers = {
        "writers.sheet.csv",
        "writers.page.terminal",
        "writers.page.markdown",
        "readers.native.toml",
        "cli.commands.check",
    }
    assert not modules & {f"outage_cli.{each}" for each in strangers}


@pytest.mark.parametrize("name", ["ical", "csv"])
def test_what_an_output_does_not_show_is_not_measured(name: str) -> None:
    """The file has claims, and services that take others down."""
    modules = imported("report", KAKAO, "-f", name)
    strangers = {
        registry.BLAST_RADIUS: "measures.blast_radius",
        registry.CHART: "measures.chart",
        registry.PROMISES: "measures.claims",
        registry.WORST_WINDOWS: "measures.worst_windows",
    }
    needs = registry.needs(name)
    assert {need: f"outage_cli.{home}" in modules for need, home in strangers.items()} == {
        need: need in needs for need in strangers
    }


def test_every_need_is_one_of_the_known(  # a name that is mistyped would be needed by nobody
) -> None:
    assert {need for each in registry.WRITERS for need in each.needs | each.needs_in_full} == (
        registry.NEEDS
    )


def test_the_version_needs_no_command() -> None:
    modules = imported("--version")
    assert not modules & {"outage_cli.cli.commands.report", "outage_cli.pipeline", "ryml"}
