"""The personnel file."""
