"""What we show of pay, and the facts that its rules look at."""
