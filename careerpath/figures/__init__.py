"""Figures: people counted by what they are, as of any day, each figure with the list behind it."""
