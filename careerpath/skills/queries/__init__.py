"""What is shown of lines of work and skills."""
