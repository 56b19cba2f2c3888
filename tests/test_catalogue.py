"""The catalogue of figures: one declaration is on every output, and public names never change.

`make stories` rewrites the schemas in `tests/data/schemas` and the table in `docs/figures.md`. Read
the difference: a key that is gone or renamed breaks whoever reads it.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from pyarrow import parquet

from outage_cli import registry
from outage_cli.cli.columns import of_reports
from outage_cli.measures.worst_windows import LENGTHS
from outage_cli.model import columns, figure_catalogue
from outage_cli.model.event import ClaimKind
from outage_cli.model.figure import Figure, Kind, figure
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service_figures import Figures
from outage_cli.model.verdict import Outcome
from outage_cli.verdicts.conditions import Condition, condition, failures
from outage_cli.writers.json import figures as json_figures
from outage_cli.writers.json import ndjson, schema
from outage_cli.writers.json import report as json_writer
from outage_cli.writers.page import html, markdown, terminal
from outage_cli.writers.sheet import csv as csv_writer
from outage_cli.writers.sheet import parquet as parquet_writer
from outage_cli.writers.sheet import tsv
from tests import example_reports

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "tests" / "data" / "schemas"
PAGE = ROOT / "docs" / "figures.md"
BEGIN, END = "<!-- Made of model/figure_catalogue.py by `make stories`. -->\n", "<!-- End. -->\n"
IS_UPDATING = bool(os.environ.get("UPDATE_STORIES"))


def test_names_are_given_once() -> None:
    for surface in ("key", "json", "csv", "condition", "column"):
        names = [name for each in figure_catalogue.FIGURES if (name := getattr(each, surface))]
        assert len(names) == len(set(names)), surface
    series = [(each.gauge, each.label) for each in figure_catalogue.FIGURES if each.gauge]
    assert len(series) == len(set(series))


def test_every_figure_says_what_it_is_and_is_shown() -> None:
    for each in figure_catalogue.FIGURES:
        assert each.means.endswith("."), each.key
        assert each.clause, each.key
        assert each.json or each.csv or each.column or each.gauge, each.key
        assert each.needs in {"", "slo", "users", "outage"}, each.key


def test_claims_are_about_figures_or_the_ends_of_an_outage() -> None:
    figures = {each.key for each in figure_catalogue.FIGURES}
    assert {kind.value for kind in ClaimKind} - figures == {ClaimKind.STARTS, ClaimKind.ENDS}


def test_worst_windows_are_those_that_are_measured() -> None:
    assert [*figure_catalogue.WORST_WINDOWS] == [*LENGTHS]


@pytest.mark.parametrize("name", schema.ROOTS)
def test_no_public_key_of_the_json_changes_unseen(name: str) -> None:
    path = SCHEMAS / f"{name}.json"
    text = json.dumps(schema.schema(name), ensure_ascii=False, indent=2) + "\n"
    if IS_UPDATING:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "see the difference after `make stories`"


# The page of the manual


def named(*names: str | None) -> Iterator[str]:
    for name in names:
        yield f"`{name}`" if name else ""


def manual() -> str:
    """Return the table of the figures in the manual."""
    lines = [
        "| figure | is | clause | unit | `--columns` | `--fail-if` | JSON | CSV | OpenMetrics |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in figure_catalogue.FIGURES:
        unit = f"_{each.gauge_unit}" if each.gauge_unit else ""
        label = f"{{{each.label}}}" if each.label else ""
        gauge = f"outage_{each.gauge}{unit}{label}" if each.gauge else None
        names = named(each.column, each.condition, each.json, each.csv, gauge)
        cells = (f"`{each.key}`", each.means, each.clause, each.kind.value, *names)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def test_the_manual_names_every_column() -> None:
    rows = "".join(f"| `{name}` | {means} |\n" for name, means in of_reports().items())
    head = "| name | what it shows |\n|---|---|\n"
    page = ROOT / "docs" / "columns.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(head)
    shown, blank, after = rest.partition("\n\n")
    if IS_UPDATING:
        page.write_text(f"{before}{head}{rows}{blank[1:]}{after}", encoding="utf-8")
    else:
        assert f"{shown}\n" == rows, "see the difference after `make stories`"


def test_the_manual_has_every_figure() -> None:
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    shown, end, after = rest.partition(END)
    assert begin
    assert end
    if IS_UPDATING:
        PAGE.write_text(f"{before}{begin}{manual()}{end}{after}", encoding="utf-8")
    else:
        assert shown == manual(), "see the difference after `make stories`"


# A new figure: one declaration, and a word in each language


def shortest(figures: Figures) -> int | None:
    return min((outage.length for outage in figures.outages), default=None)


SHORTEST = figure(
    "shortest_outage",
    Kind.TIME,
    shortest,
    "Shortest outage in the window; none without one.",
    "K",
    needs="outage",
    table=figure_catalogue.FAILURES,
)
WORDS = {"en": "Shortest", "ja": "最短", "ko": "최단"}
MINUTES = 20 * 60, 10 * 60, 25 * 60
"""The shortest outage of the shop in seconds: best, least and greatest; see `SHOP`."""

SHOP = """\
timezone: UTC
window: 2024-03
services: {shop: {name: Shop}, blog: {name: Blog}}
events:
  - {at: 2024-03-05 09:00, what: Down, down: shop}
  - {at: 2024-03-05 09:20 ± 10m, what: Up, up: shop}
  - {at: 2024-03-06 09:00, what: Down, down: shop}
  - {at: 2024-03-06 09:25, what: Up, up: shop}
"""


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Iterator[Report]:
    """A report by a catalogue that has one figure more, in all languages."""
    monkeypatch.setattr(figure_catalogue, "FIGURES", (*figure_catalogue.FIGURES, SHORTEST))
    for code, word in WORDS.items():
        say = registry.language(code)
        words = MappingProxyType({**say.figures, SHORTEST.key: word})
        monkeypatch.setattr(type(say), "figures", words)
    json_figures.json_keys.cache_clear()
    yield example_reports.report_on(SHOP)
    json_figures.json_keys.cache_clear()


def test_new_figure_is_in_the_json_and_its_schema(report: Report) -> None:
    written = json.loads(json_writer.report(report, Screen()))
    shop, blog = written["services"]
    assert shop["shortest_outage_seconds"] == MINUTES[0]
    assert shop["shortest_outage_seconds_range"] == [*MINUTES[1:]]
    assert (blog["shortest_outage_seconds"], blog["shortest_outage_seconds_range"]) == (None, None)
    shape = schema.schema("report")
    assert "shortest_outage_seconds" in shape["$defs"]["Service"]["required"]
    assert [*Draft202012Validator(shape).iter_errors(written)] == []
    del shop["shortest_outage_seconds"]
    assert [*Draft202012Validator(shape).iter_errors(written)]
    line = json.loads(ndjson.report(report, Screen()).splitlines()[0])
    assert line["shortest_outage_seconds"] == MINUTES[0]


ENDS = ("", "_min", "_max")


@pytest.mark.parametrize(("writer", "by"), [(csv_writer, ","), (tsv, "\t")])
def test_new_figure_is_the_last_column_of_rows(report: Report, writer: Any, by: str) -> None:  # noqa: ANN401 - a module
    names, shop, blog = csv.reader(StringIO(writer.report(report, Screen())), delimiter=by)
    assert names[-3:] == [f"shortest_outage_seconds{end}" for end in ENDS]
    assert shop[-3:] == [str(number) for number in MINUTES]
    assert blog[-3:] == ["", "", ""]


def test_new_figure_is_a_number_in_parquet(report: Report) -> None:
    written = parquet_writer.report(report, Screen())
    assert isinstance(written, bytes)
    table = parquet.read_table(BytesIO(written))
    for end, number in zip(ENDS, MINUTES, strict=True):
        column = table.column(f"shortest_outage_seconds{end}")
        assert (str(column.type), column.to_pylist()) == ("double", [number, None])


def test_new_figure_is_a_gauge(report: Report) -> None:
    text = registry.load("writers.feeds.openmetrics").report(report, Screen())
    samples = {
        sample.name: sample.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for sample in family.samples
        if sample.name.startswith("outage_shortest")
    }
    assert samples == {
        f"outage_shortest_outage{end}_seconds": number
        for end, number in zip(("", "_least", "_greatest"), MINUTES, strict=True)
    }
    assert f"# HELP outage_shortest_outage_seconds {SHORTEST.means}" in text


def test_new_figure_can_be_asked_about(report: Report) -> None:
    texts = ("shortest_outage > 25m", "shop.shortest_outage > 15m", "shortest_outage < 26m")
    conditions = [each for text in texts if isinstance(each := condition(text), Condition)]
    verdicts = [(each.service, each.ruling) for each in failures(conditions, report)]
    assert verdicts == [
        ("shop", Outcome.PASSED),
        ("blog", Outcome.PASSED),
        ("shop", Outcome.UNDECIDABLE),
        ("shop", Outcome.FAILED),
        ("blog", Outcome.PASSED),
    ]


@pytest.mark.parametrize("code", WORDS)
@pytest.mark.parametrize("writer", [terminal, markdown, html])
def test_new_figure_is_a_column(report: Report, writer: Any, code: str) -> None:  # noqa: ANN401 - a module
    assert columns.services()["shortest-outage"] == SHORTEST.means
    usual = writer.report(report, Screen(200, language=code))
    asked = Screen(200, language=code, columns=("shortest-outage",))
    cell = registry.language(code).bounded(*(number * 1_000_000 for number in MINUTES))
    assert WORDS[code] not in usual
    for screen in (asked, Screen(300, language=code, is_full=True)):
        shown = writer.report(report, screen)
        assert WORDS[code] in shown
        assert cell in shown.replace("\\", "")


def test_new_figure_is_in_the_manual(report: Report) -> None:
    del report
    row = next(line for line in manual().splitlines() if line.startswith("| `shortest_outage`"))
    for name in ("`shortest-outage`", "`shortest_outage_seconds`", SHORTEST.means):
        assert name in row


def test_declaration_of_a_figure_is_all_that_differs(report: Report) -> None:
    """The outputs of the other figures stay as they are, and in their places."""
    with_it = csv_writer.report(report, Screen()).splitlines()
    json_figures.json_keys.cache_clear()
    without: tuple[Figure, ...] = figure_catalogue.FIGURES[:-1]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(figure_catalogue, "FIGURES", without)
        plain = csv_writer.report(report, Screen()).splitlines()
    assert [line.rsplit(",", 3)[0] for line in with_it] == plain
