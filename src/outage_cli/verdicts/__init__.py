"""Verdicts on a report: targets, published figures and conditions."""
