"""The rows of a report as Python has them, for data frames."""

from __future__ import annotations

from typing import Any

from outage_cli.model.report import Report
from outage_cli.when.clock.zones import known, local
from outage_cli.writers.sheet.rows import sheet
from outage_cli.writers.sheet.sheet import CellValue, ValueType


def records(report: Report) -> list[dict[str, Any]]:
    """Return a row a service as a mapping: numbers, instants, truths, texts, and None."""
    rows = sheet(report)
    zone = known(rows.timezone)

    def value(cell: CellValue, kind: ValueType) -> object:
        if kind is ValueType.INSTANT and isinstance(cell, int):
            return local(cell, zone)
        return None if cell == "" else cell

    return [
        {
            column.name: value(cell, column.type)
            for column, cell in zip(rows.columns, row, strict=True)
        }
        for row in rows.rows
    ]
