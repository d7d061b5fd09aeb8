"""What people type about lines of work and skills."""
