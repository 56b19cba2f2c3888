"""The command line with pipes, interrupts, odd files and full disks."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
from itertools import pairwise
from pathlib import Path

import pytest

OUTAGE = (sys.executable, "-m", "outage_cli")
KAKAO = Path(__file__).parents[2] / "timelines" / "2022-10-15-kakao.yaml"

STORY = """\
title: A short outage
timezone: UTC
services: {web: The web shop}
events:
  - {at: 2024-01-01 10:00, what: Disk full, down: web}
  - {at: 2024-01-01 11:00, what: Disk swapped, up: web}
"""


def outage(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the tool as a shell would."""
    return subprocess.run(
        [*OUTAGE, *arguments], capture_output=True, check=False, cwd=cwd, input=stdin, timeout=60
    )


def one_error(run: subprocess.CompletedProcess[bytes], code: str) -> str:
    """Return stderr, having checked that it is one error with a remedy and no traceback."""
    text = run.stderr.decode()
    assert run.stdout == b""
    assert "Traceback" not in text
    assert text.count("error[") == 1
    assert f"error[{code}]" in text
    assert "= hint: " in text
    return text


def test_a_reader_that_leaves_early_ends_the_run_quietly(tmp_path: Path) -> None:
    services = ", ".join(f"s{number}: Service {number}" for number in range(5000))
    (tmp_path / "big.yaml").write_text(STORY.replace("web: The", f"{services}, web: The"))
    command = f"{sys.executable} -m outage_cli.cli.main report big.yaml -f json | head -n 1"
    run = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert run.stdout == b"{\n"
    assert run.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("report story.yaml", 0),
        ("lint story.yaml", 0),
        ("show story.yaml", 0),
        ("compare story.yaml", 0),
        ("explain story.yaml web", 0),
        ("convert story.yaml", 0),
        ("schema timeline", 0),
        ("--help", 0),
        ("report --help", 0),
        ("--version", 0),
        ("check story.yaml --fail-if 'downtime > 2h'", 0),
        ("check story.yaml --fail-if 'downtime > 30m'", 1),
        ("reprot story.yaml 2>&1", 2),
    ],
)
def test_a_closed_pipe_is_no_failure(arguments: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    reader, writer = os.pipe()
    os.close(reader)
    command = f"{sys.executable} -m outage_cli.cli.main {arguments}"
    run = subprocess.run(
        ["/bin/sh", "-c", command],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        cwd=tmp_path,
        timeout=60,
    )
    os.close(writer)
    assert (run.returncode, run.stderr) == (code, b"")


def test_ctrl_c_exits_with_130_and_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*OUTAGE, "report", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    time.sleep(1.0)  # by now it waits for standard input
    process.send_signal(signal.SIGINT)
    _, output = process.communicate(timeout=30)
    assert process.returncode == 130
    assert output == b""


def test_the_package_is_the_command() -> None:
    command = str(Path(sysconfig.get_path("scripts"), "outage"))
    screens = [
        subprocess.run([*start, "repotr"], capture_output=True, check=False)
        for start in ([command], OUTAGE)
    ]
    assert screens[0].returncode == screens[1].returncode == 2
    assert screens[0].stderr == screens[1].stderr
    assert b"outage" in screens[0].stderr


def test_standard_input_is_a_file_like_others(tmp_path: Path) -> None:
    run = outage("report", "-", "-f", "csv", cwd=tmp_path, stdin=STORY.encode())
    assert run.returncode == 0
    assert b"web,The web shop" in run.stdout


def test_a_missing_file_says_which_one_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "kakao.yaml").write_text(STORY)
    run = outage("report", "kakoa.yaml", cwd=tmp_path)
    assert run.returncode == 3
    assert "did you mean kakao.yaml?" in one_error(run, "cannot-read")


def test_a_folder_without_timelines_says_what_was_looked_for(tmp_path: Path) -> None:
    run = outage("report", ".", cwd=tmp_path)
    assert run.returncode == 3
    assert ".yaml" in one_error(run, "no-timelines")


def test_a_file_that_cannot_be_opened_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    run = outage("report", "story.yaml/inner.yaml", cwd=tmp_path)
    assert run.returncode == 3
    one_error(run, "cannot-read")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (bytes(range(256)), "not-text"),
        ("title: 火災\n".encode("cp932"), "not-text"),
        (b"title: \x1b[31mred\n", "control-character"),
        (b"events: [1, 2\nservices: {a: b}\n", "not-yaml"),
        (b"events: " + b"[" * 10_000 + b"]" * 10_000, "too-deep"),
        (b"".join(b" " * deep + b"a:\n" for deep in range(3_000)), "too-deep"),
        (b"x" * 10_000_000, "not-a-timeline"),
        (b"title: only this\n", "not-a-timeline"),
    ],
)
def test_a_file_that_is_no_timeline_is_one_clear_error(
    data: bytes, code: str, tmp_path: Path
) -> None:
    (tmp_path / "odd.yaml").write_bytes(data)
    run = outage("report", "odd.yaml", cwd=tmp_path)
    assert run.returncode == 3
    one_error(run, code)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("report /dev/zero", "not-text"),
        ("lint - < /dev/zero", "not-text"),
        ("report story.yaml -m /dev/zero", "not-text"),
        ("report huge.yaml", "too-large"),
        ("report story.yaml -m ./huge.yaml", "too-large"),
        ("report /dev/stdin < huge.yaml", "too-large"),
        ("report -", "too-large"),
    ],
)
def test_what_has_no_end_is_not_read_to_it(arguments: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    with (tmp_path / "huge.yaml").open("wb") as huge:
        huge.truncate((1 << 30) + 1)  # a hole: it takes no room on the disk
    limited = f"ulimit -v 4000000; {sys.executable} -m outage_cli.cli.main {arguments}"
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
        run = subprocess.run(
            ["/bin/sh", "-c", limited],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            stdin=endless.stdout,
            timeout=60,
        )
        endless.kill()
    text = run.stdout.decode() if arguments.startswith("lint") else run.stderr.decode()
    assert run.returncode == 3
    assert f"error[{code}]" in text
    assert "= hint: name a timeline file" in text


def test_an_alias_bomb_is_defused(tmp_path: Path) -> None:
    bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    letters = "abcdefgh"
    for before, here in pairwise(letters):
        bomb.append(f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]")
    (tmp_path / "bomb.yaml").write_text("\n".join([*bomb, "services: {a: b}", "events: *h"]))
    run = outage("report", "bomb.yaml", cwd=tmp_path)
    assert run.returncode == 3
    assert b"error[too-many-aliases]" in run.stderr
    assert b"Traceback" not in run.stderr


def test_no_escape_sequence_of_a_file_reaches_the_terminal(tmp_path: Path) -> None:
    hostile = r"\e[31m\e]0;owned\a\e[2J\u202e\x9b31m"
    story = STORY.replace("A short outage", f'"{hostile}"').replace("Disk full", f'"{hostile}"')
    (tmp_path / "hostile.yaml").write_text(story.replace("The web shop", f'"{hostile}"'))
    for form in ("table", "markdown", "csv"):
        run = outage("report", "hostile.yaml", "-f", form, "--color", "never", cwd=tmp_path)
        shown = run.stdout.decode() + run.stderr.decode()
        assert run.returncode == 0
        assert "warning[control-character]" in shown
        assert not set(shown) & {"\x1b", "\x07", "\x9b", "\u202e"}
        assert "␛[31m" in shown or "␛\\[31m" in shown


def test_output_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    (tmp_path / "report.md").write_text("the old report")
    run = outage("report", "story.yaml", "-f", "markdown", "-o", "report.md", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, b"")
    assert "web shop" in (tmp_path / "report.md").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.md", "story.yaml"]
    run = outage("report", "story.yaml", "-o", "no/such/folder.md", cwd=tmp_path)
    assert run.returncode == 3
    assert b"cannot write" in run.stderr


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    run = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m outage_cli.cli.main report story.yaml > /dev/full"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 3
    assert run.stderr == b"outage: cannot write standard output: No space left on device\n"


def test_the_machines_own_zone_changes_nothing(tmp_path: Path) -> None:
    def report(zone: str) -> bytes:
        environment = {**os.environ, "TZ": zone}
        command = [*OUTAGE, "report", str(KAKAO), "-f", "json"]
        return subprocess.run(
            command, capture_output=True, check=True, cwd=tmp_path, env=environment
        ).stdout

    assert report("UTC") == report("America/St_Johns") == report("Asia/Seoul")


def test_an_option_can_come_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    environment = {**os.environ, "OUTAGE_FORMAT": "csv"}
    run = subprocess.run(
        [*OUTAGE, "report", "story.yaml"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert run.stdout.startswith(b"service,name,")


@pytest.mark.parametrize(
    "arguments",
    [
        ["reprot", "story.yaml"],
        ["report"],
        ["report", "story.yaml", "-f", "tabel"],
        ["report", "story.yaml", "--window", "someday"],
        ["report", "story.yaml", "--tz", "Europe/Berln"],
        ["report", "story.yaml", "--as-of", "whenever"],
        ["report", "story.yaml", "-s", "wep"],
        ["check", "story.yaml", "--fail-if", "downtme > 4h"],
        ["check", "story.yaml", "--fail-if", "wep.downtime > 4h"],
        ["report", ""],
        ["check", "story.yaml", ""],
        ["lint", ""],
        ["show", ""],
        ["compare", ""],
        ["convert", ""],
        ["explain", "", "web"],
        ["explain", "story.yaml", ""],
        ["report", "story.yaml", "-w", ""],
        ["report", "story.yaml", "--tz", ""],
        ["report", "story.yaml", "--as-of", ""],
        ["report", "story.yaml", "--shift", ""],
        ["report", "story.yaml", "--start", ""],
        ["report", "story.yaml", "-s", ""],
        ["report", "story.yaml", "-m", ""],
        ["report", "story.yaml", "--min-outage", ""],
        ["check", "story.yaml", "--fail-if", ""],
        ["explain", "story.yaml", "web", "--at", " "],
    ],
)
def test_wrong_use_exits_with_2_and_says_what_to_write(
    arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    run = outage(*arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert run.stdout == b""
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("command", ["report", "compare"])
def test_an_empty_variable_of_the_environment_is_not_given(command: str, tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(STORY)
    names = ("WINDOW", "TZ", "AS_OF", "SERVICE", "SHIFT", "START", "MIN_OUTAGE", "OUTPUT", "METHOD")
    run = subprocess.run(
        [*OUTAGE, command, "story.yaml"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **{f"OUTAGE_{name}": "" for name in names}},
    )
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["2>&-", "2>&- <&-", "2>/dev/full"])
@pytest.mark.parametrize("command", ["report", "check --exit-zero", "lint", "show", "convert"])
def test_nobody_has_to_listen_to_diagnoses(command: str, closed: str, tmp_path: Path) -> None:
    """Without standard error there are still figures and exit codes."""
    (tmp_path / "story.yaml").write_text(STORY)
    line = f"{sys.executable} -m outage_cli.cli.main {command} story.yaml {closed}"
    run = subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0
    assert run.stdout
