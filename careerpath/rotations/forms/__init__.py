"""What people type about rotations."""
