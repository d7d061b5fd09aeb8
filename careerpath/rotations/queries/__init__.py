"""What is shown of rotations."""
