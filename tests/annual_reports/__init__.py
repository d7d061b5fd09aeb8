"""The annual report of a unit and year."""
