"""Moments, windows, service hours and recurring work, laid out in a zone."""
