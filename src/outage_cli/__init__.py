"""Reads the timeline of an incident and computes what the outage cost."""

__version__ = "0.1.0"
