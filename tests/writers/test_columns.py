"""The columns of tables: their keys, how to choose them, and their width."""

import ast
import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from unicodedata import combining, east_asian_width

import pytest

from outage_cli import pipeline, registry, writers
from outage_cli.cli.columns import completed, of_reports
from outage_cli.languages.en import CATALOGUE
from outage_cli.model import columns
from outage_cli.model.report import Report
from outage_cli.model.screen import ENDLESS, Screen
from outage_cli.pipeline import ReportRequest, read
from outage_cli.readers.source import Source
from outage_cli.writers.page import columns as columns_module
from outage_cli.writers.page import html, markdown, terminal
from tests.example_reports import NOW


def test_a_key_stands_for_one_heading_in_every_table() -> None:
    values = defaultdict(set)
    for path in Path(writers.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column":
                key, heading = node.args
                if isinstance(key, ast.Constant) and isinstance(heading, ast.Attribute):
                    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(key.value)), key.value
                    values[key.value].add(getattr(CATALOGUE, heading.attr))
    assert len(values) > 50
    assert {key: each for key, each in values.items() if len(each) > 1} == {}


USUAL, KNOWN, FIRST = (
    ("service", "strip", "a", "b"),
    ("service", "strip", "a", "b", "c"),
    ("service",),
)


@pytest.mark.parametrize(
    ("text", "keys", "names"),
    [
        ("b,a", "service b a", "a b"),
        ("b,service", "b service", "b service"),
        ("+c", "service strip a b c", "c"),
        ("-a, -strip", "service b", ""),
        ("+c,-service", "strip a b c", "c"),
        ("B, b", "service b", "b"),
        ("+b", "service strip a b", "b"),
        ("c,-service", "c", "c"),
        ("all,-a", "service strip b c", "service strip b c"),
        ("-a,+a", "service strip b a", "a"),
        ("+all", "service strip a b c", "service strip a b c"),
        ("+c,a", "service strip a b c", "a c"),
        ("-all", "", ""),
    ],
)
def test_columns_are_named_added_or_taken_away(text: str, keys: str, names: str) -> None:
    found = columns.resolved(columns.split(text), USUAL, KNOWN, FIRST)
    assert (found.keys, found.asked) == (tuple(keys.split()), frozenset(names.split()))


def test_names_may_be_written_as_headings() -> None:
    assert columns.split("Users lost,+budget_left,,") == ["users-lost", "+budget-left"]


WIDE = """\
title: 広い文字の試験 — 넓은 글자
timezone: Asia/Tokyo
window: 2024-03
services:
  a: {name: 東京都庁のオンライン申請システム, slo: 99.9%, users: 1000, operator: 東京都}
  b: {name: 대한민국 정부24 민원 서비스}
  c: {name: "Cafe\\u0301 re\\u0301serve\\u0301"}
  d: {name: "\\u1112\\u1161\\u11ab\\u1100\\u1173\\u11af 서비스", requires: [a]}
  e: {name: "Family 👩\\u200d👩\\u200d👧\\u200d👦 chat"}
  f: {name: "ﾊﾝｶｸ ｶﾅ …"}
events:
  - {at: 2024-03-01 02:00, what: 停電が発生, down: [a, b, c, e]}
  - {at: 2024-03-01 05:00, what: 복구되었습니다, up: [a, b, c, e]}
  - {at: 2024-03-22 05:00:00, what: one second, partial: f}
  - {at: 2024-03-22 05:00:01, what: is over, up: f}
  - {at: 2024-03-30 00:00, what: nobody knows, unknown: c}
"""
WIDTHS = (20, 40, 60, 80, 120, 200)


def report_of(window: str | None = None, by: str | None = None) -> Report:
    readings = [read(Source("wide.yaml", WIDE.encode()))]
    report = pipeline.report(
        readings, ReportRequest(now=NOW, window=window, by=by, needs=registry.NEEDS)
    )
    assert isinstance(report, Report)
    return report


def columns_of(text: str) -> int:
    """Return how many columns a text takes by the tables of Unicode."""
    together = text.replace("\u200d👩", "").replace("\u200d👧", "").replace("\u200d👦", "")
    plain = "".join(each for each in together if not "\u1160" <= each <= "\u11ff")
    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in plain
    )


def first(shown: str, heading: str = "Service") -> list[str]:
    """Return the lines of the table that begins with a heading."""
    lines = shown.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(heading))
    return lines[at : lines.index("", at)] if "" in lines[at:] else lines[at:]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("names", ["", "+strip", "strip,downtime,operator", "all", "-strip"])
def test_no_line_is_wider_than_the_screen(width: int, names: str) -> None:
    shown = terminal.report(report_of(), Screen(width, columns=tuple(columns.split(names))))
    assert [line for line in shown.splitlines() if columns_of(line) > width] == []


@pytest.mark.parametrize("width", WIDTHS[2:])
def test_wide_names_leave_the_figures_in_line(width: int) -> None:
    screen = Screen(width, columns=("downtime", "seconds", "availability"))
    ends = {
        columns_of(line)
        for line in first(terminal.report(report_of(), screen))
        if line.endswith(" %")
    }
    assert len(ends) == 1


@pytest.mark.parametrize("width", [40, 80, 200, ENDLESS])
def test_strips_stand_in_line_and_hide_nothing(width: int) -> None:
    lines = first(terminal.report(report_of(window="2024-03"), Screen(width, columns=("strip",))))
    strips = [each[0] for line in lines if (each := re.search(r"[_DPu?]{10,}$", line))]
    if width > 40:
        assert len({columns_of(line) for line in lines if line.endswith(tuple(strips))}) == 1
    assert [len(each) for each in strips] == [len(strips[0])] * 6
    assert [("D" in each, "P" in each, "u" in each) for each in strips] == [
        (True, False, False),
        (True, False, False),
        (True, False, True),
        (True, False, False),
        (True, False, False),
        (False, True, False),
    ]


def test_a_terminal_has_strips_where_there_is_room_and_a_chart_below_elsewhere() -> None:
    roomy, narrow = (terminal.report(report_of(), Screen(width)) for width in (200, 60))
    assert "States" in roomy
    assert "Events" not in roomy
    assert "a sign is" in roomy
    assert "States" not in narrow
    assert "\nEvents  " in narrow


@pytest.mark.parametrize("names", ["-strip", "downtime", "all,-strip"])
def test_who_takes_strips_away_gets_none(names: str) -> None:
    shown = terminal.report(report_of(), Screen(200, columns=tuple(columns.split(names))))
    assert "_____" not in shown
    assert "shows the worst" not in shown


def test_a_pipe_has_strips_only_if_they_are_asked_for() -> None:
    assert "___" not in terminal.report(report_of(), Screen())
    assert "___" in terminal.report(report_of(), Screen(columns=("+strip",)))


def test_colours_make_strips_of_blocks() -> None:
    shown = terminal.report(report_of(), Screen(200, color=True))
    assert "\x1b[31m█" in shown
    assert "\x1b[32m▁▁▁" in shown
    assert "___" not in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_is_asked_for_is_never_left_out(width: int) -> None:
    request = (
        "availability",
        "between",
        "weighted",
        "users-lost",
        "inherited",
        "at-end",
        "operator",
    )
    usual = terminal.report(report_of(), Screen(width))
    shown = terminal.report(report_of(), Screen(width, columns=request))
    words = set(" ".join(first(shown)).split())
    assert {"Availability", "Between", "Weighted", "Users", "Inherited", "At"} <= words
    assert "Between" not in usual


def test_columns_that_are_asked_for_say_what_goes_without_saying() -> None:
    screen = Screen(columns=("weighted", "inherited", "at-end", "between"))
    line = next(
        line for line in terminal.report(report_of(), screen).splitlines() if "정부24" in line
    )
    assert line.split("서비스")[1].split() == ["3", "h", "0", "s", "up"]


def test_every_name_has_a_column() -> None:
    found = columns_module.services(report_of(), Screen(columns=("all",)), CATALOGUE)
    assert {each.key for each in found.columns} == set(columns.services())
    parts = columns_module.periods(report_of(by="week"), Screen(columns=("all",)), CATALOGUE)
    names = {*columns.services(), *columns.PERIODS} - set(columns.WHOLE)
    assert {each.key for each in parts.columns} == names


def test_periods_have_the_columns_too() -> None:
    screen = Screen(columns=("seconds", "operator"))
    found = columns_module.periods(report_of(by="week"), screen, CATALOGUE)
    assert [each.heading for each in found.columns] == ["Period", "Service", "Seconds", "Operator"]


@pytest.mark.parametrize("writer", [markdown, html])
def test_pages_have_the_columns_and_strips_of_letters(writer: ModuleType) -> None:
    shown = writer.report(report_of(), Screen(columns=("strip", "id")))
    assert "Availability" not in shown
    assert re.search(r"(`|<code>)[D_]{40}(`|</code>)", shown)
    assert "shows the worst of it" in shown


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("avail", ["availability"]),
        ("downtime,+budg", ["downtime,+budget-left", "downtime,+budget"]),
        ("-sec", ["-seconds"]),
    ],
)
def test_a_shell_completes_the_last_name(typed: str, offered: list[str]) -> None:
    assert [name for name, _ in completed(typed, of_reports())] == offered


@pytest.mark.parametrize(
    ("text", "on_terminals", "in_pipes"),
    [
        ("", True, False),
        ("+strip", True, True),
        ("+users", True, False),
        ("-strip", False, False),
        ("downtime", False, False),
        ("all", True, True),
        ("-all", False, False),
    ],
)
def test_strips_are_made_only_where_they_are_seen(
    text: str,
    on_terminals: bool,  # noqa: FBT001
    in_pipes: bool,  # noqa: FBT001
) -> None:
    names = columns.split(text)
    assert columns.draws(names, is_terminal=True) == on_terminals
    assert columns.draws(names, is_terminal=False) == in_pipes


HOSTILE = "x|`</td><script>\\e[31m[red]=1+1"


@pytest.mark.parametrize("writer", [terminal, markdown, html])
def test_no_column_lets_a_text_out_of_its_cell(writer: ModuleType) -> None:
    output = ", ".join(f'{key}: "{HOSTILE}"' for key in ("name", "operator", "group", "category"))
    text = f"""\
services: {{a: {{{output}}}}}
timezone: UTC
events:
  - {{at: 2024-03-01 02:00, what: x, down: a}}
  - {{at: 2024-03-01 05:00, what: y, up: a}}
"""
    report = pipeline.report(
        [read(Source("x.yaml", text.encode()))], ReportRequest(now=NOW, needs=registry.NEEDS)
    )
    assert isinstance(report, Report)
    shown = writer.report(report, Screen(columns=("all",)))
    assert "\x1b" not in shown
    assert "<script" not in shown or writer is terminal
    if writer is markdown:
        head, row = (
            next(line for line in shown.splitlines() if line.startswith(f"| {each}"))
            for each in ("Service", "x")
        )
        assert len(re.findall(r"(?<!\\)\|", row)) == head.count("|")
    if writer is terminal:
        assert shown.count("[red]") == 4
