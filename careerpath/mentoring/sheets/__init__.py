"""Excel columns of mentors and pairings, in and out."""
