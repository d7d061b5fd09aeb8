"""What may be done about reserves, selections, promotions and the green channel."""
