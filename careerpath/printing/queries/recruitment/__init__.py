"""The papers of recruitment, from records to bytes."""
