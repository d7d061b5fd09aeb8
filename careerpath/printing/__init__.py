"""Papers: which forms there are, how they are laid out, and how they are printed one by one or in bulk."""
