"""Printing many at once, as background work."""
