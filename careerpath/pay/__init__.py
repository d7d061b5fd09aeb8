"""Pay of people in service: levels proposed and approved, the month, late facts, and what a rule would cost."""
