"""The days of a batch, reckoned back from the day on which its people began."""

from dataclasses import dataclass
from datetime import date, timedelta

from careerpath.policy.holidays import shipped_calendar

KEEP_MONTHS = 6
"""How long after the end the particulars of unsuccessful applicants are kept."""
MONDAY, SATURDAY = 0, 5
NOTICE_DAYS = 7
"""Working days of a public notice."""
ENTERING_DAYS = 9


def notice_end(first: date) -> date:
    """The last day of a public notice that begins on a day."""
    return shipped_calendar().last_of(first, NOTICE_DAYS)


@dataclass(frozen=True, slots=True)
class BatchDays:
    """Every day on which something is done for a batch: its people began on ``starts_on``, late ones on ``late_on``."""

    starts_on: date
    late_on: date | None = None

    def before(self, days: int) -> date:
        """So many days before the first day of service."""
        return self.starts_on - timedelta(days=days)

    @property
    def vacancies_on(self) -> date:
        """The day as of which vacancies were counted: the end of the month before."""
        return self.planned_on.replace(day=1) - timedelta(days=1)

    @property
    def planned_on(self) -> date:
        """The plan is made."""
        return self.before(100)

    @property
    def announced_on(self) -> date:
        """The notice is published."""
        return self.before(94)

    @property
    def opens_on(self) -> date:
        """The first day of applications."""
        return self.before(90)

    @property
    def closes_on(self) -> date:
        """The last day of applications."""
        return self.opens_on + timedelta(days=ENTERING_DAYS)

    @property
    def reviewed_on(self) -> date:
        """The district has looked at all papers a second time, and closes the review on the next day."""
        return self.closes_on + timedelta(days=3)

    @property
    def drawn_on(self) -> date:
        """Exam numbers, seats and secret numbers are drawn."""
        return self.reviewed_on + timedelta(days=2)

    @property
    def written_on(self) -> date:
        """The written exam, on a Saturday."""
        return weekday_until(self.before(68), SATURDAY)

    @property
    def typed_on(self) -> date:
        """The scores are typed; a second person types them on the next day."""
        return self.written_on + timedelta(days=2)

    @property
    def shortlisted_on(self) -> date:
        """The scores and the shortlist are published."""
        return self.written_on + timedelta(days=5)

    @property
    def rechecked_on(self) -> date:
        """The second look at the papers of those who are interviewed."""
        return self.written_on + timedelta(days=9)

    @property
    def interview_on(self) -> date:
        """The interviews, on a Sunday."""
        return self.written_on + timedelta(days=15)

    @property
    def final_on(self) -> date:
        """The final list is published."""
        return self.interview_on + timedelta(days=2)

    @property
    def medical_on(self) -> date:
        """The medical examination."""
        return self.before(45)

    @property
    def background_on(self) -> date:
        """The background checks are done."""
        return self.before(38)

    @property
    def filled_on(self) -> date:
        """Reserve candidates move up; their checks are done three days later."""
        return self.before(34)

    @property
    def notice_starts_on(self) -> date:
        """The public notice of those to be appointed, from a Monday."""
        return weekday_until(self.before(22), MONDAY)

    @property
    def notice_ends_on(self) -> date:
        """The last day of the notice."""
        return notice_end(self.notice_starts_on)

    @property
    def late_filled_on(self) -> date:
        """Reserve candidates move up to places that were given up at the last moment."""
        return self._late - timedelta(days=38)

    @property
    def late_checked_on(self) -> date:
        """Their medical examination and background check."""
        return self._late - timedelta(days=30)

    @property
    def late_notice_on(self) -> date:
        """Their own notice, from a Monday."""
        return weekday_until(self._late - timedelta(days=18), MONDAY)

    @property
    def concluded_on(self) -> date:
        """The batch is concluded, once everybody has begun."""
        return (self.late_on or self.starts_on) + timedelta(days=9)

    @property
    def _late(self) -> date:
        return self.late_on or self.starts_on


def weekday_until(day: date, weekday: int) -> date:
    """The last such day of a week up to a day, itself included; Monday is 0."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)
