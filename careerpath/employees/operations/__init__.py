"""What may be done with personnel files: people, their dated facts, their papers, and requests to correct them."""
