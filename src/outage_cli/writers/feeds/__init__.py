"""What other programs poll: gauges, calendars, status pages."""
