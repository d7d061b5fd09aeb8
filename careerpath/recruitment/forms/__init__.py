"""What people type about recruitment."""
