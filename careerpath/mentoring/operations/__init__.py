"""What may be done about mentors and pairings."""
