"""What may be done about lines of work and skills."""
