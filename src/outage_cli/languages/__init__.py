"""Words and phrases of the tool, a module for each language; the registry lists them by code."""
