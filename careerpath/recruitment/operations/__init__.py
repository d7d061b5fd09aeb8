"""What may be done in recruitment."""
