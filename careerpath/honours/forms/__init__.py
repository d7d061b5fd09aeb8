"""What people type about calls for honours."""
