"""The papers of mentoring, rotations, training, honours and skills, from records to bytes."""
