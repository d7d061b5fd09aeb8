"""The report as a paper."""
