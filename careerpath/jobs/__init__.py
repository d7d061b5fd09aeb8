"""Background jobs: the row in the database is the truth, the queue only wakes a worker."""
