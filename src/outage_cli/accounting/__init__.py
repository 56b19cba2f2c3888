"""A timeline becomes a ledger, in which every second of every service stands in one bucket."""
