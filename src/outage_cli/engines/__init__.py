"""Logs of millions of samples become changes of state."""
