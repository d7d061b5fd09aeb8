"""What people type about mentors and pairings."""
