"""Excel columns of recruitment, in and out."""
