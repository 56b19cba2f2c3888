"""Sources become timelines and problems, one module a format."""
