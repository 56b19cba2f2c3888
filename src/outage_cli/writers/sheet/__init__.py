"""Rows for spreadsheets and notebooks."""
