"""Skills, mentoring, rotations, training and honours of the demo's people."""
