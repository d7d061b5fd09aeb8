"""What is shown of appraisals: editions, years, the street's grid, single records."""
