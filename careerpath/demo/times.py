"""The days of the demo: when the office began to use the program, for what, and which appraisal year is under way.

The district took the program up for its first batch of recruitment, so that all four batches went through it: those
recruited have had a file since their first day of service. The files of others, appraisals and pay came later.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from careerpath.core.clock import OFFICE_ZONE, Stopped

SEASON = (10, 20)
"""From this day of October the appraisal of the calendar year is under way; before it, that of the year before."""
OPENED = (10, 12)
CLOSING = (12, 18)
PAST_YEARS = 3
RECRUITING_YEARS = 7
"""The first batch was so many years ago."""
MORNING = time(8, 40)
MINUTES, LAST_MINUTES = 4, 530


@dataclass(frozen=True, slots=True)
class Times:
    """The years of the demo, as they follow from the day on which it is built."""

    today: date

    @property
    def year(self) -> int:
        """The appraisal year that is open."""
        return self.today.year - ((self.today.month, self.today.day) < SEASON)

    @property
    def past(self) -> tuple[int, ...]:
        """The years that were appraised, decided and filed."""
        return tuple(range(self.year - PAST_YEARS, self.year))

    @property
    def began_on(self) -> date:
        """The day on which the district began to use the program, for its first batch of recruitment."""
        return date(self.year - RECRUITING_YEARS, 3, 1)

    @property
    def introduced_on(self) -> date:
        """The day on which the office took up personnel files and appraisals: whoever had no file was registered."""
        return date(self.year - PAST_YEARS, 3, 1)

    @property
    def opened_on(self) -> date:
        """The day on which the open year was opened."""
        return date(self.year, *OPENED)

    def under_way(self, share: float) -> date:
        """A day of the open season, by its share of the days up to yesterday."""
        last = min(self.today - timedelta(days=1), date(self.year, *CLOSING))
        return self.opened_on + timedelta(days=int((last - self.opened_on).days * share))


def at(day: date, turn: int = 0) -> Stopped:
    """The clock stopped in the office hours of a day: each turn a few minutes after the one before."""
    minutes = min(turn * MINUTES, LAST_MINUTES)
    return Stopped(datetime.combine(day, MORNING, tzinfo=OFFICE_ZONE) + timedelta(minutes=minutes))
