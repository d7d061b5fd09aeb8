"""What is shown of reserves, the ladder, promotions, succession and the green channel."""
