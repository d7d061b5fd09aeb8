"""The reserve pool and the career ladder: selections, reserves, promotions, succession, the green channel."""
