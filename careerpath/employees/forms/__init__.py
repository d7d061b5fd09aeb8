"""What is typed about people: each form checks shape and gives what its operation takes."""
