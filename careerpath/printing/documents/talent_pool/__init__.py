"""The papers of the reserve pool and of promotions, from plain values to PDF."""
