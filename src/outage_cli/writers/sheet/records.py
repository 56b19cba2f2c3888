"""The rows of the CSV writer as Python has them, for data frames."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from outage_cli.model.report import Report
from outage_cli.writers.sheet.csv import figures
from outage_cli.writers.sheet.parquet import MOMENTS


def records(report: Report) -> list[dict[str, Any]]:
    """Return a row a service as a mapping: numbers, instants, truths, texts, and None."""
    return [{name: _value(name, cell) for name, cell in row.items()} for row in figures(report)]


def _value(name: str, cell: object) -> object:
    if cell == "":
        return None
    if name.endswith("_met") or name == "ongoing":
        return cell == "true"
    return datetime.fromisoformat(str(cell)) if name in MOMENTS else cell
