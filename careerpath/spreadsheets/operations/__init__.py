"""What may be done with imports and exports."""
