"""What is shown of recruitment."""
