"""The action, the hooks and the recipes for CI, run as CI runs them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml as pyyaml

from tests.example_reports import SHOP
from tests.stories_runner import ROOT
from tests.writers.test_formats import junit, sarif
from tests.writers.test_injection import HOSTILE, STORY

WHOLE = f"{SHOP}  - {{at: deploy + 3h, what: Nothing is left to repair, up: payments}}\n"
GOOD = WHOLE.replace("slo: 99.95%", "slo: 99%")
ACTION: dict[str, Any] = pyyaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = pyyaml.safe_load(
    (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)
SCRIPTS = sysconfig.get_path("scripts")

OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip's word for "no isolation"
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONPATH": sysconfig.get_path("purelib"),
}
"""What lets pip install this repository without a network: what that needs is here already."""


class Job(NamedTuple):
    """What a job did: its exit code, its log, the runner's folder, and the action's outputs."""

    code: int
    log: str
    runner: Path
    outputs: dict[str, str]


def runs(folder: Path, inputs: Mapping[str, str] = {}, *, install: bool = False) -> Job:
    """Run the action's steps in a folder, as the runner of GitHub Actions does.

    Expressions are only known in `env` and `if`; each step gets the PATH that those before it made.
    """
    runner = folder.parent / "runner"
    runner.mkdir(exist_ok=True)
    assert set(inputs) <= set(ACTION["inputs"])
    known = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    known |= inputs
    context = {f"inputs.{name}": value for name, value in known.items()}
    files = {name: runner / name.lower() for name in ("GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.touch()
    files["GITHUB_OUTPUT"] = runner / "github_output"

    def job(code: int) -> Job:
        outputs = {name: filled(each["value"], context) for name, each in ACTION["outputs"].items()}
        return Job(code, log, runner, outputs)

    log = ""
    for step in ACTION["runs"]["steps"]:
        if step["name"].startswith("Install") and not install:
            continue
        if "if" in step:
            name, expected = re.fullmatch(r"(\S+) == '(\w+)'", step["if"]).groups()  # type: ignore[union-attr]
            if context[name] != expected:
                continue
        assert "${{" not in step["run"]  # what a user types is never a part of a script
        script = runner / "step.sh"
        files["GITHUB_OUTPUT"].write_text("", encoding="utf-8")
        script.write_text(step["run"], encoding="utf-8")
        added = files["GITHUB_PATH"].read_text(encoding="utf-8").split("\n")
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=folder,
            env={
                **environment(folder),
                **(OFFLINE if install else {}),
                "PATH": os.pathsep.join([*filter(None, reversed(added)), *paths(install=install)]),
                **{key: str(file) for key, file in files.items()},
                "RUNNER_TEMP": str(runner),
                "GITHUB_ACTION_PATH": str(ROOT),
                **{key: filled(value, context) for key, value in step.get("env", {}).items()},
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=300,
        )
        log += run.stdout.decode()
        for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
            name, value = line.split("=", 1)
            context[f"steps.{step['id']}.outputs.{name}"] = value
        if run.returncode:
            return job(run.returncode)
    return job(0)


def paths(*, install: bool) -> list[str]:
    """Return the PATH: the tool of this environment is on it, unless the step installs its own."""
    return [*([] if install else [SCRIPTS]), os.environ.get("PATH", os.defpath)]


def environment(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder.parent), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "TZ": "UTC"}


def filled(value: str, context: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: context.get(match[1], ""), str(value))


def commands(log: str) -> list[str]:
    """Return the workflow commands that the runner finds in a log."""
    texts: list[str] = []
    token = None
    for line in log.splitlines():
        if token:
            token = None if line.strip() == f"::{token}::" else token
        elif stop := re.fullmatch(r"::stop-commands::(\w+)", line):
            token = stop[1]
        elif line.lstrip().startswith("::") or "##[" in line:
            texts.append(line)
    assert token is None
    return texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with a timeline whose target is missed."""
    folder = tmp_path / "repository"
    (folder / "timelines").mkdir(parents=True)
    (folder / "timelines" / "shop.yaml").write_text(WHOLE, encoding="utf-8")
    git(folder, "init", "-q")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def test_the_action_fails_annotates_and_reports(folder: Path) -> None:
    job = runs(
        folder,
        {
            "junit": "junit.xml",
            "sarif": "lint.sarif",
            "fail-if": "outages > 1\nlongest_outage > 9h",
        },
    )
    assert job.code == 1, job.log
    assert job.outputs == {"lint": "0", "check": "1"}
    assert "FAILED  shop: availability is at least 99.95%" in job.log
    texts = commands(job.log)
    assert texts[0].startswith("::error file=timelines/shop.yaml,line=10,")
    assert len(texts) == 3  # the target, and one condition for two services
    root = junit((folder / "junit.xml").read_text(encoding="utf-8"))
    assert root.attrib["failures"] == "3"
    assert sarif((folder / "lint.sarif").read_text(encoding="utf-8"))["results"] == []
    summary = (job.runner / "github_step_summary").read_text(encoding="utf-8")
    assert summary.startswith("## The web shop in March\n")


def test_the_action_passes_where_all_is_well(folder: Path) -> None:
    (folder / "timelines" / "shop.yaml").write_text(GOOD, encoding="utf-8")
    job = runs(folder, {"strict": "true"})
    assert (job.code, commands(job.log)) == (0, []), job.log


def test_the_action_can_report_and_pass(folder: Path) -> None:
    job = runs(folder, {"exit-zero": "true", "junit": "junit.xml", "summary": "false"})
    assert job.code == 0, job.log
    assert job.outputs == {"lint": "0", "check": "1"}, "who goes on can ask what failed"
    assert junit((folder / "junit.xml").read_text(encoding="utf-8")).attrib["failures"] == "1"
    assert (job.runner / "github_step_summary").read_text(encoding="utf-8") == ""


def test_the_action_stops_at_a_mistake_and_shows_its_line(folder: Path) -> None:
    (folder / "timelines" / "shop.yaml").write_text(WHOLE.replace("partial: shop", "partial: shpo"))
    job = runs(folder, {"sarif": "lint.sarif"})
    assert job.code == 1
    assert job.outputs == {"lint": "1", "check": ""}
    assert "did you mean shop?" in job.log
    assert commands(job.log)[0].startswith("::error file=timelines/shop.yaml,line=10,col=61,")
    assert "FAILED" not in job.log
    assert sarif((folder / "lint.sarif").read_text(encoding="utf-8"))["results"]


def test_the_action_only_lints_where_that_is_asked(folder: Path) -> None:
    assert runs(folder, {"check": "false"}).code == 0


def test_the_action_takes_names_that_a_shell_would_take_apart(folder: Path) -> None:
    odd = folder / "-o $(touch pwned) `id`; 'x'.yaml"
    (folder / "timelines" / "shop.yaml").rename(odd)
    job = runs(
        folder, {"files": f"{odd.name}\n", "window": "2024-03", "fail-if": "$(touch pwned) > 4h"}
    )
    assert job.code == 2
    job = runs(folder, {"files": f"{odd.name}\n", "window": "2024-03"})
    assert job.code == 1, job.log
    assert "FAILED  shop" in job.log
    assert not (folder / "pwned").exists()


@pytest.mark.parametrize("text", [STORY, STORY.replace("down: web}", f'down: "{HOSTILE}"}}')])
def test_no_timeline_gives_the_runner_a_command(text: str, folder: Path) -> None:
    (folder / "timelines" / "shop.yaml").write_text(text, encoding="utf-8")
    (folder / "timelines" / "::add-mask::b ##[add-mask]c.yaml").write_text(text, encoding="utf-8")
    job = runs(folder, {"exit-zero": "true"})
    assert "add-mask" in job.log
    more = r"title=(?P<more>\d+ more (error|warning|notice)s)::(?P=more) are in the log: [\w: ]+\.$"
    for line in commands(job.log):
        assert re.match(rf"::(error|warning|notice) (file=timelines/|{more})", line), line


def test_the_action_installs_what_it_runs(folder: Path) -> None:
    (folder / "timelines" / "shop.yaml").write_text(GOOD, encoding="utf-8")
    job = runs(folder, install=True)
    assert job.code == 0, job.log
    installed = job.runner / "outage" / "bin" / "outage"
    assert installed.exists()
    assert (job.runner / "github_path").read_text(encoding="utf-8") == f"{installed.parent}\n"


def test_the_action_says_which_python_it_needs(folder: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "python3").write_text("#!/bin/sh\nexit 1\n")
    (old / "python3").chmod(0o755)
    [install] = [step for step in ACTION["runs"]["steps"] if step["name"].startswith("Install")]
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", install["run"]],
        cwd=folder,
        env={
            **environment(folder),
            "PATH": f"{old}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert commands(run.stdout)[0].startswith("::error title=outage is not installed::")


def test_the_scripts_pass_shellcheck() -> None:
    scripts = [ROOT / "action.sh", ROOT / ".ci" / "run"]
    run = subprocess.run(
        [Path(SCRIPTS, "shellcheck"), *scripts],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_shellcheck_finds_what_a_shell_would_take_apart(tmp_path: Path) -> None:
    (tmp_path / "wrong.sh").write_text("#!/bin/sh\ncat $FILES\n")
    run = subprocess.run([Path(SCRIPTS, "shellcheck"), tmp_path / "wrong.sh"], check=False)
    assert run.returncode == 1


def test_the_script_of_the_action_refuses_another_step() -> None:
    assert subprocess.run(["bash", ROOT / "action.sh", "deploy"], check=False).returncode == 2


def test_an_action_used_on_a_name_with_spaces_writes_where_it_is_told(folder: Path) -> None:
    (folder / "timelines").rename(folder / "our incidents")
    given = {"files": "our incidents\n", "junit": "our junit.xml", "sarif": "our lint.sarif"}
    job = runs(folder, given)
    assert job.code == 1, job.log
    assert commands(job.log)[0].startswith("::error file=our incidents/shop.yaml,line=10,")
    junit((folder / "our junit.xml").read_text(encoding="utf-8"))
    values = sarif((folder / "our lint.sarif").read_text(encoding="utf-8"))
    assert values["results"] == []


def hooked(
    folder: Path, hook: Mapping[str, Any], *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run a hook on what is staged, as pre-commit does; without a file it passes unrun."""
    git(folder, "add", "--all")
    staged = git(folder, "diff", "--cached", "--name-only", "-z").split("\0")
    chosen = [name for name in staged if name and re.search(hook["files"], name)]
    if not chosen:
        return subprocess.CompletedProcess([], 0, "", "")
    return subprocess.run(
        [*shlex.split(hook["entry"]), *arguments, *chosen],
        cwd=folder,
        env={**environment(folder), "PATH": os.pathsep.join(paths(install=False))},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hooks_are_those_of_an_installable_package() -> None:
    assert [hook["id"] for hook in HOOKS] == ["outage-lint", "outage-check"]
    for hook in HOOKS:
        assert hook["language"] == "python"
        assert shlex.split(hook["entry"])[0] == "outage"
        assert hook["require_serial"] is True
    assert 'outage = "outage_cli.cli.main:main"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_hooks_run_on_timelines_and_on_nothing_else(folder: Path) -> None:
    (folder / "deploy.yaml").write_text("not: a timeline\n")
    (folder / "notes.outage").write_text(
        "timezone: Europe/Berlin\nwindow: 2024-03\nservice web\n"
        "2024-03-01\n10:00 Gone  web: down\n11:00 Back  web: up\n"
    )
    lint, check = HOOKS
    assert hooked(folder, lint).returncode == 0
    run = hooked(folder, check)
    assert run.returncode == 1
    assert "FAILED  shop" in run.stdout
    (folder / "timelines" / "shop.yaml").write_text(GOOD.replace("up: shop", "upp: shop"))
    run = hooked(folder, lint)
    assert run.returncode == 1
    assert "did you mean up?" in run.stdout


def test_the_hooks_take_arguments(folder: Path) -> None:
    (folder / "timelines" / "shop.yaml").write_text(GOOD)
    assert hooked(folder, HOOKS[1], "--fail-if", "longest_outage > 4h").returncode == 0
    assert hooked(folder, HOOKS[1], "--fail-if", "longest_outage > 10m").returncode == 1


def recipe(heading: str) -> str:
    """Return the first block below a heading of the page about CI."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    return re.split(r"```\w*\n", page.split(f"## {heading}\n")[1])[1]


def shell(folder: Path, line: str) -> int:
    return subprocess.run(
        ["/bin/sh", "-c", line],
        cwd=folder,
        env={**environment(folder), "PATH": os.pathsep.join(paths(install=False))},
        check=False,
    ).returncode


def test_the_recipe_for_gitlab_fails_the_job_and_leaves_its_verdicts(folder: Path) -> None:
    (folder / "timelines").rename(folder / "incidents")
    job = pyyaml.safe_load(recipe("GitLab"))["outages"]
    assert [shell(folder, line) for line in job["script"]] == [0, 1]
    junit((folder / job["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8"))
    assert job["artifacts"]["when"] == "always"


def test_the_recipe_for_jenkins_leaves_the_verdict_to_jenkins(folder: Path) -> None:
    (folder / "timelines").rename(folder / "incidents")
    text = recipe("Jenkins")
    assert [shell(folder, line) for line in re.findall(r"sh '(.*)'", text)] == [0, 0]
    [written] = re.findall(r"junit '(.*)'", text)
    assert junit((folder / written).read_text(encoding="utf-8")).attrib["failures"] == "1"


def test_the_recipe_for_github_gives_inputs_that_the_action_has(folder: Path) -> None:
    steps = pyyaml.safe_load(recipe("GitHub"))["jobs"]["timelines"]["steps"]
    given = {name: str(value) for name, value in steps[1]["with"].items()}
    (folder / "timelines").rename(folder / "incidents")
    job = runs(folder, given)
    assert job.code == 1, job.log
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in ACTION["inputs"])


def test_the_recipe_for_pre_commit_names_the_hooks(folder: Path) -> None:
    [repository] = pyyaml.safe_load(recipe("pre-commit"))["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in HOOKS]
    assert hooked(folder, HOOKS[1], *repository["hooks"][1]["args"]).returncode == 1


def test_a_report_that_is_too_long_for_a_summary_is_left_out(folder: Path) -> None:
    (folder / "timelines").mkdir(exist_ok=True)
    long = GOOD.replace("title: ", f"title: {'x' * 1_000_000}")
    (folder / "timelines" / "shop.yaml").write_text(long, encoding="utf-8")
    job = runs(folder, {"files": "timelines"})
    assert job.code == 0
    summary = (job.runner / "github_step_summary").read_text(encoding="utf-8")
    assert summary == "The report has more than a megabyte: too much for a summary.\n"
