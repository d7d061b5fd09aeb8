"""The printed papers themselves, from records to bytes."""
