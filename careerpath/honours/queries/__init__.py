"""What is shown of calls for honours."""
