"""The nouns of the trade as values, which know no file, no clock and no third-party type."""
