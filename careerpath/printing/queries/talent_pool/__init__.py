"""The papers of the reserve pool and of promotions, from records to bytes."""
