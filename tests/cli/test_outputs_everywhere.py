"""Every command writes outputs alike: opened first, whole or not at all, never over an input."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from outage_cli import registry
from tests.cli.test_outputs import OUTAGE, names, outage, without_override
from tests.example_reports import SHOP

STORY = f"{SHOP}  - {{at: deploy + 3h, what: Nothing is left to repair, up: payments}}\n"
METHOD = 'name = "ours"\nbase = "standard"\nmin_outage = "5m"\n'
METHODICAL = ("report", "check", "compare", "explain")
COMMANDS = (
    "report shop.yaml",
    "show shop.yaml",
    "check shop.yaml --exit-zero",
    "compare shop.yaml",
    "explain shop.yaml shop",
    "lint shop.yaml",
    "convert shop.yaml",
    "schema report",
)
COUNTING = tuple(each for each in COMMANDS if each.split()[0] in METHODICAL)
everywhere = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(STORY, encoding="utf-8")
    (tmp_path / "ours.toml").write_text(METHOD, encoding="utf-8")
    return tmp_path


@everywhere
def test_an_output_is_what_standard_output_would_be(command: str, folder: Path) -> None:
    before = names(folder)
    piped = outage(*command.split(), cwd=folder)
    assert (piped.returncode, piped.stderr) == (0, "")
    assert outage(*command.split(), "-o", "out", cwd=folder).stdout == ""
    assert (folder / "out").read_text(encoding="utf-8") == piped.stdout
    assert names(folder) == sorted([*before, "out"])
    for alias in ("-", "/dev/stdout", "/dev/fd/1"):
        assert outage(*command.split(), "-o", alias, cwd=folder).stdout == piped.stdout


@everywhere
def test_what_a_shell_has_opened_is_written_where_it_stands(command: str, folder: Path) -> None:
    (folder / "log").write_text("old\n")
    for name in ("/dev/stdout", "/dev/fd/1", "/dev/stderr"):
        script = f"{sys.executable} -m {OUTAGE[2]} {command} -o {name} >>log 2>>log"
        before = (folder / "log").read_text()
        assert subprocess.run(["/bin/sh", "-c", script], check=False, cwd=folder).returncode == 0
        text = (folder / "log").read_text()
        assert text.startswith(before)
        assert len(text) > len(before)


@everywhere
def test_a_pipe_with_a_name_is_written_as_it_is(command: str, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=folder, stdout=subprocess.PIPE) as reader:
        assert outage(*command.split(), "-o", "pipe", cwd=folder).returncode == 0
        output, _ = reader.communicate(timeout=60)
    assert output.decode() == outage(*command.split(), cwd=folder).stdout
    assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)


@everywhere
def test_what_cannot_be_written_is_said_before_the_work(command: str, folder: Path) -> None:
    before = names(folder)
    (folder / "shop.yaml").write_text("not: [a, timeline")
    for wrong, why in (
        ("no/such/folder", "No such file or directory"),
        (".", "Is a directory"),
        ("/dev/fd/77", "Bad file descriptor"),
    ):
        run = outage(*command.split(), "-o", wrong, cwd=folder)
        assert (run.returncode, run.stdout) == (3, "")
        assert run.stderr == f"outage: cannot write {wrong}: {why}\n"
    assert names(folder) == before


@everywhere
def test_a_disk_without_room_is_one_clear_line(command: str, folder: Path) -> None:
    for options in (["-o", "/dev/full"], ["-o", "-"]):
        with Path("/dev/full").open("wb") as full:
            run = subprocess.run(
                [*OUTAGE, *command.split(), *options],
                check=False,
                cwd=folder,
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
            )
        where = "/dev/full" if "/dev/full" in options else "standard output"
        assert run.returncode == 3
        assert run.stderr == f"outage: cannot write {where}: No space left on device\n"


@everywhere
def test_a_read_only_folder_leaves_the_old_file_whole(command: str, folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir()
    (closed / "old").write_text("old")
    closed.chmod(0o555)
    run = outage(*command.split(), "-o", "closed/old", cwd=folder, before=without_override)
    closed.chmod(0o755)
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr == "outage: cannot write closed/old: Permission denied\n"
    assert (closed / "old").read_text() == "old"
    assert names(closed) == ["old"]


@everywhere
def test_a_file_that_is_read_only_stays(command: str, folder: Path) -> None:
    (folder / "old").write_text("old")
    (folder / "old").chmod(0o444)
    run = outage(*command.split(), "-o", "old", cwd=folder, before=without_override)
    assert run.stderr == "outage: cannot write old: Permission denied\n"
    assert (folder / "old").read_text() == "old"


@everywhere
def test_permissions_links_and_the_umask_are_kept(command: str, folder: Path) -> None:
    (folder / "real").write_text("old")
    (folder / "real").chmod(0o640)
    (folder / "link").symlink_to("real")
    (folder / "dangling").symlink_to("new")
    assert outage(*command.split(), "-o", "link", cwd=folder).returncode == 0
    assert (folder / "link").is_symlink()
    assert (folder / "real").stat().st_mode & 0o7777 == 0o640
    assert (folder / "real").read_text() != "old"

    def strict() -> None:
        os.umask(0o027)

    assert outage(*command.split(), "-o", "dangling", cwd=folder, before=strict).returncode == 0
    assert (folder / "dangling").is_symlink()
    assert (folder / "new").stat().st_mode & 0o7777 == 0o640


@pytest.mark.skipif(os.getuid() != 0, reason="only root writes other people's files")
def test_a_file_stays_with_its_owner(folder: Path) -> None:
    (folder / "theirs").write_text("old")
    os.chown(folder / "theirs", 1234, 2345)
    assert outage("report", "shop.yaml", "-o", "theirs", cwd=folder).returncode == 0
    about = (folder / "theirs").stat()
    assert (about.st_uid, about.st_gid) == (1234, 2345)


@pytest.mark.parametrize("command", [each for each in COMMANDS if "shop.yaml" in each])
@pytest.mark.parametrize("link", ["itself", "soft", "hard"])
def test_nothing_that_was_read_is_written_over(command: str, link: str, folder: Path) -> None:
    target = folder / "shop.yaml"
    if link == "soft":
        (folder / "other").symlink_to("shop.yaml")
    elif link == "hard":
        (folder / "other").hardlink_to(target)
    name = "shop.yaml" if link == "itself" else "other"
    run = outage(*command.split(), "-o", name, cwd=folder)
    if command.startswith("convert"):  # that is its business
        assert run.returncode == 0
    else:
        assert (run.returncode, run.stdout) == (2, "")
        assert "is a file that is read: name another one to write to" in run.stderr
        assert target.read_text(encoding="utf-8") == STORY


@pytest.mark.parametrize("command", COUNTING)
@pytest.mark.parametrize("link", ["itself", "soft", "hard"])
def test_a_method_is_not_written_over(command: str, link: str, folder: Path) -> None:
    if link == "soft":
        (folder / "other").symlink_to("ours.toml")
    elif link == "hard":
        (folder / "other").hardlink_to(folder / "ours.toml")
    name = "ours.toml" if link == "itself" else "other"
    run = outage(*command.split(), "-m", "ours.toml", "-o", name, cwd=folder)
    assert (run.returncode, run.stdout) == (2, ""), run.stderr
    assert "is a file that is read: name another one to write to" in run.stderr
    assert (folder / "ours.toml").read_text() == METHOD


@pytest.mark.parametrize(
    ("command", "pairs"),
    [
        ("show shop.yaml", "-f text -o a -f svg -o b"),
        ("compare shop.yaml", "-f json -o a -f csv -o b"),
        ("explain shop.yaml shop", "-f json -o a -f markdown -o b"),
        ("convert shop.yaml", "-f json -o a -f toml -o b"),
    ],
)
def test_every_command_writes_several_outputs(command: str, pairs: str, folder: Path) -> None:
    assert outage(*command.split(), *pairs.split(), cwd=folder).returncode == 0
    first, second = pairs.split()[1], pairs.split()[5]
    for form, name in ((first, "a"), (second, "b")):
        alone = outage(*command.split(), "-f", form, cwd=folder).stdout
        assert (folder / name).read_text(encoding="utf-8") == alone


def test_two_outputs_are_two_files_also_by_another_name(folder: Path) -> None:
    (folder / "a").write_text("old")
    (folder / "b").hardlink_to(folder / "a")
    run = outage(
        "show", "shop.yaml", *["-f", "text", "-o", "a", "-f", "svg", "-o", "b"], cwd=folder
    )
    assert run.returncode == 2
    assert "two outputs would go to b: give each a file of its own" in run.stderr
    assert (folder / "a").read_text() == "old"


@pytest.mark.parametrize("command", ["report", "show", "check --exit-zero", "compare", "lint"])
def test_what_outage_has_written_into_a_folder_is_no_timeline(command: str, folder: Path) -> None:
    (folder / "ours.toml").unlink()
    again = [*command.split(), ".", "-f", "json", "-o", "out.json"]
    assert outage(*again, cwd=folder).returncode == 0
    run = outage(*again, cwd=folder)
    assert run.returncode == 0, run.stderr
    if command != "lint":
        assert "out.json: note[not-a-timeline] is not a timeline: outage wrote it" in run.stderr
    run = outage("report", "out.json", cwd=folder)  # who names it is told more
    assert run.returncode == 3


@pytest.mark.parametrize("name", sorted(registry.writers("report").keys() - {"json", "ndjson"}))
def test_check_writes_each_format_as_report_does(folder: Path, name: str) -> None:
    """What a check is about is the report, whole, its chart too."""
    result = [
        outage(*command, "shop.yaml", "-f", name, "-o", command[0], cwd=folder)
        for command in (("check", "--exit-zero"), ("report",))
    ]
    assert [run.returncode for run in result] == [0, 0], result
    assert (folder / "check").read_bytes() == (folder / "report").read_bytes()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("encoding", ["ascii", "euc-kr", "utf-16"])
def test_data_is_utf_8_whatever_the_terminal_can_show(
    folder: Path, command: str, encoding: str
) -> None:
    """JSON on standard output is that in a file, byte for byte, where nobody looks at it."""
    run = [*OUTAGE, *command.split(), *["-f", "json"][: 0 if "schema" in command else 2]]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "OUTAGE_LANG": "ja"}
    result = subprocess.run(run, cwd=folder, env=environment, check=True, capture_output=True)
    subprocess.run([*run, "-o", "there"], cwd=folder, check=True)
    assert result.stdout == (folder / "there").read_bytes()
