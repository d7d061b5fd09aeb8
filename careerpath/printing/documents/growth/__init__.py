"""The papers of mentoring, rotations, training, honours and skills, from plain values to PDF."""
