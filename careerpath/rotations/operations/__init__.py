"""What may be done about rotations."""
