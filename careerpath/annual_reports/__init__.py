"""The annual report of a city, district or street: sections of figures, each with the list behind it, and its text."""
