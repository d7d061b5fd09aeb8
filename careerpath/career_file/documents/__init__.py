"""What the career file says on paper."""
