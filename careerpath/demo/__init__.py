"""Demo data: a county at work, built through the same operations as the work of an office."""
