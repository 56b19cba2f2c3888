"""Timelines and figures get their verdicts, one module a family of rules."""
