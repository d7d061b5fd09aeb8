"""What may be done about courses, classes and studies."""
