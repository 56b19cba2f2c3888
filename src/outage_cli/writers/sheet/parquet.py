"""The report for notebooks: the rows of the CSV writer as a Parquet table, with their types."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from outage_cli.model.milestones import MilestonePoint
from outage_cli.model.problem import ProblemText
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.sheet.csv import figures

_MEASURES = ("seconds", "availability", "slo", "burn_rate")
"""What the names of columns begin or end with that hold numbers, whole or not."""

_COUNTS = {"users", "outages", "services"}
MOMENTS = {"window_start", "window_end", *MilestonePoint}
"""The columns of whole numbers, and those of instants."""


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
    rows = figures(report)
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    kinds = {name: _kind(name, report.timezone, pa) for name in columns}
    table = pa.table({name: _column(columns[name], kinds[name], pa) for name in columns})
    written = BytesIO()
    parquet.write_table(table, written)
    return written.getvalue()


def _kind(name: str, zone: str, arrow: Any) -> Any:  # noqa: ANN401 - it ships no types
    """Return the type of a column: by its name, so that all tables have the same."""
    if name.endswith("_met") or name == "ongoing":
        return arrow.bool_()
    if name.removesuffix("_min").removesuffix("_max") in _COUNTS:
        return arrow.int64()
    if name in MOMENTS:
        return arrow.timestamp("us", tz=zone)
    if any(part in name for part in _MEASURES):
        return arrow.float64()
    return arrow.string()


def _column(cells: list[object], kind: Any, arrow: Any) -> Any:  # noqa: ANN401 - as above
    """Return a column of a type, with nulls where a cell is empty."""
    known = [None if cell == "" else cell for cell in cells]
    if kind == arrow.bool_():
        known = [None if each is None else each == "true" for each in known]
    elif kind == arrow.string():
        known = [None if each is None else _whole(str(each)) for each in known]
    elif arrow.types.is_timestamp(kind):
        known = [None if each is None else datetime.fromisoformat(str(each)) for each in known]
    return arrow.array(known, kind)


def _whole(text: str) -> str:
    """Return a text that UTF-8 can hold: half a character becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
