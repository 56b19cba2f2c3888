"""A ledger becomes figures, one module a family."""
