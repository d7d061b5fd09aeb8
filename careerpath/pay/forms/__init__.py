"""Input of the pages of pay."""
