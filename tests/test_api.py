"""The public API: its page is run, and it says what the command line says."""

import csv
import doctest
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import outage_cli
from outage_cli.model.figure_catalogue import FIGURES
from tests.example_reports import KAKAO, SHOP
from tests.stories_runner import ROOT, blocks

PAGE = ROOT / "docs" / "api.md"


def test_the_page_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    texts = []
    for block in blocks(PAGE):
        text = "".join(f"{line}\n" for line in block.lines)
        if len(block.info) > 1:
            Path(block.info[1]).write_text(text, encoding="utf-8")
        elif block.info == ["python"]:
            texts.append(text)
    examples = doctest.DocTestParser().get_doctest("\n".join(texts), {}, PAGE.name, PAGE.name, 0)
    printed: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(examples, out=printed.append)
    assert result.failed == 0, "".join(printed)
    assert result.attempted == len(examples.examples) > 10


def command(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "outage_cli", *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def test_the_dictionary_is_the_json_of_the_command_line() -> None:
    report = outage_cli.report(KAKAO, window="2022-10")
    assert report.to_dict() == json.loads(
        command("report", str(KAKAO), "-w", "2022-10", "-f", "json")
    )


def test_rows_are_those_of_the_csv_with_types() -> None:
    rows = outage_cli.report(KAKAO).rows()
    cells = list(csv.DictReader(io.StringIO(command("report", str(KAKAO), "-f", "csv"))))
    assert [list(row) for row in rows] == [list(row) for row in cells]
    for row, texts in zip(rows, cells, strict=True):
        downtime = row["downtime_seconds"]
        assert ("" if downtime is None else str(downtime)) == texts["downtime_seconds"]
        assert row["slo_met"] in {None, texts["slo_met"] == "true"}
    assert all(row["window_start"].tzinfo for row in rows if row["service"])
    assert "" not in {value for row in rows for value in row.values()}


def test_every_bound_holds_its_figure() -> None:
    for service in outage_cli.report(KAKAO).services.values():
        for name in (figure.key for figure in FIGURES):
            least, most = service.bounds(name)
            value = len(service.outages) if name == "outages" else getattr(service, name)
            assert value is None or least <= value <= most, (service.id, name)


def test_a_folder_a_list_and_a_text_are_read(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(SHOP, encoding="utf-8")
    figures = outage_cli.report(file).rows()
    for timelines in (SHOP, tmp_path, [file], [outage_cli.read(str(file))]):
        assert outage_cli.report(timelines).rows() == figures


def test_the_page_of_a_notebook_stands_alone() -> None:
    page = outage_cli.report(SHOP)._repr_html_()
    assert page.startswith("<iframe")
    assert "&lt;svg" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"by": "fortnight"}, ValueError),
        ({"method": "strickt"}, ValueError),
        ({"method": "missing.toml"}, FileNotFoundError),
        ({"window": "someday"}, ValueError),
        ({"services": ["nobody"]}, ValueError),
        ({"now": datetime(2024, 1, 1)}, ValueError),  # noqa: DTZ001 - it has no offset
    ],
)
def test_wrong_use_raises(options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        outage_cli.report(SHOP, **options)  # type: ignore[arg-type]


def test_now_closes_what_is_open() -> None:
    text = "services: {a: A}\nevents:\n  - {at: 2024-01-01 00:00, what: x, down: a}\n"
    now = datetime(2024, 1, 1, 1, tzinfo=UTC)
    report = outage_cli.report(text, now=now)
    assert report.services["a"].downtime.total_seconds() == 3600
    assert report.services["a"].outages[0].ongoing


def test_as_of_may_be_a_datetime() -> None:
    text = "services: {a: A}\nevents:\n  - {at: 2024-01-01 00:00, what: x, down: a}\n"
    report = outage_cli.report(text, as_of=datetime(2024, 1, 1, 2, tzinfo=UTC))
    assert report.services["a"].downtime.total_seconds() == 7200


def test_importing_it_imports_nothing_else() -> None:
    code = "import sys; old = set(sys.modules); import outage_cli; print(*set(sys.modules) - old)"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert printed.stdout.split() == [b"outage_cli"]


def test_every_public_name_is_there() -> None:
    assert all(getattr(outage_cli, name) is not None for name in outage_cli.__all__)
    with pytest.raises(AttributeError):
        outage_cli.__getattr__("nothing")


def test_another_name_is_no_figure() -> None:
    service = outage_cli.report(SHOP).services["shop"]
    assert not hasattr(service, "uptime")
    with pytest.raises(AttributeError, match="no figure 'uptime': choose from downtime, own"):
        _ = service.uptime
    assert "downtime" in dir(service)
