"""Recruitment: from the vacancies of communities through a batch's exam and lists to the first working day."""
