"""What a report says, and where each of its figures comes from."""
