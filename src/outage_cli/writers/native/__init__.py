"""Timelines in the native notations, written so that they read back the same."""
