"""The report for notebooks: the rows of the CSV writer as a Parquet table, with their types."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.sheet.rows import sheet
from outage_cli.writers.sheet.sheet import CellValue, ValueType


def report(report: Report, screen: Screen) -> bytes | ProblemText:
    """Return the rows as Parquet; nothing is rounded, and a text stands as the file has it.

    A figure that is missing is null. Without pyarrow there is no table, but the way to get one.
    """
    del screen
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        hint = "install it with: pip install 'outage-cli[parquet]', or: pip install pyarrow"
        return ProblemText("not-installed", "Parquet is written by pyarrow, which is missing", hint)
    table = sheet(report)
    types = {
        ValueType.TEXT: pa.string(),
        ValueType.COUNT: pa.int64(),
        ValueType.NUMBER: pa.float64(),
        ValueType.TRUTH: pa.bool_(),
        ValueType.INSTANT: pa.timestamp("us", tz=report.timezone),
    }
    columns = {
        column.name: _column([row[at] for row in table.rows], types[column.type], pa)
        for at, column in enumerate(table.columns)
    }
    written = BytesIO()
    parquet.write_table(pa.table(columns if table.rows else {}), written)
    return written.getvalue()


def _column(values: Sequence[CellValue], kind: Any, arrow: Any) -> Any:  # noqa: ANN401 - it ships no types
    """Return a column of a type, with nulls where a value is missing."""
    if kind == arrow.string():
        values = [None if value is None or value == "" else _whole(str(value)) for value in values]
    return arrow.array(values, kind)


def _whole(text: str) -> str:
    """Return a text that UTF-8 can hold: half a character becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
