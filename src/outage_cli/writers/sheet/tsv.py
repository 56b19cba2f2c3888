"""The report as the CSV writer has it, its cells separated by tabs."""

from __future__ import annotations

from outage_cli.model.report import Report
from outage_cli.model.screen import Screen
from outage_cli.writers.sheet.csv import separated
from outage_cli.writers.sheet.rows import sheet


def report(report: Report, screen: Screen) -> str:
    """Return the totals of the screen, unrounded, one row a service; no cell holds a tab."""
    del screen
    return separated(sheet(report), "\t")
