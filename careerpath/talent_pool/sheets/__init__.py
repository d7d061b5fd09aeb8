"""Excel columns of this room, and the cadre form .lrmx, in and out."""
