"""Mentoring (导师帮带): mentors, pairings with logs, reviews and evaluations, and proposals who should have whom."""
