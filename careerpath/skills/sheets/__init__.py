"""Excel columns of lines of work and skills, in and out."""
