"""The command line, the only place that knows files, the clock and the terminal."""
