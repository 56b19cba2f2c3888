"""A report becomes text, one module a format."""
