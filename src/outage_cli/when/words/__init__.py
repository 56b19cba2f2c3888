"""Texts about time, lengths and published figures, read without knowing what stands around them."""
