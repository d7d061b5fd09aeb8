"""CareerPath: the personnel system for the careers of community workers."""
