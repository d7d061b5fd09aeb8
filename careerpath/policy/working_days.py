"""Working days of public notices: Monday to Friday. Public holidays and the days worked instead are not known."""

from datetime import date, timedelta

WORKING_DAYS = 5


def working_days(first: date, last: date) -> int:
    """The days from Monday to Friday between two days, both included."""
    days = (last - first).days + 1
    return sum((first + timedelta(days=day)).weekday() < WORKING_DAYS for day in range(max(days, 0)))


def after_working_days(first: date, count: int) -> date:
    """The last day of a notice of so many working days that begins on a day."""
    last = first
    while working_days(first, last) < count:
        last += timedelta(days=1)
    return last
