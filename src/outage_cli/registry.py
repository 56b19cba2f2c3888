"""Where formats, methods, checks and languages are found by name, and imported when used.

A list is written once, here: the choices of an option, its help, its error message and its page of
the manual are made from it. Adding a format, a method, a check, a language or a command is one new
file and one line below.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

PACKAGE = "outage_cli"

CHART = "chart"
"""The chart of the states."""

WORST_WINDOWS = "worst-windows"
"""The worst window of each length."""

BLAST_RADIUS = "blast-radius"
"""Whom a failure took down, and the root of each outage."""

PARTS = "parts"
"""The parts of the window, the groups of services, and the same outage at another time."""

PROMISES = "promises"
"""Claims and objectives, each beside its figure."""

NEEDS = frozenset({CHART, WORST_WINDOWS, BLAST_RADIUS, PARTS, PROMISES})
"""What of a report is computed only where an output needs it."""


class Registration(NamedTuple):
    """A name, the module that answers to it (below the package) and what it is, in a few words."""

    name: str
    home: str
    summary: str


class Reader(NamedTuple):
    """An input format. `starts` is the pattern of how an unnamed source in it begins."""

    name: str
    home: str
    summary: str
    suffixes: tuple[str, ...]
    starts: str


class Writer(NamedTuple):
    """An output format. `writes` names the functions of its module: what it can put into words.

    `needs` is what of a report it shows (`NEEDS`), `needs_in_full` what it shows with --full only.
    """

    name: str
    home: str
    summary: str
    writes: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    needs_in_full: frozenset[str] = frozenset()


# Tried from top to bottom on a source that no suffix names; the last one takes everything.
READERS = (
    Reader("json", "readers.native.json", "the native timeline as JSON", (".json",), r"\s*\{"),
    Reader(
        "toml",
        "readers.native.toml",
        "the native timeline as TOML",
        (".toml",),
        r'(\s*(#[^\n]*)?\n)*\s*(\[\[?\s*[\w."-]+\s*\]?\]|[\w."-]+\s*=)',
    ),
    Reader(
        "plain",
        "readers.native.plain",
        "the native timeline as plain text",
        (".outage",),
        r"(?:[^\n]*\n)*?(?:\d{4}-\d\d-\d\d\s*(?:\n|\Z)|~?\d\d:\d\d[~>]?[ \t]+\S|service[ \t]+\S)",
    ),
    Reader("yaml", "readers.native.yaml", "the native timeline", (".yaml", ".yml"), r""),
)

_FIGURES = frozenset({PARTS, WORST_WINDOWS})
_PAGE = frozenset({PARTS, PROMISES, BLAST_RADIUS})
_PICTURE = frozenset({PARTS, CHART})

WRITERS = (
    Writer(
        "table",
        "writers.page.terminal",
        "for the terminal",
        ("report", "comparison", "explanation"),
        _PAGE,
        needs_in_full=frozenset({WORST_WINDOWS}),
    ),
    Writer(
        "json",
        "writers.json.report",
        "for pipes",
        ("report", "comparison", "problems", "verdicts", "timeline", "explanation", "show"),
        _FIGURES | _PAGE,
    ),
    Writer("csv", "writers.sheet.csv", "for spreadsheets", ("report", "comparison"), _FIGURES),
    Writer(
        "markdown",
        "writers.page.markdown",
        "for reviews",
        ("report", "comparison", "explanation", "show"),
        _PAGE | {CHART},
        needs_in_full=frozenset({WORST_WINDOWS}),
    ),
    Writer(
        "html",
        "writers.page.html",
        "the page one sends",
        ("report", "show"),
        _PAGE | {CHART},
        needs_in_full=frozenset({WORST_WINDOWS}),
    ),
    Writer("svg", "writers.chart.svg", "the chart alone", ("report", "show"), _PICTURE),
    Writer(
        "mermaid", "writers.chart.mermaid", "the chart for Markdown", ("report", "show"), _PICTURE
    ),
    Writer(
        "ndjson", "writers.json.ndjson", "a line each", ("report", "problems", "verdicts"), _FIGURES
    ),
    Writer("tsv", "writers.sheet.tsv", "for spreadsheets", ("report",), _FIGURES),
    Writer("parquet", "writers.sheet.parquet", "for notebooks", ("report",), _FIGURES),
    Writer("openmetrics", "writers.feeds.openmetrics", "for Prometheus", ("report",)),
    Writer("ical", "writers.feeds.ical", "for calendars", ("report",)),
    Writer("statuspage", "writers.feeds.statuspage", "for status pages", ("report",)),
    Writer(
        "statuspage-maintenance",
        "writers.feeds.statuspage_maintenance",
        "its planned work",
        ("report",),
    ),
    Writer("junit", "writers.findings.junit", "for CI", ("problems", "verdicts")),
    Writer("github", "writers.findings.github", "annotations", ("problems", "verdicts")),
    Writer("sarif", "writers.findings.sarif", "for code scanning", ("problems", "verdicts")),
    Writer("text", "writers.findings.text", "for people", ("problems", "verdicts", "show")),
    Writer("yaml", "writers.native.yaml", "the native timeline", ("timeline",)),
    Writer("toml", "writers.native.toml", "the native timeline as TOML", ("timeline",)),
    Writer("plain", "writers.native.plain", "the native timeline as plain text", ("timeline",)),
)

METHODS = (
    Registration(
        "standard", "accounting.named_methods", "down and partial count, maintenance is left out"
    ),
    Registration("strict", "accounting.named_methods", "all that is not up counts, planned or not"),
    Registration("statuspage", "accounting.named_methods", "partial weighs 0.3, maintenance is up"),
    Registration(
        "incident-io", "accounting.named_methods", "down and partial count, maintenance is up"
    ),
    Registration(
        "openstatus", "accounting.named_methods", "partial weighs 0.5, maintenance counts"
    ),
    Registration(
        "icinga", "accounting.named_methods", "down counts; maintenance and closed hours are up"
    ),
    Registration(
        "contract", "accounting.named_methods", "as standard, outages of 5 minutes and more"
    ),
)

CHECKS = (
    Registration("recoveries", "lint.recoveries", "a recovery follows something worse"),
    Registration("endings", "lint.endings", "an outage ends, or the file says that it goes on"),
    Registration("bounds", "lint.bounds", "what happened by a time happened after something"),
    Registration("phases", "lint.phases", "what is acknowledged was detected before"),
    Registration(
        "circles", "lint.dependency_cycles", "no service requires itself, by way of others"
    ),
    Registration(
        "claims", "lint.claims", "a published figure can be held against the computed one"
    ),
)

COMMANDS = (
    Registration("report", "cli.commands.report", "per-service downtime and availability"),
    Registration("show", "cli.commands.show", "what happened in order, and a chart of the states"),
    Registration(
        "check", "cli.commands.check", "targets, claims and conditions, with exit codes for CI"
    ),
    Registration(
        "compare", "cli.commands.compare", "the same outage under every accounting method"
    ),
    Registration(
        "explain", "cli.commands.explain", "every second of one service, and the lines behind it"
    ),
    Registration("lint", "cli.commands.lint", "what is wrong or doubtful in the file"),
    Registration("convert", "cli.commands.convert", "a timeline in another notation, nothing lost"),
    Registration("schema", "cli.commands.schema", "JSON Schema of the timeline and of the report"),
)

LANGUAGES = (
    Registration("en", "languages.en", "English"),
    Registration("ja", "languages.ja", "Japanese"),
    Registration("ko", "languages.ko", "Korean"),
)

SCHEMAS = (
    Registration("timeline", "readers.native.schema", "the file that tells the story"),
    Registration("report", "writers.json.schema", "what `outage report -f json` writes"),
    Registration("show", "writers.json.schema", "what `outage show -f json` writes"),
    Registration("comparison", "writers.json.schema", "what `outage compare -f json` writes"),
    Registration("explanation", "writers.json.schema", "what `outage explain -f json` writes"),
    Registration("problems", "writers.json.schema", "what `outage lint -f json` writes"),
    Registration("verdicts", "writers.json.schema", "what `outage check -f json` writes"),
)


Named = TypeVar("Named", Registration, Reader, Writer)


def load(home: str) -> Any:  # noqa: ANN401 - a module's type is its own
    """Import the module `home` (below the package) and return it."""
    return import_module(f"{PACKAGE}.{home}")


def named(name: str, among: Iterable[Named]) -> Named | None:
    """Return the entry called `name`, or None."""
    return next((entry for entry in among if entry.name == name), None)


def method(name: str) -> Any:  # noqa: ANN401 - a Method, of a layer above this one
    """Return the accounting method called `name`."""
    entry = next(each for each in METHODS if each.name == name)
    values = vars(load(entry.home)).values()
    return next(each for each in values if getattr(each, "name", None) == name)


def language(code: str) -> Any:  # noqa: ANN401 - English or what derives from it, of a layer above
    """Return the catalogue of the language with a code."""
    entry = next(each for each in LANGUAGES if each.name == code)
    return load(entry.home).CATALOGUE


def writers(of: str) -> dict[str, Writer]:
    """Return the writers that can write a `report`, `problems` or `verdicts`, by name."""
    return {writer.name: writer for writer in WRITERS if of in writer.writes}


def needs(name: str, *, full: bool = False) -> frozenset[str]:
    """Return what of a report an output format shows; one of verdicts shows claims and targets."""
    writer = writers("report").get(name)
    if writer is None:
        return frozenset({PROMISES})
    return writer.needs | writer.needs_in_full if full else writer.needs
