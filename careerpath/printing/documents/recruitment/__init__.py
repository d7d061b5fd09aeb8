"""The papers of recruitment, from plain values to PDF."""
