"""Excel columns of rotations, in and out."""
