"""What people type about reserves, selections and promotions."""
