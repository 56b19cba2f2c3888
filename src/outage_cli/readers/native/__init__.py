"""The native timeline in YAML, JSON, TOML and plain text, and the document they share."""
