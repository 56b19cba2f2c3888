"""JSON for pipes, its contract and its schema."""
