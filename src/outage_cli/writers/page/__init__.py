"""Pages that people read: the report as tables for the terminal, Markdown and HTML."""
