"""Excel columns of pay."""
