"""The report for notebooks: the rows of the CSV writer as a Parquet table, with their types."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from outage_cli.model.problem import Trouble
from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.csv import figures

_MEASURES = ("seconds", "availability", "slo")
"""What the names of columns begin or end with that hold numbers, whole or not."""


def report(report: Report, screen: Screen) -> bytes | Trouble:
    """Return the rows as Parquet; nothing is rounded, and a text stands as the file has it.

    A figure that is missing is null. Without pyarrow there is no table, but the way to get one.
    """
    del screen
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        hint = "install it with: pip install 'outage-cli[parquet]', or: pip install pyarrow"
        return Trouble("not-installed", "Parquet is written by pyarrow, which is missing", hint)
    rows = figures(report)
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    table = pa.table({name: _column(name, cells, pa) for name, cells in columns.items()})
    written = BytesIO()
    parquet.write_table(table, written)
    return written.getvalue()


def _column(name: str, cells: list[object], arrow: Any) -> Any:  # noqa: ANN401 - it ships no types
    """Return a column of one type: truth values, texts, numbers or whole numbers."""
    known = [None if cell == "" else cell for cell in cells]
    texts = {each for each in known if isinstance(each, str)}
    if name.endswith("_met") or (texts and texts <= {"true", "false"}):
        return arrow.array([each and each == "true" for each in known], arrow.bool_())
    if texts or name in {"operator", "group"}:
        shown = [None if each is None else _whole(str(each)) for each in known]
        return arrow.array(shown, arrow.string())
    is_measure = any(part in name for part in _MEASURES)
    is_whole = all(isinstance(each, int | None) for each in known) and not is_measure
    return arrow.array(known, arrow.int64() if is_whole else arrow.float64())


def _whole(text: str) -> str:
    """Return a text that UTF-8 can hold: half a character becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
