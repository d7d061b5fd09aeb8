"""What is shown of courses, classes and studies."""
