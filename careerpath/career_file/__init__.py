"""The career file: what all rooms know of one person, brought together by day."""
