"""What people choose of figures."""
