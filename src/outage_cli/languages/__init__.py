"""What people read, by language: one module each, found through the registry by its code."""
