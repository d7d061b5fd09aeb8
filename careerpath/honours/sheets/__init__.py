"""Excel columns of calls for honours, in and out."""
