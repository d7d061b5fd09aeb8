"""What people type about courses, classes and studies."""
