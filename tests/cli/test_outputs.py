"""Several outputs from one run: paired, opened before the work, written whole or not at all."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.example_reports import SHOP

OUTAGE = (sys.executable, "-m", "outage_cli.cli.main")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
STORY = f"{SHOP}  - {{at: deploy + 3h, what: Nothing is left to repair, up: payments}}\n"


def outage(
    *arguments: str, cwd: Path, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the tool as a shell would."""
    return subprocess.run(
        [*OUTAGE, *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **environment},
        preexec_fn=before,
        text=True,
        timeout=60,
    )


def without_override() -> None:
    """Give up what lets root write anywhere."""
    if os.getuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(STORY, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_format_goes_to_its_own_file(folder: Path) -> None:
    pairs = ["-f", "json", "-o", "r.json", "-f", "junit", "-o", "j.xml", "-f", "table", "-o", "-"]
    run = outage("report", "shop.yaml", *pairs, cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("The web shop in March\n")
    assert (folder / "r.json").read_text().startswith('{\n  "schema": "outage.report/1"')
    assert (folder / "j.xml").read_text().startswith("<?xml")
    assert names(folder) == ["j.xml", "r.json", "shop.yaml"]


def test_check_writes_the_report_beside_its_verdicts_and_exits_as_ever(folder: Path) -> None:
    pairs = [
        "-f",
        "text",
        "-o",
        "-",
        "-f",
        "junit",
        "-o",
        "junit.xml",
        "-f",
        "markdown",
        "-o",
        "r.md",
    ]
    run = outage("check", "shop.yaml", *pairs, cwd=folder)
    assert run.returncode == 1
    assert run.stdout.startswith("FAILED  shop: ")
    assert "<failure " in (folder / "junit.xml").read_text()
    assert (folder / "r.md").read_text().startswith("## The web shop in March")
    assert outage("check", "shop.yaml", *pairs, "--exit-zero", cwd=folder).returncode == 0


def test_a_file_that_is_not_what_its_name_says_is_told(folder: Path) -> None:
    run = outage("report", "shop.yaml", "-o", "r.html", cwd=folder)
    assert (run.returncode, run.stdout) == (0, "")
    text = "outage: r.html has the table of a terminal in it; for another format say so: -f html\n"
    assert run.stderr == text
    for arguments in ("-o r.txt", "-f html -o r.html", "-f statuspage -o r.json"):
        assert not outage("report", "shop.yaml", *arguments.split(), cwd=folder).stderr
    run = outage("check", "shop.yaml", "-f", "text", "-o", "j.XML", cwd=folder)
    assert "-f junit" in run.stderr


def test_lint_writes_several_too(folder: Path) -> None:
    (folder / "shop.yaml").write_text(STORY.replace("partial: shop", "partial: shpo"))
    run = outage(
        *["lint", "shop.yaml", "-f", "text", "-o", "-", "-f", "sarif", "-o", "a.sarif"], cwd=folder
    )
    assert run.returncode == 1
    assert "error[unknown-service]" in run.stdout
    assert '"ruleId": "unknown-service"' in (folder / "a.sarif").read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        "-f json -f junit -o j.xml",
        "-f json -f junit",
        "-f json -o a.json -o b.json",
        "-o a.json -o b.json",
        "-f json -o same -f junit -o ./same",
        "-f json -o - -f table -o -",
        "-f json -o a.json -f jsun -o b.json",
    ],
)
def test_outputs_that_do_not_pair_are_refused_before_anything_is_written(
    arguments: str, folder: Path
) -> None:
    run = outage("report", "shop.yaml", *arguments.split(), cwd=folder)
    assert run.returncode == 2
    assert run.stdout == ""
    assert names(folder) == ["shop.yaml"]


def test_formats_and_files_can_come_from_the_environment(folder: Path) -> None:
    run = outage("report", "shop.yaml", cwd=folder, OUTAGE_FORMAT="json csv", OUTAGE_OUTPUT="a:b")
    assert (run.returncode, run.stdout) == (0, "")
    assert (folder / "b").read_text().startswith("service,name")


def test_a_format_set_for_other_commands_is_passed_over(folder: Path) -> None:
    run = outage("lint", "shop.yaml", cwd=folder, OUTAGE_FORMAT="csv")
    assert (run.returncode, run.stdout) == (0, "no problems\n")
    run = outage("check", "shop.yaml", cwd=folder, OUTAGE_FORMAT="markdown")
    assert run.stdout.startswith("FAILED  shop: ")
    run = outage("report", "shop.yaml", cwd=folder, OUTAGE_FORMAT="junit")
    assert run.stdout.startswith("The web shop in March\n")


def test_what_cannot_be_written_is_said_before_the_work(folder: Path) -> None:
    (folder / "old.json").write_text("old")
    for wrong in ("no/such/folder.xml", ".", "/proc/report.xml"):
        pairs = ["-f", "json", "-o", "old.json", "-f", "junit", "-o", wrong]
        run = outage("report", "missing.yaml", *pairs, cwd=folder)
        assert run.returncode == 3
        assert run.stderr.startswith(f"outage: cannot write {wrong}: "), run.stderr
        assert run.stderr.count("\n") == 1  # and nothing of the file that is not there
        assert names(folder) == ["old.json", "shop.yaml"]
        assert (folder / "old.json").read_text() == "old"


def test_a_read_only_folder_leaves_the_old_file_whole(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir()
    (closed / "old.xml").write_text("old")
    closed.chmod(0o555)
    pair = ["-f", "junit", "-o", "closed/old.xml"]
    run = outage("report", "shop.yaml", *pair, cwd=folder, before=without_override)
    closed.chmod(0o755)
    assert run.returncode == 3, run.stderr
    assert run.stderr == "outage: cannot write closed/old.xml: Permission denied\n"
    assert (closed / "old.xml").read_text() == "old"
    assert names(closed) == ["old.xml"]


def test_a_full_disk_leaves_every_old_file_whole(folder: Path) -> None:
    for name in ("small.csv", "big.json"):
        (folder / name).write_text("old")
    limit = 4096  # a file may not grow over this: the small one fits, the big one does not

    def nearly_full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    pairs = ["-f", "csv", "-o", "small.csv", "-f", "json", "-o", "big.json"]
    run = outage("report", "shop.yaml", *pairs, cwd=folder, before=nearly_full)
    assert run.returncode == 3
    assert run.stderr == "outage: cannot write big.json: File too large\n"
    assert names(folder) == ["big.json", "shop.yaml", "small.csv"]
    assert {(folder / name).read_text() for name in ("small.csv", "big.json")} == {"old"}


def test_a_device_without_room_is_one_clear_line(folder: Path) -> None:
    run = outage("report", "shop.yaml", "-o", "/dev/full", cwd=folder)
    assert run.returncode == 3
    assert run.stderr == "outage: cannot write /dev/full: No space left on device\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_job_that_is_cancelled_leaves_nothing_behind(
    number: signal.Signals, folder: Path
) -> None:
    (folder / "old.json").write_text("old")
    with subprocess.Popen(
        [*OUTAGE, "report", "-", "-f", "json", "-o", "old.json"], stdin=subprocess.PIPE, cwd=folder
    ) as process:
        deadline = time.monotonic() + 30
        while len(names(folder)) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)  # until the output is open, and it waits for standard input
        time.sleep(0.3)
        process.send_signal(number)
        assert process.wait(timeout=30) == 128 + number
    assert names(folder) == ["old.json", "shop.yaml"]
    assert (folder / "old.json").read_text() == "old"


def test_a_file_with_errors_leaves_the_old_output(folder: Path) -> None:
    (folder / "old.json").write_text("old")
    (folder / "shop.yaml").write_text(STORY.replace("partial: shop", "partial: shpo"))
    run = outage("report", "shop.yaml", "-f", "json", "-o", "old.json", cwd=folder)
    assert run.returncode == 3
    assert (folder / "old.json").read_text() == "old"
    assert names(folder) == ["old.json", "shop.yaml"]


def test_a_link_stays_a_link_and_permissions_stay(folder: Path) -> None:
    (folder / "real.json").write_text("old")
    (folder / "real.json").chmod(0o640)
    (folder / "link.json").symlink_to("real.json")
    run = outage("report", "shop.yaml", "-f", "json", "-o", "link.json", cwd=folder)
    assert run.returncode == 0
    assert (folder / "link.json").is_symlink()
    assert (folder / "real.json").stat().st_mode & 0o777 == 0o640
    assert (folder / "real.json").read_text().startswith("{")


def test_parquet_goes_to_a_pipe_as_it_is(folder: Path) -> None:
    run = subprocess.run(
        [*OUTAGE, "report", "shop.yaml", "-f", "parquet"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    assert run.stdout.startswith(b"PAR1")
    assert run.stdout.endswith(b"PAR1")


def test_parquet_without_pyarrow_is_one_clear_line(folder: Path) -> None:
    (folder / "pyarrow.py").write_text("raise ImportError('not here')\n")
    (folder / "old").write_text("old")
    run = outage(
        *["report", "shop.yaml", "-f", "parquet", "-o", "old"], cwd=folder, PYTHONPATH=str(folder)
    )
    assert run.returncode == 2
    assert run.stderr == (
        "outage: Parquet is written by pyarrow, which is missing\n"
        " = hint: install it with: pip install 'outage-cli[parquet]', or: pip install pyarrow\n"
    )
    assert (folder / "old").read_text() == "old"


def test_what_a_format_has_no_place_for_is_said(folder: Path) -> None:
    pairs = ["-f", "openmetrics", "-o", "m.txt", "-f", "csv", "-o", "r.csv"]
    run = outage("report", "shop.yaml", "--by", "week", *pairs, cwd=folder)
    assert run.returncode == 0
    assert run.stderr == "outage: openmetrics: the whole window only, without --by\n"
    assert outage("report", "shop.yaml", *pairs, cwd=folder).stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        "report shop.yaml -o shop.yaml",
        "report . -f json -o ./shop.yaml",
        "report shop.yaml -o link.yaml",
        "report shop.yaml -f json -o r.json -f table -o shop.yaml",
        "report - -o shop.yaml",
        "check shop.yaml -o shop.yaml",
        "lint shop.yaml -o shop.yaml",
        "lint broken.yaml -o broken.yaml",
        "show shop.yaml -o shop.yaml",
        "compare shop.yaml -o shop.yaml",
        "explain shop.yaml shop -o shop.yaml",
    ],
)
def test_a_timeline_that_is_read_is_not_written_over(arguments: str, folder: Path) -> None:
    (folder / "link.yaml").symlink_to("shop.yaml")
    (folder / "broken.yaml").write_text("title: broken\n")
    before = names(folder)
    with (folder / "shop.yaml").open() as stdin:
        run = subprocess.run(
            [*OUTAGE, *arguments.split()],
            capture_output=True,
            check=False,
            cwd=folder,
            stdin=stdin,
            text=True,
            timeout=60,
        )
    assert (run.returncode, run.stdout) == (2, "")
    assert "is a file that is read: name another one to write to" in run.stderr
    assert names(folder) == before
    assert (folder / "shop.yaml").read_text(encoding="utf-8") == STORY
    assert (folder / "broken.yaml").read_text() == "title: broken\n"


def test_what_is_no_timeline_may_be_written_again(folder: Path) -> None:
    for _ in range(2):  # the second time, the folder that is read has the first problems in it
        run = outage("lint", ".", "-f", "json", "-o", "problems.json", cwd=folder)
        assert run.returncode == 0
    assert outage("report", "shop.yaml", "-o", "/dev/null", cwd=folder).returncode == 0


def test_convert_may_write_over_what_it_has_read(folder: Path) -> None:
    run = outage("convert", "shop.yaml", "-f", "json", "-o", "shop.yaml", cwd=folder)
    assert run.returncode == 0
    assert (folder / "shop.yaml").read_text(encoding="utf-8").startswith("{")
