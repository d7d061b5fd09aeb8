"""The sections, a file for each: what it counts, its tables, and its usual text."""
