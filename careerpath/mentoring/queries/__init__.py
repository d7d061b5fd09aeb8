"""What is shown of mentors and pairings."""
