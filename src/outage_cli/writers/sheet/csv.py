"""The report for spreadsheets: one row a service, exact figures, and no cell that is a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO

from outage_cli.model.comparison import Comparison
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.when.clock.zones import rfc3339
from outage_cli.writers.page.words import visible
from outage_cli.writers.sheet import rows
from outage_cli.writers.sheet.sheet import CellValue, Sheet, ValueType

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LATER = {
    by: re.compile(rf"([{also}]['\"\s]*)(?=[=+\-@＝＋－＠])")
    for by, also in ((",", ";"), ("\t", ";,"))
}


def report(report: Report, screen: Screen) -> str:
    """Return the totals of the screen, unrounded, with a heading line; of each period too.

    Of a report that is grouped the rows are its groups, and all services together.
    """
    del screen
    return separated(rows.sheet(report), ",")


def comparison(comparison: Comparison, screen: Screen) -> str:
    """Return a row for each service and method: that of its report, and why it is another."""
    del screen
    from outage_cli.languages.en import CATALOGUE  # data, which every language reads alike
    from outage_cli.writers.page.methods import difference

    reasons = [
        [
            "; ".join(difference(one, each.method, CATALOGUE) for one in each.differences[at])
            for each in comparison.methods
        ]
        for at in range(len(comparison.report.services))
    ]
    return separated(rows.of_methods(comparison, reasons), ",")


def separated(sheet: Sheet, by: str) -> str:
    """Return rows with a heading line, their cells separated and never run by a spreadsheet."""
    written = StringIO()
    writer = csv.writer(written, delimiter=by, lineterminator="\n")
    if sheet.rows:
        writer.writerow(column.name for column in sheet.columns)
    spellings = [_spelling(column.type, sheet.timezone, by) for column in sheet.columns]
    spelt = [(at, spell) for at, spell in enumerate(spellings) if spell]
    for row in sheet.rows:
        cells = list(row)
        for at, spell in spelt:
            if (value := cells[at]) is not None:
                cells[at] = spell(value)
        writer.writerow(cells)
    return written.getvalue()


def _spelling(kind: ValueType, timezone: str, by: str) -> Callable[[CellValue], str] | None:
    """Return how the values of a type are spelt; None where the number is the cell."""
    return {
        ValueType.TEXT: lambda value: _text(str(value), by),
        ValueType.TRUTH: lambda value: str(value).lower(),
        ValueType.INSTANT: lambda value: rfc3339(int(value or 0), timezone),
    }.get(kind)


def _text(text: str, by: str) -> str:
    """Return a text as a cell that a spreadsheet shows and never runs.

    Where a decimal comma is usual, spreadsheets begin a cell after a semicolon; of TSV those that
    are asked to do so after a comma.
    """
    shown = visible(text)
    shown = f"'{shown}" if shown.strip().startswith(_FORMULA) else shown
    return _LATER[by].sub(r"\1'", shown)
