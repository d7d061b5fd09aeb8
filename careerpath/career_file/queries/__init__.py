"""What is shown of one person from all rooms."""
