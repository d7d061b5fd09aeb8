"""What may be done about calls for honours."""
