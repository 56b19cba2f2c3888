"""The law of the surfaces: a figure is the same wherever it is shown, and so are its bounds.

Every figure is computed once more from the ledger (`naive_figures.reckoned`), on each reading of
the times, and held against CSV, TSV, Parquet, JSON, NDJSON, OpenMetrics, conditions, and the tables
of the terminal, Markdown and HTML.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from html import unescape
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from hypothesis import example, given
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from pyarrow import parquet

from outage_cli.accounting.books import books
from outage_cli.accounting.requested_services import united
from outage_cli.accounting.scope import Scope, scope_of
from outage_cli.languages.en import CATALOGUE
from outage_cli.measures.worst_windows import LENGTHS
from outage_cli.model import share
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.model.service import Service
from outage_cli.model.service_figures import ServiceReport
from outage_cli.model.share import WHOLE, percent
from outage_cli.model.span import MINUTE, SECOND
from outage_cli.model.state import State
from outage_cli.model.verdict import Outcome
from outage_cli.verdicts.condition_values import FORMS
from outage_cli.verdicts.conditions import Condition, failures, figures
from outage_cli.writers.feeds import openmetrics
from outage_cli.writers.json import ndjson
from outage_cli.writers.json import report as json_writer
from outage_cli.writers.page import columns, details, html, markdown
from outage_cli.writers.page import terminal as table
from outage_cli.writers.sheet import csv as csv_writer
from outage_cli.writers.sheet import parquet as parquet_writer
from outage_cli.writers.sheet import tsv
from tests import example_reports, strategies
from tests.oracle import naive_figures
from tests.strategies import Case

RICH = """\
timezone: UTC
services:
  a: {name: A, users: 1000, slo: 99%}
  b: {name: B, users: 300, slo: 97.5%, requires: a}
maintenance:
  - {services: [b], from: 2022-10-18 00:00, to: 2022-10-18 00:17, what: Work}
events:
  - {at: 2022-10-16 01:00, what: Fails, down: a}
  - {at: ~2022-10-16 02:00, what: Is back, up: a}
  - {at: ~2022-10-17 01:00, what: Limps, partial: b, users: {b: 500}}
  - {at: 2022-10-17 01:10..2022-10-17 02:04, what: Fails, down: b}
  - {at: ~2022-10-17 04:00, what: Is slow, degraded: b}
  - {at: ~2022-10-17 04:40, what: Is back, up: b}
  - {at: 2022-10-19 01:00 ± 7m, what: Fails again, down: b}
  - {at: 2022-10-19 10:00, what: Is back, up: b}
  - {at: ~2022-10-20 10:10, what: Nobody looks, unknown: b}
  - {at: 2022-10-20 11:00 ± 3m, what: Somebody looks, up: b}
  - {at: ~2022-10-25 03:00, what: Fails for good, down: b}
  - {at: 2022-10-25 05:12 ± 4m, what: Works a little, partial: b}
""" + "".join(
    f"  - {{at: 2022-10-{day} {hour}:00, what: Fails, down: b}}\n"
    f"  - {{at: 2022-10-{day} {hour}:{day * 2 - hour} ± {day - 16}m, what: Back, up: b}}\n"
    for day in (21, 22, 23, 24)
    for hour in (20, 22)
)
"""Each figure of the service `b` has a value of its own, and bounds of its own if it can."""


def rich() -> Case:
    timeline = example_reports.reading_of(RICH).timeline
    assert timeline
    days = 86_400
    return Case((timeline,), days // 2, 10 * days + 8 * 3600, 11 * days, 10 * days + 8 * 3600)


RICH_CASE = rich()


class Range(NamedTuple):
    """A figure on every reading of the times, the best one first; None where there is none."""

    readings: tuple[Fraction | None, ...]

    @property
    def best(self) -> Fraction | None:
        """The figure on the best reading."""
        return self.readings[0]

    @property
    def known(self) -> list[Fraction]:
        """What is known of it, over all readings."""
        return [each for each in self.readings if each is not None]

    @property
    def least(self) -> Fraction | None:
        """The least that it can be."""
        return min(self.known, default=None)

    @property
    def most(self) -> Fraction | None:
        """The greatest that it can be."""
        return max(self.known, default=None)

    def over(self, unit: int) -> Range:
        """Return it in units of so much."""
        return Range(tuple(None if one is None else one / unit for one in self.readings))


class Sheet(NamedTuple):
    """A service and its figures by name, computed from the ledger."""

    told: ServiceReport
    of: Mapping[str, Range]

    @property
    def service(self) -> Service:
        """The service that they are of."""
        return self.told.service


def sheets(case: Case) -> tuple[Report, list[Sheet]]:
    """Return the report on a case, and the figures that it should have."""
    best = scope_of(case.timelines, case.request)
    assert isinstance(best, Scope)
    accounted = books(case.timelines, united(case.timelines), best, case.request, case.method)
    report = case.report()
    found = []
    for each in report.services:
        users = naive_figures.users_at(each.service, case.timelines)
        by_scenario = [scenario.of(each.service.id).entries for scenario in accounted.scenarios]
        readings = []
        for entries in by_scenario:
            figures = naive_figures.reckoned(entries, each.service, users, case.method)
            for name, length in LENGTHS.items():
                figures[f"worst_{name}"] = (
                    naive_figures.lowest(entries, length, case.method) if entries else None
                )
            readings.append(figures)
        ranges = {key: Range(tuple(one[key] for one in readings)) for key in readings[0]}
        found.append(Sheet(each, ranges))
    return report, found


DURATIONS = (
    *("considered", "downtime", "own", "inherited", "weighted_downtime", "longest_outage"),
    *("mtbf", "budget", "budget_left", "mean", "median", "p90", "user_time_lost"),
    *("downtime_per_failure", "longest_whole", *(state.word for state in State)),
)


def plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def scaled(sheet: Sheet, key: str) -> Range:
    """Return a figure as data has it: durations in seconds."""
    return sheet.of[key].over(SECOND) if key in DURATIONS else sheet.of[key]


# CSV, TSV, Parquet

CELLS = {
    **{f"{state.word}_seconds": state.word for state in State},
    **{f"worst_{name}_availability": f"worst_{name}" for name in LENGTHS},
    "outages": "outages",
    "downtime_seconds": "downtime",
    "own_seconds": "own",
    "inherited_seconds": "inherited",
    "weighted_downtime_seconds": "weighted_downtime",
    "considered_seconds": "considered",
    "availability": "availability",
    "user_seconds_lost": "user_time_lost",
    "mtbf_seconds": "mtbf",
    "mean_outage_seconds": "mean",
    "median_outage_seconds": "median",
    "p90_outage_seconds": "p90",
    "longest_outage_seconds": "longest_outage",
    "budget_seconds": "budget",
    "budget_remaining_seconds": "budget_left",
    "burn_rate": "burn_rate",
}


def rows_of(text: str, by: str) -> list[dict[str, float | None]]:
    """Return the cells of the figures as numbers."""
    return [
        {name: float(row[name]) if row[name] else None for name in row if is_figure(name)}
        for row in csv.DictReader(StringIO(text), delimiter=by)
    ]


def is_figure(name: str) -> bool:
    return re.sub("_(min|max)$", "", name) in CELLS


def cells(sheet: Sheet) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name, key in CELLS.items():
        figure = scaled(sheet, key)
        found[name] = plain(figure.best)
        found[f"{name}_min"], found[f"{name}_max"] = plain(figure.least), plain(figure.most)
    return found


@strategies.tried(40)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_csv_and_tsv_have_every_figure(case: Case) -> None:
    report, found = sheets(case)
    expected = [cells(sheet) for sheet in found]
    assert rows_of(csv_writer.report(report, Screen()), ",") == expected
    assert rows_of(tsv.report(report, Screen()), "\t") == expected


@strategies.tried(15)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_parquet_has_every_figure(case: Case) -> None:
    report, found = sheets(case)
    written = parquet_writer.report(report, Screen())
    assert isinstance(written, bytes)
    rows = parquet.read_table(BytesIO(written)).to_pylist()
    kept = [{name: row[name] for name in row if is_figure(name)} for row in rows]
    assert kept == [cells(sheet) for sheet in found]


# JSON, NDJSON

MEMBERS: dict[tuple[str, ...], str] = {
    **{("seconds", state.word): state.word for state in State},
    **{("worst_windows", name, "availability"): f"worst_{name}" for name in LENGTHS},
    ("considered_seconds",): "considered",
    ("downtime_seconds",): "downtime",
    ("own_seconds",): "own",
    ("inherited_seconds",): "inherited",
    ("weighted_downtime_seconds",): "weighted_downtime",
    ("availability",): "availability",
    ("user_seconds_lost",): "user_time_lost",
    ("mtbf_seconds",): "mtbf",
    ("downtime_per_failure_seconds",): "downtime_per_failure",
    ("longest_outage_seconds",): "longest_outage",
    ("slo", "budget_seconds"): "budget",
    ("slo", "remaining_seconds"): "budget_left",
    ("slo", "burn_rate"): "burn_rate",
    ("outage_lengths", "n"): "whole_outages",
    ("outage_lengths", "mean_seconds"): "mean",
    ("outage_lengths", "median_seconds"): "median",
    ("outage_lengths", "p90_seconds"): "p90",
    ("outage_lengths", "max_seconds"): "longest_whole",
}


def member(value: Any, way: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    for key in way:
        value = None if value is None else value[key]
    return value


def bounds_of(way: tuple[str, ...]) -> tuple[str, ...]:
    """Return the way to the bounds of a figure: those of states stand side by side."""
    if way[0] == "seconds":
        return ("seconds_range", way[1])
    return (*way[:-1], f"{way[-1]}_range")


def hold(service: Any, sheet: Sheet) -> None:  # noqa: ANN401 - JSON
    """Hold a service as JSON has it against its figures."""
    for way, key in MEMBERS.items():
        figure = scaled(sheet, key)
        assert member(service, way) == plain(figure.best), (sheet.service.id, way)
        least_and_most = [plain(figure.least), plain(figure.most)]
        expected: list[float | None] | None = least_and_most
        if figure.least is None or member(service, way[:-1]) is None:
            expected = None
        assert member(service, bounds_of(way)) == expected, (sheet.service.id, way)
    left_out = scaled(sheet, "outages").readings[0], scaled(sheet, "whole_outages").readings[0]
    assert service["outage_lengths"]["left_out"] == (left_out[0] or 0) - (left_out[1] or 0)
    assert len(service["outages"]) == sheet.of["outages"].best


@strategies.tried(40)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_json_and_ndjson_have_every_figure(case: Case) -> None:
    report, found = sheets(case)
    services = json.loads(json_writer.report(report, Screen()))["services"]
    lines = [json.loads(line) for line in ndjson.report(report, Screen()).splitlines()]
    for written in (services, lines):
        for service, sheet in zip(written, found, strict=True):
            hold(service, sheet)


# OpenMetrics

GAUGES = {
    "downtime|seconds": "downtime",
    "own|seconds": "own",
    "inherited|seconds": "inherited",
    "weighted_downtime|seconds": "weighted_downtime",
    "considered|seconds": "considered",
    "availability|ratio": "availability",
    "outages|": "outages",
    "longest_outage|seconds": "longest_outage",
    "user_time_lost|seconds": "user_time_lost",
    "slo_budget|seconds": "budget",
    "slo_budget_remaining|seconds": "budget_left",
}


def gauges(sheet: Sheet) -> Iterator[tuple[tuple[str, str, str | None], float]]:
    series = [(name, None, key) for name, key in GAUGES.items()]
    series += [("state|seconds", state.word, state.word) for state in State]  # type: ignore[misc]
    for name, state, key in series:
        figure, (called, unit) = scaled(sheet, key), name.split("|")
        for end, value in (("", figure.best), ("_least", figure.least), ("_greatest", figure.most)):
            if figure.best is not None and value is not None:
                whole = f"outage_{called}{end}{'_' if unit else ''}{unit}"
                yield (whole, sheet.service.id, state), float(value)


@strategies.tried(40)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_openmetrics_has_its_figures(case: Case) -> None:
    report, found = sheets(case)
    text = openmetrics.report(report, Screen())
    written = {
        (one.name, one.labels["service"], one.labels.get("state")): one.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for one in family.samples
        if not family.name.startswith(("outage_window", "outage_ongoing", "outage_slo_target"))
    }
    assert written == dict(one for sheet in found for one in gauges(sheet))


# Conditions

ASKED = {
    **{f"{state.word}_time": state.word for state in State if state is not State.UP},
    "downtime": "downtime",
    "own_downtime": "own",
    "inherited_downtime": "inherited",
    "weighted_downtime": "weighted_downtime",
    "longest_outage": "longest_outage",
    "budget_left": "budget_left",
    "availability": "availability",
    "outages": "outages",
    "user_time_lost": "user_time_lost",
    "budget_used": "burn_rate",
    "burn_rate": "burn_rate",
    "considered": "considered",
    "mtbf": "mtbf",
    "downtime_per_failure": "downtime_per_failure",
    "mean_outage": "mean",
    "median_outage": "median",
    "p90_outage": "p90",
    "budget": "budget",
}


def ruling(report: Report, sheet: Sheet, name: str, compare: str, value: Fraction) -> Outcome:
    asked = Condition("", sheet.service.id, figures()[name], compare, value, "")
    (verdict,) = failures([asked], report)
    return verdict.ruling


def hold_condition(report: Report, sheet: Sheet, name: str, figure: Range) -> None:
    """Hold what `--fail-if` makes of a figure against its least and its greatest value."""
    asked = Condition("", sheet.service.id, figures()[name], ">", Fraction(0), "0")
    (verdict,) = failures([asked], report)
    least, most = figure.least, figure.most
    considered = sheet.of["considered"].readings
    if figures()[name].needs == "outage" and not any(sheet.of["outages"].readings):
        assert (verdict.ruling, verdict.computed) == (Outcome.PASSED, "no outage")
        return
    if None in figure.readings or 0 in considered or least is None or most is None:
        assert verdict.ruling is Outcome.UNDECIDABLE
        assert verdict.computed.startswith("no data")
        return
    best = figure.known[0]
    spell = FORMS[figures()[name].kind].spell
    says = f"{name} is {spell(best, best)}"
    says += f", between {spell(least, most)}" if least < most else ""
    assert verdict.computed == says
    edge = Outcome.FAILED if least == most else Outcome.UNDECIDABLE
    assert ruling(report, sheet, name, "<", least) is Outcome.PASSED, name
    assert ruling(report, sheet, name, "<=", least) is edge, name
    assert ruling(report, sheet, name, ">", most) is Outcome.PASSED, name
    assert ruling(report, sheet, name, ">=", most) is edge, name


@strategies.tried(40)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_conditions_see_the_figures(case: Case) -> None:
    report, found = sheets(case)
    assert ASKED.keys() == figures().keys()
    for sheet in found:
        for name, key in ASKED.items():
            hold_condition(report, sheet, name, sheet.of[key])


# Tables


def duration(figure: Range) -> str:
    """Return the cell of a duration: cut to microseconds, with its bounds."""
    if figure.best is None:
        return ""
    best, *known = (int(one // 1) for one in (figure.best, *figure.known))
    return CATALOGUE.bounded(best, min(known), max(known))


def digits(value: Fraction | None, decimals: int) -> str:
    return "" if value is None else percent(*value.as_integer_ratio(), decimals)


def percentage(figure: Range, decimals: int) -> tuple[str, str]:
    """Return the cells of a share and of its bounds."""
    best, low, high = (digits(one, decimals) for one in (figure.best, figure.least, figure.most))
    shown = CATALOGUE.percentage(best) if best else "n/a"
    return shown, CATALOGUE.percentage_range(low, high) if low != high else ""


def burn(figure: Range) -> str:
    found = [rate(one) for one in (figure.best, figure.least, figure.most) if one is not None]
    return CATALOGUE.figure_bounded(*found) if figure.best is not None else "n/a"


def rate(value: Fraction) -> str:
    hundredths = value * 100 // 1
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def spent(figure: Range) -> str:
    if figure.best is None:
        return "n/a"
    best, low, high = (digits(one, 1) for one in (figure.best, figure.least, figure.most))
    is_one = low == high
    return CATALOGUE.percentage(best) if is_one else CATALOGUE.percentage_bounded(best, low, high)


def count(figure: Range) -> str:
    best, low, high = (str(one) for one in (figure.best, figure.least, figure.most))
    return CATALOGUE.figure_bounded(best, low, high)


def longest(sheet: Sheet) -> str:
    shown = duration(sheet.of["longest_outage"])
    return f"{shown}, ongoing" if sheet.of["longest_is_ongoing"].best else shown


def users(figure: Range) -> str:
    if figure.best is None:
        return ""
    best, *known = (int(one) for one in (figure.best, *figure.known))
    return CATALOGUE.user_time_bounded(best, min(known), max(known))


def budget_cells(sheet: Sheet) -> dict[str, str]:
    if sheet.service.slo is None:
        return dict.fromkeys(("budget", "budget-left", "spent", "burn-rate"), "")
    burned = sheet.of["burn_rate"]
    return {
        "budget": duration(sheet.of["budget"]),
        "budget-left": duration(sheet.of["budget_left"]) if sheet.of["considered"].best else "n/a",
        "spent": spent(burned),
        "burn-rate": burn(burned),
    }


def slo(sheet: Sheet) -> str:
    if sheet.service.slo is None:
        return ""
    reached = sheet.of["availability"].best
    is_missed = reached is not None and reached < Fraction(sheet.service.slo, WHOLE)
    return share.spell(sheet.service.slo) + (" ✗" if is_missed else "")


def columns_of(sheet: Sheet, decimals: int) -> dict[str, str]:
    """Return what `--columns all` says of a service."""
    of = sheet.of
    shown, between = percentage(of["availability"], decimals)
    seconds = (of["downtime"].best or 0) / SECOND
    has_figures = of["considered"].best or of["downtime"].most
    times = {
        key: duration(of[key.replace("-", "_")])
        for key in ("inherited", "own", "considered", "mtbf", "mean", "median", "p90")
    }
    return {
        **{state.word.replace("_", "-"): duration(of[state.word]) for state in State},
        **times,
        **budget_cells(sheet),
        "service": sheet.service.name,
        "id": sheet.service.id,
        "downtime": duration(of["downtime"]) if has_figures else "n/a",
        "seconds": f"{int(seconds):,}",
        "availability": shown,
        "between": between,
        "weighted": duration(of["weighted_downtime"]),
        "outages": count(of["outages"]),
        "users-lost": users(of["user_time_lost"]),
        "slo": slo(sheet),
        "users": "" if sheet.service.users is None else f"{sheet.service.users:,}",
        "down-per-failure": duration(of["downtime_per_failure"]),
        "longest": longest(sheet),
        "at-end": sheet.told.state.word,
        **dict.fromkeys(("operator", "group", "category"), ""),
    }


def tables_of(page: str) -> list[list[list[str]]]:
    """Return the cells of every table of a page of Markdown."""
    found: list[list[list[str]]] = [[]]
    for line in page.splitlines():
        if line.startswith("| "):
            texts = re.split(r"(?<!\\) \| ", line[2:-2])
            found[-1].append([unescape(re.sub(r"\\(.)", r"\1", one)).strip("`") for one in texts])
        elif found[-1]:
            found.append([])
    return found


def tables_of_html(page: str) -> list[list[list[str]]]:
    """Return the cells of every table of a page of HTML, as text."""
    rows = (re.findall(r"<tr>(.*?)</tr>", one, re.DOTALL) for one in page.split("<table>")[1:])
    return [
        [
            [
                unescape(re.sub("<[^>]*>", "", cell)).replace("\xa0", " ")
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
            for row in table_rows
        ]
        for table_rows in rows
    ]


@strategies.tried(25)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_columns_have_every_figure(case: Case) -> None:
    report, found = sheets(case)
    screen = Screen(columns=("all", "-strip"))
    shown = columns.services(report, screen, CATALOGUE)
    keys = [column.key for column in shown.columns]
    expected = [columns_of(sheet, case.method.decimals) for sheet in found]
    assert [dict(zip(keys, row, strict=True)) for row in shown.rows] == expected
    cells_of = [[column.heading for column in shown.columns], *map(list, shown.rows)]
    in_markdown = tables_of(markdown.report(report, screen))[0]
    assert [in_markdown[0], *in_markdown[2:]] == cells_of
    assert tables_of_html(html.report(report, screen))[0] == cells_of
    text = table.report(report, screen)
    for row in cells_of:
        line = [cell for cell in row if cell]
        assert any(re.split(r" {2,}", each.strip()) == line for each in text.splitlines()), line


@strategies.tried(25)
@example(RICH_CASE)
@given(strategies.full_cases())
def test_the_full_tables_have_their_figures(case: Case) -> None:
    report, found = sheets(case)
    tables = dict(details.tables(report, CATALOGUE, is_full=True))
    failing = [sheet for sheet in found if sheet.of["outages"].best]
    if failing:
        assert keyed(tables[CATALOGUE.failures], failing) == [failure(one) for one in failing]
    aimed = [sheet for sheet in found if sheet.service.slo is not None]
    if aimed:
        assert keyed(tables[CATALOGUE.error_budgets], aimed) == [
            {
                "service": sheet.service.name,
                "slo": share.spell(sheet.service.slo or 0),
                "budget": duration(sheet.of["budget"]),
                "left": duration(sheet.of["budget_left"]),
                "spent": spent(sheet.of["burn_rate"]),
                "burn-rate": burn(sheet.of["burn_rate"]),
            }
            for sheet in aimed
        ]
    windows = {
        (sheet.service.name, CATALOGUE.window_lengths[name]): percentage(
            sheet.of[f"worst_{name}"], case.method.decimals
        )
        for sheet in found
        for name in LENGTHS
        if sheet.of["downtime"].best and sheet.of[f"worst_{name}"].best is not None
    }
    worst = tables.get(CATALOGUE.worst_windows)
    rows = keyed(worst, worst.rows) if worst else []
    assert {
        (row["service"], row["worst"]): (row["availability"], row.get("between", ""))
        for row in rows
    } == windows


def keyed(shown: Any, rows: Sequence[object]) -> list[dict[str, str]]:  # noqa: ANN401 - a Table
    """Return the rows of a table by column, without empty cells."""
    assert len(shown.rows) == len(rows)
    keys = [column.key for column in shown.columns]
    return [{key: cell for key, cell in zip(keys, row, strict=True) if cell} for row in shown.rows]


def failure(sheet: Sheet) -> dict[str, str]:
    """Return the row of a service in the table of failures."""
    of, lost = sheet.of, sheet.of["user_time_lost"]
    several = (of["whole_outages"].best or 0) > 1
    found = {
        "service": sheet.service.name,
        "failures": str(of["outages"].best),
        "mtbf": duration(of["mtbf"]),
        "down-per-failure": duration(of["downtime_per_failure"]),
        "whole-outages": str(of["whole_outages"].best),
        "mean": duration(of["mean"]),
        "median": duration(of["median"]) if several else "",
        "p90": duration(of["p90"]) if several else "",
        "longest": longest(sheet),
        "user-minutes-lost": user_minutes(lost),
    }
    return {key: cell for key, cell in found.items() if cell}


def user_minutes(figure: Range) -> str:
    if figure.best is None:
        return ""
    best, *known = (one // MINUTE for one in (figure.best, *figure.known))
    return CATALOGUE.figure_bounded(f"{best:,}", f"{min(known):,}", f"{max(known):,}")


# The guard of the guard

SAME = {frozenset({"downtime", "weighted_downtime"})}
"""Figures that are equal in the rich case: by the standard method, partial weighs 1."""

ZERO_OR_NONE = {"longest_is_ongoing", "not_in_service", "out_of_hours", "worst_1h", "worst_30d"}
"""Figures that are 0 in the rich case, or missing."""


def test_the_rich_case_tells_every_figure_from_every_other() -> None:
    _, found = sheets(RICH_CASE)
    rich = next(sheet for sheet in found if sheet.service.id == "b")
    by_value: dict[Range, list[str]] = {}
    for key in rich.of.keys() - ZERO_OR_NONE:
        assert rich.of[key].best, key
        by_value.setdefault(rich.of[key], []).append(key)
    shared = {frozenset(keys) for keys in by_value.values() if len(keys) > 1}
    assert shared <= SAME
