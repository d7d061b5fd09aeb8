"""The start page of each role: what waits, and the way to everything else."""
