"""Public holidays by year, and the working days that notices and terms are counted in."""

from careerpath.policy.holidays.calendar import WorkCalendar, shipped_calendar
from careerpath.policy.holidays.edition import RULE, Holiday, HolidayEdition

__all__ = ["RULE", "Holiday", "HolidayEdition", "WorkCalendar", "shipped_calendar"]
