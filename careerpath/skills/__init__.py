"""Skills (全岗通, 一专多能): lines of work, who covers which at what level, a community's gaps."""
