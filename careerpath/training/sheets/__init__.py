"""Excel columns of courses, classes and studies, in and out."""
