"""The days of a selection, reckoned from the day on which it was planned."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.demo.recruitment.days import MONDAY, notice_end, weekday_until
from careerpath.demo.times import Times

FIRST, SECOND = (1, 3, 3), (0, 6, 1)
"""The two selections that are over: so many years before the open one, month and day of their planning."""
SUPPLEMENT_DAYS, NEW_DAYS = 42, 16
"""One whose stages are being held was planned so many days ago, one that takes nominations so many."""


@dataclass(frozen=True, slots=True)
class SelectionDays:
    """Every day on which something is done for a selection."""

    planned_on: date

    @property
    def announced_on(self) -> date:
        """The announcement."""
        return self._after(7)

    @property
    def nominated_on(self) -> tuple[date, date, date]:
        """The days on which offices, people themselves, and colleagues nominate."""
        return self._after(12), self._after(15), self._after(18)

    @property
    def closes_on(self) -> date:
        """The last day of nominations; conditions are looked at on it."""
        return self._after(21)

    @property
    def reviewed_on(self) -> date:
        """The district reviews the nominations, and closes them on the next day."""
        return self._after(23)

    @property
    def held_on(self) -> date:
        """The first stage; each further one is held three days later."""
        return self._after(35)

    def stage_on(self, number: int) -> date:
        """The day of a stage, counted from 0."""
        return self.held_on + timedelta(days=3 * number)

    @property
    def decided_on(self) -> date:
        """The district decides."""
        return self._after(48)

    @property
    def notice_starts_on(self) -> date:
        """The first day of the public notice, a Monday."""
        return weekday_until(self._after(57), MONDAY)

    @property
    def notice_ends_on(self) -> date:
        """Its last day: seven working days."""
        return notice_end(self.notice_starts_on)

    @property
    def concluded_on(self) -> date:
        """Those selected enter the pool."""
        return self.notice_ends_on + timedelta(days=3)

    def _after(self, days: int) -> date:
        return self.planned_on + timedelta(days=days)


def day_of_year(times: Times, given: tuple[int, int, int]) -> date:
    """A day given by the years before the open one, the month and the day."""
    ago, month, day = given
    return date(times.year - ago, month, day)


def past_days(times: Times) -> tuple[SelectionDays, SelectionDays]:
    """The two selections that are over."""
    return SelectionDays(day_of_year(times, FIRST)), SelectionDays(day_of_year(times, SECOND))
