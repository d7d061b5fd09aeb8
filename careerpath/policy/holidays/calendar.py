"""Working days between two days: Monday to Friday, without public holidays, with the weekends worked instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from careerpath.policy.edition import parse_toml, shipped_texts
from careerpath.policy.holidays.edition import RULE, HolidayEdition, newest

WEEK_DAYS = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off and days worked instead, of the years whose arrangement is known; elsewhere weekends alone count out."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    @classmethod
    def of(cls, editions: Iterable[HolidayEdition]) -> "WorkCalendar":
        """The calendar that some editions make, the newest of each year."""
        known = newest(tuple(editions))
        off = {
            holiday.starts_on + timedelta(days=place)
            for edition in known
            for holiday in edition.holidays
            for place in range((holiday.ends_on - holiday.starts_on).days + 1)
        }
        worked = {day.on for edition in known for day in edition.worked}
        return cls(frozenset(off), frozenset(worked), frozenset(edition.year for edition in known))

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day."""
        return day in self.worked or (day.weekday() < WEEK_DAYS and day not in self.off)

    def count(self, first: date, last: date) -> int:
        """The working days between two days, both included."""
        return sum(self.is_working(first + timedelta(days=place)) for place in range(max((last - first).days + 1, 0)))

    def last_of(self, first: date, count: int) -> date:
        """The last day of so many working days that begin on a day, or that day itself for none."""
        last, left = first, count - self.is_working(first)
        while left > 0:
            last += ONE_DAY
            left -= self.is_working(last)
        return last

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """The years between two days whose arrangement is not known."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


@cache
def shipped_calendar() -> WorkCalendar:
    """The calendar of the editions that come with the program."""
    return WorkCalendar.of(
        HolidayEdition.from_plain(parse_toml(text, file), file) for file, text in shipped_texts(RULE).items()
    )
